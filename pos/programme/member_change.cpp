#include "pos/programme/member_change.hpp"

#include <algorithm>

namespace pos::programme {
namespace {

/// As many as the row of a member may hold.
constexpr std::size_t kListMax = 64;

void count_use(domain::MemberFacts& facts, const domain::BenefitId& benefit, domain::Day day) {
  auto use = std::find_if(facts.uses.begin(), facts.uses.end(),
                          [&](const auto& one) { return one.benefit == benefit; });
  if (use == facts.uses.end()) {
    if (facts.uses.size() >= kListMax) {
      // The one that lies back farthest is the least likely to be asked for again.
      facts.uses.erase(
          std::min_element(facts.uses.begin(), facts.uses.end(),
                           [](const auto& a, const auto& b) { return a.day < b.day; }));
    }
    use = facts.uses.insert(facts.uses.end(), {benefit, 0, day, 0});
  }
  ++use->total;
  if (day > use->day) {
    use->day = day;
    use->on_day = 0;
  }
  if (day == use->day) ++use->on_day;
}

void issue(domain::MemberFacts& facts, const domain::PersonalCoupon& coupon, domain::Day day) {
  std::erase_if(facts.coupons, [&](const auto& one) { return one.last < day; });
  if (facts.coupons.size() < kListMax) facts.coupons.push_back(coupon);
}

}  // namespace

MemberChange change_of(const Quote& quote) {
  MemberChange change;
  for (const BenefitOutcome& outcome : quote.outcomes) {
    if (outcome.state != BenefitState::applied) continue;
    if (outcome.counted) change.counted.push_back(outcome.benefit);
    if (outcome.own_coupon && outcome.coupon) {
      change.used.push_back({*outcome.coupon, outcome.amount});
    }
    if (outcome.issued) change.issued.push_back(*outcome.issued);
  }
  return change;
}

std::vector<MemberChange::UsedCoupon> apply_change(domain::MemberFacts& facts,
                                                   const MemberChange& change, domain::Day day) {
  std::vector<MemberChange::UsedCoupon> twice;
  for (const domain::BenefitId& benefit : change.counted) count_use(facts, benefit, day);
  for (const MemberChange::UsedCoupon& used : change.used) {
    // Of several the one that ends first.
    auto held = facts.coupons.end();
    for (auto one = facts.coupons.begin(); one != facts.coupons.end(); ++one) {
      const bool sooner = held == facts.coupons.end() || one->last < held->last;
      if (one->code == used.code && one->last >= day && sooner) held = one;
    }
    if (held == facts.coupons.end()) {
      twice.push_back(used);
    } else {
      facts.coupons.erase(held);
    }
  }
  for (const domain::PersonalCoupon& coupon : change.issued) issue(facts, coupon, day);
  return twice;
}

}  // namespace pos::programme
