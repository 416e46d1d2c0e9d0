#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "pos/core/planted.hpp"
#include "pos/disk/derived_rows.hpp"
#include "pos/disk/fact_rows.hpp"
#include "pos/disk/journal.hpp"

// Law 11: one bad record never blocks the queue, nor the shop.

namespace pos::disk {
namespace {

/// What is behind the place of the first altered record, the oldest first.
struct Tail {
  std::vector<SealedFact> whole;
  std::vector<SealedFact> altered;
};

/// Chain values that the next record may be joined on to: the one that follows from the fields of
/// the record before it, and the one that this says it has.
struct Before {
  core::Digest computed, stored;
};

/// A record is whole when its signature covers its fields behind the record before it. What fits
/// neither value may be anybody's, and is not signed anew.
bool is_whole(const SealedFact& fact, const core::VerifyKey& key, Before& before) {
  for (const core::Digest& previous : {before.computed, before.stored}) {
    const bool starts = fact.fields.seq == 1;
    const core::Digest chain =
        core::chain_value(starts ? core::kChainStart : previous, fact.fields);
    if (!core::verify_chain(key, chain, fact.signature)) continue;
    before = {chain, fact.chain};
    return true;
  }
  before = {fact.chain, fact.chain};
  return false;
}

Tail sort_out(core::Database& database, const core::VerifyKey& key, std::int64_t position) {
  Tail tail;
  Before before;
  Rows rows(database.cached(std::string(kFactColumns) + " WHERE position>=? ORDER BY position")
                .bind(1, position - 1));
  while (rows.next()) {
    SealedFact fact = fact_of_row(rows.row());
    if (fact.position < position) {
      before = {fact.chain, fact.chain};
    } else if (!is_whole(fact, key, before)) {
      tail.altered.push_back(std::move(fact));
    } else if (fact.fields.kind.text() != "begin") {
      tail.whole.push_back(std::move(fact));
    }
  }
  return tail;
}

/// Whether this till's key signed anything here. Where it did not, it is the key that was changed,
/// not the disk.
bool is_signed_by(core::Database& database, const core::VerifyKey& key, std::int64_t position) {
  constexpr std::int64_t kLookedAt = 50;
  Rows rows(
      database
          .cached(std::string(kFactColumns) + " WHERE position<? ORDER BY position DESC LIMIT ?")
          .bind_all(position, kLookedAt));
  while (rows.next()) {
    const SealedFact fact = fact_of_row(rows.row());
    if (core::verify_chain(key, fact.chain, fact.signature)) return true;
  }
  return false;
}

/// What of the tail does not follow from its facts alone.
struct Kept {
  std::map<core::FactId, std::int64_t> outcomes;
  std::set<core::FactId> unprinted;
};

Kept kept_of(core::Database& database, std::int64_t position) {
  Kept kept;
  Rows outcomes(database
                    .cached("SELECT f.uid, e.outcome FROM effect e JOIN fact f USING(position)"
                            " WHERE e.position>=? AND e.outcome IS NOT NULL")
                    .bind(1, position));
  while (outcomes.next()) {
    const auto uid = core::FactId::from_bytes(outcomes.row().blob(0));
    if (uid) kept.outcomes[*uid] = outcomes.row().integer(1);
  }
  Rows unprinted(
      database.cached("SELECT f.uid FROM unprinted u JOIN fact f USING(position) WHERE position>=?")
          .bind(1, position));
  while (unprinted.next()) {
    const auto uid = core::FactId::from_bytes(unprinted.row().blob(0));
    if (uid) kept.unprinted.insert(*uid);
  }
  return kept;
}

/// Out of the tables of facts into that of holes. What an altered record drew on a right stays
/// drawn, at the first place.
void take_out(core::Database& database, std::int64_t position, const Tail& tail) {
  for (const SealedFact& fact : tail.altered) {
    database
        .cached(
            "INSERT INTO hole SELECT ?1, position, incarnation, seq, uid, kind, chain, signature,"
            " box, body FROM fact WHERE position=?2")
        .bind_all(position, fact.position)
        .run();
  }
  for (const char* sql :
       {"DELETE FROM right_mark WHERE right_id IN"
        " (SELECT right_id FROM right_received WHERE position>=?)",
        "DELETE FROM right_received WHERE position>=?", "DELETE FROM effect WHERE position>=?",
        "INSERT INTO spend(right_id, account, position, amount)"
        " SELECT right_id, account, -1, sum(amount) FROM spend"
        " WHERE position IN (SELECT place FROM hole WHERE at=?1) GROUP BY right_id, account",
        "DELETE FROM spend WHERE position>=?", "UPDATE spend SET position=?1 WHERE position=-1",
        "DELETE FROM returned WHERE position>=?", "DELETE FROM budget_given WHERE position>=?",
        "DELETE FROM unprinted WHERE position>=?",
        "DELETE FROM incarnation WHERE first_position>=?", "DELETE FROM fact WHERE position>=?"}) {
    database.cached(sql).bind(1, position).run();
  }
}

void restore(core::Database& database, const SealedFact& fact, const Kept& kept) {
  const auto outcome = kept.outcomes.find(fact.fields.uid);
  if (outcome != kept.outcomes.end()) {
    database.cached("UPDATE effect SET outcome=? WHERE position=?")
        .bind_all(outcome->second, fact.position)
        .run();
  }
  if (kept.unprinted.contains(fact.fields.uid)) return;
  database.cached("DELETE FROM unprinted WHERE position=?").bind(1, fact.position).run();
}

}  // namespace

JournalCheck Journal::verify_unaccepted() {
  std::int64_t from = head_.position + 1;
  for (const IncarnationState& state : incarnations_of(*database_)) {
    if (state.accepted >= state.last_seq) continue;
    from = state.first_position + static_cast<std::int64_t>(state.accepted);
    break;
  }
  return verify_facts(
      *database_, options_.signing.open, from,
      CLUBTILL_BUG("rotten_record_shuts_shop") ? Damage::is_a_flaw : Damage::left_to_the_hub);
}

bool Journal::is_hole(const JournalCheck& check) {
  using Kind = JournalFlaw::Kind;
  return check.flaw && check.flaw->position > 0 &&
         (check.flaw->kind == Kind::altered_envelope || check.flaw->kind == Kind::bad_signature);
}

bool Journal::mend_from(std::int64_t position) {
  core::Transaction transaction(*database_);
  const Head before = head_;
  try {
    // A changed uid is not in its index, and what an index lacks cannot be taken out.
    database_->execute("REINDEX fact");
    const Tail tail = sort_out(*database_, options_.signing.open, position);
    if (tail.whole.empty() && !is_signed_by(*database_, options_.signing.open, position)) {
      return false;
    }
    const Kept kept = kept_of(*database_, position);
    std::uint32_t newest = 0;
    for (const IncarnationState& state : incarnations_of(*database_)) {
      newest = std::max(newest, state.incarnation);
    }
    take_out(*database_, position, tail);
    load_head();
    begin_behind_head(newest + 1);
    for (SealedFact fact : tail.whole) {
      chain_on(fact);
      const auto decoded = programme::decode_fact(fact.fields.kind.text(), fact.body);
      // A body that rotted is the hub's to park: nothing follows from it.
      if (!decoded || core::blake2b(fact.body) != fact.fields.body_hash) continue;
      write_derived(*database_, fact.position, derive(*decoded));
      restore(*database_, fact, kept);
    }
    transaction.commit();
    mended_ = true;
    return true;
  } catch (...) {
    head_ = before;
    throw;
  }
}

}  // namespace pos::disk
