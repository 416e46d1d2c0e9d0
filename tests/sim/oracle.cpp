#include "tests/sim/oracle.hpp"

namespace tests::sim {
namespace {

/// An unknown card's account is its keyed hash.
template <class FactType>
std::optional<pos::domain::AccountId> whose(const FactType& fact) {
  if (fact.account) return fact.account;
  if (fact.unknown_card) return pos::domain::AccountId::from_bytes(fact.unknown_card->bytes());
  return std::nullopt;
}

}  // namespace

void Oracle::sealed(const pos::domain::FactId& uid, const pos::programme::Fact& fact) {
  if (!uids_.insert(uid).second) return;
  if (const auto* sale = std::get_if<pos::programme::SaleFact>(&fact)) {
    ++sales_;
    takings_ += sale->result.payable.units();
    points_spent_ += sale->result.points_spent.units();
    Sold& sold = sold_[uid];
    for (const auto& line : sale->input.lines) sold.pieces += line.quantity;
    sold.money = sale->result.payable.units();
    sold.spent = sale->result.points_spent.units();
    sold.earned = sale->result.earned.units();
    if (sale->right && sale->account) {
      drawn_[{*sale->right, *sale->account}] += sale->result.drawn.units();
    }
    if (const auto account = whose(*sale)) {
      points_[*account] += sale->result.earned.units() - sale->result.points_spent.units();
    }
  } else if (const auto* back = std::get_if<pos::programme::ReturnFact>(&fact)) {
    ++returns_;
    takings_ -= back->money.units();
    Sold& came = came_back_[back->sale];
    for (const auto& line : back->lines) came.pieces += line.quantity;
    came.money += back->money.units();
    came.spent += back->points_back.units();
    came.earned += back->earned_taken.units();
    if (const auto account = whose(*back)) {
      points_[*account] += back->points_back.units() - back->earned_taken.units();
    }
  } else if (const auto* join = std::get_if<pos::programme::JoinFact>(&fact)) {
    ++joinings_;
    points_[join->member.account] += 0;
  }
}

std::int64_t Oracle::drawn(const pos::domain::RightId& right,
                           const std::optional<pos::domain::AccountId>& account) const {
  std::int64_t sum = 0;
  for (const auto& [draw, amount] : drawn_) {
    if (draw.first == right && (!account || draw.second == *account)) sum += amount;
  }
  return sum;
}

std::string Oracle::bad_return() const {
  for (const auto& [sale, came] : came_back_) {
    const auto sold = sold_.find(sale);
    if (sold == sold_.end()) return sale.hex() + " came back and was never sold";
    const Sold& whole = sold->second;
    if (came.pieces > whole.pieces || came.money > whole.money || came.spent > whole.spent ||
        came.earned > whole.earned) {
      return sale.hex() + ": more came back than was sold";
    }
    if (came.pieces == whole.pieces && !(came == whole)) {
      return sale.hex() + ": its parts do not add up to the whole";
    }
  }
  return {};
}

}  // namespace tests::sim
