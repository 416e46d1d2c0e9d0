#include "pos/programme/day_account.hpp"

namespace pos::programme {

std::optional<core::Moment> moment_of(const Fact& fact) {
  const Scene* scene = nullptr;
  if (const auto* sale = std::get_if<SaleFact>(&fact)) scene = &sale->scene;
  if (const auto* back = std::get_if<ReturnFact>(&fact)) scene = &back->scene;
  if (const auto* join = std::get_if<JoinFact>(&fact)) scene = &join->scene;
  if (scene == nullptr) return std::nullopt;
  return scene->moment;
}

std::optional<domain::Day> day_of(const Fact& fact) {
  const auto moment = moment_of(fact);
  return moment ? std::optional(core::local_day(*moment)) : std::nullopt;
}

void add(domain::DaySums& sums, const Fact& fact) {
  if (const auto* sale = std::get_if<SaleFact>(&fact)) {
    ++sums.sales;
    sums.taken = sums.taken + sale->result.payable;
    sums.earned = sums.earned + sale->result.earned;
    sums.spent = sums.spent + sale->result.points_spent;
    sums.value_earned = sums.value_earned + sale->result.value_earned;
    sums.value_spent = sums.value_spent + sale->result.value_spent;
  } else if (const auto* back = std::get_if<ReturnFact>(&fact)) {
    ++sums.returns;
    sums.taken = sums.taken - back->money;
    sums.earned = sums.earned - back->earned_taken;
    sums.spent = sums.spent - back->points_back;
    sums.value_earned = sums.value_earned - back->value_taken;
    sums.value_spent = sums.value_spent - back->value_back;
  } else if (std::holds_alternative<JoinFact>(fact)) {
    ++sums.joinings;
  }
}

}  // namespace pos::programme
