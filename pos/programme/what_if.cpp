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

// A programme may say that a point is worth a fortune. Sums stop here, far from overflowing.
constexpr std::int64_t kSumMax = 1'000'000'000'000'000'000;

/// What the benefits of one sale did with points and stored value.
struct ByBenefits {
  Points earned;
  Money value_earned;
  Points given;
};

/// Where nobody earned (no member, a blocked one), benefits gave nothing for later.
ByBenefits by_benefits(const Quote& quote) {
  ByBenefits sum;
  for (const BenefitOutcome& outcome : quote.outcomes) {
    if (outcome.state != BenefitState::applied) continue;
    sum.earned += outcome.points;
    sum.value_earned += outcome.value;
    sum.given += outcome.cost;
  }
  if (sum.earned > quote.earned) sum.earned = {};
  if (sum.value_earned > quote.value_earned) sum.value_earned = {};
  return sum;
}

Money worth_of(Points points, const ClubRules& rules) {
  const std::int64_t counted = std::max<std::int64_t>(0, points.units());
  return Money::of(
      domain::scale_at_most(counted, rate_of(rules), Rounding::half_up, domain::kAmountMax));
}

/// What the sale brought the member, as the law on worth counts it.
Money got(const Quote& quote, const ByBenefits& by, const ClubRules& rules) {
  return quote.discount + worth_of(quote.earned, rules) + quote.value_earned -
         worth_of(by.given, rules);
}

void add_sum(GivenSum& sum, const Quote& quote, const ByBenefits& by, const ClubRules& rules) {
  sum.discount += quote.discount;
  sum.earned.add(quote.earned, rules);
  sum.earned_by_paying.add(quote.earned - by.earned, rules);
  sum.value_earned += quote.value_earned;
  sum.given_for_benefits.add(by.given, rules);
  sum.paid_with_points += quote.points_value;
  sum.paid_with_value += quote.value_spent;
  sum.payable += quote.payable;
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
    const Money more =
        Money::of(domain::scale_at_most(points.units(), rate, Rounding::half_up, kSumMax));
    worth = std::min(Money::of(kSumMax), worth + more);
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
  const ByBenefits by_old = by_benefits(sale.result);
  const ByBenefits by_new = by_benefits(quoted);
  add_sum(before_, sale.result, by_old, old_rules);
  add_sum(after_, quoted, by_new, new_rules);
  add_benefits(sale.result, old_rules, &BenefitChange::before);
  add_benefits(quoted, new_rules, &BenefitChange::after);
  const domain::Day day = core::local_day(sale.scene.moment);
  first_day_ = first_day_ ? std::min(*first_day_, day) : day;
  last_day_ = last_day_ ? std::max(*last_day_, day) : day;
  const SaleChange change{receipt, day, sale.member, got(sale.result, by_old, old_rules),
                          got(quoted, by_new, new_rules)};
  count(sales_, change.after - change.before);
  if (sale.member) net_by_member_[*sale.member] += change.after - change.before;
  rank(change);
}

void WhatIf::add_benefits(const Quote& quote, const ClubRules& rules, Side side) {
  const ByBenefits by = by_benefits(quote);
  for (const BenefitOutcome& outcome : quote.outcomes) {
    const bool applied = outcome.state == BenefitState::applied;
    const bool offered = outcome.state == BenefitState::offered;
    if (!applied && !offered) continue;
    BenefitSum& sum = benefits_[outcome.benefit].*side;
    sum.offered += offered ? 1 : 0;
    if (!applied) continue;
    ++sum.sales;
    sum.discount += outcome.amount;
    sum.given.add(outcome.cost, rules);
    if (!by.earned.is_zero()) sum.points.add(outcome.points, rules);
    if (!by.value_earned.is_zero()) sum.value += outcome.value;
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
