#include "pos/disk/till_sync_store.hpp"

#include <algorithm>

#include "pos/core/planted.hpp"

namespace pos::disk {
namespace {

using club::engine::Stored;
using club::engine::StoreFault;

template <class Value>
Stored<Value> stored(Disk<Value> result) {
  if (!result) return core::fail(StoreFault{result.error().detail});
  if constexpr (std::is_void_v<Value>) {
    return {};
  } else {
    return std::move(*result);
  }
}

}  // namespace

Disk<std::unique_ptr<TillSyncStore>> TillSyncStore::open(Journal& journal, Cache& cache,
                                                         const core::Clock& clock) {
  auto reader = JournalReader::open(journal.options().path, journal.options().vfs);
  if (!reader) return core::fail(reader.error());
  const auto outcomes = reader->outcomes();
  if (!outcomes) return core::fail(outcomes.error());
  std::unique_ptr<TillSyncStore> store(
      new TillSyncStore(journal, cache, clock, std::move(*reader)));
  for (const auto& [bucket, known] : *outcomes) {
    store->highest_outcome_[bucket] = known.highest;
    if (known.again_in) store->restarted_[bucket] = *known.again_in;
  }
  return store;
}

Stored<club::wire::JournalMark> TillSyncStore::sealed() {
  const auto last = reader_.last_fact();
  if (!last) return core::fail(StoreFault{last.error().detail});
  if (!*last) return core::fail(StoreFault{"the journal is empty"});
  return club::wire::JournalMark{(*last)->fields.incarnation, (*last)->fields.seq, (*last)->chain};
}

Stored<club::engine::Batch> TillSyncStore::outbox(std::size_t facts_max, std::size_t bytes_max) {
  auto facts = reader_.outbox(facts_max, bytes_max);
  if (!facts) return core::fail(StoreFault{facts.error().detail});
  club::engine::Batch batch;
  for (SealedFact& fact : *facts) {
    batch.signature = fact.signature;
    batch.facts.push_back({fact.fields, fact.chain, std::move(fact.body), std::move(fact.box)});
  }
  return batch;
}

Stored<std::uint64_t> TillSyncStore::waiting() {
  const auto states = reader_.incarnations();
  if (!states) return core::fail(StoreFault{states.error().detail});
  std::uint64_t waiting = 0;
  for (const IncarnationState& state : *states) {
    if (state.last_seq > state.accepted) waiting += state.last_seq - state.accepted;
  }
  return waiting;
}

Disk<std::optional<core::Instant>> TillSyncStore::oldest_waiting() {
  const auto counts = reader_.counts();
  if (!counts) return core::fail(counts.error());
  return counts->oldest_waiting;
}

Stored<void> TillSyncStore::set_accepted(const club::wire::JournalMark& mark) {
  return stored(journal_.set_accepted(mark.incarnation, mark.seq));
}

Stored<void> TillSyncStore::doubt_accepted(std::uint32_t incarnation, std::uint64_t seq) {
  return stored(journal_.doubt_accepted(incarnation, seq));
}

Stored<bool> TillSyncStore::holds(const club::wire::JournalMark& mark) {
  if (mark.seq == 0) return true;
  const auto chain = reader_.chain_at(mark.incarnation, mark.seq);
  if (!chain) return core::fail(StoreFault{chain.error().detail});
  return *chain == mark.chain;
}

Stored<club::wire::JournalMark> TillSyncStore::accepted() {
  const auto states = reader_.incarnations();
  if (!states) return core::fail(StoreFault{states.error().detail});
  for (auto state = states->rbegin(); state != states->rend(); ++state) {
    if (state->accepted == 0) continue;
    const auto chain = reader_.chain_at(state->incarnation, state->accepted);
    if (!chain) return core::fail(StoreFault{chain.error().detail});
    if (*chain) return club::wire::JournalMark{state->incarnation, state->accepted, **chain};
  }
  return club::wire::JournalMark{1, 0, core::kChainStart};
}

Stored<bool> TillSyncStore::receive(const club::wire::IssuedRight& right) {
  programme::RightFact fact;
  fact.id = right.id;
  fact.amount = right.amount;
  fact.per_member_max = right.per_member_max;
  fact.received_at = clock_.now();
  fact.number = right.number;
  fact.settled_incarnation = right.settled.incarnation;
  fact.settled_seq = right.settled.seq;
  fact.settled_chain = right.settled.chain;
  return stored(journal_.receive_right(fact));
}

Stored<void> TillSyncStore::begin_incarnation() {
  const auto last = reader_.last_fact();
  if (!last) return core::fail(StoreFault{last.error().detail});
  const std::uint32_t current = *last ? (*last)->fields.incarnation : 0;
  return stored(journal_.begin_incarnation(current + 1));
}

Stored<bool> TillSyncStore::mend() { return stored(journal_.mend()); }

Stored<std::vector<club::wire::Cursor>> TillSyncStore::cursors() {
  return stored(cache_.cursors(restarted_));
}

/// Outcomes that do not compare with the page's seqs: all of them where the stream restarts; where
/// the page is of another epoch than the cursor at hand, those above it. They are known of a life
/// of the hub that may have ended behind the cursor, as when this cache is new, or lost its last
/// commits with the power.
Stored<void> TillSyncStore::forget_void_outcomes(const club::wire::Page& page) {
  const auto stream = page.cursor.stream;
  if (stream >= club::wire::kClubStream) return {};
  const auto place = cache_.place(stream);
  if (!place) return core::fail(StoreFault{place.error().detail});
  if (!page.restart && page.cursor.epoch == place->cursor.epoch) return {};
  if (!page.restart && CLUBTILL_BUG("outcomes_of_lost_rows_kept")) return {};
  const std::uint64_t above = page.restart ? 0 : place->cursor.seq;
  const std::int64_t generation = place->generation + (page.restart ? 1 : 0);
  const auto highest = highest_outcome_.find(stream);
  if (highest == highest_outcome_.end() || highest->second <= above) return {};
  highest->second = UINT64_MAX;
  restarted_[stream] = generation;
  return stored(journal_.forget_settlements(static_cast<std::uint8_t>(stream), above, generation));
}

/// The journal first: an effect is then counted until exactly the commit that brings the row which
/// shows it, and a programme is kept before a sale can name it. A crash between the two repeats the
/// page. The cache may lose its last commits with the power (it is not synced at each): then a
/// stream whose outcomes the journal has forgotten is read from the start once more.
Stored<std::vector<club::wire::StreamNumber>> TillSyncStore::apply(
    const std::vector<club::wire::Page>& pages) {
  std::vector<Settlement> settlements;
  for (const club::wire::Page& page : pages) {
    if (const auto void_now = forget_void_outcomes(page); !void_now) {
      return core::fail(void_now.error());
    }
    for (const club::wire::Row& row : page.rows) {
      const auto* outcome = std::get_if<club::wire::OutcomeRow>(&row.body);
      if (outcome != nullptr) {
        const bool parked = outcome->result == club::wire::OutcomeRow::Result::parked;
        if (parked && CLUBTILL_BUG("parked_never_settled")) continue;
        settlements.push_back({outcome->fact, parked ? 0 : row.seq});
        auto& highest = highest_outcome_[page.cursor.stream];
        highest = std::max(highest, row.seq);
      }
      const auto* programme = std::get_if<club::wire::ProgrammeRow>(&row.body);
      if (programme == nullptr) continue;
      const auto kept = journal_.keep_programme(programme->document);
      if (!kept) return core::fail(StoreFault{kept.error().detail});
    }
  }
  if (CLUBTILL_BUG("outcomes_after_rows")) {
    auto applied = stored(cache_.apply(pages));
    const auto late = journal_.settle(settlements);
    if (!late) return core::fail(StoreFault{late.error().detail});
    return applied;
  }
  if (CLUBTILL_BUG_AT_TIMES("outcome_lost", 40)) settlements.clear();
  const auto settled = journal_.settle(settlements);
  if (!settled) return core::fail(StoreFault{settled.error().detail});
  return stored(cache_.apply(pages));
}

Disk<void> restore_joined(JournalReader& journal, Cache& cache) {
  const auto joinings = journal.joinings();
  if (!joinings) return core::fail(joinings.error());
  for (const programme::JoinFact& join : *joinings) {
    if (const auto added = cache.add_joined(join); !added) return core::fail(added.error());
  }
  return {};
}

Disk<void> keep_programme_in_force(CacheReader& cache, Journal& journal) {
  const auto document = cache.programme();
  if (!document) return core::fail(document.error());
  return *document ? journal.keep_programme(**document) : Disk<void>{};
}

}  // namespace pos::disk
