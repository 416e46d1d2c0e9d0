#include "sync/hub/bucket_store.hpp"

#include "pos/core/json/json.hpp"
#include "pos/programme/member_standing.hpp"
#include "sync/hub/id_column.hpp"
#include "sync/ledger/lot_parts.hpp"

namespace club::hub {
namespace {

using ledger::AccountId;
using ledger::FactId;
using ledger::KeyedHash;
using ledger::MemberId;
using pos::core::Json;
using pos::core::Statement;

template <class Id>
std::optional<pos::core::BytesView> bytes_of(const std::optional<Id>& id) {
  if (!id) return std::nullopt;
  return id->bytes();
}

std::optional<pos::domain::Day> day_at(const Statement& statement, int column) {
  if (statement.is_null(column)) return std::nullopt;
  return pos::domain::Day(std::chrono::days(statement.integer(column)));
}

std::optional<std::int64_t> number_of(const std::optional<pos::domain::Day>& day) {
  if (!day) return std::nullopt;
  return day->time_since_epoch().count();
}

std::int64_t number(StreamNumber bucket) { return std::int64_t{bucket}; }

}  // namespace

void BucketStore::add_posting(const ledger::Posting& posting) {
  db_.cached(
         "INSERT INTO posting(bucket, uid, leg, unit, kind, account, amount, origin)"
         " VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
      .bind_all(number(posting.bucket), posting.uid.bytes(), std::string_view(posting.leg),
                static_cast<std::int64_t>(posting.unit),
                static_cast<std::int64_t>(posting.account.kind), posting.account.id.bytes(),
                posting.amount, bytes_of(posting.origin))
      .run();
}

ledger::AccountState BucketStore::account(StreamNumber bucket, const ledger::AccountRef& account) {
  Statement& read = db_.cached(
      "SELECT points, value, closed_into FROM account WHERE bucket = ? AND kind = ?"
      " AND account = ?");
  read.bind_all(number(bucket), static_cast<std::int64_t>(account.kind), account.id.bytes());
  ledger::AccountState state;
  if (read.step()) {
    state = {read.integer(0), read.integer(1), optional_id_at<AccountId>(read, 2)};
  }
  read.reset();
  return state;
}

void BucketStore::put_account(StreamNumber bucket, const ledger::AccountRef& account,
                              const ledger::AccountState& state) {
  db_.cached(
         "INSERT INTO account(bucket, kind, account, points, value, closed_into)"
         " VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(bucket, kind, account) DO UPDATE SET"
         " points = excluded.points, value = excluded.value,"
         " closed_into = excluded.closed_into")
      .bind_all(number(bucket), static_cast<std::int64_t>(account.kind), account.id.bytes(),
                state.points, state.value, bytes_of(state.closed_into))
      .run();
}

std::vector<ledger::AccountMember> BucketStore::members_of(StreamNumber bucket,
                                                           const AccountId& account) {
  Statement& read = db_.cached(
      "SELECT member, home, duplicate FROM account_member WHERE bucket = ? AND account = ?"
      " ORDER BY member");
  read.bind_all(number(bucket), account.bytes());
  std::vector<ledger::AccountMember> members;
  while (read.step()) {
    members.push_back({id_at<MemberId>(read, 0), static_cast<StreamNumber>(read.integer(1)),
                       read.integer(2) != 0});
  }
  read.reset();
  return members;
}

void BucketStore::add_account_member(StreamNumber bucket, const AccountId& account,
                                     const ledger::AccountMember& member) {
  db_.cached(
         "INSERT INTO account_member(bucket, account, member, home, duplicate)"
         " VALUES(?, ?, ?, ?, ?)"
         " ON CONFLICT DO NOTHING")
      .bind_all(number(bucket), account.bytes(), member.member.bytes(), number(member.home),
                std::int64_t{member.duplicate ? 1 : 0})
      .run();
}

std::vector<ledger::AccountMember> BucketStore::all_members() {
  Statement read = db_.prepare("SELECT member, bucket FROM member ORDER BY bucket, member");
  std::vector<ledger::AccountMember> members;
  while (read.step()) {
    members.push_back({id_at<MemberId>(read, 0), static_cast<StreamNumber>(read.integer(1))});
  }
  return members;
}

std::optional<ledger::MemberRecord> BucketStore::member(StreamNumber bucket, const MemberId& id) {
  Statement& read = db_.cached("SELECT phone, card FROM member WHERE bucket = ? AND member = ?");
  read.bind_all(number(bucket), id.bytes());
  if (!read.step()) {
    read.reset();
    return std::nullopt;
  }
  ledger::MemberRecord record;
  record.phone = optional_id_at<KeyedHash>(read, 0);
  record.card = optional_id_at<KeyedHash>(read, 1);
  read.reset();
  auto body = streams_.row(bucket, "member:" + id.hex());
  if (!body) return std::nullopt;
  record.facts = std::move(std::get<wire::MemberRow>(*body).member);
  return record;
}

namespace {

Json given_json(const pos::domain::MemberFacts& facts) {
  Json segments = Json::array();
  for (const auto& segment : facts.segments) segments.push(segment.text());
  Json json = Json::object();
  json.set("class", facts.member_class.text()).set("segments", std::move(segments));
  if (facts.subscription_last) json.set("last", pos::domain::day_text(*facts.subscription_last));
  return json;
}

pos::domain::MemberFacts given_from(const Json& json) {
  pos::domain::MemberFacts facts;
  const std::string* member_class = json["class"].text();
  if (member_class) {
    facts.member_class =
        pos::domain::ClassCode::parse(*member_class).value_or(pos::domain::ClassCode{});
  }
  for (const Json& item : json["segments"].items()) {
    const auto code = item.text() ? pos::domain::SegmentCode::parse(*item.text()) : std::nullopt;
    if (code) facts.segments.push_back(*code);
  }
  if (const std::string* last = json["last"].text()) {
    facts.subscription_last = pos::domain::parse_day(*last);
  }
  return facts;
}

}  // namespace

/// Before the row is written. Kept only when it changes, which is seldom: what holds now is in the
/// row.
void BucketStore::keep_past(StreamNumber bucket, const pos::domain::MemberFacts& facts) {
  const auto row = streams_.row(bucket, "member:" + facts.id.hex());
  if (!row) return;  // new here
  const pos::domain::MemberFacts& before = std::get<wire::MemberRow>(*row).member;
  const bool same = before.member_class == facts.member_class &&
                    before.segments == facts.segments &&
                    before.subscription_last == facts.subscription_last;
  if (same) return;
  const std::string past = given_json(before).dump();
  db_.cached(
         "INSERT OR REPLACE INTO member_past(bucket, member, until_seq, facts) VALUES(?, ?, ?, ?)")
      .bind_all(number(bucket), facts.id.bytes(),
                static_cast<std::int64_t>(streams_.head_seq(bucket) + 1), std::string_view(past))
      .run();
}

std::optional<pos::domain::MemberFacts> BucketStore::given_facts(StreamNumber bucket,
                                                                 const MemberId& id,
                                                                 std::uint64_t version) {
  Statement& read = db_.cached(
      "SELECT facts FROM member_past WHERE bucket = ? AND member = ? AND until_seq > ?"
      " ORDER BY until_seq LIMIT 1");
  read.bind_all(number(bucket), id.bytes(), static_cast<std::int64_t>(version));
  std::optional<std::string> past;
  if (read.step()) past = read.text(0);
  read.reset();
  if (past) {
    const auto json = Json::parse(*past);
    return json ? std::optional(given_from(*json)) : std::nullopt;
  }
  auto record = member(bucket, id);
  return record ? std::optional(std::move(record->facts)) : std::nullopt;
}

void BucketStore::put_member(StreamNumber bucket, const ledger::MemberRecord& record) {
  db_.cached(
         "INSERT INTO member(bucket, member, phone, card) VALUES(?, ?, ?, ?)"
         " ON CONFLICT(bucket, member) DO UPDATE SET phone = excluded.phone,"
         " card = excluded.card")
      .bind_all(number(bucket), record.facts.id.bytes(), bytes_of(record.phone),
                bytes_of(record.card))
      .run();
  keep_past(bucket, record.facts);
  pos::domain::MemberFacts facts = record.facts;
  pos::programme::set_standing(facts, tiers_, today_);
  streams_.put_member_row(bucket, std::move(facts));
}

std::optional<ledger::Claim> BucketStore::claim(StreamNumber bucket, ledger::IdentityKind kind,
                                                const KeyedHash& hash) {
  Statement& read = db_.cached(
      "SELECT member, account, home, name FROM identity"
      " WHERE bucket = ? AND kind = ? AND hash = ?");
  read.bind_all(number(bucket), static_cast<std::int64_t>(kind), hash.bytes());
  std::optional<ledger::Claim> claim;
  if (read.step()) {
    claim = ledger::Claim{id_at<MemberId>(read, 0), id_at<AccountId>(read, 1),
                          static_cast<StreamNumber>(read.integer(2)),
                          optional_id_at<KeyedHash>(read, 3)};
  }
  read.reset();
  return claim;
}

void BucketStore::put_claim(StreamNumber bucket, ledger::IdentityKind kind, const KeyedHash& hash,
                            const ledger::Claim& claim) {
  db_.cached(
         "INSERT INTO identity(bucket, kind, hash, member, account, home, name)"
         " VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(bucket, kind, hash) DO UPDATE SET"
         " member = excluded.member, account = excluded.account, home = excluded.home,"
         " name = excluded.name")
      .bind_all(number(bucket), static_cast<std::int64_t>(kind), hash.bytes(), claim.member.bytes(),
                claim.account.bytes(), number(claim.home), bytes_of(claim.name))
      .run();
  if (kind == ledger::IdentityKind::card) {
    streams_.put_row(bucket, wire::CardRow{hash, claim.member, is_blocked(bucket, hash)});
  } else {
    streams_.put_row(bucket, wire::PhoneRow{hash, claim.member});
  }
}

void BucketStore::put_card_value(StreamNumber bucket, const AccountId& account,
                                 const pos::domain::CardValue& card) {
  wire::CardValueRow row{account, card};
  // Most cards that nobody holds have earned points and hold no value: no row for them.
  if (card.value.is_zero() && !streams_.row(bucket, wire::key_of(row))) return;
  streams_.put_row(bucket, std::move(row));
}

std::int64_t BucketStore::given(StreamNumber bucket, const pos::domain::BenefitId& benefit) {
  Statement& read = db_.cached("SELECT given FROM budget WHERE bucket = ? AND benefit = ?");
  read.bind_all(number(bucket), std::string_view(benefit.text()));
  const std::int64_t given = read.step() ? read.integer(0) : 0;
  read.reset();
  return given;
}

void BucketStore::put_given(StreamNumber bucket, const pos::domain::BenefitId& benefit,
                            std::int64_t given) {
  db_.cached("INSERT OR REPLACE INTO budget(bucket, benefit, given) VALUES(?, ?, ?)")
      .bind_all(number(bucket), std::string_view(benefit.text()), given)
      .run();
  streams_.put_row(bucket, wire::BudgetRow{benefit, pos::domain::Money::of(given)});
}

bool BucketStore::is_blocked(StreamNumber bucket, const KeyedHash& card) {
  Statement& read = db_.cached("SELECT 1 FROM blocked_card WHERE bucket = ? AND hash = ?");
  read.bind_all(number(bucket), card.bytes());
  const bool blocked = read.step();
  read.reset();
  return blocked;
}

void BucketStore::block_card(StreamNumber bucket, const KeyedHash& card, bool blocked) {
  db_.cached(blocked ? "INSERT OR IGNORE INTO blocked_card(bucket, hash) VALUES(?, ?)"
                     : "DELETE FROM blocked_card WHERE bucket = ? AND hash = ?")
      .bind_all(number(bucket), card.bytes())
      .run();
  const auto holder = claim(bucket, ledger::IdentityKind::card, card);
  streams_.put_row(bucket, wire::CardRow{card, holder ? holder->member : MemberId{}, blocked});
}

void BucketStore::put_waiting(StreamNumber bucket, ledger::IdentityKind kind, const KeyedHash& hash,
                              const std::string& referral) {
  db_.cached(
         "INSERT INTO waiting_referral(bucket, kind, hash, referral) VALUES(?, ?, ?, ?)"
         " ON CONFLICT DO NOTHING")
      .bind_all(number(bucket), static_cast<std::int64_t>(kind), hash.bytes(),
                std::string_view(referral))
      .run();
}

std::vector<std::string> BucketStore::take_waiting(StreamNumber bucket, ledger::IdentityKind kind,
                                                   const KeyedHash& hash) {
  Statement& read = db_.cached(
      "SELECT referral FROM waiting_referral WHERE bucket = ? AND kind = ? AND hash = ?"
      " ORDER BY referral");
  read.bind_all(number(bucket), static_cast<std::int64_t>(kind), hash.bytes());
  std::vector<std::string> waiting;
  while (read.step()) waiting.push_back(read.text(0));
  read.reset();
  if (waiting.empty()) return waiting;
  db_.cached("DELETE FROM waiting_referral WHERE bucket = ? AND kind = ? AND hash = ?")
      .bind_all(number(bucket), static_cast<std::int64_t>(kind), hash.bytes())
      .run();
  return waiting;
}

std::optional<std::vector<ledger::SoldLine>> BucketStore::sold(StreamNumber bucket,
                                                               const FactId& sale) {
  Statement& read = db_.cached("SELECT lines FROM sold WHERE bucket = ? AND uid = ?");
  read.bind_all(number(bucket), sale.bytes());
  const bool found = read.step();
  const std::string text = found ? read.text(0) : std::string();
  read.reset();
  if (!found) return std::nullopt;
  std::vector<ledger::SoldLine> lines;
  const auto json = Json::parse(text);
  for (const Json& item : json ? json->items() : Json::Array{}) {
    lines.push_back({item["sold"].integer().value_or(0), item["back"].integer().value_or(0)});
  }
  return lines;
}

void BucketStore::put_sold(StreamNumber bucket, const FactId& sale,
                           const std::vector<ledger::SoldLine>& lines) {
  Json list = Json::array();
  for (const ledger::SoldLine& line : lines) {
    list.push(Json::object().set("sold", line.sold).set("back", line.returned));
  }
  db_.cached(
         "INSERT INTO sold(bucket, uid, lines) VALUES(?, ?, ?)"
         " ON CONFLICT(bucket, uid) DO UPDATE SET lines = excluded.lines")
      .bind_all(number(bucket), sale.bytes(), std::string_view(list.dump()))
      .run();
}

std::vector<ledger::LotRecord> BucketStore::lots(StreamNumber bucket, const AccountId& account,
                                                 ledger::Unit unit) {
  Statement& read = db_.cached(
      "SELECT origin, first, last, amount, lapsed FROM lot"
      " WHERE bucket = ? AND account = ? AND unit = ? ORDER BY origin");
  read.bind_all(number(bucket), account.bytes(), static_cast<std::int64_t>(unit));
  std::vector<ledger::LotRecord> lots;
  while (read.step()) {
    lots.push_back({id_at<FactId>(read, 0),
                    {day_at(read, 1), day_at(read, 2)},
                    read.integer(3),
                    read.integer(4)});
  }
  read.reset();
  return lots;
}

void BucketStore::put_lot(StreamNumber bucket, const AccountId& account, ledger::Unit unit,
                          const ledger::LotRecord& lot) {
  if (lot.left == 0 && lot.lapsed == 0) {
    db_.cached("DELETE FROM lot WHERE bucket = ? AND account = ? AND unit = ? AND origin = ?")
        .bind_all(number(bucket), account.bytes(), static_cast<std::int64_t>(unit),
                  lot.origin.bytes())
        .run();
    return;
  }
  db_.cached(
         "INSERT INTO lot(bucket, account, unit, origin, first, last, amount, lapsed)"
         " VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(bucket, account, unit, origin) DO UPDATE SET"
         " first = excluded.first, last = excluded.last, amount = excluded.amount,"
         " lapsed = excluded.lapsed")
      .bind_all(number(bucket), account.bytes(), static_cast<std::int64_t>(unit),
                lot.origin.bytes(), number_of(lot.terms.first), number_of(lot.terms.last), lot.left,
                lot.lapsed)
      .run();
}

std::vector<AccountId> BucketStore::expiring(StreamNumber bucket, pos::domain::Day day,
                                             std::size_t count_max) {
  Statement& read = db_.cached(
      "SELECT DISTINCT account FROM lot WHERE bucket = ? AND last < ? AND amount > 0"
      " ORDER BY account LIMIT ?");
  read.bind_all(number(bucket), std::int64_t{day.time_since_epoch().count()},
                static_cast<std::int64_t>(count_max));
  std::vector<AccountId> accounts;
  while (read.step()) accounts.push_back(id_at<AccountId>(read, 0));
  read.reset();
  return accounts;
}

void BucketStore::forget_lapsed(StreamNumber bucket, pos::domain::Day before) {
  db_.cached("DELETE FROM lot WHERE bucket = ? AND last < ? AND amount = 0")
      .bind_all(number(bucket), std::int64_t{before.time_since_epoch().count()})
      .run();
}

std::vector<ledger::TakenPart> BucketStore::taken(StreamNumber bucket, const FactId& sale,
                                                  ledger::Unit unit) {
  Statement& read = db_.cached("SELECT lots FROM taken WHERE bucket = ? AND uid = ? AND unit = ?");
  read.bind_all(number(bucket), sale.bytes(), static_cast<std::int64_t>(unit));
  const std::string text = read.step() ? read.text(0) : std::string("[]");
  read.reset();
  std::vector<ledger::TakenPart> parts;
  const auto json = Json::parse(text);
  for (const Json& item : json ? json->items() : Json::Array{}) {
    wire::FieldReader fields(item);
    parts.push_back(ledger::read_part(fields));
    if (!fields.error()) continue;
    throw pos::core::DbFailure(
        {pos::core::DbError::Fault::damaged, 0, "what a sale took does not read"});
  }
  return parts;
}

void BucketStore::put_taken(StreamNumber bucket, const FactId& sale, ledger::Unit unit,
                            const std::vector<ledger::TakenPart>& parts) {
  Json list = Json::array();
  for (const ledger::TakenPart& part : parts) list.push(ledger::part_json(part, unit));
  db_.cached(
         "INSERT INTO taken(bucket, uid, unit, lots) VALUES(?, ?, ?, ?)"
         " ON CONFLICT(bucket, uid, unit) DO UPDATE SET lots = excluded.lots")
      .bind_all(number(bucket), sale.bytes(), static_cast<std::int64_t>(unit),
                std::string_view(list.dump()))
      .run();
}

std::optional<ledger::CouponUse> BucketStore::coupon(StreamNumber bucket,
                                                     const pos::domain::CouponCode& code) {
  Statement& read = db_.cached("SELECT uid, till, used FROM coupon WHERE bucket = ? AND code = ?");
  read.bind_all(number(bucket), std::string_view(code.text()));
  std::optional<ledger::CouponUse> use;
  if (read.step()) {
    use = ledger::CouponUse{id_at<FactId>(read, 0), static_cast<std::uint32_t>(read.integer(1)),
                            read.integer(2) != 0};
  }
  read.reset();
  return use;
}

void BucketStore::put_coupon(StreamNumber bucket, const pos::domain::CouponCode& code,
                             const std::optional<ledger::CouponUse>& use) {
  if (!use) {
    db_.cached("DELETE FROM coupon WHERE bucket = ? AND code = ?")
        .bind_all(number(bucket), std::string_view(code.text()))
        .run();
    return;
  }
  db_.cached(
         "INSERT INTO coupon(bucket, code, uid, till, used) VALUES(?, ?, ?, ?, ?)"
         " ON CONFLICT(bucket, code) DO UPDATE SET uid = excluded.uid, till = excluded.till,"
         " used = excluded.used")
      .bind_all(number(bucket), std::string_view(code.text()), use->sale.bytes(),
                std::int64_t{use->till}, std::int64_t{use->used ? 1 : 0})
      .run();
}

bool BucketStore::first_receipt(StreamNumber bucket, const FactId& uid, const std::string& leg) {
  db_.cached("INSERT INTO receipt(bucket, uid, leg) VALUES(?, ?, ?) ON CONFLICT DO NOTHING")
      .bind_all(number(bucket), uid.bytes(), std::string_view(leg))
      .run();
  return db_.changes() == 1;
}

void BucketStore::send(const ledger::Message& message) {
  db_.cached("INSERT INTO message(bucket, to_bucket, uid, leg, payload) VALUES(?, ?, ?, ?, ?)")
      .bind_all(number(message.bucket), number(message.to_bucket), message.uid.bytes(),
                std::string_view(message.leg), std::string_view(message.payload))
      .run();
}

void BucketStore::raise_flag(const ledger::Flag& flag) {
  db_.cached(
         "INSERT INTO flag(bucket, uid, word, detail) VALUES(?, ?, ?, ?)"
         " ON CONFLICT DO NOTHING")
      .bind_all(number(flag.bucket), flag.uid.bytes(), std::string_view(flag.word),
                std::string_view(flag.detail))
      .run();
}

}  // namespace club::hub
