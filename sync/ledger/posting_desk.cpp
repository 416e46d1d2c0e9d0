#include "sync/ledger/posting_desk.hpp"

#include <algorithm>
#include <utility>

#include "pos/core/check.hpp"
#include "pos/core/planted.hpp"
#include "sync/ledger/lot_parts.hpp"

namespace club::ledger {
namespace {

using pos::core::Json;

/// Accounts closed into one another in a ring would hand points round for ever.
constexpr int kHopsMax = 8;

}  // namespace

std::string PostingDesk::next_leg() {
  ++legs_;
  return parent_.empty() ? std::to_string(legs_) : parent_ + "." + std::to_string(legs_);
}

void PostingDesk::post(Unit unit, const AccountRef& account, std::int64_t amount,
                       const std::optional<MemberId>& origin) {
  AccountState state = store_.account(bucket_, account);
  std::int64_t& balance = unit == Unit::points ? state.points : state.value;
  balance += amount;
  const std::int64_t limit =
      account.kind == AccountKind::holder ? pos::domain::kAmountMax : kBalanceMax;
  if (balance > limit || balance < -limit) {
    throw Unappliable{"a balance would leave its range"};
  }
  store_.put_account(bucket_, account, state);
  store_.add_posting({bucket_, uid_, next_leg(), unit, account, amount, origin});
  if (account.kind == AccountKind::holder) touched_.insert(account.id);
}

void PostingDesk::move(Unit unit, const AccountRef& from, const AccountRef& to, std::int64_t amount,
                       const std::optional<MemberId>& origin) {
  if (amount == 0) return;
  if (amount > kBalanceMax || amount < -kBalanceMax) throw Unappliable{"an amount is too large"};
  post(unit, to, amount, origin);
  post(unit, from, -amount, origin);
  if (!origin) return;
  if (to.kind == AccountKind::holder) doings_[{to.id, *origin}][unit] += amount;
  if (from.kind == AccountKind::holder) doings_[{from.id, *origin}][unit] -= amount;
}

LotBook& PostingDesk::lots(const AccountId& account, Unit unit) {
  const auto [found, fresh] = books_.try_emplace({account, unit});
  OpenBook& open = found->second;
  if (fresh) {
    open.before = store_.lots(bucket_, account, unit);
    open.book = LotBook(open.before);
  }
  return open.book;
}

void PostingDesk::keep_lots() {
  for (auto& [place, open] : books_) {
    for (const LotRecord& lot : open.book.lots()) {
      if (std::ranges::find(open.before, lot) != open.before.end()) continue;
      store_.put_lot(bucket_, place.first, place.second, lot);
    }
    open.before = open.book.lots();
  }
}

void PostingDesk::give(Unit unit, AccountKind from, const AccountId& account, std::int64_t amount,
                       const std::optional<MemberId>& member, const Origin& origin) {
  move(unit, {from, {}}, {AccountKind::holder, account}, amount, member);
  lots(account, unit).add(origin.fact, origin.terms, amount, day_);
}

void PostingDesk::spend(Unit unit, const AccountId& account, AccountKind to, std::int64_t amount,
                        const std::optional<MemberId>& member) {
  if (amount == 0) return;
  const LotBook::Spent spent = lots(account, unit).spend(uid_, amount, day_);
  const AccountRef holder{AccountKind::holder, account};
  move(unit, {AccountKind::expired, {}}, holder, spent.revived, std::nullopt);
  move(unit, holder, {to, {}}, amount, member);
  store_.put_taken(bucket_, uid_, unit, spent.parts);
}

void PostingDesk::give_back(Unit unit, const FactId& sale, const AccountId& account,
                            std::int64_t amount, const std::optional<MemberId>& member) {
  if (amount == 0) return;
  move(unit, {AccountKind::redeemed, {}}, {AccountKind::holder, account}, amount, member);
  auto parts = store_.taken(bucket_, sale, unit);
  LotBook& book = lots(account, unit);
  const std::int64_t rest = book.give_back(parts, amount, day_);
  book.add(uid_, {}, rest, day_);  // of a sale that is not known here
  store_.put_taken(bucket_, sale, unit, parts);
}

void PostingDesk::take_back(Unit unit, const FactId& sale, const AccountId& account, AccountKind to,
                            std::int64_t amount, const std::optional<MemberId>& member) {
  const AccountRef holder{AccountKind::holder, account};
  const std::int64_t revived = lots(account, unit).take_back(sale, amount, day_);
  move(unit, {AccountKind::expired, {}}, holder, revived, std::nullopt);
  move(unit, holder, {to, {}}, amount, member);
}

void PostingDesk::expire(Unit unit, const AccountId& account) {
  const std::int64_t amount = lots(account, unit).lapse(day_);
  move(unit, {AccountKind::holder, account}, {AccountKind::expired, {}}, amount, std::nullopt);
}

void PostingDesk::book(Unit unit, AccountKind from, AccountKind to, std::int64_t amount,
                       const std::optional<MemberId>& member) {
  move(unit, {from, {}}, {to, {}}, amount, member);
}

void PostingDesk::send(StreamNumber to_bucket, Json payload) {
  if (CLUBTILL_BUG_AT_TIMES("message_not_written", 30)) return;
  payload.set("at", at_.unix_ms()).set("hops", hops_ + 1);
  store_.send({bucket_, to_bucket, uid_, next_leg(), payload.dump()});
}

void PostingDesk::flag(std::string word, std::string detail) {
  flagged_ = true;
  store_.raise_flag({bucket_, uid_, std::move(word), std::move(detail)});
}

void PostingDesk::empty_if_closed(const AccountId& account) {
  const AccountRef holder{AccountKind::holder, account};
  const AccountState state = store_.account(bucket_, holder);
  if (!state.closed_into || (state.points == 0 && state.value == 0)) return;
  if (hops_ >= kHopsMax) {
    flag("ring_of_accounts", account.hex());
    return;
  }
  if (CLUBTILL_BUG("closed_account_keeps")) return;
  const AccountRef transit{AccountKind::transit, {}};
  Json parts = Json::array();
  for (const Unit unit : {Unit::points, Unit::value}) {
    const std::int64_t all = unit == Unit::points ? state.points : state.value;
    if (!CLUBTILL_BUG("transit_forgotten")) move(unit, holder, transit, all, std::nullopt);
    for (const TakenPart& part : lots(account, unit).empty()) parts.push(part_json(part, unit));
  }
  send(wire::bucket_of(*state.closed_into), Json::object()
                                                .set("do", "receive")
                                                .set("account", state.closed_into->hex())
                                                .set("from", account.hex())
                                                .set("points", state.points)
                                                .set("value", state.value)
                                                .set("lots", std::move(parts)));
}

void PostingDesk::hand_over(std::string_view verb, const AccountId& account, const AccountId& to,
                            const MemberId& member, const std::map<Unit, std::int64_t>& shares,
                            const std::set<FactId>& own) {
  Json message = Json::object();
  message.set("do", verb).set("account", to.hex()).set("into", account.hex());
  Json parts = Json::array();
  for (const auto& [unit, share] : shares) {
    message.set(unit == Unit::points ? "points" : "value", share);
    if (share == 0) continue;
    post(unit, {AccountKind::transit, {}}, share, member);
    post(unit, {AccountKind::holder, account}, -share, member);
    for (const TakenPart& part : lots(account, unit).part_with(share, own, uid_, day_)) {
      parts.push(part_json(part, unit));
    }
  }
  send(wire::bucket_of(to), std::move(message.set("lots", std::move(parts))));
}

/// A till that has not heard, or a return of what was sold while they shared, still names the
/// account that the member has left.
void PostingDesk::pass_on_strays() {
  const auto doings = std::exchange(doings_, {});
  for (const auto& [whose, sums] : doings) {
    const auto& [account, member] = whose;
    if (std::ranges::all_of(sums, [](const auto& sum) { return sum.second == 0; })) continue;
    const auto parted = store_.parted(bucket_, account, member);
    if (!parted || store_.account(bucket_, {AccountKind::holder, account}).closed_into) continue;
    std::map<Unit, std::int64_t> shares{{Unit::points, 0}, {Unit::value, 0}};
    for (const auto& [unit, sum] : sums) shares[unit] = sum;
    hand_over("receive", account, parted->to, member, shares, {uid_});
  }
}

namespace {

std::int64_t people_of(const std::vector<AccountMember>& members) {
  const auto people = std::count_if(members.begin(), members.end(),
                                    [](const AccountMember& one) { return !one.duplicate; });
  return std::clamp<std::int64_t>(people, 1, pos::domain::kHouseholdMax);
}

}  // namespace

void PostingDesk::tell_card(const AccountId& account, const AccountState& state) {
  pos::domain::CardValue card;
  if (!state.closed_into) {
    card.value = pos::domain::Money::of(state.value);
    card.lots = lots(account, Unit::value).told(day_);
  }
  card.as_of = at_;
  store_.put_card_value(bucket_, account, card);
}

void PostingDesk::finish(std::optional<MemberRecord> known) {
  const std::set<AccountId> touched = touched_;
  for (const AccountId& account : touched) empty_if_closed(account);
  pass_on_strays();
  for (const AccountId& account : touched) {
    const AccountState state = store_.account(bucket_, {AccountKind::holder, account});
    const auto members = store_.members_of(bucket_, account);
    if (members.empty()) tell_card(account, state);
    if (state.closed_into) continue;  // its members hear of the heir's balance
    const std::int64_t people = people_of(members);
    for (const AccountMember& member : members) {
      if (known && known->facts.id == member.member) {
        known->facts.balance = pos::domain::Points::of(state.points);
        known->facts.value = pos::domain::Money::of(state.value);
        known->facts.point_lots = lots(account, Unit::points).told(day_);
        known->facts.value_lots = lots(account, Unit::value).told(day_);
        known->facts.balance_as_of = at_;
        known->facts.household = people;
      } else {
        send(member.home, Json::object()
                              .set("do", "balance")
                              .set("member", member.member.hex())
                              .set("account", account.hex())
                              .set("points", state.points)
                              .set("value", state.value)
                              .set("lots", to_json(lots(account, Unit::points).told(day_)))
                              .set("value_lots", to_json(lots(account, Unit::value).told(day_)))
                              .set("household", people));
      }
    }
  }
  keep_lots();
  if (known) store_.put_member(bucket_, *known);
}

void close_into(PostingDesk& desk, const AccountId& account, const AccountId& into,
                const std::optional<MemberId>& duplicate) {
  const AccountRef holder{AccountKind::holder, account};
  AccountState state = desk.store().account(desk.bucket(), holder);
  if (account == into || state.closed_into == into) return;
  if (state.closed_into) {
    desk.flag("account_closed_twice", account.hex());
    return;
  }
  state.closed_into = into;
  desk.store().put_account(desk.bucket(), holder, state);
  for (const AccountMember& member : desk.store().members_of(desk.bucket(), account)) {
    desk.send(member.home, Json::object()
                               .set("do", "rename")
                               .set("member", member.member.hex())
                               .set("account", into.hex())
                               .set("duplicate", member.duplicate || member.member == duplicate));
  }
  desk.touch(account);
  desk.finish();
}

void book_visit(PostingDesk& desk, pos::domain::MemberFacts& facts, const Visit& visit) {
  const auto gone = add_visit(facts, visit);
  for (const auto& coupon : gone) {
    desk.flag(visit.change.undone ? "coupon_of_returned_sale" : "coupon_used_twice",
              coupon.code.text());
    desk.book(Unit::value, AccountKind::drawer, AccountKind::loss, coupon.worth.units(),
              std::nullopt);
  }
}

}  // namespace club::ledger
