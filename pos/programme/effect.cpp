#include "pos/programme/effect.hpp"

#include <algorithm>

#include "pos/domain/rounding.hpp"

namespace pos::programme {
namespace {

using domain::AllocationShare;
using domain::Money;
using domain::Rounding;

/// A line and the part of it that a benefit works on.
struct Part {
  std::size_t line = 0;
  Money base;
};

Effect nothing(Reason reason) {
  Effect effect;
  effect.verdict.reason = reason;
  return effect;
}

/// Lays `amount`, capped, over the parts. Each share stays within its part.
Effect spread(const Worktop& top, const Give& give, Money amount, const std::vector<Part>& parts) {
  Money sum;
  for (const Part& part : parts) sum += part.base;
  amount = std::min(amount, sum);
  if (give.at_most) amount = std::min(amount, *give.at_most);
  if (amount.units() <= 0) return nothing(Reason::already_cheaper);
  std::vector<AllocationShare> weights;
  weights.reserve(parts.size());
  for (const Part& part : parts) {
    weights.push_back({part.base.units(), top.lines[part.line].rank});
  }
  const std::vector<std::int64_t> shares = domain::allocate(amount.units(), weights);
  Effect effect;
  effect.amount = amount;
  effect.basis = sum;
  effect.shares.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (shares[i] != 0) effect.shares.push_back({parts[i].line, Money::of(shares[i])});
  }
  return effect;
}

std::vector<Part> parts_of(const Worktop& top, const Selection& selection) {
  std::vector<Part> parts;
  parts.reserve(top.lines.size());
  for (std::size_t i = 0; i < top.lines.size(); ++i) {
    if (fits(selection, top.lines[i])) parts.push_back({i, top.lines[i].remaining});
  }
  return parts;
}

Effect give_percent(const Worktop& top, const Benefit& benefit, std::int64_t per_mille) {
  const std::vector<Part> parts = parts_of(top, benefit.on);
  if (parts.empty()) return nothing(Reason::no_such_article);
  Money sum;
  for (const Part& part : parts) sum += part.base;
  return spread(top, benefit.give, domain::scale(sum, {per_mille, 1000}, Rounding::half_up), parts);
}

Effect give_class_percent(const Worktop& top, const Benefit& benefit) {
  if (top.member == nullptr) return nothing(Reason::no_member);
  for (const auto& [code, per_mille] : benefit.give.per_mille_by_class) {
    if (code == top.member->member_class.text()) return give_percent(top, benefit, per_mille);
  }
  return nothing(Reason::other_class);
}

Effect give_amount(const Worktop& top, const Benefit& benefit) {
  const std::vector<Part> parts = parts_of(top, benefit.on);
  if (parts.empty()) return nothing(Reason::no_such_article);
  return spread(top, benefit.give, benefit.give.amount, parts);
}

/// Lines that fit, the dearest piece first, then by rank: what "the first pieces" means, whatever
/// the order of the basket.
std::vector<std::size_t> by_piece_price(const Worktop& top, const Selection& selection) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < top.lines.size(); ++i) {
    if (fits(selection, top.lines[i])) order.push_back(i);
  }
  const auto piece = [&](std::size_t i) {
    return top.lines[i].remaining.units() / top.lines[i].quantity;
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (piece(a) != piece(b)) return piece(a) > piece(b);
    return top.lines[a].rank < top.lines[b].rank;
  });
  return order;
}

Effect give_fixed_price(const Worktop& top, const Benefit& benefit) {
  const Give& give = benefit.give;
  const std::vector<std::size_t> order = by_piece_price(top, benefit.on);
  if (order.empty()) return nothing(Reason::no_such_article);
  std::int64_t left = give.max_pieces.value_or(INT64_MAX);
  std::vector<Part> parts;
  Money basis;
  Money amount;
  for (const std::size_t i : order) {
    const WorkLine& line = top.lines[i];
    const std::int64_t pieces = std::min(left, line.quantity);
    left -= pieces;
    const Money now = pieces == line.quantity
                          ? line.remaining
                          : Money::of(line.remaining.units() / line.quantity) * pieces;
    const Money off = now - give.amount * pieces;
    if (off.units() <= 0) continue;
    basis += now;
    amount += off;
    parts.push_back({i, off});
  }
  Effect effect = spread(top, give, amount, parts);
  effect.basis = basis;
  return effect;
}

/// The pieces of `order`, dearest first, cut into runs of `every`: the last piece of each run is
/// cheaper. Never walks piece by piece.
void add_nth_parts(const Worktop& top, const Give& give, const std::vector<std::size_t>& order,
                   std::int64_t& left, std::vector<Part>& parts) {
  std::int64_t before = 0;
  for (const std::size_t i : order) {
    const WorkLine& line = top.lines[i];
    const std::int64_t after = before + line.quantity;
    const std::int64_t hit = std::min(left, after / give.every - before / give.every);
    before = after;
    left -= hit;
    const Money piece = Money::of(line.remaining.units() / line.quantity);
    if (hit > 0 && piece.units() > 0) parts.push_back({i, piece * hit});
  }
}

Effect missing_pieces(const Worktop& top, const Benefit& benefit,
                      const std::vector<std::vector<std::size_t>>& runs) {
  Effect effect = nothing(Reason::below_quantity);
  OutcomeData& data = effect.verdict.data;
  for (const std::vector<std::size_t>& run : runs) {
    std::int64_t count = 0;
    for (const std::size_t i : run) count += top.lines[i].quantity;
    const std::int64_t missing = benefit.give.every - count;
    if (data.missing_quantity != 0 && missing >= data.missing_quantity) continue;
    const std::size_t line = run.back();  // the cheapest
    data.missing_quantity = missing;
    data.article = top.lines[line].article_code;
    effect.verdict.change = BasketChange{false, line, missing, {}, false, true};
  }
  return effect;
}

Effect give_nth(const Worktop& top, const Benefit& benefit) {
  const Give& give = benefit.give;
  std::vector<std::size_t> order = by_piece_price(top, benefit.on);
  if (order.empty()) return nothing(Reason::no_such_article);
  std::vector<std::vector<std::size_t>> runs;
  if (give.same_article) {
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return top.lines[a].article_code < top.lines[b].article_code;
    });
    for (const std::size_t i : order) {
      const bool fresh =
          runs.empty() || top.lines[runs.back().back()].article_code != top.lines[i].article_code;
      if (fresh) runs.emplace_back();
      runs.back().push_back(i);
    }
  } else {
    runs.push_back(std::move(order));
  }
  std::int64_t left = give.max_pieces.value_or(INT64_MAX);
  std::vector<Part> parts;
  bool full = false;
  for (const std::vector<std::size_t>& run : runs) {
    std::int64_t count = 0;
    for (const std::size_t i : run) count += top.lines[i].quantity;
    full = full || count >= give.every;
    add_nth_parts(top, give, run, left, parts);
  }
  if (!full) return missing_pieces(top, benefit, runs);
  Money sum;
  for (const Part& part : parts) sum += part.base;
  const Money amount = domain::scale(sum, {give.per_mille, 1000}, Rounding::half_up);
  return spread(top, give, amount, parts);
}

Effect give_points(const Benefit& benefit) {
  Effect effect;
  effect.points = benefit.give.points;
  return effect;
}

}  // namespace

Effect effect_of(const Worktop& top, const Benefit& benefit) {
  switch (benefit.give.kind) {
    case Give::Kind::percent:
      return give_percent(top, benefit, benefit.give.per_mille);
    case Give::Kind::class_percent:
      return give_class_percent(top, benefit);
    case Give::Kind::amount:
      return give_amount(top, benefit);
    case Give::Kind::fixed_price:
      return give_fixed_price(top, benefit);
    case Give::Kind::nth_percent:
      return give_nth(top, benefit);
    case Give::Kind::points:
      return top.lines.empty() ? nothing(Reason::no_such_article) : give_points(benefit);
    case Give::Kind::task:
      return {};
  }
  return {};
}

}  // namespace pos::programme
