#include "pos/core/json/json.hpp"
#include "sync/hub/bucket_store.hpp"
#include "sync/hub/id_column.hpp"

namespace club::hub {

using ledger::AccountId;
using ledger::FactId;
using ledger::MemberId;
using pos::core::Json;
using pos::core::Statement;

void BucketStore::remove_account_member(StreamNumber bucket, const AccountId& account,
                                        const MemberId& member) {
  db_.cached("DELETE FROM account_member WHERE bucket = ? AND account = ? AND member = ?")
      .bind_all(std::int64_t{bucket}, account.bytes(), member.bytes())
      .run();
}

void BucketStore::put_moved(StreamNumber bucket, const AccountId& account,
                            const ledger::Moved& moved) {
  Json lots = Json::array();
  for (const FactId& origin : moved.origins) lots.push(Json::object().set("origin", origin.hex()));
  db_.cached(
         "INSERT INTO moved(bucket, account, source, uid, leg, points, value, lots)"
         " VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
      .bind_all(std::int64_t{bucket}, account.bytes(), moved.from.bytes(), moved.uid.bytes(),
                std::string_view(moved.leg), moved.points, moved.value,
                std::string_view(lots.dump()))
      .run();
}

std::vector<ledger::Moved> BucketStore::moved(StreamNumber bucket, const AccountId& account,
                                              const AccountId& from) {
  Statement& read = db_.cached(
      "SELECT uid, leg, points, value, lots FROM moved WHERE bucket = ? AND account = ?"
      " AND source = ? ORDER BY uid, leg");
  read.bind_all(std::int64_t{bucket}, account.bytes(), from.bytes());
  std::vector<ledger::Moved> all;
  while (read.step()) {
    ledger::Moved one{from, id_at<FactId>(read, 0), read.text(1), read.integer(2), read.integer(3),
                      {}};
    const auto lots = Json::parse(read.text(4));
    for (const Json& lot : lots ? lots->items() : Json::Array{}) {
      const std::string* text = lot["origin"].text();
      const auto origin = text != nullptr ? FactId::parse(*text) : std::nullopt;
      if (origin) one.origins.push_back(*origin);
    }
    all.push_back(std::move(one));
  }
  read.reset();
  return all;
}

std::vector<ledger::OwnPosting> BucketStore::postings_of(StreamNumber bucket,
                                                         const AccountId& account,
                                                         const MemberId& member) {
  Statement& read = db_.cached(
      "SELECT uid, unit, amount FROM posting WHERE bucket = ? AND kind = 0 AND account = ?"
      " AND origin = ? ORDER BY uid, leg");
  read.bind_all(std::int64_t{bucket}, account.bytes(), member.bytes());
  std::vector<ledger::OwnPosting> postings;
  while (read.step()) {
    postings.push_back(
        {id_at<FactId>(read, 0), static_cast<ledger::Unit>(read.integer(1)), read.integer(2)});
  }
  read.reset();
  return postings;
}

void BucketStore::put_parted(StreamNumber bucket, const AccountId& account,
                             const ledger::Parted& parted) {
  db_.cached(
         "INSERT OR REPLACE INTO parted(bucket, account, member, home, heir)"
         " VALUES(?, ?, ?, ?, ?)")
      .bind_all(std::int64_t{bucket}, account.bytes(), parted.member.bytes(),
                std::int64_t{parted.home}, parted.to.bytes())
      .run();
}

std::optional<ledger::Parted> BucketStore::parted(StreamNumber bucket, const AccountId& account,
                                                  const MemberId& member) {
  Statement& read =
      db_.cached("SELECT home, heir FROM parted WHERE bucket = ? AND account = ? AND member = ?");
  read.bind_all(std::int64_t{bucket}, account.bytes(), member.bytes());
  std::optional<ledger::Parted> parted;
  if (read.step()) {
    parted = ledger::Parted{member, static_cast<StreamNumber>(read.integer(0)),
                            id_at<AccountId>(read, 1)};
  }
  read.reset();
  return parted;
}

void BucketStore::forget_parted(StreamNumber bucket, const AccountId& account,
                                const MemberId& member) {
  db_.cached("DELETE FROM parted WHERE bucket = ? AND account = ? AND member = ?")
      .bind_all(std::int64_t{bucket}, account.bytes(), member.bytes())
      .run();
}

void BucketStore::put_apart(StreamNumber bucket, const ledger::KeyedHash& phone,
                            const MemberId& member) {
  db_.cached("INSERT OR IGNORE INTO kept_apart(bucket, hash, member) VALUES(?, ?, ?)")
      .bind_all(std::int64_t{bucket}, phone.bytes(), member.bytes())
      .run();
}

bool BucketStore::is_apart(StreamNumber bucket, const ledger::KeyedHash& phone,
                           const MemberId& member) {
  Statement& read =
      db_.cached("SELECT 1 FROM kept_apart WHERE bucket = ? AND hash = ? AND member = ?");
  read.bind_all(std::int64_t{bucket}, phone.bytes(), member.bytes());
  const bool apart = read.step();
  read.reset();
  return apart;
}

}  // namespace club::hub
