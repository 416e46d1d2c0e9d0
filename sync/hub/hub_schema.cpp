#include "sync/hub/hub_schema.hpp"

#include <filesystem>
#include <string>

namespace club::hub {
namespace {

/// What arrives and who may send. `inbox` is the whole truth; the ledger can be made from it again.
constexpr const char* kIntake = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE till(
  till INTEGER PRIMARY KEY, store TEXT NOT NULL, region TEXT NOT NULL,
  key BLOB, revoked INTEGER NOT NULL DEFAULT 0, newest INTEGER NOT NULL DEFAULT 0,
  recalled INTEGER NOT NULL DEFAULT 0, written_off INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE pairing(
  code BLOB PRIMARY KEY, till INTEGER NOT NULL, expires_ms INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0) STRICT;
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
)sql";

/// What tills may give without asking. `settled_id` is the place in the inbox of the fact behind
/// which spends draw on the right; `awaited` holds the tills that a restored hub has not heard.
constexpr const char* kRights = R"sql(
CREATE TABLE issued_right(
  id BLOB PRIMARY KEY, till INTEGER NOT NULL, number INTEGER NOT NULL, amount INTEGER NOT NULL,
  per_member_max INTEGER NOT NULL, settled_incarnation INTEGER NOT NULL,
  settled_seq INTEGER NOT NULL, settled_chain BLOB NOT NULL, settled_id INTEGER NOT NULL,
  received INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX issued_right_till ON issued_right(till, number);
CREATE TABLE draw(
  inbox_id INTEGER PRIMARY KEY, till INTEGER NOT NULL, right_id BLOB NOT NULL,
  amount INTEGER NOT NULL) STRICT;
CREATE INDEX draw_till ON draw(till, inbox_id, amount);
CREATE INDEX draw_right ON draw(right_id);
CREATE TABLE awaited(till INTEGER PRIMARY KEY) STRICT;
)sql";

/// Schema 1 gave a till one right for ever, and kept what was drawn on it as a sum.
constexpr const char* kFromSchema1 = R"sql(
ALTER TABLE till ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE till ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE till ADD COLUMN written_off INTEGER NOT NULL DEFAULT 0;
UPDATE till SET newest = coalesce((SELECT max(i.id) FROM inbox i WHERE i.till = till.till), 0),
  written_off = coalesce((SELECT max(r.written_off) FROM issued_right r
                          WHERE r.till = till.till), 0);
ALTER TABLE issued_right RENAME TO issued_right_1;
)sql";
constexpr const char* kRightsOfSchema1 = R"sql(
INSERT INTO issued_right SELECT id, till, 1, amount, per_member_max, 1, 0, zeroblob(32), 0, received
  FROM issued_right_1;
INSERT INTO draw SELECT t.newest, r.till, r.id, r.drawn
  FROM issued_right_1 r JOIN till t ON t.till = r.till WHERE r.drawn > 0;
DROP TABLE issued_right_1;
)sql";

/// The member side: every key begins with the bucket.
constexpr const char* kLedger = R"sql(
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
)sql";

/// What the hub keeps for sales that it said yes to. `coupon` holds those that are good once.
constexpr const char* kReservations = R"sql(
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
)sql";

/// What the tills read.
constexpr const char* kStreams = R"sql(
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

/// Beside the tables of the schema, made when they are missing: a clubhub that does not know them
/// goes on with the file.
///
/// Returns of sales that have not arrived; `sold_by` is the till that owes them. Every programme
/// that was published; what came out otherwise when sales were judged again; and what headquarters
/// had said of a member in rows before `until_seq`. The moment up to which each journal is applied,
/// and of facts that say an earlier one the moment before which they cannot have been. Members who
/// left a shared account; and whom somebody knows to be two people. What of a budget is kept for
/// sales that the hub said yes to.
constexpr const char* kBeside = R"sql(
CREATE TABLE IF NOT EXISTS waiting_return(
  bucket INTEGER NOT NULL, sale BLOB NOT NULL, uid BLOB NOT NULL, inbox_id INTEGER NOT NULL,
  sold_by INTEGER NOT NULL, PRIMARY KEY(bucket, sale, uid)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS waiting_return_sale ON waiting_return(sale, inbox_id);
CREATE INDEX IF NOT EXISTS waiting_return_uid ON waiting_return(uid);
CREATE TABLE IF NOT EXISTS programme_version(
  hash BLOB PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS misjudged(
  inbox_id INTEGER NOT NULL, word TEXT NOT NULL, till INTEGER NOT NULL, uid BLOB NOT NULL,
  detail TEXT NOT NULL, PRIMARY KEY(inbox_id, word)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS member_past(
  bucket INTEGER NOT NULL, member BLOB NOT NULL, until_seq INTEGER NOT NULL, facts TEXT NOT NULL,
  PRIMARY KEY(bucket, member, until_seq)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept_budget(
  uid BLOB NOT NULL, benefit TEXT NOT NULL, till INTEGER NOT NULL, amount INTEGER NOT NULL,
  PRIMARY KEY(uid, benefit)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept_budget_benefit ON kept_budget(benefit, amount);
CREATE INDEX IF NOT EXISTS kept_budget_till ON kept_budget(till, uid);
CREATE TABLE IF NOT EXISTS line_moment(
  till INTEGER NOT NULL, incarnation INTEGER NOT NULL, branch INTEGER NOT NULL,
  at_ms INTEGER NOT NULL, PRIMARY KEY(till, incarnation, branch)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moment_floor(
  inbox_id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS parted(
  bucket INTEGER NOT NULL, account BLOB NOT NULL, member BLOB NOT NULL, home INTEGER NOT NULL,
  heir BLOB NOT NULL, PRIMARY KEY(bucket, account, member)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept_apart(
  bucket INTEGER NOT NULL, hash BLOB NOT NULL, member BLOB NOT NULL,
  PRIMARY KEY(bucket, hash, member)) STRICT, WITHOUT ROWID;
)sql";

/// What closed accounts brought to their heirs. A file without it learns it from the messages that
/// carried it; a clubhub that does not know it leaves it as it is, and what is closed then cannot
/// be taken apart exactly before the books are made again.
constexpr const char* kMoved = R"sql(
CREATE TABLE moved(
  bucket INTEGER NOT NULL, account BLOB NOT NULL, source BLOB NOT NULL, uid BLOB NOT NULL,
  leg TEXT NOT NULL, points INTEGER NOT NULL, value INTEGER NOT NULL, lots TEXT NOT NULL,
  PRIMARY KEY(bucket, account, source, uid, leg)) STRICT, WITHOUT ROWID;
INSERT INTO moved SELECT m.to_bucket, a.closed_into, a.account, m.uid, m.leg,
  json_extract(m.payload, '$.points'), json_extract(m.payload, '$.value'),
  coalesce(json_extract(m.payload, '$.lots'), '[]')
  FROM message m JOIN account a ON a.bucket = m.bucket AND a.kind = 0
  WHERE json_extract(m.payload, '$.do') = 'receive'
  AND upper(json_extract(m.payload, '$.account')) = hex(a.closed_into)
  AND EXISTS(SELECT 1 FROM posting p WHERE p.bucket = a.bucket AND p.uid = m.uid AND p.kind = 0
             AND p.account = a.account);
)sql";

/// The file as it is, whole and durable, under a name that says which schema it has. What an
/// earlier attempt left half is taken away.
void keep_copy(pos::core::Database& db, std::int64_t schema) {
  std::string path;
  {
    auto files = db.prepare("PRAGMA database_list");
    while (files.step()) {
      if (files.text(1) == "main") path = files.text(2);
    }
  }
  if (path.empty()) return;  // a database in memory
  const std::string copy = path + ".schema-" + std::to_string(schema);
  const std::string half = copy + ".new";
  std::error_code error;
  std::filesystem::remove(half, error);
  {
    auto write = db.prepare("VACUUM INTO ?");
    write.bind_all(std::string_view(half));
    write.run();
  }
  std::filesystem::permissions(half, std::filesystem::status(path).permissions(), error);
  if (!error) std::filesystem::rename(half, copy, error);
  if (!error) return;
  throw pos::core::DbFailure({pos::core::DbError::Fault::io, 0,
                              "the copy of the hub's database before its upgrade cannot be kept "
                              "as " +
                                  copy + ": " + error.message()});
}

bool has_moved(pos::core::Database& db) {
  auto read = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'moved'");
  return read.step();
}

void add_what_is_missing(pos::core::Database& db) {
  db.execute(kBeside);
  if (has_moved(db)) return;
  pos::core::Transaction transaction(db);
  if (!has_moved(db)) db.execute(kMoved);  // another program may have been faster
  transaction.commit();
}

}  // namespace

void ensure_schema(pos::core::Database& db) {
  db.claim_application_id(kHubApplicationId);
  const std::int64_t found = db.user_version();
  if (found == kHubSchema) return add_what_is_missing(db);
  if (found > kHubSchema) {
    throw pos::core::DbFailure({pos::core::DbError::Fault::newer_schema, 0,
                                "the hub's database was written by a newer clubhub (schema " +
                                    std::to_string(found) + ")"});
  }
  if (found > 0) keep_copy(db, found);
  pos::core::Transaction transaction(db);
  if (found == 1) {
    db.execute(kFromSchema1);
    db.execute(kRights);
    db.execute(kRightsOfSchema1);
  } else {
    db.execute(kIntake);
    db.execute(kRights);
    db.execute(kLedger);
    db.execute(kReservations);
    db.execute(kStreams);
  }
  db.execute("PRAGMA user_version = 2");
  transaction.commit();
  add_what_is_missing(db);
}

}  // namespace club::hub
