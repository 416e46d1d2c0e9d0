#include "sync/hub/till_store.hpp"

namespace club::hub {
namespace {

using pos::core::Statement;

constexpr const char* kColumns = "till, store, region, key, revoked, recalled, written_off";

TillRecord read_till(const Statement& row) {
  TillRecord till;
  till.number = {static_cast<std::uint32_t>(row.integer(0))};
  till.store = pos::domain::StoreCode::parse(row.text(1)).value_or(pos::domain::StoreCode{});
  till.region = pos::domain::RegionCode::parse(row.text(2)).value_or(pos::domain::RegionCode{});
  if (!row.is_null(3)) till.key = pos::core::VerifyKey::from_bytes(row.blob(3));
  till.revoked = row.integer(4) != 0;
  till.recalled = row.integer(5) != 0;
  till.written_off = row.integer(6) != 0;
  return till;
}

}  // namespace

pos::domain::TillNumber TillStore::add(const pos::domain::StoreCode& store,
                                       const pos::domain::RegionCode& region) {
  db_.cached("INSERT INTO till(store, region) VALUES(?, ?)")
      .bind_all(std::string_view(store.text()), std::string_view(region.text()))
      .run();
  return {static_cast<std::uint32_t>(db_.last_insert_rowid())};
}

std::optional<TillRecord> TillStore::find(std::uint32_t number) {
  Statement& read = db_.cached(std::string("SELECT ") + kColumns + " FROM till WHERE till = ?");
  read.bind_all(std::int64_t{number});
  std::optional<TillRecord> till;
  if (read.step()) till = read_till(read);
  read.reset();
  return till;
}

std::vector<TillRecord> TillStore::all() {
  Statement read = db_.prepare(std::string("SELECT ") + kColumns + " FROM till ORDER BY till");
  std::vector<TillRecord> tills;
  while (read.step()) tills.push_back(read_till(read));
  return tills;
}

void TillStore::add_code(const pos::core::Digest& code, std::uint32_t till,
                         pos::core::Instant expires) {
  db_.cached("INSERT INTO pairing(code, till, expires_ms) VALUES(?, ?, ?)")
      .bind_all(code.bytes(), std::int64_t{till}, expires.unix_ms())
      .run();
}

std::optional<TillRecord> TillStore::use_code(const pos::core::Digest& code,
                                              const pos::core::VerifyKey& key,
                                              pos::core::Instant now) {
  Statement& read = db_.cached("SELECT till, used FROM pairing WHERE code = ? AND expires_ms > ?");
  read.bind_all(code.bytes(), now.unix_ms());
  const bool found = read.step();
  const auto number = found ? static_cast<std::uint32_t>(read.integer(0)) : 0;
  const bool used = found && read.integer(1) != 0;
  read.reset();
  auto till = found ? find(number) : std::nullopt;
  if (!till || till->revoked || (used && till->key != key)) return std::nullopt;
  db_.cached("UPDATE pairing SET used = 1 WHERE code = ?").bind_all(code.bytes()).run();
  db_.cached("UPDATE till SET key = ? WHERE till = ?")
      .bind_all(key.bytes(), std::int64_t{number})
      .run();
  till->key = key;
  return till;
}

void TillStore::recall(std::uint32_t till, bool recalled) {
  db_.cached("UPDATE till SET recalled = ? WHERE till = ?")
      .bind_all(std::int64_t{recalled ? 1 : 0}, std::int64_t{till})
      .run();
}

void TillStore::write_off(std::uint32_t till) {
  db_.cached("UPDATE till SET written_off = 1 WHERE till = ?").bind_all(std::int64_t{till}).run();
}

std::int64_t TillStore::newest(std::uint32_t till) {
  Statement& read = db_.cached("SELECT newest FROM till WHERE till = ?");
  read.bind_all(std::int64_t{till});
  const std::int64_t id = read.step() ? read.integer(0) : 0;
  read.reset();
  return id;
}

void TillStore::set_newest(std::uint32_t till, std::int64_t inbox_id) {
  db_.cached("UPDATE till SET newest = ? WHERE till = ?")
      .bind_all(inbox_id, std::int64_t{till})
      .run();
}

}  // namespace club::hub
