#include <algorithm>

#include "pos/domain/clean_text.hpp"
#include "pos/programme/judge.hpp"
#include "pos/programme/member_change.hpp"

namespace pos::programme {
namespace {

using domain::Money;
using Kind = Condition::Kind;

Verdict refuse(Reason reason) {
  Verdict verdict;
  verdict.reason = reason;
  return verdict;
}

Verdict refuse_day(Reason reason, std::optional<domain::Day> day) {
  Verdict verdict = refuse(reason);
  verdict.day = day;
  return verdict;
}

Verdict check_days(const Worktop& top, std::optional<domain::Day> first,
                   std::optional<domain::Day> last) {
  if (first && top.today < *first) return refuse_day(Reason::not_yet_valid, first);
  if (last && top.today > *last) return refuse_day(Reason::expired, last);
  return {};
}

template <class Text>
bool named(const std::vector<std::string>& words, const Text& text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

Verdict check_word(const Worktop& top, const Condition& condition) {
  const domain::MemberFacts* member = top.member;
  switch (condition.kind) {
    case Kind::member_class:
      if (member == nullptr) return refuse(Reason::no_member);
      return named(condition.words, member->member_class.text()) ? Verdict{}
                                                                 : refuse(Reason::other_class);
    case Kind::tier:
      if (member == nullptr) return refuse(Reason::no_member);
      return member->tier && named(condition.words, member->tier->text())
                 ? Verdict{}
                 : refuse(Reason::other_tier);
    case Kind::segment:
      if (member == nullptr) return refuse(Reason::no_member);
      return std::any_of(member->segments.begin(), member->segments.end(),
                         [&](const auto& code) { return named(condition.words, code.text()); })
                 ? Verdict{}
                 : refuse(Reason::other_segment);
    case Kind::region:
      return named(condition.words, top.input.region.text()) ? Verdict{}
                                                             : refuse(Reason::other_store);
    default:
      return named(condition.words, top.input.store.text()) ? Verdict{}
                                                            : refuse(Reason::other_store);
  }
}

Verdict check_hours(const Worktop& top, const Condition& condition) {
  const int from = condition.from_minute;
  const int to = condition.to_minute;
  const bool inside =
      from < to ? top.minute >= from && top.minute < to : top.minute >= from || top.minute < to;
  return inside ? Verdict{} : refuse(Reason::other_day);
}

Verdict check_coupon(const Worktop& top, const Condition& condition) {
  const std::string& code = condition.words.front();
  if (!condition.personal) {
    const auto& presented = top.input.coupons;
    const bool shown = std::any_of(presented.begin(), presented.end(),
                                   [&](const auto& one) { return one.text() == code; });
    return shown ? Verdict{} : refuse(Reason::no_coupon);
  }
  if (top.member == nullptr) return refuse(Reason::no_member);
  Verdict verdict = refuse(Reason::no_coupon);
  for (const domain::PersonalCoupon& held : top.member->coupons) {
    if (held.code.text() != code) continue;
    if (held.last >= top.today) return {};
    verdict = refuse_day(Reason::expired, held.last);
  }
  return verdict;
}

Verdict check_window(const Worktop& top, const Condition& condition) {
  if (top.member == nullptr) return refuse(Reason::no_member);
  const auto& windows = top.member->windows;
  const bool open = std::any_of(windows.begin(), windows.end(), [&](const auto& window) {
    return window.kind == condition.window && window.first <= top.today && top.today <= window.last;
  });
  return open ? Verdict{} : refuse(Reason::outside_window);
}

/// What lines are worth, without the pieces that are set aside.
Money worth_of(const Worktop& top, const LineSet& lines, bool after_discounts) {
  Money sum;
  lines.each([&](std::size_t i) {
    const WorkLine& line = top.lines[i];
    sum += after_discounts ? line.remaining : line.shelf;
    if (top.set_aside.empty()) return;
    const Money piece =
        after_discounts ? Money::of(line.remaining.units() / line.quantity) : line.price;
    sum -= piece * top.set_aside[i];
  });
  return sum;
}

/// The line whose pieces reach `missing` with the least money; ties by rank.
std::optional<BasketChange> cheapest_raise(const Worktop& top, const Selection& selection,
                                           Money missing) {
  std::optional<BasketChange> best;
  Money best_cost;
  std::size_t best_rank = 0;
  lines_of(top, selection).each([&](std::size_t i) {
    const WorkLine& line = top.lines[i];
    if (line.price.units() <= 0) return;
    const std::int64_t pieces = (missing.units() + line.price.units() - 1) / line.price.units();
    if (line.quantity + pieces > kQuantityMax) return;
    const Money cost = line.price * pieces;
    if (best && (cost > best_cost || (cost == best_cost && line.rank > best_rank))) return;
    best = BasketChange{false, i, pieces, {}, false, true};
    best_cost = cost;
    best_rank = line.rank;
  });
  return best;
}

std::int64_t set_aside(const Worktop& top, std::size_t line) {
  return top.set_aside.empty() ? 0 : top.set_aside[line];
}

bool above_limit(const Condition& condition, std::int64_t counted) {
  return condition.limit && counted > *condition.limit;
}

Verdict check_amount(const Worktop& top, const Condition& condition) {
  if (condition.limit) {
    const std::int64_t worth =
        worth_of(top, lines_of(top, condition.selection), condition.after_discounts).units();
    if (above_limit(condition, worth)) return refuse(Reason::excluded);
  }
  return check_worth(top, condition.selection, condition.threshold, condition.after_discounts);
}

Verdict check_quantity(const Worktop& top, const Condition& condition) {
  std::int64_t count = 0;
  lines_of(top, condition.selection).each([&](std::size_t i) {
    count += top.lines[i].quantity - set_aside(top, i);
  });
  if (above_limit(condition, count)) return refuse(Reason::excluded);
  if (count >= condition.threshold) return {};
  if (count == 0) return refuse(Reason::no_such_article);
  Verdict verdict = refuse(Reason::below_quantity);
  verdict.missing_quantity = condition.threshold - count;
  verdict.change = more_pieces(top, condition.selection, verdict.missing_quantity);
  if (verdict.change) verdict.article = top.lines[verdict.change->line].article_code;
  return verdict;
}

/// No hint: which other article would do is not known here.
Verdict check_distinct(const Worktop& top, const Condition& condition) {
  std::vector<std::string_view> codes;
  lines_of(top, condition.selection).each([&](std::size_t i) {
    if (top.lines[i].quantity > set_aside(top, i)) codes.push_back(top.lines[i].article_code);
  });
  std::sort(codes.begin(), codes.end());
  const auto count =
      static_cast<std::int64_t>(std::unique(codes.begin(), codes.end()) - codes.begin());
  if (above_limit(condition, count)) return refuse(Reason::excluded);
  if (count >= condition.threshold) return {};
  Verdict verdict = refuse(Reason::below_quantity);
  verdict.missing_quantity = condition.threshold - count;
  return verdict;
}

Verdict check_calendar(const Worktop& top, const Condition& condition) {
  const std::chrono::year_month_day date(top.today);
  bool holds = false;
  if (condition.kind == Kind::weekdays) {
    holds = (condition.calendar_bits >> top.weekday & 1U) != 0;
  } else if (condition.kind == Kind::months) {
    holds = (condition.calendar_bits >> (static_cast<unsigned>(date.month()) - 1) & 1U) != 0;
  } else {
    const auto day = static_cast<std::int64_t>(static_cast<unsigned>(date.day()));
    holds = day >= condition.threshold && !above_limit(condition, day);
  }
  return holds ? Verdict{} : refuse(Reason::other_day);
}

/// What the member did so far, up to the last time that the hub told it.
Verdict check_history(const Worktop& top, const Condition& condition) {
  if (top.member == nullptr) return refuse(Reason::no_member);
  const domain::MemberFacts& member = *top.member;
  const std::int64_t away = member.last_visit ? (top.today - *member.last_visit).count() : -1;
  const auto within = [&](std::int64_t counted) {
    return counted >= condition.threshold && !above_limit(condition, counted);
  };
  bool holds = false;
  switch (condition.kind) {
    case Kind::visits:
      holds = within(member.visits);
      break;
    case Kind::spend:
      holds = within(member.spend_in_period.units());
      break;
    case Kind::absence:
      holds = away >= 0 && within(away);
      break;
    default:  // interval, in percent of the member's own
      holds = away >= 0 && member.mean_interval_days > 0 &&
              away * 100 >= member.mean_interval_days * condition.threshold;
      break;
  }
  return holds ? Verdict{} : refuse(Reason::other_history);
}

Verdict check_balance(const Worktop& top, const Condition& condition) {
  if (top.member == nullptr) return refuse(Reason::no_member);
  const std::int64_t balance = top.member->balance_on(top.today).units();
  if (above_limit(condition, balance)) return refuse(Reason::excluded);
  if (balance >= condition.threshold) return {};
  Verdict verdict = refuse(Reason::not_enough_points);
  verdict.missing_quantity = condition.threshold - balance;
  return verdict;
}

Verdict check_subscription(const Worktop& top, const Condition& condition) {
  if (top.member == nullptr) return refuse(Reason::no_member);
  const auto& last = top.member->subscription_last;
  const bool runs = last && top.today <= *last + std::chrono::days(condition.threshold);
  return runs ? Verdict{} : refuse(Reason::no_subscription);
}

Verdict check_household(const Worktop& top, const Condition& condition) {
  if (top.member == nullptr) return refuse(Reason::no_member);
  const std::int64_t people = top.member->household;
  const bool fits = people >= condition.threshold && !above_limit(condition, people);
  return fits ? Verdict{} : refuse(Reason::other_household);
}

/// One of the words is among what somebody likes whose day is near.
Verdict check_liking(const Worktop& top, const Condition& condition) {
  if (top.member == nullptr) return refuse(Reason::no_member);
  for (const domain::EffectiveWindow& window : top.member->windows) {
    if (window.first > top.today || top.today > window.last) continue;
    // Whole words, so that "red" is not found in "bored".
    const std::string liking = " " + domain::search_key(window.liking) + " ";
    const bool liked = std::any_of(
        condition.words.begin(), condition.words.end(),
        [&](const auto& word) { return liking.find(" " + word + " ") != std::string::npos; });
    if (liked) return {};
  }
  return refuse(Reason::outside_window);
}

/// Of the last articles that the member bought, up to the last time that the hub told them.
Verdict check_bought(const Worktop& top, const Condition& condition) {
  if (top.member == nullptr) return refuse(Reason::no_member);
  const auto& bought = top.member->last_articles;
  const bool one = std::any_of(bought.begin(), bought.end(),
                               [&](const auto& code) { return named(condition.words, code); });
  return one ? Verdict{} : refuse(Reason::other_history);
}

/// One missing condition may be mended by a change of the basket; two may not, and one that no
/// basket mends says so first.
Verdict check_all(const Worktop& top, const std::vector<Condition>& children) {
  Verdict near;
  bool several = false;
  for (const Condition& child : children) {
    Verdict verdict = check_condition(top, child);
    if (verdict.holds()) continue;
    if (!verdict.change) return verdict;
    if (!near.holds()) {
      several = true;
    } else {
      near = std::move(verdict);
    }
  }
  if (several) near.change.reset();
  return near;
}

/// The change of `one` costs less at the shelf, or only `one` has any.
bool is_nearer(const Worktop& top, const Verdict& one, const Verdict& other) {
  if (!one.change || !other.change) return one.change.has_value() && !other.change;
  const auto cost = [&](const BasketChange& change) {
    return change.adds_article ? change.price : top.lines[change.line].price * change.pieces;
  };
  return cost(*one.change) < cost(*other.change);
}

Verdict check_any(const Worktop& top, const std::vector<Condition>& children) {
  Verdict best;
  for (const Condition& child : children) {
    Verdict verdict = check_condition(top, child);
    if (verdict.holds()) return verdict;
    if (best.holds() || is_nearer(top, verdict, best)) best = std::move(verdict);
  }
  return best;
}

Reason reason_against(Kind kind) {
  switch (kind) {
    case Kind::member_class:
      return Reason::other_class;
    case Kind::tier:
      return Reason::other_tier;
    case Kind::store:
    case Kind::region:
      return Reason::other_store;
    case Kind::dates:
    case Kind::weekdays:
    case Kind::hours:
    case Kind::month_days:
    case Kind::months:
    case Kind::window:
    case Kind::liking:
      return Reason::other_day;
    case Kind::visits:
    case Kind::spend:
    case Kind::absence:
    case Kind::interval:
    case Kind::bought:
      return Reason::other_history;
    case Kind::household:
      return Reason::other_household;
    default:
      return Reason::excluded;
  }
}

}  // namespace

std::optional<BasketChange> more_pieces(const Worktop& top, const Selection& selection,
                                        std::int64_t pieces) {
  const WorkLine* best = nullptr;
  lines_of(top, selection).each([&](std::size_t i) {
    const WorkLine& line = top.lines[i];
    if (line.quantity + pieces > kQuantityMax) return;
    const bool better = best == nullptr || line.price < best->price ||
                        (line.price == best->price && line.rank < best->rank);
    if (better) best = &line;
  });
  if (best == nullptr) return std::nullopt;
  return BasketChange{false, static_cast<std::size_t>(best - top.lines.data()), pieces, {}, false,
                      true};
}

Verdict check_condition(const Worktop& top, const Condition& condition) {
  switch (condition.kind) {
    case Kind::all:
      return check_all(top, condition.children);
    case Kind::any:
      return check_any(top, condition.children);
    case Kind::none_of: {
      if (condition.children.empty()) return {};
      const Condition& child = condition.children.front();
      return check_condition(top, child).holds() ? refuse(reason_against(child.kind)) : Verdict{};
    }
    case Kind::member_class:
    case Kind::tier:
    case Kind::segment:
    case Kind::store:
    case Kind::region:
      return check_word(top, condition);
    case Kind::dates:
      return check_days(top, condition.first, condition.last);
    case Kind::weekdays:
    case Kind::month_days:
    case Kind::months:
      return check_calendar(top, condition);
    case Kind::hours:
      return check_hours(top, condition);
    case Kind::coupon:
      return check_coupon(top, condition);
    case Kind::window:
      return check_window(top, condition);
    case Kind::amount:
      return check_amount(top, condition);
    case Kind::quantity:
      return check_quantity(top, condition);
    case Kind::distinct:
      return check_distinct(top, condition);
    case Kind::visits:
    case Kind::spend:
    case Kind::absence:
    case Kind::interval:
      return check_history(top, condition);
    case Kind::balance:
      return check_balance(top, condition);
    case Kind::subscription:
      return check_subscription(top, condition);
    case Kind::liking:
      return check_liking(top, condition);
    case Kind::bought:
      return check_bought(top, condition);
    case Kind::household:
      return check_household(top, condition);
  }
  return {};
}

Verdict check_worth(const Worktop& top, const Selection& selection, std::int64_t threshold,
                    bool after_discounts) {
  const LineSet lines = lines_of(top, selection);
  const Money sum = worth_of(top, lines, after_discounts);
  if (sum.units() >= threshold) return {};
  Verdict verdict = refuse(Reason::below_amount);
  verdict.missing = Money::of(threshold) - sum;
  verdict.goal = Money::of(threshold);
  if (after_discounts || top.lines.empty()) return verdict;
  if (selection.is_generic()) {
    if (top.lines.size() >= kLinesMax) return verdict;
    verdict.change =
        BasketChange{true, 0, 1, verdict.missing, selection.demand_only, selection.earning_only};
  } else if (!lines.empty()) {
    verdict.change = cheapest_raise(top, selection, verdict.missing);
    if (verdict.change) {
      verdict.missing_quantity = verdict.change->pieces;
      verdict.article = top.lines[verdict.change->line].article_code;
    }
  }
  return verdict;
}

namespace {

/// The day on which the member can have the benefit again, or none when never.
Verdict check_uses(const UseLimit& limit, const domain::BenefitUse& use, domain::Day today) {
  if (limit.per_member != 0 && use.total >= limit.per_member) return refuse(Reason::used_up);
  const std::chrono::year_month_day date(today);
  const domain::Day month = date.year() / date.month() / 1;
  const domain::Day year = date.year() / 1 / 1;
  const domain::Day next_month = date.year() / date.month() / 1 + std::chrono::months(1);
  const domain::Day next_year = (date.year() + std::chrono::years(1)) / 1 / 1;
  std::optional<domain::Day> again;
  const auto at_most = [&](std::int64_t most, domain::Day since, domain::Day next) {
    const auto had = std::ranges::count_if(use.days, [&](auto day) { return day >= since; });
    if (most != 0 && had >= most) again = std::max(again.value_or(next), next);
  };
  at_most(limit.per_day, today, today + std::chrono::days(1));
  at_most(limit.per_month, month, next_month);
  at_most(limit.per_year, year, next_year);
  if (!use.days.empty()) {
    const domain::Day free = use.days.front() + std::chrono::days(limit.gap_days);
    if (limit.gap_days != 0 && free > today) again = std::max(again.value_or(free), free);
  }
  return again ? refuse_day(Reason::used_up, again) : Verdict{};
}

/// How often the member has had it already, and what it costs in points.
Verdict check_member_terms(const Worktop& top, const Benefit& benefit) {
  if (top.member == nullptr) return {};
  if (!benefit.limit.none() && benefit.surprise >= 0) {
    // All of them together: another one is no way round the limit.
    const auto& surprise = top.programme.surprises[static_cast<std::size_t>(benefit.surprise)];
    const Verdict verdict = check_uses(benefit.limit, surprise_use(top, surprise), top.today);
    if (!verdict.holds()) return verdict;
  } else if (!benefit.limit.none()) {
    for (const domain::BenefitUse& use : top.member->uses) {
      if (use.benefit != benefit.id) continue;
      const Verdict verdict = check_uses(benefit.limit, use, top.today);
      if (!verdict.holds()) return verdict;
    }
  }
  const bool free = benefit.limit.none() || benefit.give.is_soft();
  if (!free && !can_count(*top.member, benefit.id)) return refuse(Reason::used_up);
  if (top.points_left >= benefit.cost) return {};
  Verdict verdict = refuse(Reason::not_enough_points);
  verdict.missing_quantity = (benefit.cost - top.points_left).units();
  return verdict;
}
}  // namespace

Verdict check_benefit(const Worktop& top, const Benefit& benefit) {
  if (benefit.members_only && top.member == nullptr) return refuse(Reason::no_member);
  Verdict days = check_days(top, benefit.first, benefit.last);
  if (!days.holds()) return days;
  Verdict verdict = check_condition(top, benefit.when);
  const bool out_of_reach = benefit.offline == Offline::online_only && !top.input.reach.online;
  // Asking for the coupon would only lead to the next refusal.
  if (out_of_reach && verdict.reason == Reason::no_coupon) return refuse(Reason::needs_connection);
  if (!verdict.holds() && !verdict.change) return verdict;
  if (out_of_reach) return refuse(Reason::needs_connection);
  const Answer* answer = answer_to(top.input, benefit);
  const bool declined = answer != nullptr && answer->kind == Answer::Kind::declined;
  // Only what was there to be declined counts as had.
  if (declined && !benefit.give.is_soft()) return refuse(Reason::declined);
  const Verdict terms = check_member_terms(top, benefit);
  if (!terms.holds()) return terms;
  return declined && verdict.holds() ? refuse(Reason::declined) : verdict;
}

}  // namespace pos::programme
