#include "pos/programme/what_if.hpp"

#include <algorithm>
#include <cstring>

namespace pos::programme {
namespace {

using domain::Money;
using domain::Points;
using domain::Rounding;

/// Money for points; {0, 1} when they cannot be spent.
domain::Ratio rate_of(const ClubRules& rules) {
  if (rules.spend_step.is_zero()) return {0, 1};
  return {rules.spend_step_worth.units(), rules.spend_step.units()};
}

// A programme may say that a point is worth a fortune. Such sums stop here, far from overflowing.
constexpr Money kSumMax = Money::of(1'000'000'000'000'000'000);
constexpr Money kSaleMax = Money::of(domain::kAmountMax);

Money worth_of(Points points, domain::Ratio rate, Money most) {
  if (rate.part > 0 && points.units() > most.units() / rate.part) return most;
  return Money::of(domain::scale(points.units(), rate, Rounding::half_up));
}

/// What benefits gave in points. Where nobody earned (no member, a blocked one), they gave none.
Points points_by_benefits(const Quote& quote) {
  Points sum;
  for (const BenefitOutcome& outcome : quote.outcomes) {
    if (outcome.state == BenefitState::applied) sum += outcome.points;
  }
  return sum <= quote.earned ? sum : Points{};
}

/// What the sale brought the member, as the law on worth counts it.
Money got(const Quote& quote, const ClubRules& rules) {
  return quote.discount + worth_of(quote.earned, rate_of(rules), kSaleMax);
}

void count(GainCount& counts, Money change) {
  if (change.is_zero()) {
    ++counts.unchanged;
  } else {
    ++(change.is_negative() ? counts.lose : counts.gain);
  }
}

Money size_of(const SaleChange& change) {
  const Money difference = change.after - change.before;
  return difference.is_negative() ? -difference : difference;
}

}  // namespace

void ValuedPoints::add(Points points, const ClubRules& rules) {
  if (points.units() <= 0) return;
  points_ += points;
  by_rate_[rate_of(rules)] += points;
}

Money ValuedPoints::worth() const {
  Money worth;
  for (const auto& [rate, points] : by_rate_) {
    worth = std::min(kSumMax, worth + worth_of(points, rate, kSumMax));
  }
  return worth;
}

std::size_t WhatIf::IdHash::operator()(const domain::MemberId& id) const {
  std::size_t hash = 0;  // an id is random already
  std::memcpy(&hash, id.bytes().data(), sizeof hash);
  return hash;
}

void WhatIf::take(const domain::FactId& receipt, const SaleFact& sale, const ClubRules* recorded) {
  if (recorded == nullptr) ++valued_as_new_;
  const ClubRules& new_rules = programme_.rules();
  const ClubRules& old_rules = recorded != nullptr ? *recorded : new_rules;
  const Quote quoted = quote(programme_, sale.input);
  add_sum(before_, sale.result, old_rules);
  add_sum(after_, quoted, new_rules);
  add_benefits(sale.result, old_rules, &BenefitChange::before);
  add_benefits(quoted, new_rules, &BenefitChange::after);
  const domain::Day day = core::local_day(sale.scene.moment);
  first_day_ = first_day_ ? std::min(*first_day_, day) : day;
  last_day_ = last_day_ ? std::max(*last_day_, day) : day;
  const SaleChange change{receipt, day, sale.member, got(sale.result, old_rules),
                          got(quoted, new_rules)};
  count(sales_, change.after - change.before);
  if (sale.member) net_by_member_[*sale.member] += change.after - change.before;
  rank(change);
}

void WhatIf::add_sum(GivenSum& sum, const Quote& quote, const ClubRules& rules) {
  sum.discount += quote.discount;
  sum.earned.add(quote.earned, rules);
  sum.earned_by_paying.add(quote.earned - points_by_benefits(quote), rules);
  sum.paid_with_points += quote.points_value;
  sum.payable += quote.payable;
}

void WhatIf::add_benefits(const Quote& quote, const ClubRules& rules, Side side) {
  const bool points_count = !points_by_benefits(quote).is_zero();
  for (const BenefitOutcome& outcome : quote.outcomes) {
    const bool applied = outcome.state == BenefitState::applied;
    const bool offered = outcome.state == BenefitState::offered && !outcome.task;
    if (!applied && !offered) continue;
    BenefitSum& sum = benefits_[outcome.benefit].*side;
    sum.offered += offered ? 1 : 0;
    if (!applied) continue;
    ++sum.sales;
    sum.discount += outcome.amount;
    if (points_count) sum.points.add(outcome.points, rules);
  }
}

void WhatIf::rank(const SaleChange& change) {
  const Money size = size_of(change);
  if (size.is_zero()) return;
  const auto smaller = std::find_if(largest_.begin(), largest_.end(),
                                    [&](const SaleChange& other) { return size_of(other) < size; });
  largest_.insert(smaller, change);
  if (largest_.size() > kLargestMax) largest_.pop_back();
}

GainCount WhatIf::member_count() const {
  GainCount counts;
  for (const auto& [member, net] : net_by_member_) count(counts, net);
  return counts;
}

}  // namespace pos::programme
