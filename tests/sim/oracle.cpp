#include "tests/sim/oracle.hpp"

#include <algorithm>
#include <utility>

namespace tests::sim {
using pos::domain::AccountId;

namespace {

void add(Oracle::Amounts& to, const Oracle::Amounts& what, std::int64_t times) {
  to.points += times * what.points;
  to.value += times * what.value;
}

}  // namespace

void Oracle::open(const Founder& founder) {
  homes_.emplace(founder.member, founder.account);
  phones_.emplace(founder.phone, Holder{founder.member, founder.account, founder.first_name});
  own_[founder.account].points += founder.points;
  opened_[founder.account] += founder.points;
}

/// A member's first account; an unknown card's is its keyed hash.
template <class FactType>
std::optional<AccountId> Oracle::home_of(const FactType& fact) const {
  const auto home = fact.member ? homes_.find(*fact.member) : homes_.end();
  if (home != homes_.end()) return home->second;
  if (fact.account) return fact.account;
  if (fact.unknown_card) return AccountId::from_bytes(fact.unknown_card->bytes());
  return std::nullopt;
}

template <class FactType>
void Oracle::move(const FactType& fact, const Move& move, int times) {
  const auto home = home_of(fact);
  if (!home) return;
  add(own_[*home], move.gained, times);
  add(own_[*home], move.lost, -times);
  add(unasked_[*home], move.lost, times);
  add(unasked_[*home], move.asked, -times);
  Effect& effect = effects_[fact.account.value_or(*home)][fact.scene.till.value];
  effect.net += times * (move.gained.points - move.lost.points);
  effect.gained += times * move.gained.points;
}

void Oracle::may_see(const AccountId& account, std::int64_t points) {
  constexpr std::uint32_t kOffice = 0;
  if (points > 0) effects_[account][kOffice].gained += points;
}

void Oracle::adjust(const AccountId& account, const Amounts& amounts) {
  add(own_[account], amounts, 1);
  const Amounts taken{std::max<std::int64_t>(-amounts.points, 0),
                      std::max<std::int64_t>(-amounts.value, 0)};
  add(unasked_[account], taken, 1);
}

AccountId Oracle::root(AccountId account) const {
  for (auto next = into_.find(account); next != into_.end(); next = into_.find(account)) {
    account = next->second;
  }
  return account;
}

void Oracle::close(const AccountId& account, const AccountId& into) {
  if (account != into) into_.emplace(account, into);
}

void Oracle::retrace(const std::vector<Turn>& turns) {
  std::set<pos::programme::KeyedHash> held;
  for (const Turn& turn : turns) {
    if (const auto* merged = std::get_if<Merged>(&turn)) {
      close(root(homes_.at(merged->later)), root(homes_.at(merged->earlier)));
    }
    if (const auto* separated = std::get_if<Separated>(&turn)) {
      parted_.insert({separated->account, root(separated->account)});
      into_.erase(separated->account);
    }
    const auto* joined = std::get_if<Joined>(&turn);
    const auto found = joined != nullptr ? facts_.find(joined->uid) : facts_.end();
    if (found == facts_.end()) continue;
    const auto& join = std::get<pos::programme::JoinFact>(found->second);
    const AccountId& account = join.member.account;
    if (join.card && held.insert(*join.card).second) {
      close(*AccountId::from_bytes(join.card->bytes()), account);
    }
    const Holder holder{join.member.id, account, joined->first_name};
    const Holder& first = phones_.emplace(join.phone, holder).first->second;
    if (first.first_name == holder.first_name) close(account, first.account);
  }
}

std::optional<pos::domain::MemberId> Oracle::holder_of(
    const pos::programme::KeyedHash& phone) const {
  const auto found = phones_.find(phone);
  return found != phones_.end() ? std::optional(found->second.member) : std::nullopt;
}

Oracle::Balances Oracle::balances() const {
  Balances balances;
  for (const auto& [account, amounts] : own_) {
    balances[account];
    add(balances[root(account)], amounts, 1);
  }
  return balances;
}

std::string Oracle::overspent() const {
  std::map<AccountId, Amounts> least;
  std::set<AccountId> parted;
  for (const auto& [account, amounts] : unasked_) add(least[root(account)], amounts, -1);
  for (const AccountId& account : parted_) parted.insert(root(account));
  for (const auto& [account, amounts] : balances()) {
    const Amounts floor = least[account];
    if (parted.contains(account)) continue;
    if (amounts.points < std::min<std::int64_t>(floor.points, 0) ||
        amounts.value < std::min<std::int64_t>(floor.value, 0)) {
      return account.hex() + ": the hub agreed to more than there was";
    }
  }
  return {};
}

std::string Oracle::coupon_twice() const {
  std::map<std::string, int> used;
  for (const auto& [uid, fact] : facts_) {
    const auto* sale = std::get_if<pos::programme::SaleFact>(&fact);
    if (sale == nullptr || !sale->reserved || sale->reserved->coupons.empty()) continue;
    const auto came = pieces_.find(uid);
    bool stands = came == pieces_.end();
    for (std::size_t line = 0; !stands && line < sale->input.lines.size(); ++line) {
      stands = line >= came->second.size() || came->second[line] < sale->input.lines[line].quantity;
    }
    for (const auto& code : sale->reserved->coupons) {
      if (stands && ++used[std::string(code.text())] > 1) return std::string(code.text());
    }
  }
  return {};
}

bool Oracle::is_owed_a_sale(const AccountId& account) const {
  return std::any_of(owed_.begin(), owed_.end(),
                     [&](const AccountId& owed) { return root(owed) == root(account); });
}

Oracle::Move Oracle::moved_by(const pos::programme::ReturnFact& back) {
  return {{back.points_back.units(), back.value_back.units()},
          {back.earned_taken.units(), back.value_taken.units()},
          {}};
}

std::int64_t Oracle::visible_most(const AccountId& account, pos::domain::TillNumber till) const {
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
  Move moved{{sale.result.earned.units(), sale.result.value_earned.units()},
             {sale.result.points_spent.units(), sale.result.value_spent.units()},
             {}};
  if (sale.reserved) moved.asked = {sale.reserved->points.units(), sale.reserved->value.units()};
  move(sale, moved, times);
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
  move(back, moved_by(back), times);
}

void Oracle::count(const pos::domain::FactId& uid, const pos::programme::Fact& fact, int times) {
  if (const auto* sale = std::get_if<pos::programme::SaleFact>(&fact)) {
    count(uid, *sale, times);
  } else if (const auto* back = std::get_if<pos::programme::ReturnFact>(&fact)) {
    count(uid, *back, times);
  } else if (const auto* join = std::get_if<pos::programme::JoinFact>(&fact)) {
    joinings_ += static_cast<std::size_t>(times);
    own_[join->member.account];
    homes_.emplace(join->member.id, join->member.account);
    if (join->card) may_inherit_.insert(join->member.account);
  }
}

void Oracle::sealed(const pos::domain::FactId& uid, const pos::programme::Fact& fact) {
  if (facts_.emplace(uid, fact).second) count(uid, fact, 1);
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

void Oracle::lost(const pos::domain::FactId& uid) {
  const auto sold = sold_.find(uid);
  const Sold before = sold != sold_.end() ? sold->second : Sold{};
  gone(uid);
  if (sold != sold_.end()) sold->second = before;
}

void Oracle::parked(const pos::domain::FactId& uid) {
  lost(uid);
  parked_.insert(uid);
}

void Oracle::let_wait() {
  for (const auto& [uid, fact] : facts_) {
    const auto* back = std::get_if<pos::programme::ReturnFact>(&fact);
    if (back == nullptr || !back->sold_by) continue;
    if (facts_.contains(back->sale) || parked_.contains(back->sale)) continue;
    waiting_.insert(uid);
    if (const auto home = home_of(*back)) owed_.insert(*home);
    move(*back, moved_by(*back), -1);
  }
}

void Oracle::give(const pos::programme::SaleFact& sale, int times) {
  const auto account = sale.account.value_or(AccountId{});
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
                                 const std::optional<AccountId>& account) const {
  if (account) {
    const auto found = outstanding_.find({till.value, *account});
    return found != outstanding_.end() ? found->second : 0;
  }
  std::int64_t sum = 0;
  for (auto one = outstanding_.lower_bound({till.value, AccountId{}});
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
