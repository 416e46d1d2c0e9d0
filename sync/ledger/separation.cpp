#include "sync/ledger/separation.hpp"

#include "sync/ledger/lot_parts.hpp"

namespace club::ledger {
namespace {

using pos::core::Json;
using wire::FieldReader;

/// Far above what an account ever holds; lots are made by sales.
constexpr std::size_t kPartsMax = 1'000'000;

std::vector<AccountMember> read_members(FieldReader& fields) {
  std::vector<AccountMember> members;
  for (const Json& item : fields.items("members", kPartsMax)) {
    FieldReader one(item);
    members.push_back({one.parsed<MemberId>("member"),
                       static_cast<StreamNumber>(one.integer("home", 0, 255)), false});
    if (one.error()) fields.complain("members", one.error()->reason);
  }
  return members;
}

/// What the members of the closed account brought and did, and the facts that did.
struct Doings {
  std::map<Unit, std::int64_t> net{{Unit::points, 0}, {Unit::value, 0}};
  std::set<FactId> own;
};

Doings doings_of(PostingDesk& desk, const AccountId& account, const AccountId& from,
                 const std::vector<AccountMember>& members) {
  Doings doings;
  for (const Moved& moved : desk.store().moved(desk.bucket(), account, from)) {
    doings.net[Unit::points] += moved.points;
    doings.net[Unit::value] += moved.value;
    doings.own.insert(moved.origins.begin(), moved.origins.end());
  }
  for (const AccountMember& member : members) {
    for (const OwnPosting& posting :
         desk.store().postings_of(desk.bucket(), account, member.member)) {
      doings.net[posting.unit] += posting.amount;
      doings.own.insert(posting.uid);
    }
  }
  return doings;
}

}  // namespace

Transfer read_transfer(const FactId& uid, FieldReader& fields) {
  Transfer transfer{fields.parsed<AccountId>("account"), {}};
  const auto points = fields.integer("points", -kBalanceMax, kBalanceMax);
  const auto value = fields.integer("value", -kBalanceMax, kBalanceMax);
  std::map<Unit, std::int64_t> rest{{Unit::points, points}, {Unit::value, value}};
  for (const Json& item : fields.items("lots", kPartsMax)) {
    FieldReader one(item);
    const Unit unit = one.text("unit", 8) == "value" ? Unit::value : Unit::points;
    transfer.parts.emplace_back(unit, read_part(one));
    rest[unit] -= transfer.parts.back().second.amount;
    if (one.error()) fields.complain("lots", one.error()->reason);
  }
  if (fields.error()) throw Unappliable{"a transfer that does not read"};
  for (const auto& [unit, amount] : rest) {
    if (amount != 0) transfer.parts.emplace_back(unit, TakenPart{uid, {}, amount, 0});
  }
  return transfer;
}

void book(PostingDesk& desk, const Transfer& transfer) {
  for (const auto& [unit, part] : transfer.parts) {
    desk.give(unit, AccountKind::transit, transfer.account, part.amount, std::nullopt,
              {part.origin, part.terms});
    desk.lots(transfer.account, unit).add_lapsed(part);
  }
  desk.touch(transfer.account);
}

void separate(PostingDesk& desk, const AccountId& account) {
  const auto state = desk.store().account(desk.bucket(), {AccountKind::holder, account});
  Json members = Json::array();
  for (const AccountMember& member : desk.store().members_of(desk.bucket(), account)) {
    members.push(Json::object().set("member", member.member.hex()).set("home", member.home));
  }
  if (!state.closed_into || members.items().empty()) return;
  desk.send(wire::bucket_of(*state.closed_into), Json::object()
                                                     .set("do", "part")
                                                     .set("account", state.closed_into->hex())
                                                     .set("to", account.hex())
                                                     .set("members", std::move(members)));
}

void part(PostingDesk& desk, FieldReader& fields) {
  const auto account = fields.parsed<AccountId>("account");
  const auto to = fields.parsed<AccountId>("to");
  const auto members = read_members(fields);
  if (fields.error() || members.empty()) throw Unappliable{"a separation that does not read"};
  if (desk.store().account(desk.bucket(), {AccountKind::holder, account}).closed_into) {
    return desk.flag("heir_is_closed", to.hex());  // that merge is to be undone first
  }
  const auto gone = desk.store().parted(desk.bucket(), account, members.front().member);
  if (gone && gone->to == to) return;
  const Doings doings = doings_of(desk, account, to, members);
  std::map<Unit, std::int64_t> shares;
  for (const auto& [unit, net] : doings.net) {
    shares[unit] = desk.lots(account, unit).due(net, doings.own);
  }
  desk.hand_over("reopen", account, to, members.front().member, shares, doings.own);
  for (const AccountMember& member : members) {
    desk.store().remove_account_member(desk.bucket(), account, member.member);
    desk.store().put_parted(desk.bucket(), account, {member.member, member.home, to});
  }
  desk.touch(account);
  desk.finish();
}

void reopen(PostingDesk& desk, FieldReader& fields) {
  const Transfer transfer = read_transfer(desk.uid(), fields);
  const auto heir = fields.parsed<AccountId>("into");
  if (fields.error()) throw Unappliable{"a separation that does not read"};
  const AccountRef holder{AccountKind::holder, transfer.account};
  AccountState state = desk.store().account(desk.bucket(), holder);
  if (state.closed_into == heir) {
    state.closed_into.reset();
    desk.store().put_account(desk.bucket(), holder, state);
    for (const AccountMember& member : desk.store().members_of(desk.bucket(), transfer.account)) {
      desk.send(member.home, Json::object()
                                 .set("do", "rename")
                                 .set("member", member.member.hex())
                                 .set("account", transfer.account.hex())
                                 .set("duplicate", member.duplicate)
                                 .set("apart", true));
    }
  }
  book(desk, transfer);
  desk.finish();
}

}  // namespace club::ledger
