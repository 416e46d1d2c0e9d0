#include "pos/programme/steps.hpp"

#include <algorithm>

#include "pos/domain/rounding.hpp"

namespace pos::programme {
namespace {

using domain::Money;

/// Money value of an effect for the member: what it takes off, and its points at programme value.
Money worth_of(const ClubRules& rules, const Effect& effect) {
  if (rules.spend_step.is_zero()) return effect.amount;
  const domain::Ratio rate{rules.spend_step_worth.units(), rules.spend_step.units()};
  return effect.amount +
         Money::of(domain::scale(effect.points.units(), rate, domain::Rounding::down));
}

class Runner {
 public:
  Runner(Worktop& top, std::vector<Judged>& judged) : top_(top), judged_(judged) {}

  void run() {
    for (std::size_t i = 0; i < judged_.size(); ++i) {
      const Benefit& one = benefit(i);
      if (one.group < 0) {
        judge(i);
      } else if (i == 0 || !group_ran(one.group)) {
        run_group(i, one.group);
      }
    }
  }

 private:
  const Benefit& benefit(std::size_t i) const {
    return top_.programme.benefits[judged_[i].benefit];
  }

  bool group_ran(std::int32_t group) const {
    return std::find(groups_ran_.begin(), groups_ran_.end(), group) != groups_ran_.end();
  }

  /// Finds out what the benefit would give here, without taking it.
  void consider(std::size_t i) {
    Verdict verdict = check_benefit(top_, benefit(i));
    if (verdict.holds()) {
      judged_[i].effect = effect_of(top_, benefit(i));
    } else {
      judged_[i].effect.verdict = std::move(verdict);
    }
  }

  void judge(std::size_t i) {
    consider(i);
    Judged& judged = judged_[i];
    if (!judged.effect.gives()) return;
    const Answer* answer = answer_to(top_.input, benefit(i));
    if (benefit(i).give.kind == Give::Kind::task) {
      judged.task_done = answer != nullptr;
      judged.state = judged.task_done ? BenefitState::applied : BenefitState::offered;
      if (!judged.task_done) judged.effect.verdict.reason = Reason::waits_for_answer;
    } else if (benefit(i).asks && answer == nullptr) {
      judged.state = BenefitState::offered;
      judged.effect.verdict.reason = Reason::waits_for_answer;
    } else {
      take(i);
    }
  }

  void take(std::size_t i) {
    Judged& judged = judged_[i];
    bytes_ += outcome_bytes(benefit(i), judged.effect.shares.size());
    if (bytes_ > kOutcomeBytesMax) {
      judged.effect = Effect{};
      judged.effect.verdict.reason = Reason::limit_reached;
      return;
    }
    judged.state = BenefitState::applied;
    for (const LineShare& share : judged.effect.shares) {
      top_.lines[share.line].remaining -= share.amount;
    }
  }

  void run_group(std::size_t first, std::int32_t group) {
    groups_ran_.push_back(group);
    std::optional<std::size_t> best;
    Money best_worth;
    for (std::size_t i = first; i < judged_.size(); ++i) {
      if (benefit(i).group != group) continue;
      consider(i);
      if (!judged_[i].effect.gives()) continue;
      const Money worth = worth_of(top_.programme.rules, judged_[i].effect);
      if (best && worth <= best_worth) continue;
      best = i;
      best_worth = worth;
    }
    if (!best) return;
    take(*best);
    for (std::size_t i = first; i < judged_.size(); ++i) {
      if (benefit(i).group != group || i == *best || !judged_[i].effect.gives()) continue;
      judged_[i].effect = Effect{};
      judged_[i].effect.verdict.reason = Reason::chosen_instead;
      judged_[i].effect.verdict.data.winner = benefit(*best).id;
    }
  }

  Worktop& top_;
  std::vector<Judged>& judged_;
  std::vector<std::int32_t> groups_ran_;
  std::size_t bytes_ = 0;
};

void make_change(Worktop& top, const BasketChange& change) {
  if (!change.adds_article) {
    WorkLine& line = top.lines[change.line];
    line.quantity += change.pieces;
    line.shelf = line.price * line.quantity;
    line.remaining = line.shelf;
    return;
  }
  WorkLine line;
  line.demand = change.demand;
  line.earns = change.earns;
  line.price = change.price;
  line.shelf = change.price;
  line.remaining = change.price;
  top.lines.push_back(line);
  rank_lines(top.lines);
}

bool grants(const Worktop& untouched, const Judged& judged, const BasketChange& change) {
  Worktop trial = untouched;
  make_change(trial, change);
  const std::vector<Judged> then = run_steps(trial, reached(trial));
  return std::any_of(then.begin(), then.end(), [&](const Judged& one) {
    return one.benefit == judged.benefit &&
           (one.state == BenefitState::applied || one.state == BenefitState::offered);
  });
}

}  // namespace

std::size_t outcome_bytes(const Benefit& benefit, std::size_t shares) {
  return 120 + benefit.id.text().size() + 15 * shares;
}

std::vector<Judged> run_steps(Worktop& top, const std::vector<std::uint32_t>& candidates) {
  std::vector<Judged> judged(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) judged[i].benefit = candidates[i];
  Runner(top, judged).run();
  return judged;
}

bool change_grants_it(const Worktop& untouched, const Judged& judged) {
  const std::optional<BasketChange>& change = judged.effect.verdict.change;
  const Benefit& benefit = untouched.programme.benefits[judged.benefit];
  if (!change) return false;
  // Any article may be added: one that a rival of the group names would win instead.
  if (change->adds_article && benefit.group >= 0 &&
      !untouched.programme.groups[static_cast<std::size_t>(benefit.group)].generic) {
    return false;
  }
  if (!change->adds_article || benefit.group < 0) return grants(untouched, judged, *change);
  // A rival may care for what the added article is: the hint must hold for each kind that counts.
  for (const bool demand : {true, false}) {
    for (const bool earns : {true, false}) {
      BasketChange variant = *change;
      if ((change->demand && !demand) || (change->earns && !earns)) continue;
      variant.demand = demand;
      variant.earns = earns;
      if (!grants(untouched, judged, variant)) return false;
    }
  }
  return true;
}

}  // namespace pos::programme
