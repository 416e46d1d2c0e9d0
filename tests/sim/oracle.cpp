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
    if (const auto account = whose(*sale)) {
      points_[*account] += sale->result.earned.units() - sale->result.points_spent.units();
    }
  } else if (const auto* back = std::get_if<pos::programme::ReturnFact>(&fact)) {
    ++returns_;
    takings_ -= back->money.units();
    if (const auto account = whose(*back)) {
      points_[*account] += back->points_back.units() - back->earned_taken.units();
    }
  } else if (const auto* join = std::get_if<pos::programme::JoinFact>(&fact)) {
    ++joinings_;
    points_[join->member.account] += 0;
  }
}

}  // namespace tests::sim
