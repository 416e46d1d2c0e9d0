#include "pos/programme/steps.hpp"

#include <algorithm>

#include "pos/domain/rounding.hpp"

namespace pos::programme {
namespace {

using domain::Money;

class Runner {
 public:
  Runner(Worktop& top, std::span<Judged> judged, Workroom& room, EarlierRun* earlier = nullptr)
      : top_(top), judged_(judged), room_(room), earlier_(earlier) {}

  /// Up to the end, or until the benefit `last` was judged. Returns how many were.
  std::size_t run(std::uint32_t last = kNoBenefit) {
    std::size_t i = 0;
    while (i < judged_.size() && (i == 0 || judged_[i - 1].benefit < last)) {
      const std::size_t first = i;
      if (benefit(i).group < 0) {
        judge(i++);
      } else {
        i = run_group(i);
      }
      for (std::size_t j = first; earlier_ != nullptr && j < i; ++j) note_change(j);
    }
    return i;
  }

 private:
  const Benefit& benefit(std::size_t i) const {
    return top_.programme.benefits[judged_[i].benefit];
  }

  /// From here on those lines differ, too, of which this benefit takes something else than before.
  void note_change(std::size_t i) {
    const Judged* then = earlier_->judged[i];
    const auto taken = [&](const Judged* one) {
      return one != nullptr && one->state == BenefitState::applied ? room_.shares_of(one->effect)
                                                                   : std::span<const LineShare>{};
    };
    const auto before = taken(then);
    const auto now = taken(&judged_[i]);
    if (std::ranges::equal(before, now)) return;
    for (const LineShare& share : before) earlier_->changed.insert(share.line);
    for (const LineShare& share : now) earlier_->changed.insert(share.line);
  }

  /// Takes over what was found out about the benefit in the earlier run, if it rests on nothing
  /// that is different now.
  bool recall(std::size_t i) {
    if (earlier_ == nullptr || benefit(i).draws()) return false;
    const Judged* then = earlier_->judged[i];
    if (then == nullptr || then->settled || then->seen.touches(earlier_->changed)) return false;
    judged_[i].effect = then->effect;
    judged_[i].drawn = then->drawn;
    judged_[i].reserved = then->reserved;
    return true;
  }

  /// Finds out what the benefit would give here, without taking it.
  void consider(std::size_t i) {
    if (recall(i)) return;
    Judged& judged = judged_[i];
    top_.seen = {};
    find_effect(i);
    judged.seen = top_.seen;
    if (!judged.effect.gives()) return;
    judged.reserved = std::min(top_.reserve_left, claim_of(benefit(i)));
    judged.drawn = draws_of(benefit(i), judged.effect) - judged.reserved;
    if (judged.drawn > top_.right_left) {
      overrule(judged, Reason::no_right_left);
    } else if (!fits_budget(benefit(i), judged.effect)) {
      overrule(judged, Reason::budget_used);
    }
  }

  void find_effect(std::size_t i) {
    pieces_given(top_, benefit(i), room_, top_.set_aside);
    const Verdict verdict = check_benefit(top_, benefit(i));
    top_.set_aside.clear();
    if (verdict.holds()) {
      judged_[i].effect = effect_of(top_, benefit(i), room_);
    } else {
      judged_[i].effect.verdict = verdict;
      // Nobody buys more to be asked or told something.
      const Soft soft = benefit(i).give.soft();
      const bool announced = soft == Soft::none || soft == Soft::task;
      if (!announced || benefit(i).surprise >= 0) judged_[i].effect.verdict.change.reset();
    }
  }

  Money claim_of(const Benefit& one) const { return worth_of(top_.programme.rules, one.cost); }

  Money draws_of(const Benefit& one, const Effect& effect) const {
    Money drawn = claim_of(one);
    if (one.offline == Offline::up_to) drawn += worth_of(top_.programme.rules, effect);
    return drawn;
  }

  /// A benefit is given whole or not at all.
  bool fits_budget(const Benefit& one, const Effect& effect) const {
    if (one.budget.is_zero()) return true;
    const auto& budgets = top_.input.reach.budgets;
    const auto known = std::ranges::find(budgets, one.id, &BudgetLeft::benefit);
    const Money left = known == budgets.end() ? one.budget : known->left;
    return worth_of(top_.programme.rules, effect) <= left;
  }

  void judge(std::size_t i) {
    consider(i);
    Judged& judged = judged_[i];
    if (!judged.effect.gives()) return;
    const Answer* answer = answer_to(top_.input, benefit(i));
    if (benefit(i).give.is_soft()) {
      show(judged, benefit(i), answer);
    } else if (benefit(i).asks && answer == nullptr) {
      judged.state = BenefitState::offered;
      wait_for_answer(judged);
    } else {
      take(i);
    }
  }

  [[nodiscard]] bool is_answered(const Benefit& benefit, const Answer* answer) const {
    switch (benefit.give.soft()) {
      case Soft::question:
        return answer != nullptr &&
               std::ranges::any_of(benefit.give.answers, [&](const ShortAnswer& one) {
                 return one.code.text() == answer->choice;
               });
      case Soft::suggest:
        return took_suggestion(top_, benefit);
      default:
        return answer != nullptr;
    }
  }

  /// A task waits for its tick, a question for one of its answers, a suggestion for its article;
  /// what is only to be said has all it needs.
  void show(Judged& judged, const Benefit& benefit, const Answer* answer) const {
    const bool said = benefit.give.soft() == Soft::prompt;
    const bool answered = is_answered(benefit, answer);
    judged.done = answered && !said;
    judged.state = answered || said ? BenefitState::applied : BenefitState::offered;
    if (judged.state == BenefitState::offered) wait_for_answer(judged);
  }

  static void wait_for_answer(Judged& judged) {
    judged.effect.verdict.reason = Reason::waits_for_answer;
    judged.settled = true;
  }

  /// It would give something, and something that has to do with others stands against it.
  static Verdict& overrule(Judged& judged, Reason reason) {
    judged.effect = Effect{};
    judged.effect.verdict.reason = reason;
    judged.settled = true;
    return judged.effect.verdict;
  }

  void take(std::size_t i) {
    Judged& judged = judged_[i];
    bytes_ += outcome_bytes(benefit(i), judged.effect.share_count);
    if (bytes_ > kOutcomeBytesMax) {
      overrule(judged, Reason::limit_reached);
      return;
    }
    judged.state = BenefitState::applied;
    top_.points_left -= benefit(i).cost;
    top_.right_left -= judged.drawn;
    top_.reserve_left -= judged.reserved;
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
      overrule(judged_[i], Reason::chosen_instead).winner = judged_[*best].benefit;
    }
    return end;
  }

  Worktop& top_;
  std::span<Judged> judged_;
  Workroom& room_;
  EarlierRun* earlier_;
  std::size_t bytes_ = 0;
};

/// Of several questions one is put, and of several articles one is suggested: one that has its
/// answer already, or the first in the order of execution.
void keep_one(const CompiledBenefits& programme, std::vector<Judged>& judged, Soft kind) {
  std::vector<Judged*> shown;
  for (Judged& one : judged) {
    if (programme.benefits[one.benefit].give.soft() != kind) continue;
    const bool declined = one.effect.verdict.reason == Reason::declined;
    if (one.state != BenefitState::not_now || declined) shown.push_back(&one);
  }
  if (shown.size() < 2) return;
  const auto settled = std::ranges::find_if(
      shown, [](const Judged* one) { return one->state != BenefitState::offered; });
  const Judged* kept = settled != shown.end() ? *settled : shown.front();
  for (Judged* one : shown) {
    if (one == kept) continue;
    one->state = BenefitState::not_now;
    one->done = false;
    one->effect.verdict = {};
    one->effect.verdict.reason = Reason::chosen_instead;
    one->effect.verdict.winner = kept->benefit;
  }
}

void list_unjudged(std::vector<Judged>& judged, const std::vector<std::uint32_t>& candidates) {
  judged.assign(candidates.size(), Judged{});
  for (std::size_t i = 0; i < candidates.size(); ++i) judged[i].benefit = candidates[i];
}

}  // namespace

Money worth_of(const ClubRules& rules, domain::Points points) {
  if (rules.spend_step.is_zero()) return {};
  const domain::Ratio rate{rules.spend_step_worth.units(), rules.spend_step.units()};
  return Money::of(
      domain::scale_at_most(points.units(), rate, domain::Rounding::down, domain::kAmountMax));
}

Money worth_of(const ClubRules& rules, const Effect& effect) {
  return effect.amount + effect.value + worth_of(rules, effect.points);
}

std::size_t outcome_bytes(const Benefit& benefit, std::size_t shares) {
  return 120 + benefit.id.text().size() + 15 * shares;
}

void run_steps(Worktop& top, const std::vector<std::uint32_t>& candidates, Workroom& room,
               std::vector<Judged>& judged) {
  list_unjudged(judged, candidates);
  Runner(top, judged, room).run();
  keep_one(top.programme, judged, Soft::question);
  keep_one(top.programme, judged, Soft::suggest);
}

std::uint32_t Trials::judge_until(std::uint32_t benefit,
                                  const std::vector<std::uint32_t>& candidates,
                                  const LineSet& changed) {
  const std::vector<Benefit>& all = top_.programme.benefits;
  // Up to the benefit, and the rest of its group.
  auto end = std::ranges::upper_bound(candidates, benefit);
  const std::int32_t group = all[benefit].group;
  while (group >= 0 && end != candidates.end() && all[*end].group == group) ++end;
  // What an earlier trial left in the effects is overwritten when they are judged.
  const auto wanted = static_cast<std::size_t>(end - candidates.begin());
  if (room_.trial.size() < wanted) room_.trial.resize(wanted);
  judged_ = std::span(room_.trial).first(wanted);
  earlier_.changed = changed;
  earlier_.judged.clear();
  auto then = before_.begin();
  for (std::size_t i = 0; i < judged_.size(); ++i) {
    judged_[i].benefit = candidates[i];
    judged_[i].state = BenefitState::not_now;
    while (then != before_.end() && then->benefit < candidates[i]) ++then;
    const bool known = then != before_.end() && then->benefit == candidates[i];
    earlier_.judged.push_back(known ? &*then : nullptr);
  }
  restart(top_);
  const std::size_t shares = room_.shares.size();
  const std::size_t count = Runner(top_, judged_, room_, &earlier_).run(benefit);
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
  LineSet changed;
  changed.insert(top_.lines.size());
  changed.insert(unnamed_article(change.demand, change.earns));
  add_line(top_, line);
  const std::uint32_t last =
      judge_until(benefit, reaches_more ? reached(top_) : candidates_, changed);
  remove_last_line(top_);
  return last;
}

std::uint32_t Trials::judge_with_pieces(std::uint32_t benefit, const BasketChange& change) {
  WorkLine& line = top_.lines[change.line];
  const WorkLine before = line;
  line.quantity += change.pieces;
  line.shelf = line.price * line.quantity;
  const bool moves = std::ranges::count(top_.lines, line.article_code, &WorkLine::article_code) > 1;
  if (moves) rank_lines(top_.lines);
  LineSet changed;
  changed.insert(change.line);
  const std::uint32_t last = judge_until(benefit, candidates_, changed);
  top_.lines[change.line] = before;
  if (moves) rank_lines(top_.lines);
  return last;
}

bool Trials::grants(const Judged& judged, const BasketChange& change) {
  const auto known = std::find_if(past_.begin(), past_.end(), [&](const Past& past) {
    return past.change == change && judged.benefit <= past.last;
  });
  if (known != past_.end()) {
    return std::binary_search(known->granted.begin(), known->granted.end(), judged.benefit);
  }
  Past past{change, 0, {}};
  past.last = change.adds_article ? judge_with_article(judged.benefit, change)
                                  : judge_with_pieces(judged.benefit, change);
  for (const Judged& one : judged_) {
    if (one.state != BenefitState::not_now) past.granted.push_back(one.benefit);
  }
  const auto& granted = past_.emplace_back(std::move(past)).granted;
  return std::binary_search(granted.begin(), granted.end(), judged.benefit);
}

/// Whether an article that nobody named could take the benefit away again, by what another benefit
/// makes of it.
bool Trials::depends_on_others(const Benefit& benefit) const {
  const CompiledBenefits& programme = top_.programme;
  // With nothing else to work on it would need the article itself, which may be given away.
  LineSet lines = lines_of(top_, benefit.on);
  const Give::Kind kind = benefit.give.kind;
  if (kind != Give::Kind::points && kind != Give::Kind::coupon) lines &= costing_;
  if (!benefit.give.is_soft() && lines.empty()) return true;
  if (benefit.draws() && programme.drawing > 1) return true;
  return benefit.group >= 0 && !programme.groups[static_cast<std::size_t>(benefit.group)].generic;
}

/// The hint names an article, and it may lie in several lines, of which another benefit can make
/// different things.
bool Trials::each_line_grants(const Judged& judged, const BasketChange& change) {
  const std::string_view article = top_.lines[change.line].article_code;
  for (std::size_t i = 0; i < top_.lines.size(); ++i) {
    if (top_.lines[i].article_code != article) continue;
    BasketChange variant = change;
    variant.line = i;
    if (!grants(judged, variant)) return false;
  }
  return true;
}

bool Trials::change_grants(const Judged& judged) {
  const std::optional<BasketChange>& change = judged.effect.verdict.change;
  const Benefit& benefit = top_.programme.benefits[judged.benefit];
  // Which line is still undiscounted depends on where the pieces lie, not on the article.
  if (!change || benefit.on.undiscounted_only) return false;
  if (!change->adds_article) return each_line_grants(judged, *change);
  if (depends_on_others(benefit)) return false;
  // Whatever the added article is, another benefit may care for it: the hint must hold for each
  // kind that counts.
  const CompiledBenefits& programme = top_.programme;
  for (const bool demand : {true, false}) {
    for (const bool earns : {true, false}) {
      BasketChange variant = *change;
      if ((change->demand && !demand) || (change->earns && !earns)) continue;
      if ((demand && !change->demand && !programme.names_demand) ||
          (earns && !change->earns && !programme.names_earning)) {
        continue;
      }
      variant.demand = demand;
      variant.earns = earns;
      if (!grants(judged, variant)) return false;
    }
  }
  return true;
}

}  // namespace pos::programme
