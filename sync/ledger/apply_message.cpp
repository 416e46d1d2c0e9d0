#include <algorithm>

#include "pos/core/planted.hpp"
#include "sync/ledger/member_counters.hpp"
#include "sync/ledger/posting_desk.hpp"
#include "sync/ledger/separation.hpp"

namespace club::ledger {
namespace {

using pos::core::Json;
using pos::programme::Referral;
using wire::FieldReader;

/// Who was named is known: the referral counts for that member, and both get their points.
void give_referral(PostingDesk& desk, const Claim& referrer, const Json& referral) {
  const std::string* joined = referral["member"].text();
  if (joined != nullptr && *joined == referrer.member.hex()) {
    return desk.flag("self_referral", *joined);
  }
  Json credit = Json::object();
  for (const auto& [key, value] : referral.members()) credit.set(key, value);
  desk.send(referrer.home,
            std::move(credit.set("do", "referred").set("by", referrer.member.hex())));
}

/// Somebody new, who named somebody: goes to where that one is known.
void refer(PostingDesk& desk, const Claim& joined, const Json& referral) {
  if (referral.is_null()) return;
  const auto read = pos::programme::referral_from_json(referral);
  if (!read) throw Unappliable{"a referral that does not read"};
  desk.send(wire::bucket_of(read->hash), Json::object()
                                             .set("do", "refer")
                                             .set("member", joined.member.hex())
                                             .set("account", joined.account.hex())
                                             .set("referral", to_json(*read)));
}

IdentityKind kind_of(const Referral& referral) {
  return referral.by == Referral::By::card ? IdentityKind::card : IdentityKind::phone;
}

/// The first holder stands. A later holder of the same phone with the same first name is the same
/// person: its account is closed into the earlier one. A card never merges.
void claim(PostingDesk& desk, FieldReader& fields) {
  const bool is_card = fields.text("kind", 8) == wire::kCardHash;
  const IdentityKind kind = is_card ? IdentityKind::card : IdentityKind::phone;
  const auto hash = fields.parsed<KeyedHash>("hash");
  Claim wish{fields.parsed<MemberId>("member"), fields.parsed<AccountId>("account"),
             static_cast<StreamNumber>(fields.integer("home", 0, 255)), std::nullopt};
  if (!fields.json()["name"].is_null()) wish.name = fields.parsed<KeyedHash>("name");
  if (fields.error()) throw Unappliable{"a claim that does not read"};

  const auto holder = desk.store().claim(desk.bucket(), kind, hash);
  if (holder && holder->member != wish.member) {
    if (is_card) {
      desk.flag("card_taken", wish.member.hex());
    } else if (desk.store().is_apart(desk.bucket(), hash, wish.member)) {
      // Somebody looked already.
    } else if (holder->name && wish.name && *holder->name == *wish.name) {
      desk.send(wire::bucket_of(wish.account), Json::object()
                                                   .set("do", "close")
                                                   .set("account", wish.account.hex())
                                                   .set("into", holder->account.hex())
                                                   .set("duplicate", wish.member.hex()));
    } else {
      desk.flag("phone_taken", wish.member.hex());
    }
    if (!fields.json()["referral"].is_null()) desk.flag("referral_of_a_member", wish.member.hex());
    return;
  }
  if (!holder) desk.store().put_claim(desk.bucket(), kind, hash, wish);
  if (!holder) {
    for (const std::string& text : desk.store().take_waiting(desk.bucket(), kind, hash)) {
      if (const auto referral = Json::parse(text)) give_referral(desk, wish, *referral);
    }
    refer(desk, wish, fields.json()["referral"]);
  }
  if (!holder && is_card) {
    // What the card earned before anybody held it, and what tills that do not know yet will send.
    const AccountId unknown = pos::domain::account_of_card(hash);
    desk.send(wire::bucket_of(unknown), Json::object()
                                            .set("do", "close")
                                            .set("account", unknown.hex())
                                            .set("into", wish.account.hex()));
  }
}

/// In the bucket of the phone or card that was named.
void refer(PostingDesk& desk, FieldReader& fields) {
  const auto referral = pos::programme::referral_from_json(fields.json()["referral"]);
  const auto joined = fields.parsed<MemberId>("member");
  const auto account = fields.parsed<AccountId>("account");
  if (fields.error() || !referral) throw Unappliable{"a referral that does not read"};
  Json named = Json::object();
  named.set("member", joined.hex()).set("account", account.hex());
  named.set("referral", to_json(*referral)).set("uid", desk.uid().hex());
  const IdentityKind kind = kind_of(*referral);
  if (const auto holder = desk.store().claim(desk.bucket(), kind, referral->hash)) {
    return give_referral(desk, *holder, named);
  }
  desk.store().put_waiting(desk.bucket(), kind, referral->hash, named.dump());
}

/// In the bucket of the referrer's row.
void referred(PostingDesk& desk, FieldReader& fields) {
  const auto by = fields.parsed<MemberId>("by");
  auto record = desk.store().member(desk.bucket(), by);
  const auto referral = pos::programme::referral_from_json(fields.json()["referral"]);
  const auto joined = fields.parsed<MemberId>("member");
  const auto account = fields.parsed<AccountId>("account");
  const auto fact = fields.parsed<FactId>("uid");
  if (fields.error() || !record || !referral) throw Unappliable{"a referral by nobody"};
  if (record->facts.account == account) return desk.flag("self_referral", joined.hex());
  ++record->facts.status.referrals;
  desk.store().put_member(desk.bucket(), *record);
  const auto reward = [&](const AccountId& to, const MemberId& member, pos::domain::Points points) {
    if (points.is_zero()) return;
    desk.send(wire::bucket_of(to), Json::object()
                                       .set("do", "reward")
                                       .set("account", to.hex())
                                       .set("member", member.hex())
                                       .set("points", points.units())
                                       .set("fact", fact.hex())
                                       .set("referral", to_json(*referral)));
  };
  reward(record->facts.account, by, referral->referrer);
  reward(account, joined, referral->joined);
}

/// In the account's bucket: points that no purchase brought.
void reward(PostingDesk& desk, FieldReader& fields) {
  const auto account = fields.parsed<AccountId>("account");
  const auto member = fields.parsed<MemberId>("member");
  const auto points = fields.integer("points", 0, pos::programme::kReferralPointsMax);
  const auto fact = fields.parsed<FactId>("fact");
  const auto referral = pos::programme::referral_from_json(fields.json()["referral"]);
  if (fields.error() || !referral) throw Unappliable{"a reward that does not read"};
  desk.give(Unit::points, AccountKind::issued, account, points, member, {fact, referral->terms});
  desk.touch(account);
  desk.finish();
}

void close(PostingDesk& desk, FieldReader& fields) {
  const auto account = fields.parsed<AccountId>("account");
  const auto into = fields.parsed<AccountId>("into");
  std::optional<MemberId> duplicate;
  if (!fields.json()["duplicate"].is_null()) duplicate = fields.parsed<MemberId>("duplicate");
  if (fields.error()) throw Unappliable{"a closing that does not read"};
  close_into(desk, account, into, duplicate);
}

void rename(PostingDesk& desk, FieldReader& fields) {
  auto record = desk.store().member(desk.bucket(), fields.parsed<MemberId>("member"));
  const auto account = fields.parsed<AccountId>("account");
  const bool duplicate = fields.flag("duplicate");
  const bool apart = fields.flag("apart");
  if (fields.error() || !record) throw Unappliable{"a renaming of nobody"};
  if (apart && record->phone) {
    desk.send(wire::bucket_of(*record->phone), Json::object()
                                                   .set("do", "apart")
                                                   .set("hash", record->phone->hex())
                                                   .set("member", record->facts.id.hex()));
  }
  record->facts.account = account;
  desk.store().put_member(desk.bucket(), *record);
  desk.send(wire::bucket_of(account), Json::object()
                                          .set("do", "add_member")
                                          .set("account", account.hex())
                                          .set("member", record->facts.id.hex())
                                          .set("home", desk.bucket())
                                          .set("duplicate", duplicate));
}

void add_member(PostingDesk& desk, FieldReader& fields) {
  const auto account = fields.parsed<AccountId>("account");
  const AccountMember member{fields.parsed<MemberId>("member"),
                             static_cast<StreamNumber>(fields.integer("home", 0, 255)),
                             fields.flag("duplicate")};
  if (fields.error()) throw Unappliable{"an account member that does not read"};
  desk.store().add_account_member(desk.bucket(), account, member);
  desk.store().forget_parted(desk.bucket(), account, member.member);
  const auto state = desk.store().account(desk.bucket(), {AccountKind::holder, account});
  if (state.closed_into) {
    desk.send(member.home, Json::object()
                               .set("do", "rename")
                               .set("member", member.member.hex())
                               .set("account", state.closed_into->hex())
                               .set("duplicate", member.duplicate));
    return;
  }
  desk.touch(account);
  desk.finish();
}

void receive(PostingDesk& desk, FieldReader& fields) {
  const Transfer transfer = read_transfer(desk.uid(), fields);
  if (!fields.json()["from"].is_null()) {
    Moved moved{fields.parsed<AccountId>("from"), desk.uid(), desk.parent_leg(), 0, 0, {}};
    for (const auto& [unit, part] : transfer.parts) {
      (unit == Unit::points ? moved.points : moved.value) += part.amount;
      moved.origins.push_back(part.origin);
    }
    if (fields.error()) throw Unappliable{"a transfer that does not read"};
    desk.store().put_moved(desk.bucket(), transfer.account, moved);
  }
  book(desk, transfer);
  desk.finish();
}

void balance(PostingDesk& desk, FieldReader& fields) {
  auto record = desk.store().member(desk.bucket(), fields.parsed<MemberId>("member"));
  const auto account = fields.parsed<AccountId>("account");
  const auto points = fields.integer("points", -kBalanceMax, kBalanceMax);
  const auto value = fields.integer("value", -kBalanceMax, kBalanceMax);
  const auto household = fields.integer("household", 1, pos::domain::kHouseholdMax);
  const auto point_lots = pos::domain::lots_from_json(fields.json()["lots"]);
  const auto value_lots = pos::domain::lots_from_json(fields.json()["value_lots"]);
  if (fields.error() || !record || !point_lots || !value_lots) {
    throw Unappliable{"a balance of nobody"};
  }
  if (record->facts.account != account) return;  // said by an account that is no longer its own
  record->facts.balance = pos::domain::Points::of(points);
  record->facts.value = pos::domain::Money::of(value);
  record->facts.point_lots = *point_lots;
  record->facts.value_lots = *value_lots;
  record->facts.balance_as_of = desk.at();
  record->facts.household = household;
  desk.store().put_member(desk.bucket(), *record);
}

void visit(PostingDesk& desk, FieldReader& fields) {
  auto record = desk.store().member(desk.bucket(), fields.parsed<MemberId>("member"));
  const Visit value = read_visit(fields);
  if (fields.error() || !record) throw Unappliable{"a visit of nobody"};
  book_visit(desk, record->facts, value);
  desk.store().put_member(desk.bucket(), *record);
}

/// The sale stands as printed (law 1): one that used a coupon which another had used is a loss.
void use_coupon(PostingDesk& desk, FieldReader& fields) {
  const auto code = fields.parsed<pos::domain::CouponCode>("code");
  const auto till = static_cast<std::uint32_t>(fields.integer("till", 0, UINT32_MAX));
  const auto worth = fields.integer("worth", 0, pos::domain::kAmountMax);
  if (fields.error()) throw Unappliable{"a use of a coupon that does not read"};
  const auto held = desk.store().coupon(desk.bucket(), code);
  if (held && held->used && held->sale != desk.uid()) {
    desk.flag("coupon_used_twice", std::string(code.text()));
    desk.book(Unit::value, AccountKind::drawer, AccountKind::loss, worth, std::nullopt);
    return;
  }
  desk.store().put_coupon(desk.bucket(), code, CouponUse{desk.uid(), till, true});
}

void free_coupon(PostingDesk& desk, FieldReader& fields) {
  const auto code = fields.parsed<pos::domain::CouponCode>("code");
  const auto sale = fields.parsed<FactId>("sale");
  if (fields.error()) throw Unappliable{"a coupon given back that does not read"};
  const auto held = desk.store().coupon(desk.bucket(), code);
  if (held && held->sale == sale) desk.store().put_coupon(desk.bucket(), code, std::nullopt);
}

/// In the bucket of the phone: its holder and this member were one and are not any more.
void apart(PostingDesk& desk, FieldReader& fields) {
  const auto hash = fields.parsed<KeyedHash>("hash");
  const auto member = fields.parsed<MemberId>("member");
  if (fields.error()) throw Unappliable{"a word about nobody"};
  const auto holder = desk.store().claim(desk.bucket(), IdentityKind::phone, hash);
  if (holder && holder->member == member) return;
  desk.store().put_apart(desk.bucket(), hash, member);
}

void give(PostingDesk& desk, FieldReader& fields) {
  const auto benefit = fields.parsed<pos::domain::BenefitId>("benefit");
  const auto amount = fields.integer("amount", 0, pos::domain::kAmountMax);
  if (fields.error()) throw Unappliable{"a gift that does not read"};
  const std::int64_t total = desk.store().given(desk.bucket(), benefit) + amount;
  desk.store().put_given(desk.bucket(), benefit, std::min(total, pos::domain::kAmountMax));
}

}  // namespace

void apply_message(LedgerStore& store, const Message& message) {
  const bool first = store.first_receipt(message.to_bucket, message.uid, message.leg);
  if (!first && !CLUBTILL_BUG("messages_drained_again")) return;
  const auto json = Json::parse(message.payload);
  if (!json) throw Unappliable{"a message that is no JSON"};
  FieldReader fields(*json);
  const std::string verb = fields.text("do", 16);
  const auto at = pos::core::Instant::from_unix_ms(fields.integer("at", INT64_MIN, INT64_MAX));
  const int hops = static_cast<int>(fields.integer("hops", 0, 1'000'000));
  if (fields.error()) throw Unappliable{"a message without its verb"};
  PostingDesk desk(store, message.to_bucket, message.uid, message.leg, at, hops);
  if (verb == "claim") return claim(desk, fields);
  if (verb == "close") return close(desk, fields);
  if (verb == "rename") return rename(desk, fields);
  if (verb == "add_member") return add_member(desk, fields);
  if (verb == "receive") return receive(desk, fields);
  if (verb == "part") return part(desk, fields);
  if (verb == "reopen") return reopen(desk, fields);
  if (verb == "apart") return apart(desk, fields);
  if (verb == "refer") return refer(desk, fields);
  if (verb == "referred") return referred(desk, fields);
  if (verb == "reward") return reward(desk, fields);
  if (verb == "balance") return balance(desk, fields);
  if (verb == "visit") return visit(desk, fields);
  if (verb == "use_coupon") return use_coupon(desk, fields);
  if (verb == "free_coupon") return free_coupon(desk, fields);
  if (verb == "give") return give(desk, fields);
  throw Unappliable{"a message with an unknown verb"};
}

}  // namespace club::ledger
