#include "pos/terminal/demo/shopping.hpp"

namespace pos::terminal::demo {

using domain::Money;

Shopping::Shopping(std::vector<domain::Article> articles, Money big, std::vector<Shopper> shoppers,
                   std::size_t named, core::Chance& chance)
    : articles_(std::move(articles)),
      big_(big),
      shoppers_(std::move(shoppers)),
      named_(named),
      chance_(chance) {}

std::vector<std::string> Shopping::goods(bool big) {
  constexpr int kTriesMax = 400;
  constexpr std::size_t kPiecesMax = 60;
  const auto share =
      static_cast<std::int64_t>(big ? 101 + chance_.below(60) : 3 + chance_.below(80));
  const Money target = Money::of(big_.units() * share / 100);
  std::vector<std::string> codes;
  Money sum;
  for (int tries = 0; sum < target && tries < kTriesMax && codes.size() < kPiecesMax; ++tries) {
    const domain::Article& article = articles_[chance_.below(articles_.size())];
    const std::int64_t pieces = percent(80) ? 1 : static_cast<std::int64_t>(2 + chance_.below(2));
    // What would make a small basket a big one stays on the shelf.
    if (!big && sum + article.price * pieces >= big_) continue;
    sum += article.price * pieces;
    codes.insert(codes.end(), static_cast<std::size_t>(pieces), article.code);
  }
  return codes;
}

Visit Shopping::basket() {
  Visit visit;
  while (visit.codes.empty()) visit.codes = goods(percent(20));
  visit.takes_offers = percent(70);
  visit.tender = percent(60) ? programme::Tender::Kind::card : programme::Tender::Kind::cash;
  return visit;
}

Visit Shopping::visit() {
  Visit visit = basket();
  if (!percent(67)) return visit;
  // The square makes the first of the sheet come most often, and the last hardly ever.
  const std::size_t count = shoppers_.size() - named_;
  const std::uint64_t first = chance_.below(count);
  const std::uint64_t second = chance_.below(count);
  const Shopper& shopper = shoppers_[named_ + first * second / count];
  if (percent(85)) {
    visit.card = shopper.card;
  } else {
    visit.phone = shopper.phone;
  }
  visit.uses_points = percent(12);
  return visit;
}

}  // namespace pos::terminal::demo
