#include "pos/programme/quote.hpp"

#include <algorithm>
#include <map>

#include "pos/domain/rounding.hpp"
#include "pos/programme/steps.hpp"

namespace pos::programme {
namespace {

using domain::AllocationShare;
using domain::Money;
using domain::Points;
using domain::Ratio;
using domain::Rounding;

std::optional<domain::CouponCode> coupon_of(const Condition& condition) {
  if (condition.kind == Condition::Kind::coupon) {
    return domain::CouponCode::parse(condition.words.front());
  }
  if (condition.kind != Condition::Kind::all) return std::nullopt;
  for (const Condition& child : condition.children) {
    if (auto code = coupon_of(child)) return code;
  }
  return std::nullopt;
}

bool names_coupon(const Condition& condition) {
  if (condition.kind == Condition::Kind::coupon) return true;
  return condition.kind == Condition::Kind::all &&
         std::any_of(condition.children.begin(), condition.children.end(), names_coupon);
}

BenefitOutcome outcome_of(const Worktop& top, Judged& judged) {
  const Benefit& benefit = top.programme.benefits[judged.benefit];
  BenefitOutcome outcome;
  outcome.benefit = benefit.id;
  outcome.state = judged.state;
  outcome.reason = judged.effect.verdict.reason;
  outcome.data = std::move(judged.effect.verdict.data);
  outcome.task = benefit.give.kind == Give::Kind::task;
  outcome.task_done = judged.task_done;
  if (judged.state == BenefitState::applied) {
    outcome.amount = judged.effect.amount;
    outcome.points = judged.effect.points;
    outcome.shares = std::move(judged.effect.shares);
    outcome.data.basis = judged.effect.basis;
    outcome.coupon = coupon_of(benefit.when);
  }
  return outcome;
}

/// How far from being granted: parts per thousand of the goal; pieces come before money.
std::int64_t distance(const Judged& judged) {
  const OutcomeData& data = judged.effect.verdict.data;
  if (data.goal.is_zero()) return data.missing_quantity;
  return domain::scale(data.missing.units(), {1000, data.goal.units()}, Rounding::down);
}

/// Marks as nearly those whose hint was tried and holds, the nearest first, at most `count_max`. A
/// try is a whole run of the steps, so that `tries_max` bounds the cost.
void mark_nearly(const Worktop& untouched, std::vector<Judged>& judged, std::size_t count_max,
                 std::size_t tries_max) {
  std::vector<Judged*> near;
  for (Judged& one : judged) {
    if (one.state == BenefitState::not_now && one.effect.verdict.change) near.push_back(&one);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const Judged* a, const Judged* b) { return distance(*a) < distance(*b); });
  std::size_t count = 0;
  std::size_t tries = 0;
  for (Judged* one : near) {
    if (count == count_max || tries++ == tries_max) break;
    if (!change_grants_it(untouched, *one)) continue;
    one->state = BenefitState::nearly;
    ++count;
  }
}

bool worth_telling(const Worktop& top, const Judged& judged) {
  if (judged.state != BenefitState::not_now) return true;
  const Reason reason = judged.effect.verdict.reason;
  if (reason == Reason::chosen_instead || reason == Reason::declined ||
      reason == Reason::limit_reached) {
    return true;
  }
  if (reason == Reason::no_coupon) return false;
  return names_coupon(top.programme.benefits[judged.benefit].when);
}

void sort_outcomes(std::vector<BenefitOutcome>& outcomes) {
  std::stable_sort(outcomes.begin(), outcomes.end(),
                   [](const BenefitOutcome& a, const BenefitOutcome& b) {
                     if (a.state != b.state) return a.state < b.state;
                     return a.state == BenefitState::applied && a.amount > b.amount;
                   });
}

/// The most that may be spent now, and what holds it there.
PointsOffer offer_points(const Worktop& top, Money payable) {
  const ClubRules& rules = top.programme.rules;
  PointsOffer offer;
  if (rules.spend_step.is_zero()) return offer;
  if (top.member == nullptr) {
    offer.limited_by = Reason::no_member;
    return offer;
  }
  const std::int64_t balance = std::max<std::int64_t>(0, top.member->balance.units());
  const std::int64_t worth = rules.spend_step_worth.units();
  offer.balance_worth =
      Money::of(domain::scale(balance, {worth, rules.spend_step.units()}, Rounding::down));
  const std::int64_t by_balance = balance / rules.spend_step.units();
  const Money part = domain::scale(payable, {rules.spend_max_percent, 100}, Rounding::down);
  const std::int64_t by_sale = part.units() / worth;
  const Reach& reach = top.input.reach;
  const Money right = std::max(Money{}, std::min(reach.pool_left, reach.member_left));
  const std::int64_t by_right = right.units() / worth;
  const std::int64_t steps = std::min({by_balance, by_sale, by_right});
  offer.spendable = rules.spend_step * steps;
  offer.worth = rules.spend_step_worth * steps;
  if (steps == by_balance) {
    offer.limited_by = Reason::not_enough_points;
  } else if (steps == by_right) {
    offer.limited_by = Reason::no_right_left;
  } else {
    offer.limited_by = Reason::below_amount;
  }
  return offer;
}

template <class Weight>
std::vector<std::int64_t> allocate_over(const Worktop& top, std::int64_t total,
                                        const Weight& weight) {
  std::vector<AllocationShare> weights;
  weights.reserve(top.lines.size());
  for (std::size_t i = 0; i < top.lines.size(); ++i) {
    weights.push_back({weight(i), top.lines[i].rank});
  }
  return domain::allocate(total, weights);
}

void spend_points(const Worktop& top, Quote& quote) {
  const ClubRules& rules = top.programme.rules;
  if (quote.points_offer.spendable.is_zero() || top.input.points_wish.units() <= 0) return;
  const std::int64_t wished = std::min(top.input.points_wish, quote.points_offer.spendable).units();
  const std::int64_t steps = wished / rules.spend_step.units();
  quote.points_spent = rules.spend_step * steps;
  quote.points_value = rules.spend_step_worth * steps;
  if (steps == 0) return;
  const auto values = allocate_over(top, quote.points_value.units(),
                                    [&](std::size_t i) { return top.lines[i].remaining.units(); });
  const auto points =
      allocate_over(top, quote.points_spent.units(), [&](std::size_t i) { return values[i]; });
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    quote.lines[i].points_value = Money::of(values[i]);
    quote.lines[i].points_spent = Points::of(points[i]);
  }
}

/// Floor of what is paid in money on lines that earn, laid over those lines; points that benefits
/// gave lie on the same lines, by shelf price when nothing is paid.
void earn_points(const Worktop& top, Points extra, Quote& quote) {
  const ClubRules& rules = top.programme.rules;
  if (top.member == nullptr && !top.input.unknown_card) return;
  if (top.input.member && top.member == nullptr) return;  // blocked
  Money basis;
  for (std::size_t i = 0; i < top.lines.size(); ++i) {
    if (top.lines[i].earns) basis += quote.lines[i].payable;
  }
  Points earned = extra;
  if (!rules.earn_per.is_zero()) {
    const Ratio rate{rules.earn_points.units(), rules.earn_per.units()};
    earned += Points::of(domain::scale(basis.units(), rate, Rounding::down));
  }
  if (earned.is_zero()) return;
  const bool paid = !basis.is_zero();
  const bool any_earns = std::any_of(top.lines.begin(), top.lines.end(), [](const WorkLine& line) {
    return line.earns && !line.shelf.is_zero();
  });
  const auto shares = allocate_over(top, earned.units(), [&](std::size_t i) -> std::int64_t {
    if (paid) return top.lines[i].earns ? quote.lines[i].payable.units() : 0;
    if (any_earns) return top.lines[i].earns ? top.lines[i].shelf.units() : 0;
    return 1;
  });
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    quote.lines[i].earned = Points::of(shares[i]);
  }
  quote.earned = earned;
}

void sum_up(const Worktop& top, Quote& quote) {
  std::map<std::int64_t, Money> rates;
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    QuotedLine& line = quote.lines[i];
    line.payable = line.shelf - line.discount - line.points_value;
    quote.payable += line.payable;
    rates[top.input.lines[i].article.vat_per_mille] += line.payable;
  }
  for (const auto& [per_mille, payable] : rates) {
    const Ratio contained{per_mille, 1000 + per_mille};
    quote.vat.push_back({per_mille, payable, scale(payable, contained, Rounding::half_up)});
  }
}

std::vector<BenefitOutcome> to_outcomes(const Worktop& top, std::vector<Judged>& judged,
                                        bool everything) {
  std::vector<BenefitOutcome> outcomes;
  for (Judged& one : judged) {
    if (everything || worth_telling(top, one)) outcomes.push_back(outcome_of(top, one));
  }
  return outcomes;
}

/// What applied has its own bound; of the rest the first ones stay.
void keep_within_record(std::vector<BenefitOutcome>& outcomes) {
  std::size_t bytes = 0;
  std::erase_if(outcomes, [&](const BenefitOutcome& outcome) {
    if (outcome.state == BenefitState::applied) return false;
    bytes += 170 + outcome.benefit.text().size() + outcome.data.article.size() +
             outcome.data.winner.text().size();
    return bytes > kToldBytesMax;
  });
}

}  // namespace

Quote quote(const Programme& programme, const QuoteInput& input) {
  Worktop top = lay_out(programme.benefits(), input);
  const std::vector<std::uint32_t> candidates = reached(top);
  std::vector<Judged> judged = run_steps(top, candidates);
  const bool any_near = std::any_of(judged.begin(), judged.end(), [](const Judged& one) {
    return one.effect.verdict.change.has_value();
  });
  if (any_near)
    mark_nearly(lay_out(programme.benefits(), input), judged, kNearlyMax, kNearlyMax + 1);

  Quote quote;
  quote.programme = programme.hash();
  quote.lines.resize(top.lines.size());
  Money left;
  for (std::size_t i = 0; i < top.lines.size(); ++i) {
    const WorkLine& line = top.lines[i];
    quote.lines[i].shelf = line.shelf;
    quote.lines[i].discount = line.shelf - line.remaining;
    quote.shelf += line.shelf;
    left += line.remaining;
  }
  quote.discount = quote.shelf - left;
  quote.points_offer = offer_points(top, left);
  spend_points(top, quote);
  sum_up(top, quote);
  Points extra;
  for (const Judged& one : judged) {
    if (one.state == BenefitState::applied) extra += one.effect.points;
  }
  earn_points(top, extra, quote);
  quote.outcomes = to_outcomes(top, judged, false);
  sort_outcomes(quote.outcomes);
  keep_within_record(quote.outcomes);
  return quote;
}

std::vector<BenefitOutcome> explain_all(const Programme& programme, const QuoteInput& input) {
  const CompiledBenefits& compiled = programme.benefits();
  Worktop top = lay_out(compiled, input);
  std::vector<std::uint32_t> everyone(compiled.benefits.size());
  for (std::uint32_t i = 0; i < everyone.size(); ++i) everyone[i] = i;
  std::vector<Judged> judged = run_steps(top, everyone);
  mark_nearly(lay_out(compiled, input), judged, everyone.size(), everyone.size());
  // The order of the document for those that have no other.
  std::stable_sort(judged.begin(), judged.end(), [&](const Judged& a, const Judged& b) {
    if (a.state != b.state) return a.state < b.state;
    if (a.state != BenefitState::not_now) return false;
    return compiled.benefits[a.benefit].position < compiled.benefits[b.benefit].position;
  });
  std::vector<BenefitOutcome> outcomes = to_outcomes(top, judged, true);
  sort_outcomes(outcomes);
  return outcomes;
}

}  // namespace pos::programme
