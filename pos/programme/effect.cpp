#include "pos/programme/effect.hpp"

#include <algorithm>
#include <span>

#include "pos/domain/rounding.hpp"

namespace pos::programme {
namespace {

using domain::Money;
using domain::Rounding;

Effect nothing(Reason reason) {
  Effect effect;
  effect.verdict.reason = reason;
  return effect;
}

/// The calculation of one benefit. Where a function says "the parts", it means room_.parts.
class Giver {
 public:
  Giver(const Worktop& top, const Benefit& benefit, Workroom& room)
      : top_(top), benefit_(benefit), give_(benefit.give), room_(room) {}

  Effect percent(std::int64_t per_mille) {
    const Money sum = take_lines();
    if (room_.parts.empty()) return nothing(Reason::no_such_article);
    return spread(domain::scale(sum, {per_mille, 1000}, Rounding::half_up), sum);
  }

  Effect class_percent() {
    if (top_.member == nullptr) return nothing(Reason::no_member);
    for (const auto& [code, per_mille] : give_.per_mille_by_class) {
      if (code == top_.member->member_class.text()) return percent(per_mille);
    }
    return nothing(Reason::other_class);
  }

  Effect amount() {
    const Money sum = take_lines();
    if (room_.parts.empty()) return nothing(Reason::no_such_article);
    return spread(give_.amount, sum);
  }

  Effect fixed_price();
  Effect nth();

 private:
  /// Makes the parts of the lines that fit, as they are now.
  Money take_lines() {
    room_.parts.clear();
    Money sum;
    lines_of(top_, benefit_.on).each([&](std::size_t i) {
      room_.parts.push_back({i, top_.lines[i].remaining});
      sum += top_.lines[i].remaining;
    });
    return sum;
  }

  void order_by_piece_price(bool article_first);
  std::int64_t pieces_of(std::span<const PieceOrder> run) const;
  void add_nth_parts(std::span<const PieceOrder> run, std::int64_t& left);
  void note_missing(std::span<const PieceOrder> run, Effect& effect) const;
  Effect spread(Money amount, Money sum);

  const Worktop& top_;
  const Benefit& benefit_;
  const Give& give_;
  Workroom& room_;
};

/// Lays `amount`, capped, over the parts, whose sum is `sum`. Each share stays within its part.
Effect Giver::spread(Money amount, Money sum) {
  amount = std::min(amount, sum);
  if (give_.at_most) amount = std::min(amount, *give_.at_most);
  if (amount.units() <= 0) return nothing(Reason::already_cheaper);
  room_.weights.clear();
  for (const LinePart& part : room_.parts) {
    room_.weights.push_back({part.base.units(), top_.lines[part.line].rank});
  }
  const auto parts = room_.allocator.allocate(amount.units(), room_.weights);
  Effect effect;
  effect.amount = amount;
  effect.basis = sum;
  effect.first_share = static_cast<std::uint32_t>(room_.shares.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] != 0) room_.shares.push_back({room_.parts[i].line, Money::of(parts[i])});
  }
  effect.share_count = static_cast<std::uint32_t>(room_.shares.size()) - effect.first_share;
  return effect;
}

/// Lines that fit, the dearest piece first, then by rank: what "the first pieces" means, whatever
/// the order of the basket. With `article_first` the pieces of one article stand together.
void Giver::order_by_piece_price(bool article_first) {
  room_.order.clear();
  lines_of(top_, benefit_.on).each([&](std::size_t i) {
    const WorkLine& line = top_.lines[i];
    room_.order.push_back({i, line.remaining.units() / line.quantity});
  });
  const auto before = [&](const PieceOrder& a, const PieceOrder& b) {
    const WorkLine& one = top_.lines[a.line];
    const WorkLine& other = top_.lines[b.line];
    if (article_first && one.article_code != other.article_code) {
      return one.article_code < other.article_code;
    }
    return a.piece != b.piece ? a.piece > b.piece : one.rank < other.rank;
  };
  std::sort(room_.order.begin(), room_.order.end(), before);
}

Effect Giver::fixed_price() {
  order_by_piece_price(false);
  if (room_.order.empty()) return nothing(Reason::no_such_article);
  std::int64_t left = give_.max_pieces.value_or(INT64_MAX);
  room_.parts.clear();
  Money basis;
  Money amount;
  for (const PieceOrder& one : room_.order) {
    const WorkLine& line = top_.lines[one.line];
    const std::int64_t pieces = std::min(left, line.quantity);
    left -= pieces;
    const Money now = pieces == line.quantity ? line.remaining : Money::of(one.piece) * pieces;
    const Money off = now - give_.amount * pieces;
    if (off.units() <= 0) continue;
    basis += now;
    amount += off;
    room_.parts.push_back({one.line, off});
  }
  Effect effect = spread(amount, amount);
  effect.basis = basis;
  return effect;
}

std::int64_t Giver::pieces_of(std::span<const PieceOrder> run) const {
  std::int64_t count = 0;
  for (const PieceOrder& one : run) count += top_.lines[one.line].quantity;
  return count;
}

/// The pieces of the run, dearest first, cut into runs of `every`: the last piece of each is
/// cheaper. Never walks piece by piece.
void Giver::add_nth_parts(std::span<const PieceOrder> run, std::int64_t& left) {
  std::int64_t before = 0;
  for (const PieceOrder& one : run) {
    const std::int64_t after = before + top_.lines[one.line].quantity;
    const std::int64_t hit = std::min(left, after / give_.every - before / give_.every);
    before = after;
    left -= hit;
    if (hit > 0 && one.piece > 0) room_.parts.push_back({one.line, Money::of(one.piece) * hit});
  }
}

/// Keeps the run that misses the fewest pieces.
void Giver::note_missing(std::span<const PieceOrder> run, Effect& effect) const {
  Verdict& verdict = effect.verdict;
  const std::int64_t missing = give_.every - pieces_of(run);
  if (verdict.missing_quantity != 0 && missing >= verdict.missing_quantity) return;
  const std::size_t line = run.back().line;  // the cheapest
  verdict.missing_quantity = missing;
  verdict.article = top_.lines[line].article_code;
  verdict.change = BasketChange{false, line, missing, {}, false, true};
}

Effect Giver::nth() {
  order_by_piece_price(give_.same_article);
  if (room_.order.empty()) return nothing(Reason::no_such_article);
  std::int64_t left = give_.max_pieces.value_or(INT64_MAX);
  room_.parts.clear();
  Effect too_few = nothing(Reason::below_quantity);
  bool full = false;
  const auto ends_run = [&](const PieceOrder& a, const PieceOrder& b) {
    return give_.same_article && top_.lines[a.line].article_code != top_.lines[b.line].article_code;
  };
  for (auto first = room_.order.begin(); first != room_.order.end();) {
    const auto last = std::adjacent_find(first, room_.order.end(), ends_run);
    const auto next = last == room_.order.end() ? last : last + 1;
    const std::span<const PieceOrder> run(first, next);
    first = next;
    if (pieces_of(run) >= give_.every) {
      full = true;
      add_nth_parts(run, left);
    } else if (!full) {
      note_missing(run, too_few);
    }
  }
  if (!full) return too_few;
  Money sum;
  for (const LinePart& part : room_.parts) sum += part.base;
  return spread(domain::scale(sum, {give_.per_mille, 1000}, Rounding::half_up), sum);
}

}  // namespace

Effect effect_of(const Worktop& top, const Benefit& benefit, Workroom& room) {
  Giver giver(top, benefit, room);
  switch (benefit.give.kind) {
    case Give::Kind::percent:
      return giver.percent(benefit.give.per_mille);
    case Give::Kind::class_percent:
      return giver.class_percent();
    case Give::Kind::amount:
      return giver.amount();
    case Give::Kind::fixed_price:
      return giver.fixed_price();
    case Give::Kind::nth_percent:
      return giver.nth();
    case Give::Kind::points: {
      if (top.lines.empty()) return nothing(Reason::no_such_article);
      Effect effect;
      effect.points = benefit.give.points;
      return effect;
    }
    case Give::Kind::task:
      return {};
  }
  return {};
}

}  // namespace pos::programme
