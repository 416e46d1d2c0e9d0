#include "tests/bench/quote_bench.hpp"

#include <fmt/core.h>

#include "pos/core/check.hpp"
#include "pos/programme/quote.hpp"

namespace tests::bench {
namespace {

using namespace pos::programme;
using namespace pos::domain;

constexpr int kRounds = 2'000;
constexpr int kQuotesARound = 10;  // so that one reading is well above the clock's own cost

std::string code_of(std::size_t number) { return fmt::format("{:013}", 400'000'000'000 + number); }

/// Benefits of every kind over the articles 0 .. articles-1, and `idle` ones for articles and
/// classes that no basket of the bench has.
std::string document(std::size_t benefits, std::size_t articles, std::size_t idle) {
  std::string list;
  const auto add = [&](std::size_t number, const std::string& rest) {
    if (!list.empty()) list += ",";
    list += fmt::format(R"({{"id":"b{0}","name":{{"en":"b{0}","he":"b{0}","fa":"b{0}"}},{1}}})",
                        number, rest);
  };
  for (std::size_t i = 0; i < benefits; ++i) {
    const std::string code = code_of(i % articles);
    switch (i % 10) {
      case 0:
        add(i, fmt::format(R"("on":{{"codes":["{}"]}},"give":{{"fixed_price":1500}})", code));
        break;
      case 1:
      case 2:
        add(i, fmt::format(R"("on":{{"codes":["{}"]}},)"
                           R"("give":{{"nth_percent":{{"every":2,"percent":50}}}})",
                           code));
        break;
      case 3:
        add(i, R"("on":{"demand":true},"give":{"percent_by_class":{"regular":5,"vip":7}})");
        break;
      case 4:
        add(i, R"("when":{"amount":{"from":900000}},"on":{"earning":true},)"
               R"("give":{"percent":2},"group":"best")");
        break;
      case 5:
        add(i, fmt::format(R"("when":{{"coupon":{{"code":"CODE{}"}}}},)"
                           R"("on":{{"earning":true}},"give":{{"percent":3}})",
                           i));
        break;
      case 6:
        add(i, R"("when":{"tier":["gold"]},"give":{"task":true})");
        break;
      case 7:
        add(i, R"("when":{"all":[{"class":["regular"]},{"weekdays":["monday"]}]},)"
               R"("on":{"earning":true},"give":{"percent":4})");
        break;
      case 8:
        add(i, fmt::format(R"("when":{{"quantity":{{"from":3,"codes":["{}"]}}}},)"
                           R"("on":{{"earning":true}},"give":{{"amount":100}})",
                           code));
        break;
      default:
        add(i, fmt::format(R"("on":{{"codes":["{}","{}"]}},"give":{{"percent":6}})", code,
                           code_of(i % articles + articles)));
    }
  }
  for (std::size_t i = 0; i < idle; ++i) {
    const std::string other = code_of(1'000'000 + i);
    add(benefits + i,
        i % 2 == 0 ? R"("when":{"class":["nobody"]},"on":{"earning":true},)"
                     R"("give":{"percent":5})"
                   : fmt::format(R"("on":{{"codes":["{}"]}},"give":{{"percent":5}})", other));
  }
  return R"({"format":"clubtill-programme/1","version":"bench","club":{"name":{"en":"b","he":"b",
    "fa":"b"},"currency":"ILS","decimals":2,"terms_version":"1"},
    "points":{"earn":{"points":1,"per":100}},
    "classes":[{"code":"regular","name":{"en":"r","he":"r","fa":"r"}},{"code":"vip","name":
    {"en":"v","he":"v","fa":"v"}},{"code":"nobody","name":{"en":"n","he":"n","fa":"n"}}],
    "tiers":[{"code":"gold","name":{"en":"g","he":"g","fa":"g"}}],"benefits":[)" +
         list + "]}";
}

QuoteInput basket(std::size_t lines) {
  QuoteInput input;
  for (std::size_t i = 0; i < lines; ++i) {
    BasketLine line;
    line.article.code = code_of(i);
    line.article.price = Money::of(490 + static_cast<std::int64_t>(i) * 370);
    line.article.vat_per_mille = 180;
    line.article.category = *CategoryCode::parse("food");
    line.article.demand = i % 3 == 0;
    line.quantity = 1 + static_cast<std::int64_t>(i % 3);
    input.lines.push_back(std::move(line));
  }
  input.member.emplace();
  input.member->member_class = *ClassCode::parse("vip");
  input.member->tier = *TierCode::parse("gold");
  input.moment = {pos::core::Instant::from_unix_ms(1795350720000), std::chrono::minutes(120)};
  input.coupons.push_back(*CouponCode::parse("CODE5"));
  return input;
}

Programme parsed(const std::string& text) {
  auto programme = Programme::parse(pos::core::bytes_of(text));
  CLUBTILL_CHECK(programme.has_value());
  return std::move(*programme);
}

Figure measure(const std::string& name, const std::string& goal, const Programme& programme,
               const QuoteInput& input) {
  std::int64_t sum = 0;
  const auto times = time_each(kRounds, [&] {
    for (int i = 0; i < kQuotesARound; ++i) sum += quote(programme, input).payable.units();
  });
  CLUBTILL_CHECK(sum > 0);
  const Quote once = quote(programme, input);
  return {name,
          "us",
          quantile(times, 0.5) / kQuotesARound,
          quantile(times, 0.99) / kQuotesARound,
          goal,
          fmt::format("{} outcomes in each", once.outcomes.size())};
}

}  // namespace

std::vector<Figure> quote_bench() {
  std::vector<Figure> figures;
  const Programme small = parsed(document(50, 10, 0));
  const QuoteInput ten = basket(10);
  figures.push_back(measure("quote 10 x 50", "median <= 10", small, ten));
  const Programme large = parsed(document(500, 40, 0));
  figures.push_back(measure("quote 40 x 500", "median <= 100", large, basket(40)));
  const std::string crowd = document(50, 10, 5'000);
  Figure idle =
      measure("quote 10 x 50 beside 5,000 that cannot apply", "as 10 x 50", parsed(crowd), ten);
  idle.comparison = fmt::format("10 x 50 alone: {:.2f} us", figures.front().median);
  figures.push_back(std::move(idle));
  const auto loads = time_each(10, [&] { static_cast<void>(parsed(crowd)); });
  figures.push_back({"load a programme of 5,050 benefits", "us", quantile(loads, 0.5), 0,
                     "median <= 100000", fmt::format("{} KiB of JSON", crowd.size() / 1024)});
  return figures;
}

}  // namespace tests::bench
