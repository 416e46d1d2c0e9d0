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
  Runner(Worktop& top, std::vector<Judged>& judged, Workroom& room)
      : top_(top), judged_(judged), room_(room) {}

  /// Up to the end, or until the benefit `last` was judged. Returns how many were.
  std::size_t run(std::uint32_t last = kNoBenefit) {
    std::size_t i = 0;
    while (i < judged_.size() && (i == 0 || judged_[i - 1].benefit < last)) {
      if (benefit(i).group < 0) {
        judge(i++);
      } else {
        i = run_group(i);
      }
    }
    return i;
  }

 private:
  const Benefit& benefit(std::size_t i) const {
    return top_.programme.benefits[judged_[i].benefit];
  }

  /// Finds out what the benefit would give here, without taking it.
  void consider(std::size_t i) {
    const Verdict verdict = check_benefit(top_, benefit(i));
    if (verdict.holds()) {
      judged_[i].effect = effect_of(top_, benefit(i), room_);
    } else {
      judged_[i].effect.verdict = verdict;
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
    bytes_ += outcome_bytes(benefit(i), judged.effect.share_count);
    if (bytes_ > kOutcomeBytesMax) {
      judged.effect = Effect{};
      judged.effect.verdict.reason = Reason::limit_reached;
      return;
    }
    judged.state = BenefitState::applied;
    for (const LineShare& share : room_.shares_of(judged.effect)) {
      top_.lines[share.line].remaining -= share.amount;
    }
  }

  /// A group's members stand together in the order of execution. Returns the place behind it.
  std::size_t run_group(std::size_t first) {
    const std::int32_t group = benefit(first).group;
    std::optional<std::size_t> best;
    Money best_worth;
    std::size_t end = first;
    for (; end < judged_.size() && benefit(end).group == group; ++end) {
      consider(end);
      if (!judged_[end].effect.gives()) continue;
      const Money worth = worth_of(top_.programme.rules, judged_[end].effect);
      if (best && worth <= best_worth) continue;
      best = end;
      best_worth = worth;
    }
    if (!best) return end;
    take(*best);
    for (std::size_t i = first; i < end; ++i) {
      if (i == *best || !judged_[i].effect.gives()) continue;
      judged_[i].effect = Effect{};
      judged_[i].effect.verdict.reason = Reason::chosen_instead;
      judged_[i].effect.verdict.winner = judged_[*best].benefit;
    }
    return end;
  }

  Worktop& top_;
  std::vector<Judged>& judged_;
  Workroom& room_;
  std::size_t bytes_ = 0;
};

void list_unjudged(std::vector<Judged>& judged, const std::vector<std::uint32_t>& candidates) {
  judged.assign(candidates.size(), Judged{});
  for (std::size_t i = 0; i < candidates.size(); ++i) judged[i].benefit = candidates[i];
}

}  // namespace

std::size_t outcome_bytes(const Benefit& benefit, std::size_t shares) {
  return 120 + benefit.id.text().size() + 15 * shares;
}

std::vector<Judged> run_steps(Worktop& top, const std::vector<std::uint32_t>& candidates,
                              Workroom& room) {
  std::vector<Judged> judged;
  list_unjudged(judged, candidates);
  Runner(top, judged, room).run();
  return judged;
}

std::uint32_t Trials::judge_until(std::uint32_t benefit,
                                  const std::vector<std::uint32_t>& candidates) {
  // What an earlier trial left in the effects is overwritten when they are judged.
  judged_.resize(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    judged_[i].benefit = candidates[i];
    judged_[i].state = BenefitState::not_now;
  }
  const std::size_t shares = room_.shares.size();
  const std::size_t count = Runner(top_, judged_, room_).run(benefit);
  room_.shares.resize(shares);
  return count == 0 ? benefit : std::max(benefit, judged_[count - 1].benefit);
}

std::uint32_t Trials::judge_with_article(std::uint32_t benefit, const BasketChange& change) {
  const bool reaches_more = change.demand && top_.demand.empty();
  WorkLine line;
  line.demand = change.demand;
  line.earns = change.earns;
  line.price = change.price;
  line.shelf = change.price;
  line.remaining = change.price;
  add_line(top_, line);
  rank_lines(top_.lines);
  const std::uint32_t last = judge_until(benefit, reaches_more ? reached(top_) : candidates_);
  remove_last_line(top_);
  rank_lines(top_.lines);
  return last;
}

std::uint32_t Trials::judge_with_pieces(std::uint32_t benefit, const BasketChange& change) {
  WorkLine& line = top_.lines[change.line];
  const WorkLine before = line;
  line.quantity += change.pieces;
  line.shelf = line.price * line.quantity;
  line.remaining = line.shelf;
  const std::uint32_t last = judge_until(benefit, candidates_);
  top_.lines[change.line] = before;
  return last;
}

bool Trials::grants(const Judged& judged, const BasketChange& change) {
  const auto known = std::find_if(past_.begin(), past_.end(), [&](const Past& past) {
    return past.change == change && judged.benefit <= past.last;
  });
  if (known != past_.end()) {
    return std::binary_search(known->granted.begin(), known->granted.end(), judged.benefit);
  }
  for (WorkLine& line : top_.lines) line.remaining = line.shelf;
  Past past{change, 0, {}};
  past.last = change.adds_article ? judge_with_article(judged.benefit, change)
                                  : judge_with_pieces(judged.benefit, change);
  for (const Judged& one : judged_) {
    if (one.state != BenefitState::not_now) past.granted.push_back(one.benefit);
  }
  const auto& granted = past_.emplace_back(std::move(past)).granted;
  return std::binary_search(granted.begin(), granted.end(), judged.benefit);
}

bool Trials::change_grants(const Judged& judged) {
  const std::optional<BasketChange>& change = judged.effect.verdict.change;
  const Benefit& benefit = top_.programme.benefits[judged.benefit];
  if (!change) return false;
  // Any article may be added: one that a rival of the group names would win instead.
  if (change->adds_article && benefit.group >= 0 &&
      !top_.programme.groups[static_cast<std::size_t>(benefit.group)].generic) {
    return false;
  }
  if (!change->adds_article) return grants(judged, *change);
  // A rival, or a benefit that runs before, may care for what the added article is: the hint must
  // hold for each kind that counts.
  for (const bool demand : {true, false}) {
    for (const bool earns : {true, false}) {
      BasketChange variant = *change;
      if ((change->demand && !demand) || (change->earns && !earns)) continue;
      variant.demand = demand;
      variant.earns = earns;
      if (!grants(judged, variant)) return false;
    }
  }
  return true;
}

}  // namespace pos::programme
