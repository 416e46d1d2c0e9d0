#include "sync/hub/till_store.hpp"

namespace club::hub {
namespace {

using pos::core::Statement;

constexpr const char* kColumns = "till, store, region, key, revoked";

TillRecord read_till(const Statement& row) {
  TillRecord till;
  till.number = {static_cast<std::uint32_t>(row.integer(0))};
  till.store = pos::domain::StoreCode::parse(row.text(1)).value_or(pos::domain::StoreCode{});
  till.region = pos::domain::RegionCode::parse(row.text(2)).value_or(pos::domain::RegionCode{});
  if (!row.is_null(3)) till.key = pos::core::VerifyKey::from_bytes(row.blob(3));
  till.revoked = row.integer(4) != 0;
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

void TillStore::add_right(const wire::IssuedRight& right, std::uint32_t till) {
  db_.cached("INSERT INTO issued_right(id, till, amount, per_member_max) VALUES(?, ?, ?, ?)")
      .bind_all(right.id.bytes(), std::int64_t{till}, right.amount.units(),
                right.per_member_max.units())
      .run();
}

bool TillStore::has_right(std::uint32_t till) {
  Statement& read = db_.cached("SELECT 1 FROM issued_right WHERE till = ? LIMIT 1");
  read.bind_all(std::int64_t{till});
  const bool found = read.step();
  read.reset();
  return found;
}

std::vector<wire::IssuedRight> TillStore::open_rights(std::uint32_t till) {
  Statement& read = db_.cached(
      "SELECT id, amount, per_member_max FROM issued_right WHERE till = ? AND received = 0"
      " AND written_off = 0"
      " ORDER BY id LIMIT 16");
  read.bind_all(std::int64_t{till});
  std::vector<wire::IssuedRight> rights;
  while (read.step()) {
    const auto id = pos::domain::RightId::from_bytes(read.blob(0));
    rights.push_back({id.value_or(pos::domain::RightId{}), pos::domain::Money::of(read.integer(1)),
                      pos::domain::Money::of(read.integer(2))});
  }
  read.reset();
  return rights;
}

bool TillStore::right_received(const pos::domain::RightId& right, std::uint32_t till) {
  db_.cached("UPDATE issued_right SET received = 1 WHERE id = ? AND till = ?")
      .bind_all(right.bytes(), std::int64_t{till})
      .run();
  return db_.changes() == 1;
}

void TillStore::draw(const pos::domain::RightId& right, std::uint32_t till,
                     pos::domain::Money amount) {
  db_.cached("UPDATE issued_right SET drawn = drawn + ? WHERE id = ? AND till = ?")
      .bind_all(amount.units(), right.bytes(), std::int64_t{till})
      .run();
}

std::vector<TillStore::Exposure> TillStore::exposure() {
  Statement read = db_.prepare(
      "SELECT r.till, t.store, sum(r.amount), sum(r.drawn),"
      " sum(iif(r.written_off = 0, max(r.amount - r.drawn, 0), 0)), min(r.written_off)"
      " FROM issued_right r JOIN till t ON t.till = r.till GROUP BY r.till ORDER BY r.till");
  using pos::domain::Money;
  std::vector<Exposure> tills;
  while (read.step()) {
    Exposure one;
    one.till = static_cast<std::uint32_t>(read.integer(0));
    one.store = pos::domain::StoreCode::parse(read.text(1)).value_or(pos::domain::StoreCode{});
    one.issued = Money::of(read.integer(2));
    one.drawn = Money::of(read.integer(3));
    one.left = Money::of(read.integer(4));
    one.written_off = read.integer(5) != 0;
    tills.push_back(one);
  }
  return tills;
}

pos::domain::Money TillStore::write_off(std::uint32_t till) {
  pos::domain::Money left;
  for (const Exposure& one : exposure()) {
    if (one.till == till) left = one.left;
  }
  db_.cached("UPDATE issued_right SET written_off = 1 WHERE till = ?")
      .bind_all(std::int64_t{till})
      .run();
  return left;
}

}  // namespace club::hub
