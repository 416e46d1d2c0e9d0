#include <filesystem>
#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using pos::domain::Money;

/// The hub's tables as schema 1 had them, before rights were refilled.
constexpr const char* kSchema1 = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE till(
  till INTEGER PRIMARY KEY, store TEXT NOT NULL, region TEXT NOT NULL,
  key BLOB, revoked INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE pairing(
  code BLOB PRIMARY KEY, till INTEGER NOT NULL, expires_ms INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE issued_right(
  id BLOB PRIMARY KEY, till INTEGER NOT NULL, amount INTEGER NOT NULL,
  per_member_max INTEGER NOT NULL, received INTEGER NOT NULL DEFAULT 0,
  drawn INTEGER NOT NULL DEFAULT 0, written_off INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE inbox(
  id INTEGER PRIMARY KEY, till INTEGER NOT NULL, incarnation INTEGER NOT NULL,
  branch INTEGER NOT NULL, seq INTEGER NOT NULL, uid BLOB NOT NULL, kind TEXT NOT NULL,
  body_hash BLOB NOT NULL, chain BLOB NOT NULL, body BLOB NOT NULL, box BLOB, signature BLOB,
  arrived_ms INTEGER NOT NULL, damaged INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX inbox_place ON inbox(till, incarnation, branch, seq);
CREATE INDEX inbox_uid ON inbox(uid);
CREATE TABLE branch(
  till INTEGER NOT NULL, incarnation INTEGER NOT NULL, branch INTEGER NOT NULL,
  base_branch INTEGER NOT NULL, base_seq INTEGER NOT NULL,
  PRIMARY KEY(till, incarnation, branch)) STRICT, WITHOUT ROWID;
CREATE TABLE parked(
  inbox_id INTEGER PRIMARY KEY, reason TEXT NOT NULL) STRICT;

CREATE TABLE posting(
  bucket INTEGER NOT NULL, uid BLOB NOT NULL, leg TEXT NOT NULL, unit INTEGER NOT NULL,
  kind INTEGER NOT NULL, account BLOB NOT NULL, amount INTEGER NOT NULL, origin BLOB,
  PRIMARY KEY(bucket, uid, leg)) STRICT, WITHOUT ROWID;
CREATE TABLE account(
  bucket INTEGER NOT NULL, kind INTEGER NOT NULL, account BLOB NOT NULL,
  points INTEGER NOT NULL, value INTEGER NOT NULL, closed_into BLOB,
  PRIMARY KEY(bucket, kind, account)) STRICT, WITHOUT ROWID;
CREATE TABLE account_member(
  bucket INTEGER NOT NULL, account BLOB NOT NULL, member BLOB NOT NULL, home INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  PRIMARY KEY(bucket, account, member)) STRICT, WITHOUT ROWID;
CREATE TABLE member(
  bucket INTEGER NOT NULL, member BLOB NOT NULL, phone BLOB, card BLOB,
  PRIMARY KEY(bucket, member)) STRICT, WITHOUT ROWID;
CREATE TABLE person(
  bucket INTEGER NOT NULL, member BLOB NOT NULL, sealed BLOB NOT NULL,
  PRIMARY KEY(bucket, member)) STRICT, WITHOUT ROWID;
CREATE TABLE identity(
  bucket INTEGER NOT NULL, kind INTEGER NOT NULL, hash BLOB NOT NULL, member BLOB NOT NULL,
  account BLOB NOT NULL, home INTEGER NOT NULL, name BLOB,
  PRIMARY KEY(bucket, kind, hash)) STRICT, WITHOUT ROWID;
CREATE TABLE budget(
  bucket INTEGER NOT NULL, benefit TEXT NOT NULL, given INTEGER NOT NULL,
  PRIMARY KEY(bucket, benefit)) STRICT, WITHOUT ROWID;
CREATE TABLE blocked_card(
  bucket INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY(bucket, hash)) STRICT, WITHOUT ROWID;
CREATE TABLE waiting_referral(
  bucket INTEGER NOT NULL, kind INTEGER NOT NULL, hash BLOB NOT NULL, referral TEXT NOT NULL,
  PRIMARY KEY(bucket, kind, hash, referral)) STRICT, WITHOUT ROWID;
CREATE TABLE sold(
  bucket INTEGER NOT NULL, uid BLOB NOT NULL, lines TEXT NOT NULL,
  PRIMARY KEY(bucket, uid)) STRICT, WITHOUT ROWID;
CREATE TABLE lot(
  bucket INTEGER NOT NULL, account BLOB NOT NULL, unit INTEGER NOT NULL, origin BLOB NOT NULL,
  first INTEGER, last INTEGER, amount INTEGER NOT NULL, lapsed INTEGER NOT NULL,
  PRIMARY KEY(bucket, account, unit, origin)) STRICT, WITHOUT ROWID;
CREATE INDEX lot_last ON lot(bucket, last) WHERE amount > 0;
CREATE INDEX lot_lapsed ON lot(bucket, last) WHERE amount = 0;
CREATE TABLE taken(
  bucket INTEGER NOT NULL, uid BLOB NOT NULL, unit INTEGER NOT NULL, lots TEXT NOT NULL,
  PRIMARY KEY(bucket, uid, unit)) STRICT, WITHOUT ROWID;
CREATE TABLE receipt(
  bucket INTEGER NOT NULL, uid BLOB NOT NULL, leg TEXT NOT NULL,
  PRIMARY KEY(bucket, uid, leg)) STRICT, WITHOUT ROWID;
CREATE TABLE flag(
  bucket INTEGER NOT NULL, uid BLOB NOT NULL, word TEXT NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY(bucket, uid, word, detail)) STRICT, WITHOUT ROWID;
CREATE TABLE message(
  id INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, to_bucket INTEGER NOT NULL,
  uid BLOB NOT NULL, leg TEXT NOT NULL, payload TEXT NOT NULL, lost TEXT) STRICT;

CREATE TABLE reservation(
  bucket INTEGER NOT NULL, uid BLOB NOT NULL, till INTEGER NOT NULL, account BLOB NOT NULL,
  points INTEGER NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY(bucket, uid)) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_account ON reservation(bucket, account);
CREATE INDEX reservation_till ON reservation(till, uid);
CREATE INDEX reservation_uid ON reservation(uid);
CREATE TABLE coupon(
  bucket INTEGER NOT NULL, code TEXT NOT NULL, uid BLOB NOT NULL, till INTEGER NOT NULL,
  used INTEGER NOT NULL, PRIMARY KEY(bucket, code)) STRICT, WITHOUT ROWID;
CREATE INDEX coupon_till ON coupon(till, uid) WHERE used = 0;
CREATE INDEX coupon_uid ON coupon(uid) WHERE used = 0;

CREATE TABLE bucket_head(
  bucket INTEGER PRIMARY KEY, seq INTEGER NOT NULL, fence INTEGER NOT NULL,
  epoch INTEGER NOT NULL, count INTEGER NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE TABLE row(
  bucket INTEGER NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, line TEXT NOT NULL,
  PRIMARY KEY(bucket, key)) STRICT;
CREATE UNIQUE INDEX row_seq ON row(bucket, seq);
CREATE TABLE outcome(
  bucket INTEGER NOT NULL, uid BLOB NOT NULL, till INTEGER NOT NULL, result INTEGER NOT NULL,
  seq INTEGER NOT NULL, PRIMARY KEY(bucket, uid)) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_till ON outcome(till, bucket, seq);
CREATE TABLE epoch(
  ordinal INTEGER PRIMARY KEY, epoch INTEGER NOT NULL UNIQUE, started_ms INTEGER NOT NULL) STRICT;
CREATE TABLE epoch_start(
  ordinal INTEGER NOT NULL, bucket INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY(ordinal, bucket)) STRICT, WITHOUT ROWID;
)sql";

/// Tables and columns that are the same in both.
constexpr const char* kSame[] = {"meta",         "pairing",
                                 "inbox",        "branch",
                                 "parked",       "posting",
                                 "account",      "account_member",
                                 "member",       "person",
                                 "identity",     "budget",
                                 "blocked_card", "waiting_referral",
                                 "sold",         "lot",
                                 "taken",        "receipt",
                                 "flag",         "message",
                                 "reservation",  "coupon",
                                 "bucket_head",  "row",
                                 "outcome",      "epoch",
                                 "epoch_start"};

/// The club's file becomes one of schema 1 that holds the same: a right for ever for each till,
/// with the sum of what was drawn on it, and whether the till was written off.
void turn_into_schema_1(HubClub& club) {
  const std::string now = club.folder.file("hub.db");
  const std::string then = club.folder.file("then.db");
  club.hub.reset();
  {
    auto db = pos::core::Database::open(then, {});
    db.execute(kSchema1);
    db.execute("PRAGMA application_id = 0x636c7562; PRAGMA user_version = 1");
    db.execute(("ATTACH '" + now + "' AS now").c_str());
    for (const std::string table : kSame) {
      db.execute(("INSERT INTO main." + table + " SELECT * FROM now." + table).c_str());
    }
    db.execute(
        "INSERT INTO main.till SELECT till, store, region, key, revoked FROM now.till;"
        "INSERT INTO main.issued_right SELECT r.id, r.till, r.amount, r.per_member_max, r.received,"
        " (SELECT coalesce(sum(d.amount), 0) FROM now.draw d WHERE d.till = r.till),"
        " (SELECT t.written_off FROM now.till t WHERE t.till = r.till)"
        " FROM now.issued_right r WHERE r.number = 1");
    db.execute("DETACH now");
  }
  for (const char* end : {"", "-wal", "-shm"}) {
    std::filesystem::remove(now + end);
    if (std::filesystem::exists(then + end)) std::filesystem::rename(then + end, now + end);
  }
}

/// Somebody, a sale, and a draw of 25.00 at one till; another till that is gone for good.
struct OldClub {
  OldClub() {
    right = till.hello().right.value();
    till.receive(right);
    noa = till.join({"+972500000001", "Noa", "2000000000015"});
    till.sell(noa, 2);
    till.sell_drawing(right.id, Money::of(2'500));
    (void)till.push();
    gone.receive(gone.hello().right.value());
    (void)gone.push();
    club.settle();
    REQUIRE(club.hub->write_off(2));
    turn_into_schema_1(club);
  }

  HubClub club;
  HandTill till{club};
  HandTill gone{club};
  club::wire::IssuedRight right;
  pos::domain::MemberFacts noa;
};

TEST_CASE("Hub's file: one of schema 1 is upgraded with everything in it", "[hub][schema]") {
  OldClub old;
  old.club.restart();
  CHECK(old.club.count("PRAGMA user_version") == 2);
  CHECK(old.club.points(old.noa.account) == 92);
  CHECK(old.club.broken_laws().empty());
  CHECK(old.club.count("SELECT sum(amount) FROM draw WHERE till = 1") == 2'500);
  CHECK(old.club.count("SELECT written_off FROM till WHERE till = 1") == 0);
  CHECK(old.club.count("SELECT written_off FROM till WHERE till = 2") == 1);
  const auto exposure = old.club.hub->exposure();
  REQUIRE(exposure->size() == 2);
  CHECK(exposure->front().left.units() == 57'500);
  CHECK(exposure->back().left.units() == 0);

  // It goes on: the same till sells, its right is whole again, and what it sent before counts once.
  (void)old.till.hello();
  old.till.sell(old.noa);
  CHECK(old.till.push().word == club::wire::PushAnswer::Word::accepted);
  old.club.settle();
  const auto refill = old.till.pull().right;
  REQUIRE(refill);
  CHECK(refill->number == 2);
  CHECK(refill->settled.seq == old.till.facts().back().fields.seq);
  CHECK(old.club.points(old.noa.account) == 138);
  CHECK(old.club.broken_laws().empty());
  REQUIRE(old.club.hub->rebuild());
  CHECK(old.club.points(old.noa.account) == 138);
  CHECK(old.club.broken_laws().empty());
}

TEST_CASE("Hub's file: before an upgrade it is copied, whole, as it was", "[hub][schema]") {
  OldClub old;
  const std::string copy = old.club.folder.file("hub.db.schema-1");
  std::ofstream(copy + ".new") << "half a copy of a try that the power ended";
  old.club.restart();
  CHECK_FALSE(std::filesystem::exists(copy + ".new"));
  REQUIRE(std::filesystem::exists(copy));
  auto db = pos::core::Database::open(copy, {});
  CHECK(db.user_version() == 1);
  CHECK(db.quick_check().empty());
  auto drawn = db.prepare("SELECT drawn FROM issued_right WHERE till = 1");
  REQUIRE(drawn.step());
  CHECK(drawn.integer(0) == 2'500);
  auto facts = db.prepare("SELECT count(*) FROM inbox");
  REQUIRE(facts.step());
  CHECK(facts.integer(0) == old.club.count("SELECT count(*) FROM inbox"));
}

TEST_CASE("Hub's file: when no copy can be kept nothing is upgraded", "[hub][schema]") {
  OldClub old;
  const std::string copy = old.club.folder.file("hub.db.schema-1");
  std::filesystem::create_directories(copy + "/in-the-way");
  const auto refused =
      club::hub::Hub::open({old.club.folder.file("hub.db"), "", club::hub::Hub::Purpose::serve},
                           old.club.keys, old.club.clock, old.club.chance);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().detail.find(copy) != std::string::npos);
  auto db = pos::core::Database::open(old.club.folder.file("hub.db"), {});
  CHECK(db.user_version() == 1);
}

}  // namespace
