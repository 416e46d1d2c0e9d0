#include <algorithm>

#include "pos/domain/rounding.hpp"
#include "pos/programme/facts.hpp"

namespace pos::programme {
namespace {

using domain::Money;
using domain::Points;
using domain::Rounding;

/// What `pieces` of a line of `quantity` carry of an amount of that line. Rounded down: the last
/// piece to come back takes the rest, so that any sequence of returns sums to the whole.
std::int64_t share_of(std::int64_t amount, std::int64_t pieces, std::int64_t quantity) {
  return domain::scale(amount, {pieces, quantity}, Rounding::down);
}

/// Points are taken back rounded up, so that a member never keeps a point of what came back.
std::int64_t share_taken(std::int64_t amount, std::int64_t pieces, std::int64_t quantity) {
  return amount - share_of(amount, quantity - pieces, quantity);
}

ReturnedLine returned_line(const SaleFact& sale, std::size_t line, std::int64_t before,
                           std::int64_t pieces) {
  const QuotedLine& quoted = sale.result.lines[line];
  const std::int64_t quantity = sale.input.lines[line].quantity;
  const std::int64_t after = before + pieces;
  const auto back = [&](std::int64_t amount) {
    return share_of(amount, after, quantity) - share_of(amount, before, quantity);
  };
  const auto taken = [&](std::int64_t amount) {
    return share_taken(amount, after, quantity) - share_taken(amount, before, quantity);
  };
  ReturnedLine returned;
  returned.line = line;
  returned.quantity = pieces;
  returned.money = Money::of(back(quoted.payable.units()));
  returned.points_value = Money::of(back(quoted.points_value.units()));
  returned.points_back = Points::of(back(quoted.points_spent.units()));
  returned.earned_taken = Points::of(taken(quoted.earned.units()));
  returned.value_back = Money::of(back(quoted.value_spent.units()));
  returned.value_taken = Money::of(taken(quoted.value_earned.units()));
  return returned;
}

/// The class that was joined by a fee, when the last piece of it comes back now.
std::optional<MemberChange::Moved> fee_back(const SaleFact& sale,
                                            const std::vector<std::int64_t>& before,
                                            const std::vector<std::int64_t>& wanted) {
  if (!sale.member || !sale.result.joined || sale.result.joined->fee.empty()) return std::nullopt;
  std::int64_t left = 0;
  std::int64_t comes = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const BasketLine& line = sale.input.lines[i];
    if (line.article.code != sale.result.joined->fee) continue;
    comes += wanted[i];
    left += line.quantity - before[i] - wanted[i];
  }
  if (comes == 0 || left != 0) return std::nullopt;
  return MemberChange::Moved{sale.result.joined->from, sale.result.joined->to};
}

}  // namespace

std::optional<ReturnFact> invert(const domain::FactId& sale_id, const SaleFact& sale,
                                 const ReturnedSoFar& so_far, const std::vector<ReturnWish>& wishes,
                                 const Scene& scene) {
  const std::size_t lines = sale.input.lines.size();
  if (sale.result.lines.size() != lines) return std::nullopt;
  std::vector<std::int64_t> wanted(lines, 0);
  std::vector<std::int64_t> gone = so_far.quantity;
  gone.resize(lines, 0);
  for (const ReturnWish& wish : wishes) {
    if (wish.line >= lines || wish.quantity < 1 || wish.quantity > kQuantityMax)
      return std::nullopt;
    wanted[wish.line] += wish.quantity;
  }
  ReturnFact fact;
  fact.scene = scene;
  fact.sale = sale_id;
  fact.sold_on = core::local_day(sale.scene.moment);
  fact.member = sale.member;
  fact.account = sale.account;
  fact.unknown_card = sale.unknown_card;
  bool all_back = true;
  for (std::size_t i = 0; i < lines; ++i) {
    const std::int64_t before = gone[i];
    all_back = all_back && before + wanted[i] == sale.input.lines[i].quantity;
    if (wanted[i] == 0) continue;
    if (before < 0 || before + wanted[i] > sale.input.lines[i].quantity) return std::nullopt;
    const ReturnedLine line = returned_line(sale, i, before, wanted[i]);
    fact.money += line.money;
    fact.points_back += line.points_back;
    fact.earned_taken += line.earned_taken;
    fact.value_back += line.value_back;
    fact.value_taken += line.value_taken;
    fact.lines.push_back(line);
  }
  if (fact.lines.empty()) return std::nullopt;
  if (all_back && sale.member) fact.change = undo_of(sale.input, sale.result);
  fact.change.moved = fee_back(sale, gone, wanted);
  fact.change.undone = core::local_day(sale.input.moment);
  if (fact.change.empty()) fact.change = {};
  if (all_back && sale.reserved) fact.freed = sale.reserved->coupons;
  fact.tender.kind = sale.tender.kind;
  fact.tender.due = fact.money;
  fact.tender.received = fact.money;
  return fact;
}

}  // namespace pos::programme
