#include "pos/programme/hub_need.hpp"

#include "pos/programme/benefit.hpp"
#include "pos/programme/steps.hpp"

namespace pos::programme {

HubNeed hub_need(const Programme& programme, const Quote& quote) {
  HubNeed need;
  need.wish.points = quote.points_spent;
  need.wish.value = quote.value_spent;
  need.worth = quote.points_value + quote.value_spent;
  need.any = !quote.points_spent.is_zero() || !quote.value_spent.is_zero();
  const CompiledBenefits& compiled = programme.benefits();
  for (const BenefitOutcome& outcome : quote.outcomes) {
    const auto found = compiled.by_id.find(outcome.benefit.text());
    if (outcome.state != BenefitState::applied || found == compiled.by_id.end()) continue;
    const Benefit& benefit = compiled.benefits[found->second];
    need.worth += worth_of(compiled.rules, benefit.cost);
    if (!outcome.of_budget.is_zero()) {
      need.any = true;
      need.wish.budgets.push_back({outcome.benefit, outcome.of_budget});
    }
    if (benefit.offline != Offline::online_only) continue;
    need.any = true;
    const Condition* coupon = coupon_of(benefit.when);
    if (coupon != nullptr && coupon->single_use && outcome.coupon) {
      need.wish.coupons.push_back(*outcome.coupon);
    }
  }
  return need;
}

}  // namespace pos::programme
