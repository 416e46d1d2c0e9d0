#include "pos/programme/effect.hpp"

#include <algorithm>

#include "pos/domain/rounding.hpp"
#include "pos/programme/earn.hpp"
#include "pos/programme/giver.hpp"

namespace pos::programme {

using domain::Money;
using domain::Rounding;

Money Giver::take_lines() {
  Money sum;
  room_.parts.resize(top_.lines.size());
  LinePart* next = room_.parts.data();
  lines_of(top_, benefit_.on).each([&](std::size_t i) {
    *next++ = {i, top_.lines[i].remaining, 0, 0};
    sum += top_.lines[i].remaining;
  });
  room_.parts.resize(static_cast<std::size_t>(next - room_.parts.data()));
  return sum;
}

Effect Giver::percent(std::int64_t per_mille) {
  const Money sum = take_lines();
  if (room_.parts.empty()) return no_effect(Reason::no_such_article);
  return spread(domain::scale(sum, {per_mille, 1000}, Rounding::half_up), sum);
}

Effect Giver::graded_percent(std::string_view word, Reason otherwise) {
  if (top_.member == nullptr) return no_effect(Reason::no_member);
  for (const auto& [code, per_mille] : give_.per_mille_by_word) {
    if (code == word) return percent(per_mille);
  }
  return no_effect(otherwise);
}

Effect Giver::amount(Money amount) {
  const Money sum = take_lines();
  if (room_.parts.empty()) return no_effect(Reason::no_such_article);
  return spread(amount, sum);
}

/// The highest step that the shelf prices of the articles reach.
Effect Giver::by_amount() {
  const GradedStep* reached = nullptr;
  Verdict missing;
  for (const GradedStep& step : give_.steps) {
    missing = check_worth(top_, benefit_.on, step.from, false);
    if (!missing.holds()) break;
    reached = &step;
  }
  if (reached == nullptr) {
    Effect effect;
    effect.verdict = missing;
    return effect;
  }
  const Reduction& reduction = reached->reduction;
  return reduction.kind == Reduction::Kind::per_mille ? percent(reduction.per_mille)
                                                      : amount(reduction.money);
}

Effect Giver::for_each() {
  const Verdict missing = check_worth(top_, benefit_.on, give_.per.units(), false);
  if (!missing.holds()) {
    Effect effect;
    effect.verdict = missing;
    return effect;
  }
  Money shelf;
  lines_of(top_, benefit_.on).each([&](std::size_t i) { shelf += top_.lines[i].shelf; });
  std::int64_t times = shelf.units() / give_.per.units();
  if (give_.times_max != 0) times = std::min(times, give_.times_max);
  // No more than the articles cost, long before it could overflow.
  times = std::min(times, shelf.units() / give_.amount.units() + 1);
  return amount(give_.amount * times);
}

Effect Giver::spread(Money amount, Money sum) {
  if (amount.units() <= 0) return no_effect(Reason::already_cheaper);
  amount = within_limits(amount, sum);
  room_.weights.resize(room_.parts.size());
  for (std::size_t i = 0; i < room_.parts.size(); ++i) {
    const LinePart& part = room_.parts[i];
    room_.weights[i] = {part.base.units(), top_.lines[part.line].rank};
  }
  return share_out(amount, sum, room_.allocator.allocate(amount.units(), room_.weights));
}

Effect Giver::spread_parts() {
  std::int64_t thousandths = 0;
  Money sum;
  for (const LinePart& part : room_.parts) {
    thousandths += part.off;
    sum += part.base;
  }
  const Money amount = Money::of(domain::scale(thousandths, {1, 1000}, Rounding::half_up));
  if (amount.is_zero()) return no_effect(Reason::already_cheaper);
  const Money limited = within_limits(amount, sum);
  if (limited > amount) return spread(amount, sum);
  if (limited == amount) return share_out(amount, sum, round_parts(amount));
  room_.weights.clear();
  for (const LinePart& part : room_.parts) {
    room_.weights.push_back({part.off, top_.lines[part.line].rank});
  }
  return share_out(limited, sum, room_.allocator.allocate(limited.units(), room_.weights));
}

Money Giver::within_limits(Money amount, Money sum) const {
  if (give_.at_least) amount = std::max(amount, *give_.at_least);
  amount = std::min(amount, sum);
  return give_.at_most ? std::min(amount, *give_.at_most) : amount;
}

/// Each part rounded down, and the rest of `amount` by largest remainder, one unit to a part at
/// most: a part that is given whole cannot be given more.
std::span<const std::int64_t> Giver::round_parts(Money amount) {
  room_.rounded.clear();
  room_.order.clear();
  std::int64_t rest = amount.units();
  for (std::size_t i = 0; i < room_.parts.size(); ++i) {
    const std::int64_t off = room_.parts[i].off;
    room_.rounded.push_back(off / 1000);
    room_.order.push_back({i, off % 1000, 0});
    rest -= off / 1000;
  }
  std::sort(room_.order.begin(), room_.order.end(), [&](const PieceOrder& a, const PieceOrder& b) {
    const auto rank = [&](const PieceOrder& one) {
      return top_.lines[room_.parts[one.line].line].rank;
    };
    return a.piece != b.piece ? a.piece > b.piece : rank(a) < rank(b);
  });
  for (std::size_t i = 0; rest > 0; ++i, --rest) ++room_.rounded[room_.order[i].line];
  return room_.rounded;
}

Effect Giver::share_out(Money amount, Money sum, std::span<const std::int64_t> shares) {
  Effect effect;
  if (amount.is_zero()) {
    effect.verdict.reason = Reason::already_cheaper;
    return effect;
  }
  effect.amount = amount;
  effect.basis = sum;
  effect.first_share = static_cast<std::uint32_t>(room_.shares.size());
  room_.shares.resize(room_.shares.size() + shares.size());
  LineShare* const first = room_.shares.data() + effect.first_share;
  LineShare* next = first;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (shares[i] != 0) *next++ = {room_.parts[i].line, Money::of(shares[i])};
  }
  effect.share_count = static_cast<std::uint32_t>(next - first);
  room_.shares.resize(effect.first_share + effect.share_count);
  return effect;
}

namespace {

Effect effect_of_pieces(Giver& giver, const Benefit& benefit) {
  switch (benefit.give.kind) {
    case Give::Kind::amount_each:
      return giver.amount_each();
    case Give::Kind::fixed_price:
      return giver.fixed_price();
    case Give::Kind::nth_percent:
      return giver.nth();
    case Give::Kind::pick:
      return giver.pick();
    case Give::Kind::get:
      return giver.get();
    case Give::Kind::set:
      return giver.set();
    default:
      return giver.by_quantity();
  }
}

/// What is known of points and value before it is known what is paid: as if all of it were.
Effect estimate(const Worktop& top, const Benefit& benefit) {
  if (earning_lines(top, benefit).empty()) return no_effect(Reason::no_such_article);
  const Earned earned =
      earned_by(top, benefit, [&](std::size_t i) { return top.lines[i].remaining; });
  Effect effect;
  effect.points = earned.points;
  effect.value = earned.value;
  if (earned.points.is_zero() && earned.value.is_zero()) return no_effect(Reason::already_cheaper);
  return effect;
}

Effect early_access(const Worktop& top, const Benefit& benefit) {
  if (top.today >= *benefit.give.on_sale) {
    Effect over = no_effect(Reason::expired);
    over.verdict.day = *benefit.give.on_sale - std::chrono::days(1);
    return over;
  }
  return lines_of(top, benefit.on).empty() ? no_effect(Reason::no_such_article) : Effect{};
}

/// Nobody is told of what lies in the basket already, unless it is there because of that.
Effect suggestion(const Worktop& top, const Benefit& benefit) {
  const bool there = !lines_of(top, benefit.give.suggested).empty();
  Effect effect;
  if (there && !took_suggestion(top, benefit)) return no_effect(Reason::excluded);
  if (!there) effect.verdict.article = benefit.give.suggested_first;
  return effect;
}

}  // namespace

bool took_suggestion(const Worktop& top, const Benefit& benefit) {
  const Answer* answer = answer_to(top.input, benefit);
  if (answer == nullptr) return false;
  bool bought = false;
  lines_of(top, benefit.give.suggested).each([&](std::size_t i) {
    bought = bought || top.lines[i].article_code == answer->choice;
  });
  return bought;
}

Effect effect_of(const Worktop& top, const Benefit& benefit, Workroom& room) {
  const Give& give = benefit.give;
  if (give.earns()) return estimate(top, benefit);
  Giver giver(top, benefit, room);
  switch (give.kind) {
    case Give::Kind::percent:
      return giver.percent(give.per_mille);
    case Give::Kind::class_percent:
      return giver.graded_percent(top.member != nullptr ? top.member->member_class.text() : "",
                                  Reason::other_class);
    case Give::Kind::tier_percent:
      return giver.graded_percent(
          top.member != nullptr && top.member->tier ? top.member->tier->text() : "",
          Reason::other_tier);
    case Give::Kind::amount:
      return giver.amount(give.amount);
    case Give::Kind::by_amount:
      return giver.by_amount();
    case Give::Kind::for_each:
      return giver.for_each();
    case Give::Kind::coupon:
      return lines_of(top, benefit.on).empty() ? no_effect(Reason::no_such_article) : Effect{};
    case Give::Kind::task:
    case Give::Kind::prompt:
    case Give::Kind::question:
      return {};
    case Give::Kind::suggest:
      return suggestion(top, benefit);
    case Give::Kind::early_access:
      return early_access(top, benefit);
    default:
      return effect_of_pieces(giver, benefit);
  }
}

void pieces_given(const Worktop& top, const Benefit& benefit, Workroom& room,
                  std::vector<std::int64_t>& out) {
  out.clear();
  if (!benefit.give.gives_pieces()) return;
  Giver(top, benefit, room).choose_pieces();
  out.assign(top.lines.size(), 0);
  for (const PieceOrder& one : room.order) out[one.line] += one.count;
}

}  // namespace pos::programme
