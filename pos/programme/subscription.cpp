#include "pos/programme/subscription.hpp"

#include <algorithm>

#include "pos/programme/shape_reader.hpp"

namespace pos::programme {
namespace {

/// Later than that no day is written.
constexpr std::chrono::year kLastYear{9999};
/// As many pieces as a basket can hold, of the longest time that an article can be.
constexpr std::int64_t kMonthsMax = 1'000'000'000;

const SubscriptionArticle* find(const Programme& programme, const std::string& article) {
  const auto& known = programme.subscriptions();
  const auto found = std::ranges::find(known, article, &SubscriptionArticle::code);
  return found == known.end() ? nullptr : &*found;
}

domain::Day moved_by(domain::Day from, std::int64_t months) {
  std::chrono::year_month_day day{from};
  day += std::chrono::months(
      std::clamp<std::int64_t>(months, -kSubscriptionMonthsMax * 10, kSubscriptionMonthsMax * 10));
  if (day.year() > kLastYear) return kLastYear / std::chrono::December / 31;
  if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
  return day;
}

}  // namespace

std::optional<Subscribed> subscription_of(const Programme& programme, const QuoteInput& input) {
  if (programme.subscriptions().empty() || !input.member) return std::nullopt;
  if (input.member->standing == domain::MemberStanding::blocked) return std::nullopt;
  Subscribed bought;
  for (const BasketLine& line : input.lines) {
    const SubscriptionArticle* article = find(programme, line.article.code);
    if (article == nullptr) continue;
    bought.months += article->months * line.quantity;
    const Subscribed::Article part{article->code, article->months};
    if (std::ranges::find(bought.articles, part) == bought.articles.end()) {
      bought.articles.push_back(part);
    }
  }
  if (bought.months == 0) return std::nullopt;
  bought.before = input.member->subscription_last;
  bought.last = extended(bought.before, core::local_day(input.moment), bought.months);
  return bought;
}

bool sells_subscription(const Programme& programme, const QuoteInput& input) {
  if (programme.subscriptions().empty()) return false;
  return std::ranges::any_of(input.lines, [&](const BasketLine& line) {
    return find(programme, line.article.code) != nullptr;
  });
}

domain::Day extended(const std::optional<domain::Day>& last, domain::Day day, std::int64_t months) {
  return moved_by(std::max(last.value_or(day), day), months);
}

domain::Day shortened(domain::Day last, std::int64_t months) { return moved_by(last, -months); }

std::optional<Subscribed> subscription_back(const std::vector<BasketLine>& lines,
                                            const Subscribed& bought,
                                            const std::vector<std::int64_t>& wanted) {
  Subscribed back;
  for (std::size_t i = 0; i < std::min(lines.size(), wanted.size()); ++i) {
    for (const Subscribed::Article& one : bought.articles) {
      if (one.code == lines[i].article.code) back.months += one.months * wanted[i];
    }
  }
  if (back.months == 0) return std::nullopt;
  // All of it at once: the member has again what there was before, to the day.
  if (back.months == bought.months) {
    back.before = bought.before;
    back.last = bought.last;
  }
  return back;
}

bool is_subscription(const Quote& quote, const std::string& article) {
  return quote.subscribed &&
         std::ranges::count(quote.subscribed->articles, article, &Subscribed::Article::code) != 0;
}

bool has_begun(const Subscribed& bought, domain::Day sold_on, domain::Day today) {
  if (today <= sold_on) return false;
  return !bought.before || *bought.before < today;
}

core::Json to_json(const Subscribed& bought) {
  core::Json json = core::Json::object();
  json.set("months", bought.months);
  if (bought.before) json.set("before", domain::day_text(*bought.before));
  if (bought.last) json.set("last", domain::day_text(*bought.last));
  if (bought.articles.empty()) return json;
  core::Json articles = core::Json::array();
  for (const Subscribed::Article& one : bought.articles) {
    articles.push(core::Json::array().push(one.code).push(one.months));
  }
  return std::move(json.set("articles", std::move(articles)));
}

domain::Shaped<Subscribed> subscribed_from_json(const core::Json& json) {
  std::optional<domain::ShapeError> error;
  ShapeReader reader(json, "", error);
  Subscribed bought;
  bought.months = reader.integer("months", 1, kMonthsMax, 1);
  bought.before = reader.day("before");
  bought.last = reader.day("last");
  for (const core::Json& item : reader.items("articles", kLinesMax)) {
    const std::string* code = item.items().size() == 2 ? item.items()[0].text() : nullptr;
    const auto months = code != nullptr ? item.items()[1].integer() : std::nullopt;
    if (!months || *months < 1 || *months > kSubscriptionMonthsMax || code->size() > 40) {
      reader.complain("articles", "holds something that is no article with its months");
      continue;
    }
    bought.articles.push_back({*code, *months});
  }
  if (error) return core::fail(*error);
  return bought;
}

}  // namespace pos::programme
