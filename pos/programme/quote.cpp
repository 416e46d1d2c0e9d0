#include "pos/programme/quote.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "pos/domain/rounding.hpp"
#include "pos/programme/class_joining.hpp"
#include "pos/programme/earn.hpp"
#include "pos/programme/subscription.hpp"

namespace pos::programme {
namespace {

using domain::Money;
using domain::Points;
using domain::Ratio;
using domain::Rounding;

OutcomeData data_of(const Worktop& top, const Verdict& verdict) {
  OutcomeData data;
  data.missing = verdict.missing;
  data.missing_quantity = verdict.missing_quantity;
  data.article = verdict.article;
  data.day = verdict.day;
  data.goal = verdict.goal;
  if (verdict.winner != kNoBenefit) data.winner = top.programme.benefits[verdict.winner].id;
  return data;
}

/// Whether the sale uses up one of the times that the limit allows: what applied, and what the
/// member was offered by a cashier and did not want. A task that nobody touched can wait; an
/// article that was on the screen was suggested.
bool is_had(const Benefit& benefit, const Judged& judged) {
  // What a surprise was the last time decides about the next.
  if (benefit.limit.none() && benefit.surprise < 0) return false;
  if (judged.state == BenefitState::applied) return true;
  if (benefit.give.is_soft() && judged.effect.verdict.reason == Reason::declined) return true;
  return benefit.give.soft() == Soft::suggest && judged.state == BenefitState::offered;
}

void fill_outcome(const Worktop& top, const Judged& judged, const Workroom& room,
                  BenefitOutcome& outcome) {
  const Benefit& benefit = top.programme.benefits[judged.benefit];
  outcome.benefit = benefit.id;
  outcome.state = judged.state;
  outcome.reason = judged.effect.verdict.reason;
  outcome.data = data_of(top, judged.effect.verdict);
  outcome.soft = benefit.give.soft();
  outcome.done = judged.done;
  outcome.counted = is_had(benefit, judged);
  outcome.cost = judged.state == BenefitState::applied || judged.state == BenefitState::offered
                     ? benefit.cost
                     : Points{};
  if (judged.state == BenefitState::applied) {
    outcome.amount = judged.effect.amount;
    outcome.points = judged.effect.points;
    outcome.value = judged.effect.value;
    if (benefit.give.kind == Give::Kind::coupon) {
      outcome.issued = {benefit.give.coupon, top.today + std::chrono::days(benefit.give.days)};
    }
    const auto shares = room.shares_of(judged.effect);
    outcome.shares.assign(shares.begin(), shares.end());
    outcome.data.basis = judged.effect.basis;
    if (!benefit.budget.is_zero()) {
      outcome.of_budget = worth_of(top.programme.rules, judged.effect);
    }
    if (const Condition* coupon = coupon_of(benefit.when)) {
      outcome.coupon = domain::CouponCode::parse(coupon->words.front());
      outcome.own_coupon = coupon->personal;
    }
  }
}

/// How far from being granted: parts per thousand of the goal; pieces come before money.
std::int64_t distance(const Judged& judged) {
  const Verdict& verdict = judged.effect.verdict;
  if (verdict.goal.is_zero()) return verdict.missing_quantity;
  return domain::scale(verdict.missing.units(), {1000, verdict.goal.units()}, Rounding::down);
}

/// Marks as nearly those whose hint was tried and holds, the nearest first, at most `count_max`. A
/// try runs the steps again, so that `tries_max` bounds the cost.
void mark_nearly(Trials trials, std::vector<Judged>& judged, std::size_t count_max,
                 std::size_t tries_max) {
  std::vector<std::pair<std::int64_t, Judged*>> near;
  for (Judged& one : judged) {
    if (one.state == BenefitState::not_now && one.effect.verdict.change) {
      near.emplace_back(distance(one), &one);
    }
  }
  std::sort(near.begin(), near.end());  // at the same distance in the order of execution
  std::size_t count = 0;
  std::size_t tries = 0;
  for (const auto& [far, one] : near) {
    if (count == count_max || tries++ == tries_max) break;
    if (!trials.change_grants(*one)) continue;
    one->state = BenefitState::nearly;
    ++count;
  }
}

/// The lines that only those may buy who have early access, and this basket's buyer has not.
std::vector<HeldBack> find_held_back(const Worktop& top, const std::vector<Judged>& judged) {
  std::vector<HeldBack> held;
  LineSet open;
  for (const std::uint32_t number : top.programme.early) {
    const Benefit& benefit = top.programme.benefits[number];
    if (top.today >= *benefit.give.on_sale) continue;
    const LineSet lines = lines_of(top, benefit.on);
    const auto found =
        std::lower_bound(judged.begin(), judged.end(), number,
                         [](const Judged& a, std::uint32_t b) { return a.benefit < b; });
    const bool granted =
        found != judged.end() && found->benefit == number && found->state == BenefitState::applied;
    if (granted) open |= lines;
    lines.each([&](std::size_t i) { held.push_back({i, benefit.id, *benefit.give.on_sale}); });
  }
  std::erase_if(held, [&](const HeldBack& one) { return open.contains(one.line); });
  std::stable_sort(held.begin(), held.end(),
                   [](const HeldBack& a, const HeldBack& b) { return a.line < b.line; });
  // Several benefits may open the same article; the first in the order of execution says it.
  const auto same_line = [](const HeldBack& a, const HeldBack& b) { return a.line == b.line; };
  held.erase(std::unique(held.begin(), held.end(), same_line), held.end());
  return held;
}

bool sells_gift_card(const Worktop& top) {
  return std::ranges::any_of(top.lines, &WorkLine::gift_card);
}

bool worth_telling(const Worktop& top, const Judged& judged) {
  if (judged.state != BenefitState::not_now) return true;
  const Benefit& benefit = top.programme.benefits[judged.benefit];
  // Nobody is told what they miss; what they did not want they know.
  if (benefit.surprise >= 0) return judged.effect.verdict.reason == Reason::declined;
  // Why the article cannot be paid.
  if (benefit.give.kind == Give::Kind::early_access) return top.today < *benefit.give.on_sale;
  const Reason reason = judged.effect.verdict.reason;
  // Nobody asks why a question was not put.
  if (benefit.give.is_soft() && reason == Reason::chosen_instead) return false;
  if (reason == Reason::chosen_instead || reason == Reason::declined ||
      reason == Reason::limit_reached) {
    return true;
  }
  if (reason == Reason::no_coupon) return false;
  return coupon_of(benefit.when) != nullptr;
}

/// What may be drawn for points and value.
Money spendable(const Worktop& top) { return top.right_left + top.reserve_left; }

/// Stored value of the member, or on the card that nobody joined with.
Money value_at_hand(const Worktop& top) {
  if (top.member != nullptr) return top.member->value_spendable_on(top.today);
  const auto& card = top.input.card_value;
  return card ? card->spendable_on(top.today) : Money{};
}

/// The most that may be spent now, and what holds it there.
PointsOffer offer_points(const Worktop& top, Money payable) {
  const ClubRules& rules = top.programme.rules;
  PointsOffer offer;
  offer.value_spendable = std::min({value_at_hand(top), payable, spendable(top)});
  if (top.member == nullptr) {
    if (!rules.spend_step.is_zero()) offer.limited_by = Reason::no_member;
    return offer;
  }
  if (rules.spend_step.is_zero()) return offer;
  const std::int64_t step = rules.spend_step.units();
  const std::int64_t worth = rules.spend_step_worth.units();
  const std::int64_t pending = domain::pending_in(top.member->point_lots, top.today);
  const std::int64_t balance =
      std::min(top.points_left.units() + pending,
               std::max(Points{}, top.member->balance_on(top.today)).units());
  offer.balance_worth =
      Money::of(domain::scale_at_most(balance, {worth, step}, Rounding::down, domain::kAmountMax));
  const std::int64_t by_balance = top.points_left.units() / step;
  const Money part = domain::scale(payable, {rules.spend_max_percent, 100}, Rounding::down);
  const std::int64_t by_sale = part.units() / worth;
  const std::int64_t by_right = spendable(top).units() / worth;
  const std::int64_t steps = std::min({by_balance, by_sale, by_right});
  offer.spendable = rules.spend_step * steps;
  offer.worth = rules.spend_step_worth * steps;
  if (steps == by_balance) {
    const bool waits = std::min({balance / step, by_sale, by_right}) > steps;
    offer.limited_by = waits ? Reason::not_yet_valid : Reason::not_enough_points;
  } else if (steps == by_right) {
    offer.limited_by = Reason::no_right_left;
  } else {
    offer.limited_by = Reason::below_amount;
  }
  return offer;
}

/// Over the lines that do not stand apart. Valid until the room is used again.
template <class Weight>
std::span<const std::int64_t> allocate_over(const Worktop& top, Workroom& room, std::int64_t total,
                                            const Weight& weight) {
  room.weights.clear();
  for (std::size_t i = 0; i < top.lines.size(); ++i) {
    room.weights.push_back({top.lines[i].apart ? 0 : weight(i), top.lines[i].rank});
  }
  return room.allocator.allocate(total, room.weights);
}

void spend_points(const Worktop& top, Workroom& room, Quote& quote) {
  const ClubRules& rules = top.programme.rules;
  if (quote.points_offer.spendable.is_zero() || top.input.points_wish.units() <= 0) return;
  const std::int64_t wished = std::min(top.input.points_wish, quote.points_offer.spendable).units();
  const std::int64_t steps = wished / rules.spend_step.units();
  quote.points_spent = rules.spend_step * steps;
  quote.points_value = rules.spend_step_worth * steps;
  if (steps == 0) return;
  const auto values = allocate_over(top, room, quote.points_value.units(),
                                    [&](std::size_t i) { return top.lines[i].remaining.units(); });
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    quote.lines[i].points_value = Money::of(values[i]);
  }
  const auto points = allocate_over(top, room, quote.points_spent.units(), [&](std::size_t i) {
    return quote.lines[i].points_value.units();
  });
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    quote.lines[i].points_spent = Points::of(points[i]);
  }
}

/// Stored value pays what points left, out of the rights that they left.
void spend_value(const Worktop& top, Workroom& room, Quote& quote) {
  const auto left_of = [&](std::size_t i) {
    const QuotedLine& line = quote.lines[i];
    return top.lines[i].apart ? Money() : line.shelf - line.discount - line.points_value;
  };
  Money left;
  for (std::size_t i = 0; i < quote.lines.size(); ++i) left += left_of(i);
  const Money wish = std::max(Money{}, top.input.value_wish);
  quote.value_spent = std::min(
      {wish, quote.points_offer.value_spendable, left, spendable(top) - quote.points_value});
  if (quote.value_spent.is_zero()) return;
  const auto values = allocate_over(top, room, quote.value_spent.units(),
                                    [&](std::size_t i) { return left_of(i).units(); });
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    quote.lines[i].value_spent = Money::of(values[i]);
  }
}

/// Points that a benefit costs lie on the lines that it made cheaper, or on all by shelf price, so
/// that what comes back brings its part of them.
void charge(const Worktop& top, const Judged& judged, Workroom& room, Quote& quote) {
  const Points cost = top.programme.benefits[judged.benefit].cost;
  if (judged.state != BenefitState::applied || cost.is_zero()) return;
  std::array<std::int64_t, kLinesMax> weights{};
  for (const LineShare& share : room.shares_of(judged.effect)) {
    weights[share.line] += share.amount.units();
  }
  const bool by_share = judged.effect.share_count != 0;
  const bool by_shelf = !by_share && !quote.shelf.is_zero();
  const auto points = allocate_over(top, room, cost.units(), [&](std::size_t i) {
    if (by_share) return weights[i];
    return by_shelf ? quote.lines[i].shelf.units() : 1;
  });
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    quote.lines[i].points_spent += Points::of(points[i]);
  }
  quote.points_spent += cost;
}

void sum_up(const Worktop& top, Quote& quote) {
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    QuotedLine& line = quote.lines[i];
    line.payable = line.shelf - line.discount - line.points_value - line.value_spent;
    quote.payable += line.payable;
    const std::int64_t per_mille = top.input.lines[i].article.vat_per_mille;
    auto rate = std::lower_bound(
        quote.vat.begin(), quote.vat.end(), per_mille,
        [](const VatContent& one, std::int64_t wanted) { return one.per_mille < wanted; });
    if (rate == quote.vat.end() || rate->per_mille != per_mille) {
      rate = quote.vat.insert(rate, {per_mille, {}, {}});
    }
    rate->payable += line.payable;
  }
  for (VatContent& one : quote.vat) {
    const Ratio contained{one.per_mille, 1000 + one.per_mille};
    one.vat = scale(one.payable, contained, Rounding::half_up);
  }
}

/// Everything behind the steps: points and value spent, what is payable, what is earned.
Quote settle(const Worktop& top, std::vector<Judged>& judged, Workroom& room) {
  Quote quote;
  quote.lines.resize(top.lines.size());
  Money left;
  for (std::size_t i = 0; i < top.lines.size(); ++i) {
    const WorkLine& line = top.lines[i];
    quote.lines[i].shelf = line.shelf;
    quote.lines[i].discount = line.shelf - line.remaining;
    quote.shelf += line.shelf;
    quote.discount += quote.lines[i].discount;
    if (!line.apart) left += line.remaining;
  }
  quote.points_offer = offer_points(top, left);
  spend_points(top, room, quote);
  spend_value(top, room, quote);
  sum_up(top, quote);
  quote.drawn = std::max(Money{}, quote.points_value + quote.value_spent - top.reserve_left);
  for (const Judged& one : judged) {
    if (one.state == BenefitState::applied) quote.drawn += one.drawn;
    charge(top, one, room, quote);
  }
  earn(top, judged, room, quote);
  const ClubRules& rules = top.programme.rules;
  if (!quote.earned.is_zero()) quote.earned_terms = rules.points_lot.terms_on(top.today);
  if (!quote.value_earned.is_zero()) quote.value_terms = rules.value_lot.terms_on(top.today);
  return quote;
}

/// By state; what applied by amount, the largest first, and what is nearly there the nearest first;
/// else as they come.
std::vector<BenefitOutcome> to_outcomes(const Worktop& top, const std::vector<const Judged*>& told,
                                        const Workroom& room) {
  std::vector<const Judged*> sorted = told;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Judged* a, const Judged* b) {
    if (a->state != b->state) return a->state < b->state;
    if (a->state == BenefitState::nearly) return distance(*a) < distance(*b);
    return a->state == BenefitState::applied && a->effect.amount > b->effect.amount;
  });
  std::vector<BenefitOutcome> outcomes(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    fill_outcome(top, *sorted[i], room, outcomes[i]);
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

std::optional<domain::TierCode> reached_tier(const Programme& programme, const QuoteInput& input,
                                             const Quote& quote) {
  if (!input.member || input.lines.empty() || !has_ladder(programme.tiers())) return std::nullopt;
  const Standing after = standing_after(programme, input, quote);
  if (!is_above(programme.tiers(), after.tier, input.member->tier)) return std::nullopt;
  return after.tier;
}

}  // namespace

Standing standing_after(const Programme& programme, const QuoteInput& input, const Quote& quote) {
  if (!input.member) return {};
  domain::MemberFacts after = *input.member;
  const domain::Day day = core::local_day(input.moment);
  count_purchase(after, {{}, day, quote.payable, 1});
  return standing_on(programme.tiers(), after, day);
}

namespace {

/// What a quote calculates in. Each thread keeps one, so that the next quote finds it grown and
/// warm: that is a twentieth of its time.
struct Desk {
  Workroom room;
  std::vector<Judged> judged;
};

Desk& clear_desk() {
  thread_local Desk desk;
  desk.room.shares.clear();
  return desk;
}

Quote judge(const Programme& programme, const QuoteInput& input) {
  Worktop top = lay_out(programme.benefits(), input);
  auto& [room, judged] = clear_desk();
  const std::vector<std::uint32_t> candidates = reached(top);
  run_steps(top, candidates, room, judged);
  Quote quote = settle(top, judged, room);
  quote.programme = programme.hash();
  quote.reached = reached_tier(programme, input, quote);
  quote.held_back = find_held_back(top, judged);
  quote.needs_card = sells_gift_card(top) && !has_account(input);
  mark_nearly({top, candidates, judged, room}, judged, kNearlyMax, kNearlyMax + 1);
  std::vector<const Judged*> told;
  for (const Judged& one : judged) {
    if (worth_telling(top, one)) told.push_back(&one);
  }
  quote.outcomes = to_outcomes(top, told, room);
  keep_within_record(quote.outcomes);
  return quote;
}

std::vector<BenefitOutcome> explain(const Programme& programme, const QuoteInput& input) {
  const CompiledBenefits& compiled = programme.benefits();
  Worktop top = lay_out(compiled, input);
  auto& [room, judged] = clear_desk();
  const std::vector<std::uint32_t> candidates = reached(top);
  std::vector<std::uint32_t> everyone;
  for (std::uint32_t i = 0; i < compiled.benefits.size(); ++i) {
    if (!is_hidden(top, compiled.benefits[i])) everyone.push_back(i);
  }
  run_steps(top, everyone, room, judged);
  // Says what each benefit that earns gave in the end.
  static_cast<void>(settle(top, judged, room));
  mark_nearly({top, candidates, judged, room}, judged, everyone.size(), everyone.size());
  std::vector<const Judged*> told;
  told.reserve(judged.size());
  for (const Judged& one : judged) {
    // A surprise that is explained is none.
    const bool surprise = compiled.benefits[one.benefit].surprise >= 0;
    const bool declined = one.effect.verdict.reason == Reason::declined;
    if (!surprise || declined || one.state != BenefitState::not_now) told.push_back(&one);
  }
  // The order of the document for those that have no other.
  std::stable_sort(told.begin(), told.end(), [&](const Judged* a, const Judged* b) {
    if (a->state != b->state) return a->state < b->state;
    if (a->state != BenefitState::not_now) return false;
    return compiled.benefits[a->benefit].position < compiled.benefits[b->benefit].position;
  });
  return to_outcomes(top, told, room);
}

}  // namespace

Quote quote(const Programme& programme, const QuoteInput& input) {
  const auto joined = joining_of(programme, input);
  auto bought = subscription_of(programme, input);
  Quote quote = joined || bought ? judge(programme, as_judged(input, joined, bought))
                                 : judge(programme, input);
  quote.needs_member = !bought && sells_subscription(programme, input);
  quote.too_many_months = bought && bought->months > kSubscriptionMonthsMax;
  quote.joined = joined;
  quote.subscribed = std::move(bought);
  return quote;
}

Money loaded_by_cards(const Programme& programme, const std::vector<BasketLine>& lines,
                      const Quote& quote) {
  Money loaded;
  for (std::size_t i = 0; i < std::min(lines.size(), quote.lines.size()); ++i) {
    if (programme.is_gift_card(lines[i].article)) loaded += quote.lines[i].value_earned;
  }
  return loaded;
}

std::vector<BenefitOutcome> explain_all(const Programme& programme, const QuoteInput& input) {
  const auto joined = joining_of(programme, input);
  const auto bought = subscription_of(programme, input);
  if (!joined && !bought) return explain(programme, input);
  return explain(programme, as_judged(input, joined, bought));
}

}  // namespace pos::programme
