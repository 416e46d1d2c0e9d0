#include "pos/disk/fact_rows.hpp"

#include <type_traits>

namespace pos::disk {
namespace {

template <class Value>
Value fixed(const core::Bytes& bytes) {
  return Value::from_bytes(bytes).value_or(Value{});
}

std::optional<core::Instant> moment_in(const programme::Fact& fact) {
  return std::visit(
      [](const auto& body) -> std::optional<core::Instant> {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (std::is_same_v<Body, programme::RightFact>) {
          return body.received_at;
        } else if constexpr (std::is_same_v<Body, programme::BeginFact>) {
          return std::nullopt;
        } else {
          return body.scene.moment.at;
        }
      },
      fact);
}

}  // namespace

SealedFact fact_of_row(const core::Statement& row) {
  SealedFact fact;
  fact.position = row.integer(0);
  fact.fields.incarnation = static_cast<std::uint32_t>(row.integer(1));
  fact.fields.seq = static_cast<std::uint64_t>(row.integer(2));
  fact.fields.till = static_cast<std::uint32_t>(row.integer(3));
  fact.fields.uid = fixed<core::FactId>(row.blob(4));
  fact.fields.kind = core::FactKind::parse(row.text(5)).value_or(core::FactKind{});
  fact.fields.size = static_cast<std::uint32_t>(row.integer(6));
  fact.fields.body_hash = fixed<core::Digest>(row.blob(7));
  fact.chain = fixed<core::Digest>(row.blob(8));
  fact.signature = fixed<core::Signature>(row.blob(9));
  if (!row.is_null(10)) fact.box = row.blob(10);
  fact.body = row.blob(11);
  return fact;
}

std::optional<SealedFact> fact_by_uid(core::Database& database, const domain::FactId& uid) {
  Rows rows(database.cached(std::string(kFactColumns) + " WHERE uid=?").bind(1, uid.bytes()));
  if (!rows.next()) return std::nullopt;
  return fact_of_row(rows.row());
}

std::optional<SealedFact> newest_fact(core::Database& database) {
  Rows rows(database.cached(std::string(kFactColumns) + " ORDER BY position DESC LIMIT 1"));
  if (!rows.next()) return std::nullopt;
  return fact_of_row(rows.row());
}

std::vector<IncarnationState> incarnations_of(core::Database& database) {
  std::vector<IncarnationState> states;
  Rows rows(database.cached(
      "SELECT i.incarnation, i.first_position, i.accepted, f.seq, f.chain FROM incarnation i JOIN "
      "fact f ON f.position=coalesce((SELECT min(n.first_position)-1 FROM incarnation n WHERE "
      "n.first_position>i.first_position), (SELECT max(position) FROM fact)) ORDER BY "
      "i.first_position"));
  while (rows.next()) {
    IncarnationState state;
    state.incarnation = static_cast<std::uint32_t>(rows.row().integer(0));
    state.first_position = rows.row().integer(1);
    state.accepted = static_cast<std::uint64_t>(rows.row().integer(2));
    state.last_seq = static_cast<std::uint64_t>(rows.row().integer(3));
    state.last_chain = fixed<core::Digest>(rows.row().blob(4));
    states.push_back(state);
  }
  return states;
}

bool has_holes(core::Database& database) {
  Rows rows(database.cached("SELECT 1 FROM sqlite_schema WHERE name='hole'"));
  return rows.next();
}

std::optional<core::Bytes> state_value(core::Database& database, const std::string& key) {
  Rows rows(database.cached("SELECT value FROM state WHERE key=?").bind(1, key));
  if (!rows.next()) return std::nullopt;
  return rows.row().blob(0);
}

std::optional<core::Instant> moment_of(core::Database& database, std::int64_t position) {
  Rows rows(
      database.cached("SELECT kind, body FROM fact WHERE position>=? ORDER BY position LIMIT 16")
          .bind(1, position));
  while (rows.next()) {
    const auto fact = programme::decode_fact(rows.row().text(0), rows.row().blob(1));
    const auto at = fact ? moment_in(*fact) : std::nullopt;
    if (at) return at;
  }
  return std::nullopt;
}

}  // namespace pos::disk
