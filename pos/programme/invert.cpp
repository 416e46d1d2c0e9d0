#include <algorithm>

#include "pos/domain/rounding.hpp"
#include "pos/programme/facts.hpp"
#include "pos/programme/subscription.hpp"

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

ReturnedLine returned_line(const domain::Receipt& receipt, std::size_t index, std::int64_t before,
                           std::int64_t pieces) {
  const domain::ReceiptLine& line = receipt.lines[index];
  const std::int64_t after = before + pieces;
  const auto back = [&](std::int64_t amount) {
    return share_of(amount, after, line.quantity) - share_of(amount, before, line.quantity);
  };
  const auto taken = [&](std::int64_t amount) {
    return share_taken(amount, after, line.quantity) - share_taken(amount, before, line.quantity);
  };
  ReturnedLine returned;
  returned.line = index;
  returned.quantity = pieces;
  returned.money = Money::of(back(line.payable.units()));
  returned.points_value = Money::of(back(line.points_value.units()));
  returned.points_back = Points::of(back(line.points_spent.units()));
  returned.earned_taken = Points::of(taken(line.earned.units()));
  returned.value_back = Money::of(back(line.value_spent.units()));
  returned.value_taken = Money::of(taken(line.value_earned.units()));
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

void add(ReturnFact& fact, const ReturnedLine& line) {
  fact.money += line.money;
  fact.points_back += line.points_back;
  fact.earned_taken += line.earned_taken;
  fact.value_back += line.value_back;
  fact.value_taken += line.value_taken;
  fact.lines.push_back(line);
}

/// Pieces of each line that came back before; 0 for lines that nobody counted.
std::int64_t before_of(const ReturnedSoFar& so_far, std::size_t line) {
  return line < so_far.quantity.size() ? so_far.quantity[line] : 0;
}

}  // namespace

namespace {

/// A fee takes the class with it when it comes back, a subscription its time, and of a gift card
/// all that was paid is on the account: another till can see to neither.
bool stays(const SaleFact& sale, std::size_t line) {
  const QuotedLine& quoted = sale.result.lines[line];
  const auto& joined = sale.result.joined;
  const bool fee =
      joined && !joined->fee.empty() && joined->fee == sale.input.lines[line].article.code;
  return fee || is_subscription(sale.result, sale.input.lines[line].article.code) ||
         (!quoted.payable.is_zero() && quoted.value_earned >= quoted.payable);
}

}  // namespace

domain::Receipt receipt_of(const domain::FactId& uid, const SaleFact& sale) {
  domain::Receipt receipt;
  receipt.sale = uid;
  receipt.till = sale.scene.till;
  receipt.at = sale.scene.moment;
  receipt.tender = sale.tender.kind;
  receipt.member = sale.member;
  receipt.account = sale.account;
  receipt.unknown_card = sale.unknown_card;
  const std::size_t lines = std::min(sale.input.lines.size(), sale.result.lines.size());
  for (std::size_t i = 0; i < lines; ++i) {
    const QuotedLine& quoted = sale.result.lines[i];
    const std::string& article = sale.input.lines[i].article.code;
    receipt.lines.push_back({article, sale.input.lines[i].quantity, quoted.payable, quoted.discount,
                             quoted.points_value, quoted.points_spent, quoted.earned,
                             quoted.value_spent, quoted.value_earned, stays(sale, i)});
  }
  return receipt;
}

Money worth_of(const ReturnFact& fact) {
  Money worth = fact.money + fact.value_back;
  for (const ReturnedLine& line : fact.lines) worth += line.points_value;
  return worth;
}

std::optional<ReturnFact> invert(const domain::Receipt& receipt, const ReturnedSoFar& so_far,
                                 const std::vector<ReturnWish>& wishes, const Scene& scene) {
  const std::size_t lines = receipt.lines.size();
  std::vector<std::int64_t> wanted(lines, 0);
  for (const ReturnWish& wish : wishes) {
    if (wish.line >= lines || wish.quantity < 1 || wish.quantity > kQuantityMax)
      return std::nullopt;
    wanted[wish.line] += wish.quantity;
  }
  ReturnFact fact;
  fact.scene = scene;
  fact.sale = receipt.sale;
  fact.sold_on = core::local_day(receipt.at);
  fact.member = receipt.member;
  fact.account = receipt.account;
  fact.unknown_card = receipt.unknown_card;
  for (std::size_t i = 0; i < lines; ++i) {
    if (wanted[i] == 0) continue;
    const std::int64_t before = before_of(so_far, i);
    if (before < 0 || before + wanted[i] > receipt.lines[i].quantity) return std::nullopt;
    add(fact, returned_line(receipt, i, before, wanted[i]));
  }
  if (fact.lines.empty()) return std::nullopt;
  fact.tender.kind = receipt.tender;
  fact.tender.due = fact.money;
  fact.tender.received = fact.money;
  return fact;
}

std::optional<ReturnFact> invert(const domain::FactId& sale_id, const SaleFact& sale,
                                 const ReturnedSoFar& so_far, const std::vector<ReturnWish>& wishes,
                                 const Scene& scene) {
  if (sale.result.lines.size() != sale.input.lines.size()) return std::nullopt;
  auto fact = invert(receipt_of(sale_id, sale), so_far, wishes, scene);
  if (!fact) return std::nullopt;
  std::vector<std::int64_t> gone;
  std::vector<std::int64_t> wanted(sale.input.lines.size(), 0);
  for (const ReturnedLine& line : fact->lines) wanted[line.line] = line.quantity;
  bool all_back = true;
  for (std::size_t i = 0; i < sale.input.lines.size(); ++i) {
    gone.push_back(before_of(so_far, i));
    all_back = all_back && gone[i] + wanted[i] == sale.input.lines[i].quantity;
  }
  if (all_back && sale.member) fact->change = undo_of(sale.input, sale.result);
  fact->change.moved = fee_back(sale, gone, wanted);
  if (sale.member && sale.result.subscribed) {
    fact->change.subscribed = subscription_back(sale.input.lines, *sale.result.subscribed, wanted);
  }
  fact->change.undone = core::local_day(sale.input.moment);
  if (fact->change.empty()) fact->change = {};
  if (all_back && sale.reserved) fact->freed = sale.reserved->coupons;
  return fact;
}

}  // namespace pos::programme
