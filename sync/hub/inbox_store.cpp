#include "sync/hub/inbox_store.hpp"

#include "sync/hub/signed_column.hpp"

#include <algorithm>

namespace club::hub {
namespace {

using pos::core::Digest;
using pos::core::Instant;
using pos::core::Statement;

constexpr auto kFirstInstant = Instant::from_unix_ms(INT64_MIN);

}  // namespace

std::int64_t InboxStore::add(const Arrival& arrival) {
  const wire::FactFrame& fact = *arrival.fact;
  const auto& fields = fact.fields;
  std::optional<pos::core::BytesView> box;
  if (fact.box) box = pos::core::BytesView(*fact.box);
  std::optional<pos::core::BytesView> signature;
  if (arrival.signature) signature = arrival.signature->bytes();
  db_.cached(
         "INSERT INTO inbox(till, incarnation, branch, seq, uid, kind, body_hash, chain, body,"
         " box, signature, arrived_ms, damaged) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)")
      .bind_all(std::int64_t{fields.till}, std::int64_t{fields.incarnation},
                std::int64_t{arrival.branch}, signed_of(fields.seq), fields.uid.bytes(),
                fields.kind.text(), fields.body_hash.bytes(), fact.chain.bytes(),
                pos::core::BytesView(fact.body), box, signature, arrival.at.unix_ms(),
                std::int64_t{arrival.damaged ? 1 : 0})
      .run();
  return db_.last_insert_rowid();
}

std::optional<Digest> InboxStore::chain_at(std::uint32_t till, std::uint32_t incarnation,
                                           std::uint32_t branch, std::uint64_t seq) {
  Statement& read = db_.cached(
      "SELECT chain FROM inbox WHERE till = ? AND incarnation = ? AND branch = ? AND seq = ?");
  read.bind_all(std::int64_t{till}, std::int64_t{incarnation}, std::int64_t{branch},
                signed_of(seq));
  std::optional<Digest> chain;
  if (read.step()) chain = Digest::from_bytes(read.blob(0));
  read.reset();
  if (chain || branch == 0) return chain;
  Statement& base = db_.cached(
      "SELECT base_branch, base_seq FROM branch WHERE till = ? AND incarnation = ? AND branch = ?");
  base.bind_all(std::int64_t{till}, std::int64_t{incarnation}, std::int64_t{branch});
  const bool known = base.step() && signed_of(seq) <= base.integer(1);
  const auto parent = known ? static_cast<std::uint32_t>(base.integer(0)) : 0;
  base.reset();
  if (!known || parent >= branch) return std::nullopt;
  return chain_at(till, incarnation, parent, seq);
}

wire::JournalMark InboxStore::last_of(std::uint32_t till, std::uint32_t incarnation,
                                      std::uint32_t branch) {
  Statement& read = db_.cached(
      "SELECT seq, chain FROM inbox WHERE till = ? AND incarnation = ? AND branch = ?"
      " ORDER BY seq DESC LIMIT 1");
  read.bind_all(std::int64_t{till}, std::int64_t{incarnation}, std::int64_t{branch});
  wire::JournalMark mark{incarnation, 0, pos::core::kChainStart};
  if (read.step()) {
    mark.seq = static_cast<std::uint64_t>(read.integer(0));
    mark.chain = Digest::from_bytes(read.blob(1)).value_or(Digest{});
  }
  read.reset();
  return mark;
}

std::vector<Branch> InboxStore::branches(std::uint32_t till, std::uint32_t incarnation) {
  std::vector<Branch> branches{{0, last_of(till, incarnation, 0)}};
  Statement& read =
      db_.cached("SELECT branch FROM branch WHERE till = ? AND incarnation = ? ORDER BY branch");
  read.bind_all(std::int64_t{till}, std::int64_t{incarnation});
  while (read.step()) branches.push_back({static_cast<std::uint32_t>(read.integer(0)), {}});
  read.reset();
  for (Branch& branch : branches) branch.last = last_of(till, incarnation, branch.number);
  std::ranges::reverse(branches);
  return branches;
}

std::optional<Place> InboxStore::place(std::int64_t id) {
  Statement& read = db_.cached("SELECT branch, incarnation, seq, chain FROM inbox WHERE id = ?");
  read.bind_all(id);
  std::optional<Place> place;
  if (read.step()) {
    const auto chain = Digest::from_bytes(read.blob(3));
    place = Place{id,
                  static_cast<std::uint32_t>(read.integer(0)),
                  {static_cast<std::uint32_t>(read.integer(1)),
                   static_cast<std::uint64_t>(read.integer(2)), chain.value_or(Digest{})}};
  }
  read.reset();
  return place;
}

std::optional<Place> InboxStore::find(std::uint32_t till, const wire::JournalMark& mark) {
  std::optional<Place> place;
  for (const Branch& branch : branches(till, mark.incarnation)) {
    Statement& read = db_.cached(
        "SELECT id FROM inbox WHERE till = ? AND incarnation = ? AND branch = ? AND seq = ?"
        " AND chain = ?");
    read.bind_all(std::int64_t{till}, std::int64_t{mark.incarnation}, std::int64_t{branch.number},
                  signed_of(mark.seq), mark.chain.bytes());
    if (read.step()) place = Place{read.integer(0), branch.number, mark};
    read.reset();
    if (place) break;
  }
  return place;
}

std::optional<pos::programme::BeginFact> InboxStore::begin_of(std::uint32_t till,
                                                              std::uint32_t incarnation,
                                                              std::uint32_t branch) {
  // A branch that splits off behind its first fact shares it with the one it was split from.
  std::optional<pos::programme::BeginFact> begin;
  const auto first = chain_at(till, incarnation, branch, 1);
  if (!first) return begin;
  const auto place = find(till, {incarnation, 1, *first});
  if (!place) return begin;
  Statement& read = db_.cached("SELECT kind, body FROM inbox WHERE id = ?");
  read.bind_all(place->id);
  if (read.step()) {
    const auto fact = pos::programme::decode_fact(read.text(0), read.blob(1));
    const auto* opened = fact ? std::get_if<pos::programme::BeginFact>(&*fact) : nullptr;
    if (opened != nullptr) begin = *opened;
  }
  read.reset();
  return begin;
}

bool InboxStore::leads_over(std::uint32_t till, const Place& place, const wire::JournalMark& mark) {
  bool seen = false;
  std::uint32_t branch = place.branch;
  wire::JournalMark end = place.mark;
  while (true) {
    if (mark.incarnation == end.incarnation && mark.seq <= end.seq) {
      seen = mark.seq == 0 || chain_at(till, end.incarnation, branch, mark.seq) == mark.chain;
    }
    const auto begin = begin_of(till, end.incarnation, branch);
    if (!begin) return false;
    if (begin->previous_incarnation == 0) return seen;
    // An incarnation only ever follows a lower one.
    if (begin->previous_incarnation >= end.incarnation) return false;
    end = {begin->previous_incarnation, begin->previous_seq, begin->previous_chain};
    const auto before = find(till, end);
    if (!before) return false;
    branch = before->branch;
  }
}

std::uint32_t InboxStore::split(std::uint32_t till, std::uint32_t incarnation,
                                std::uint32_t base_branch, std::uint64_t base_seq) {
  const std::uint32_t number = branches(till, incarnation).front().number + 1;
  db_.cached(
         "INSERT INTO branch(till, incarnation, branch, base_branch, base_seq)"
         " VALUES(?, ?, ?, ?, ?)")
      .bind_all(std::int64_t{till}, std::int64_t{incarnation}, std::int64_t{number},
                std::int64_t{base_branch}, signed_of(base_seq))
      .run();
  return number;
}

std::vector<InboxRow> InboxStore::read(std::int64_t after, std::size_t count) {
  Statement& read = db_.cached(
      "SELECT id, till, incarnation, branch, seq, uid, kind, body, box, arrived_ms, damaged"
      " FROM inbox WHERE id > ? ORDER BY id LIMIT ?");
  read.bind_all(after, static_cast<std::int64_t>(count));
  std::vector<InboxRow> rows;
  while (read.step()) {
    InboxRow row;
    row.id = read.integer(0);
    row.till = static_cast<std::uint32_t>(read.integer(1));
    row.incarnation = static_cast<std::uint32_t>(read.integer(2));
    row.branch = static_cast<std::uint32_t>(read.integer(3));
    row.seq = static_cast<std::uint64_t>(read.integer(4));
    row.uid = pos::domain::FactId::from_bytes(read.blob(5)).value_or(pos::domain::FactId{});
    row.kind = read.text(6);
    row.body = read.blob(7);
    if (!read.is_null(8)) row.box = read.blob(8);
    row.arrived = pos::core::Instant::from_unix_ms(read.integer(9));
    row.damaged = read.integer(10) != 0;
    rows.push_back(std::move(row));
  }
  read.reset();
  return rows;
}

std::optional<InboxRow> InboxStore::find(const pos::domain::FactId& uid) {
  Statement& read = db_.cached("SELECT min(id) FROM inbox WHERE uid = ?");
  read.bind_all(uid.bytes());
  const std::int64_t id = read.step() && !read.is_null(0) ? read.integer(0) : 0;
  read.reset();
  auto rows = id > 0 ? this->read(id - 1, 1) : std::vector<InboxRow>{};
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

bool InboxStore::held_before(std::int64_t id, const pos::domain::FactId& uid) {
  Statement& read = db_.cached("SELECT 1 FROM inbox WHERE uid = ? AND id < ? LIMIT 1");
  read.bind_all(uid.bytes(), id);
  const bool found = read.step();
  read.reset();
  return found;
}

void InboxStore::put_waiting(const InboxRow& row, const WaitingReturn& waiting) {
  db_.cached(
         "INSERT OR IGNORE INTO waiting_return(bucket, sale, uid, inbox_id, sold_by)"
         " VALUES(?, ?, ?, ?, ?)")
      .bind_all(std::int64_t{waiting.bucket}, waiting.sale.bytes(), row.uid.bytes(), row.id,
                std::int64_t{waiting.sold_by})
      .run();
}

std::vector<InboxRow> InboxStore::take_waiting(const pos::domain::FactId& sale) {
  std::vector<std::int64_t> ids;
  Statement& read =
      db_.cached("SELECT inbox_id FROM waiting_return WHERE sale = ? ORDER BY inbox_id");
  read.bind_all(sale.bytes());
  while (read.step()) ids.push_back(read.integer(0));
  read.reset();
  std::vector<InboxRow> rows;
  if (ids.empty()) return rows;
  for (const std::int64_t id : ids) {
    for (InboxRow& row : this->read(id - 1, 1)) rows.push_back(std::move(row));
  }
  db_.cached("DELETE FROM waiting_return WHERE sale = ?").bind_all(sale.bytes()).run();
  return rows;
}

std::vector<InboxStore::WaitingReturn> InboxStore::owed_by(std::uint32_t till) {
  Statement read = db_.prepare(
      "SELECT DISTINCT bucket, sale FROM waiting_return WHERE sold_by = ? ORDER BY bucket, sale");
  read.bind_all(std::int64_t{till});
  std::vector<WaitingReturn> owed;
  while (read.step()) {
    owed.push_back({static_cast<wire::StreamNumber>(read.integer(0)),
                    pos::domain::FactId::from_bytes(read.blob(1)).value_or(pos::domain::FactId{}),
                    till});
  }
  return owed;
}

bool InboxStore::holds(const pos::domain::FactId& uid) {
  Statement& read = db_.cached("SELECT 1 FROM inbox WHERE uid = ? LIMIT 1");
  read.bind_all(uid.bytes());
  const bool found = read.step();
  read.reset();
  return found;
}

Instant InboxStore::take_moment(const InboxRow& row, Instant sealed) {
  // An incarnation goes on behind the ones before it; of another branch nothing is known.
  Statement& read = db_.cached(
      "SELECT max(at_ms) FROM line_moment WHERE till = ?1 AND"
      " ((incarnation = ?2 AND branch = ?3) OR (incarnation < ?2 AND ?3 = 0))");
  read.bind_all(std::int64_t{row.till}, std::int64_t{row.incarnation}, std::int64_t{row.branch});
  Instant low = kFirstInstant;
  if (read.step() && !read.is_null(0)) low = Instant::from_unix_ms(read.integer(0));
  read.reset();
  if (low > sealed) {
    db_.cached("INSERT OR REPLACE INTO moment_floor(inbox_id, at_ms) VALUES(?, ?)")
        .bind_all(row.id, low.unix_ms())
        .run();
  }
  db_.cached(
         "INSERT INTO line_moment(till, incarnation, branch, at_ms) VALUES(?, ?, ?, ?)"
         " ON CONFLICT(till, incarnation, branch) DO UPDATE SET at_ms = excluded.at_ms")
      .bind_all(std::int64_t{row.till}, std::int64_t{row.incarnation}, std::int64_t{row.branch},
                std::min(std::max(sealed, low), row.arrived).unix_ms())
      .run();
  return low;
}

Instant InboxStore::not_before(std::int64_t id) {
  Statement& read = db_.cached("SELECT at_ms FROM moment_floor WHERE inbox_id = ?");
  read.bind_all(id);
  const Instant low = read.step() ? Instant::from_unix_ms(read.integer(0)) : kFirstInstant;
  read.reset();
  return low;
}

void InboxStore::park(std::int64_t id, std::string_view reason) {
  db_.cached("INSERT INTO parked(inbox_id, reason) VALUES(?, ?) ON CONFLICT DO NOTHING")
      .bind_all(id, reason)
      .run();
}

std::int64_t InboxStore::counter(std::string_view key) {
  Statement& read = db_.cached("SELECT value FROM meta WHERE key = ?");
  read.bind_all(key);
  const std::int64_t value = read.step() ? read.integer(0) : 0;
  read.reset();
  return value;
}

void InboxStore::set_counter(std::string_view key, std::int64_t value) {
  db_.cached(
         "INSERT INTO meta(key, value) VALUES(?, ?)"
         " ON CONFLICT(key) DO UPDATE SET value = excluded.value")
      .bind_all(key, value)
      .run();
}

}  // namespace club::hub
