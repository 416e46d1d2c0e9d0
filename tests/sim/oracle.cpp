#include "tests/sim/oracle.hpp"

#include <utility>

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

void Oracle::count_points(const pos::domain::AccountId& account, const pos::programme::Scene& scene,
                          std::int64_t gained, std::int64_t lost, int times) {
  points_[account] += times * (gained - lost);
  Effect& effect = effects_[account][scene.till.value];
  effect.net += times * (gained - lost);
  effect.gained += times * gained;
}

std::int64_t Oracle::visible_most(const pos::domain::AccountId& account,
                                  pos::domain::TillNumber till) const {
  if (may_inherit_.contains(account)) return INT64_MAX;
  const auto opened = opened_.find(account);
  std::int64_t most = opened != opened_.end() ? opened->second : 0;
  const auto effects = effects_.find(account);
  if (effects == effects_.end()) return most;
  for (const auto& [number, effect] : effects->second) {
    most += number == till.value ? effect.net : effect.gained;
  }
  return most;
}

void Oracle::count(const pos::domain::FactId& uid, const pos::programme::SaleFact& sale,
                   int times) {
  sales_ += static_cast<std::size_t>(times);
  takings_ += times * sale.result.payable.units();
  points_spent_ += times * sale.result.points_spent.units();
  Sold& sold = sold_[uid];
  for (const auto& line : sale.input.lines) sold.pieces += times * line.quantity;
  sold.money += times * sale.result.payable.units();
  sold.spent += times * sale.result.points_spent.units();
  sold.earned += times * sale.result.earned.units();
  if (!sale.result.drawn.is_zero() && !settled_.contains(uid)) give(sale, times);
  if (const auto account = whose(sale)) {
    count_points(*account, sale.scene, sale.result.earned.units(), sale.result.points_spent.units(),
                 times);
  }
}

void Oracle::count(const pos::domain::FactId& uid, const pos::programme::ReturnFact& back,
                   int times) {
  returns_ += static_cast<std::size_t>(times);
  takings_ -= times * back.money.units();
  Sold& came = came_back_[{back.sale, back.scene.till.value}];
  std::vector<std::int64_t>& pieces = pieces_[back.sale];
  for (const auto& line : back.lines) {
    came.pieces += times * line.quantity;
    if (pieces.size() <= line.line) pieces.resize(line.line + 1, 0);
    pieces[line.line] += times * line.quantity;
  }
  if (!back.drawn.is_zero() && !settled_.contains(uid)) give(back, times);
  came.money += times * back.money.units();
  came.spent += times * back.points_back.units();
  came.earned += times * back.earned_taken.units();
  if (const auto account = whose(back)) {
    count_points(*account, back.scene, back.points_back.units(), back.earned_taken.units(), times);
  }
}

void Oracle::count(const pos::domain::FactId& uid, const pos::programme::Fact& fact, int times) {
  if (const auto* sale = std::get_if<pos::programme::SaleFact>(&fact)) {
    count(uid, *sale, times);
  } else if (const auto* back = std::get_if<pos::programme::ReturnFact>(&fact)) {
    count(uid, *back, times);
  } else if (const auto* join = std::get_if<pos::programme::JoinFact>(&fact)) {
    joinings_ += static_cast<std::size_t>(times);
    points_[join->member.account] += 0;
    if (join->card) may_inherit_.insert(join->member.account);
  }
}

void Oracle::sealed(const pos::domain::FactId& uid, const pos::programme::Fact& fact) {
  if (facts_.emplace(uid, fact).second) count(uid, fact, 1);
}

void Oracle::join_cards(const std::vector<pos::domain::FactId>& arrived) {
  std::set<pos::programme::KeyedHash> held;
  for (const auto& uid : arrived) {
    const auto found = facts_.find(uid);
    if (found == facts_.end()) continue;
    const auto* join = std::get_if<pos::programme::JoinFact>(&found->second);
    if (join == nullptr || !join->card || !held.insert(*join->card).second) continue;
    const auto card = pos::domain::AccountId::from_bytes(join->card->bytes());
    points_[join->member.account] += std::exchange(points_[*card], 0);
  }
}

void Oracle::gone(const pos::domain::FactId& uid) {
  const auto found = facts_.find(uid);
  if (found == facts_.end()) return;
  count(uid, found->second, -1);
  facts_.erase(found);
}

void Oracle::rots(const pos::domain::FactId& uid) {
  const auto found = facts_.find(uid);
  if (found == facts_.end()) return;
  const auto* sale = std::get_if<pos::programme::SaleFact>(&found->second);
  const auto* back = std::get_if<pos::programme::ReturnFact>(&found->second);
  if (sale != nullptr && sale->account) {
    effects_[*sale->account][sale->scene.till.value].net += sale->result.points_spent.units();
  }
  if (back != nullptr && back->account) {
    effects_[*back->account][back->scene.till.value].net += back->earned_taken.units();
  }
}

void Oracle::parked(const pos::domain::FactId& uid) {
  const auto sold = sold_.find(uid);
  const Sold before = sold != sold_.end() ? sold->second : Sold{};
  gone(uid);
  if (sold != sold_.end()) sold->second = before;  // the goods left the shop all the same
  parked_.insert(uid);
}

void Oracle::let_wait() {
  for (const auto& [uid, fact] : facts_) {
    const auto* back = std::get_if<pos::programme::ReturnFact>(&fact);
    if (back == nullptr || !back->sold_by) continue;
    if (facts_.contains(back->sale) || parked_.contains(back->sale)) continue;
    waiting_.insert(uid);
    if (back->account) owed_.insert(*back->account);
    if (const auto account = whose(*back)) {
      count_points(*account, back->scene, back->points_back.units(), back->earned_taken.units(),
                   -1);
    }
  }
}

void Oracle::give(const pos::programme::SaleFact& sale, int times) {
  const auto account = sale.account.value_or(pos::domain::AccountId{});
  outstanding_[{sale.scene.till.value, account}] += times * sale.result.drawn.units();
}

void Oracle::give(const pos::programme::ReturnFact& back, int times) {
  outstanding_[{back.scene.till.value, {}}] += times * back.drawn.units();
}

void Oracle::settled(const pos::domain::FactId& uid) {
  if (!settled_.insert(uid).second) return;
  const auto found = facts_.find(uid);
  if (found == facts_.end()) return;
  if (const auto* sale = std::get_if<pos::programme::SaleFact>(&found->second)) give(*sale, -1);
  if (const auto* back = std::get_if<pos::programme::ReturnFact>(&found->second)) give(*back, -1);
}

std::int64_t Oracle::outstanding(pos::domain::TillNumber till,
                                 const std::optional<pos::domain::AccountId>& account) const {
  if (account) {
    const auto found = outstanding_.find({till.value, *account});
    return found != outstanding_.end() ? found->second : 0;
  }
  std::int64_t sum = 0;
  for (auto one = outstanding_.lower_bound({till.value, pos::domain::AccountId{}});
       one != outstanding_.end() && one->first.first == till.value; ++one) {
    sum += one->second;
  }
  return sum;
}

std::string Oracle::bad_return() const {
  for (const auto& [place, came] : came_back_) {
    const auto& sale = place.first;
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
