#include "pos/programme/member_standing.hpp"

#include <algorithm>

#include "pos/programme/facts.hpp"

namespace pos::programme {
namespace {

__extension__ using Wide = __int128;

using domain::Day;
using domain::MemberFacts;
using domain::MemberStatus;
using domain::MissingWay;
using domain::Money;
using domain::MonthCount;
using domain::TierWay;

constexpr std::int64_t kCounterMax = 1'000'000'000;

Money bounded(Money amount) {
  return Money::of(std::clamp(amount.units(), -domain::kAmountMax, domain::kAmountMax));
}

std::int64_t bounded(std::int64_t count, std::int64_t low) {
  return std::clamp(count, low, kCounterMax);
}

void count_month(MemberStatus& status, const Purchase& purchase) {
  const int month = domain::month_of(purchase.day);
  auto& months = status.months;
  const int newest = months.empty() ? month : std::max(month, months.back().month);
  const int oldest = domain::months_before(newest, domain::kStatusMonthsMax - 1);
  std::erase_if(months, [&](const MonthCount& one) { return one.month < oldest; });
  if (month < oldest) return;
  auto at = std::ranges::lower_bound(months, month, {}, &MonthCount::month);
  if (at == months.end() || at->month != month) at = months.insert(at, {month, {}, 0});
  at->spend = bounded(at->spend + purchase.paid);
  at->visits = bounded(at->visits + purchase.visits, -kCounterMax);
}

void count_all(MemberFacts& facts, const Purchase& purchase) {
  facts.visits = bounded(facts.visits + purchase.visits, 0);
  facts.spend_in_period = bounded(facts.spend_in_period + purchase.paid);
  count_month(facts.status, purchase);
}

/// What comes back of a purchase that is not among them was too small to be.
void count_large(MemberStatus& status, const Purchase& purchase) {
  auto& large = status.large;
  const auto known = std::ranges::find(large, purchase.sale, &domain::LargePurchase::sale);
  if (known != large.end()) {
    known->paid = bounded(known->paid + purchase.paid);
  } else if (purchase.paid > Money()) {
    large.push_back({purchase.sale, purchase.paid});
  }
  std::erase_if(large, [](const auto& one) { return one.paid <= Money(); });
  std::ranges::sort(large, [](const auto& a, const auto& b) {
    return a.paid != b.paid ? a.paid > b.paid : a.sale < b.sale;
  });
  if (large.size() > domain::kLargePurchasesMax) large.pop_back();
}

/// Purchases of the months `first` to `last`.
MonthCount sum_of(const MemberStatus& status, int first, int last) {
  MonthCount sum{last, {}, 0};
  for (const MonthCount& one : status.months) {
    if (one.month < first || one.month > last) continue;
    sum.spend += one.spend;
    sum.visits += one.visits;
  }
  return sum;
}

/// What counts on the way at the end of `month`, in the unit of its goal.
std::int64_t counted(const TierRule& way, const MemberFacts& facts, int month) {
  MonthCount sum{month, facts.spend_in_period, facts.visits};
  if (way.calendar_year) sum = sum_of(facts.status, month / 100 * 100 + 1, month);
  if (way.months != 0) {
    sum = sum_of(facts.status, domain::months_before(month, way.months - 1), month);
  }
  return way.by == TierWay::spend ? sum.spend.units() : sum.visits;
}

/// The day on which so many years of membership are full; 29 February counts as the 28th.
Day anniversary(Day joined, std::int64_t years) {
  const std::chrono::year_month_day date(joined);
  const auto year = date.year() + std::chrono::years(years);
  const std::chrono::year_month_day full{year, date.month(), date.day()};
  if (full.ok()) return Day(full);
  return Day(std::chrono::year_month_day_last{year, std::chrono::month_day_last{date.month()}});
}

/// Nothing when the member cannot go it at all. 0: it is reached.
std::optional<std::int64_t> missing(const TierRule& way, const MemberFacts& facts, Day day) {
  const MemberStatus& status = facts.status;
  std::int64_t left = way.goal;
  switch (way.by) {
    case TierWay::spend:
    case TierWay::visits:
      left -= counted(way, facts, domain::month_of(day));
      break;
    case TierWay::years:
      if (!status.joined) return std::nullopt;
      left = (anniversary(*status.joined, way.goal) - day).count();
      break;
    case TierWay::referrals:
      left -= status.referrals;
      break;
    case TierWay::one_sale:
      // Nothing of an earlier purchase helps a later one.
      if (!status.large.empty() && status.large.front().paid.units() >= way.goal) left = 0;
      break;
  }
  return std::max<std::int64_t>(left, 0);
}

bool is_reached(const TierRule& way, int keep_months, const MemberFacts& facts, Day day) {
  if (missing(way, facts, day) == 0) return true;
  if (way.months == 0 && !way.calendar_year) return false;
  const int month = domain::month_of(day);
  for (int back = 1; back <= keep_months; ++back) {
    if (counted(way, facts, domain::months_before(month, back)) >= way.goal) return true;
  }
  return false;
}

/// How far it is, as a part of the whole way: a / b < c / d without a division.
struct Distance {
  std::int64_t missing = 0;
  std::int64_t whole = 1;
};

bool is_nearer(const Distance& a, const Distance& b) {
  return Wide{a.missing} * b.whole < Wide{b.missing} * a.whole;
}

}  // namespace

std::vector<MissingWay> missing_on(const std::vector<TierRule>& rules, const MemberFacts& facts,
                                   Day day) {
  std::vector<std::pair<Distance, MissingWay>> ways;
  for (const TierRule& way : rules) {
    const auto left = missing(way, facts, day);
    if (!left) continue;
    const bool by_years = way.by == TierWay::years;
    const std::int64_t whole =
        by_years ? (anniversary(*facts.status.joined, way.goal) - *facts.status.joined).count()
                 : way.goal;
    ways.push_back({{*left, std::max<std::int64_t>(whole, 1)}, {way.by, *left}});
  }
  std::ranges::stable_sort(
      ways, [](const auto& a, const auto& b) { return is_nearer(a.first, b.first); });
  std::vector<MissingWay> nearest_first;
  for (const auto& [distance, way] : ways) nearest_first.push_back(way);
  return nearest_first;
}

namespace {

/// Position on the ladder, from 1; 0: no tier, or one that the ladder does not have.
std::size_t rung(const std::vector<NamedTier>& tiers, const std::optional<domain::TierCode>& tier) {
  if (!tier) return 0;
  const auto found = std::ranges::find(tiers, *tier, &NamedTier::code);
  return found == tiers.end() ? 0 : static_cast<std::size_t>(found - tiers.begin()) + 1;
}

}  // namespace

Purchase purchase_of(const domain::FactId& uid, const SaleFact& sale, Day latest) {
  return {uid, std::min(core::local_day(sale.scene.moment), latest), sale.result.payable, 1};
}

Purchase purchase_of(const ReturnFact& back, Day latest) {
  const Day day = back.sold_on.value_or(core::local_day(back.scene.moment));
  return {back.sale, std::min(day, latest), -back.money, back.is_void ? -1 : 0};
}

void count_purchase(MemberFacts& facts, const Purchase& purchase) {
  count_all(facts, purchase);
  count_large(facts.status, purchase);
}

void count_history(MemberFacts& facts, Day day, Money spend, std::int64_t visits) {
  count_all(facts, {{}, day, spend, visits});
  facts.status.brought_visits = bounded(facts.status.brought_visits + visits, 0);
}

bool has_ladder(const std::vector<NamedTier>& tiers) {
  return std::ranges::any_of(
      tiers, [](const auto& tier) { return tier.base || !tier.reached_by.empty(); });
}

Standing standing_on(const std::vector<NamedTier>& tiers, const MemberFacts& facts, Day day) {
  std::size_t held = rung(tiers, facts.status.given);
  for (std::size_t i = tiers.size(); i > held; --i) {
    const NamedTier& tier = tiers[i - 1];
    const bool reached = std::ranges::any_of(tier.reached_by, [&](const TierRule& way) {
      return is_reached(way, tier.keep_months, facts, day);
    });
    if (reached) held = i;
  }
  if (held == 0 && !tiers.empty() && tiers.front().base) held = 1;
  Standing standing;
  if (held > 0) standing.tier = tiers[held - 1].code;
  for (std::size_t i = held; i < tiers.size() && !standing.next; ++i) {
    if (tiers[i].reached_by.empty()) continue;  // only the club gives it
    auto ways = missing_on(tiers[i].reached_by, facts, day);
    if (!ways.empty()) standing.next = domain::NextTier{tiers[i].code, std::move(ways)};
  }
  return standing;
}

void set_standing(MemberFacts& facts, const std::vector<NamedTier>& tiers, Day day) {
  if (!has_ladder(tiers)) return;
  Standing standing = standing_on(tiers, facts, day);
  facts.tier = std::move(standing.tier);
  facts.next_tier = std::move(standing.next);
}

bool is_above(const std::vector<NamedTier>& tiers, const std::optional<domain::TierCode>& tier,
              const std::optional<domain::TierCode>& other) {
  return rung(tiers, tier) > rung(tiers, other);
}

}  // namespace pos::programme
