#include <fmt/core.h>

#include "pos/disk/derived_rows.hpp"
#include "pos/disk/fact_rows.hpp"

namespace pos::disk {
namespace {

using Kind = JournalFlaw::Kind;

/// What the next record must join on to.
struct Walk {
  std::int64_t position = 1;
  std::uint32_t incarnation = 0;  ///< 0: none yet
  std::uint64_t seq = 0;
  core::Digest chain;
  DerivedCounts derived;
  bool joined = true;  ///< false: the record before the first one is gone
};

JournalFlaw flaw(Kind kind, std::uint32_t incarnation, std::uint64_t seq, std::string detail) {
  return {kind, incarnation, seq, std::move(detail), 0};
}

JournalFlaw flaw(Kind kind, const SealedFact& fact, std::string detail) {
  return {kind, fact.fields.incarnation, fact.fields.seq, std::move(detail), fact.position};
}

std::optional<JournalFlaw> check_place(const Walk& walk, const SealedFact& fact) {
  const bool starts = fact.fields.seq == 1 && fact.fields.incarnation > walk.incarnation;
  if (!walk.joined) {
    return flaw(Kind::missing_seq, fact.fields.incarnation, fact.fields.seq - 1,
                "the record before it is missing");
  }
  if (fact.position != walk.position) {
    return flaw(Kind::missing_seq, walk.incarnation == 0 ? 1 : walk.incarnation, walk.seq + 1,
                fmt::format("{} record(s) missing", fact.position - walk.position));
  }
  if (starts) {
    if (fact.fields.kind.text() == "begin") return std::nullopt;
    return flaw(Kind::altered_envelope, fact, "an incarnation must open with a begin");
  }
  if (fact.fields.incarnation != walk.incarnation || fact.fields.seq != walk.seq + 1) {
    return JournalFlaw{Kind::altered_envelope, walk.incarnation, walk.seq + 1,
                       "incarnation or seq does not follow", fact.position};
  }
  return std::nullopt;
}

std::optional<JournalFlaw> check_seal(const Walk& walk, const SealedFact& fact,
                                      const core::VerifyKey& key) {
  const bool starts = fact.fields.seq == 1;
  const core::Digest previous = starts ? core::kChainStart : walk.chain;
  const bool envelope_fits = core::chain_value(previous, fact.fields) == fact.chain;
  const bool body_fits =
      fact.body.size() == fact.fields.size && core::blake2b(fact.body) == fact.fields.body_hash;
  if (!envelope_fits) {
    return flaw(Kind::altered_envelope, fact, "the envelope does not fit its chain value");
  }
  if (!core::verify_chain(key, fact.chain, fact.signature)) {
    return flaw(Kind::bad_signature, fact, "not signed by this till's key");
  }
  if (!body_fits) return flaw(Kind::altered_body, fact, "the body does not fit its hash");
  return std::nullopt;
}

std::optional<JournalFlaw> check_meaning(core::Database& database, Walk& walk,
                                         const SealedFact& fact) {
  const auto decoded = programme::decode_fact(fact.fields.kind.text(), fact.body);
  if (!decoded) return std::nullopt;  // a kind of a later version: sealed, and nothing derived
  if (const auto* join = std::get_if<programme::JoinFact>(&*decoded)) {
    // An erased box is allowed; one that does not fit is not.
    if (fact.box && core::blake2b(*fact.box) != join->person) {
      return flaw(Kind::altered_box, fact, "the box does not fit the hash in its body");
    }
  }
  const DerivedRows rows = derive(*decoded);
  walk.derived.add(rows);
  if (!derived_rows_fit(database, fact.position, rows)) {
    return flaw(Kind::altered_index, fact, "a derived row does not follow from the fact");
  }
  return std::nullopt;
}

bool is_damage(Kind kind) { return kind == Kind::altered_body || kind == Kind::altered_box; }

Walk start_of_walk(core::Database& database, std::int64_t from_position) {
  Walk walk;
  if (from_position <= 1) return walk;
  Rows rows(
      database.cached(std::string(kFactColumns) + " WHERE position=?").bind(1, from_position - 1));
  walk.position = from_position;
  walk.joined = rows.next();
  if (!walk.joined) return walk;
  const SealedFact before = fact_of_row(rows.row());
  walk.incarnation = before.fields.incarnation;
  walk.seq = before.fields.seq;
  walk.chain = before.chain;
  return walk;
}

/// What the mutable table says was accepted must be there: a tail that was cut off is missing.
std::optional<JournalFlaw> check_tail(core::Database& database) {
  for (const IncarnationState& state : incarnations_of(database)) {
    if (state.accepted <= state.last_seq) continue;
    return flaw(Kind::missing_seq, state.incarnation, state.last_seq + 1,
                "accepted by the hub and no longer here");
  }
  return std::nullopt;
}

/// What was altered once and was kept apart since (Journal::mend()).
std::optional<JournalFlaw> first_hole(core::Database& database) {
  if (!has_holes(database)) return std::nullopt;
  Rows rows(database.cached("SELECT incarnation, seq FROM hole ORDER BY at, place LIMIT 1"));
  if (!rows.next()) return std::nullopt;
  return flaw(Kind::altered_envelope, static_cast<std::uint32_t>(rows.row().integer(0)),
              static_cast<std::uint64_t>(rows.row().integer(1)),
              "altered on the disk and kept apart; the journal goes on behind it");
}

}  // namespace

JournalCheck verify_facts(core::Database& database, const core::VerifyKey& key,
                          std::int64_t from_position, Damage damage) {
  JournalCheck check;
  bool passed_over = false;
  Walk walk = start_of_walk(database, from_position);
  Rows rows(database.cached(std::string(kFactColumns) + " WHERE position>=? ORDER BY position")
                .bind(1, from_position));
  while (!check.flaw && rows.next()) {
    const SealedFact fact = fact_of_row(rows.row());
    check.flaw = check_place(walk, fact);
    if (!check.flaw) check.flaw = check_seal(walk, fact, key);
    if (!check.flaw) check.flaw = check_meaning(database, walk, fact);
    if (check.flaw && damage == Damage::left_to_the_hub && is_damage(check.flaw->kind)) {
      check.flaw.reset();
      passed_over = true;
    }
    if (check.flaw) break;
    walk.position = fact.position + 1;
    walk.incarnation = fact.fields.incarnation;
    walk.seq = fact.fields.seq;
    walk.chain = fact.chain;
    walk.joined = true;
    ++check.checked;
  }
  if (!check.flaw) check.flaw = check_tail(database);
  if (!check.flaw && damage == Damage::is_a_flaw && from_position <= 1) {
    check.flaw = first_hole(database);
  }
  if (!check.flaw && !passed_over && from_position <= 1 &&
      walk.derived != count_derived(database)) {
    check.flaw = flaw(Kind::altered_index, walk.incarnation, walk.seq,
                      "derived rows that no fact accounts for");
  }
  return check;
}

}  // namespace pos::disk
