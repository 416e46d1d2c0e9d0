#include "pos/disk/journal.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "pos/core/check.hpp"
#include "pos/core/planted.hpp"
#include "pos/disk/derived_rows.hpp"
#include "pos/disk/fact_rows.hpp"
#include "pos/disk/journal_schema.hpp"

namespace pos::disk {
namespace {

using core::DbError;
using core::DbFailure;
using domain::Money;

constexpr const char* kCleanKey = "clean_stop";

/// Carries a reason of ours out of a transaction, which rolls back on the way.
struct Refused {
  DiskError error;
};

[[noreturn]] void refuse(DiskError::Fault fault, std::string detail) {
  throw Refused{{fault, std::move(detail)}};
}

}  // namespace

Journal::Journal(Options options) : options_(std::move(options)) {}

Journal::~Journal() {
  if (!database_) return;
  // Lost when it fails: then the next start verifies the tail once more than it had to.
  const auto marked = core::guarded([&] {
    apply_changes({{kCleanKey, core::Bytes{1}}});
    database_->execute("PRAGMA wal_checkpoint(TRUNCATE)");
  });
  static_cast<void>(marked);
}

/// Runs `work` and turns every failure into a reason, without touching the connection.
template <class Work>
auto Journal::attempt(Work&& work) -> Disk<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const DbFailure& failure) {
    return core::fail(disk_error(failure.error(), options_.path));
  } catch (const Refused& refused) {
    return core::fail(refused.error);
  }
}

/// As attempt(), for writes: gives the ballast away on a full disk, and reopens after a failed
/// write, because the connection's picture of the file can no longer be believed.
template <class Work>
auto Journal::writing(Work&& work) -> Disk<decltype(work())> {
  const std::lock_guard guard(mutex_);
  if (!database_) {
    const auto opened = attempt([&] { reopen_after_failure(); });
    if (!opened) return core::fail(opened.error());
  }
  auto result = attempt(work);
  if (result) return result;
  const DiskError::Fault fault = result.error().fault;
  const bool ours = fault == DiskError::Fault::misuse || fault == DiskError::Fault::right_ended;
  const bool full = fault == DiskError::Fault::full;
  if (full && options_.ballast != nullptr && options_.ballast->release()) {
    on_ballast_ = true;
    return attempt(work);
  }
  if (full || ours) return result;
  const auto reopened = attempt([&] { reopen_after_failure(); });
  if (!reopened) return core::fail(reopened.error());
  return attempt(work);
}

Disk<std::unique_ptr<Journal>> Journal::open(const Options& options) {
  CLUBTILL_CHECK(options.till.value != 0 && options.chance != nullptr);
  std::unique_ptr<Journal> journal(new Journal(options));
  if (options.lock) {
    auto lock = ProcessLock::take(options.path + ".lock");
    if (!lock) {
      const bool taken = lock.error().kind == FileError::Kind::taken;
      return core::fail(DiskError{taken ? DiskError::Fault::already_running : DiskError::Fault::io,
                                  lock.error().detail});
    }
    journal->lock_ = std::move(*lock);
  }
  const auto opened = journal->attempt([&] {
    journal->open_database();
    journal->recover();
  });
  if (!opened) {
    journal->database_.reset();
    return core::fail(opened.error());
  }
  return journal;
}

void Journal::open_database() {
  const auto synchronous =
      CLUBTILL_BUG("journal_without_fsync") ? core::Synchronous::normal : core::Synchronous::full;
  database_ = core::Database::open(
      options_.path, {core::OpenMode::read_write_create, synchronous, options_.vfs, 2000});
  prepare_schema(*database_, kJournalApplication, kJournalSchema, kJournalTables);
  database_->execute(kBudgetTable);
  database_->execute(kRightTables);
  database_->execute(kHoleTable);
}

/// Reads the head; after an unclean stop only what the hub has not accepted is verified. A record
/// that rotted on the disk does not keep the shop shut.
void Journal::recover() {
  const bool clean = state_value(*database_, kCleanKey).has_value();
  load_head();
  if (head_.position == 0) {
    core::Transaction transaction(*database_);
    begin_behind_head(1);
    transaction.commit();
    return;
  }
  if (!clean) {
    JournalCheck check = verify_unaccepted();
    if (is_hole(check) && mend_from(check.flaw->position)) check = verify_unaccepted();
    if (check.flaw) {
      refuse(
          DiskError::Fault::broken_chain,
          fmt::format("{}: incarnation {}, seq {}: {} ({})", options_.path, check.flaw->incarnation,
                      check.flaw->seq, check.flaw->detail, to_text(check.flaw->kind)));
    }
  }
  if (clean) apply_changes({{kCleanKey, std::nullopt}});
}

void Journal::load_head() {
  head_ = Head{};
  const auto newest = newest_fact(*database_);
  if (!newest) return;
  if (newest->fields.till != options_.till.value) {
    refuse(DiskError::Fault::misuse,
           fmt::format("{}: the journal of till {}, not of till {}", options_.path,
                       newest->fields.till, options_.till.value));
  }
  head_ = {newest->position, newest->fields.incarnation, newest->fields.seq, newest->chain};
}

/// What was written may lie in memory of the system alone, marked as clean. So the file is read
/// anew, and a checkpoint copies it with fresh writes and a fresh fsync before anything is
/// believed.
void Journal::reopen_after_failure() {
  database_.reset();
  open_database();
  database_->execute("PRAGMA wal_checkpoint(TRUNCATE)");
  recover();
}

Disk<SealedFact> Journal::seal(const SealRequest& request) {
  auto sealed = writing([&] {
    core::Transaction transaction(*database_);
    if (auto known = find(request.uid)) return *known;
    const Head before = head_;
    try {
      SealedFact fact = append(request);
      apply_changes(request.changes);
      if (CLUBTILL_BUG_AT_TIMES("seal_without_commit", 20)) {
        head_ = before;
        return fact;
      }
      transaction.commit();
      return fact;
    } catch (...) {
      if (!CLUBTILL_BUG("head_kept_after_failure")) head_ = before;
      throw;
    }
  });
  if (!sealed && CLUBTILL_BUG("failed_fsync_believed")) return SealedFact{};
  return sealed;
}

/// Joins it on to the head, whatever it was joined on to before.
void Journal::chain_on(SealedFact& fact) {
  fact.position = head_.position + 1;
  fact.fields.till = options_.till.value;
  fact.fields.incarnation = head_.incarnation;
  fact.fields.seq = head_.seq + 1;
  const core::Digest previous = fact.fields.seq == 1 ? core::kChainStart : head_.chain;
  fact.chain = core::chain_value(previous, fact.fields);
  fact.signature = core::sign_chain(options_.signing.secret, fact.chain);
  write_fact(fact);
  head_ = {fact.position, fact.fields.incarnation, fact.fields.seq, fact.chain};
}

SealedFact Journal::append(const SealRequest& request) {
  programme::Fact kept = without_names(request.fact);
  draw_on_current_right(kept);
  SealedFact fact;
  fact.body = programme::encode_fact(kept);
  const std::size_t box_size = request.box ? request.box->size() : 0;
  if (fact.body.size() > programme::kFactBytesMax || box_size > programme::kFactBytesMax) {
    refuse(DiskError::Fault::misuse, "a fact or its box is larger than 64 KiB");
  }
  const auto kind = core::FactKind::parse(programme::kind_of(kept));
  CLUBTILL_CHECK(kind.has_value());
  fact.fields.uid = request.uid;
  fact.fields.kind = *kind;
  fact.fields.size = static_cast<std::uint32_t>(fact.body.size());
  fact.fields.body_hash = core::blake2b(fact.body);
  fact.box = request.box;
  chain_on(fact);
  write_derived(*database_, fact.position, derive(kept));
  return fact;
}

/// Between the quote and this moment another right may have come: the sale is counted on that one.
void Journal::draw_on_current_right(programme::Fact& fact) {
  if (auto* back = std::get_if<programme::ReturnFact>(&fact)) return draw_for_return(*back);
  auto* sale = std::get_if<programme::SaleFact>(&fact);
  if (sale == nullptr || !sale->right || sale->result.drawn.is_zero()) return;
  const auto right = current_right(*database_);
  if (CLUBTILL_BUG("handed_back_right_spent")) return;
  const Money drawn = sale->result.drawn;
  const Money earlier =
      right && sale->account ? spent_for(*database_, *right, *sale->account) : Money{};
  const bool fits = right && drawn <= right->left() && drawn + earlier <= right->per_member_max;
  if (!fits) refuse(DiskError::Fault::right_ended, "the right has too little left for this sale");
  sale->right = right->id;
}

void Journal::draw_for_return(programme::ReturnFact& back) {
  if (!back.right || back.drawn.is_zero() || CLUBTILL_BUG("handed_back_right_spent")) return;
  const auto right = current_right(*database_);
  const bool fits = right && back.drawn <= right->left();
  if (!fits) refuse(DiskError::Fault::right_ended, "the right has too little left for this return");
  back.right = right->id;
}

void Journal::write_fact(const SealedFact& fact) {
  database_
      ->cached(
          "INSERT INTO fact(position, incarnation, seq, till, uid, kind, size, body_hash, chain, "
          "signature, box, body) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind_all(fact.position, std::int64_t{fact.fields.incarnation},
                static_cast<std::int64_t>(fact.fields.seq), std::int64_t{fact.fields.till},
                fact.fields.uid.bytes(), fact.fields.kind.text(), std::int64_t{fact.fields.size},
                fact.fields.body_hash.bytes(), fact.chain.bytes(), fact.signature.bytes(),
                fact.box ? std::optional(core::BytesView(*fact.box)) : std::nullopt,
                core::BytesView(fact.body))
      .run();
  if (fact.fields.seq != 1) return;
  database_->cached("INSERT INTO incarnation VALUES(?, ?, 0)")
      .bind_all(std::int64_t{fact.fields.incarnation}, fact.position)
      .run();
}

void Journal::apply_changes(const std::vector<StateChange>& changes) {
  for (const StateChange& change : changes) {
    if (change.value) {
      database_->cached("INSERT OR REPLACE INTO state VALUES(?, ?)")
          .bind_all(change.key, core::BytesView(*change.value))
          .run();
    } else {
      database_->cached("DELETE FROM state WHERE key=?").bind(1, change.key).run();
    }
  }
}

std::optional<SealedFact> Journal::find(const domain::FactId& uid) {
  return fact_by_uid(*database_, uid);
}

Disk<void> Journal::change_state(const std::vector<StateChange>& changes) {
  return writing([&] {
    core::Transaction transaction(*database_);
    apply_changes(changes);
    transaction.commit();
  });
}

Disk<void> Journal::mark_printed(const domain::FactId& uid) {
  return writing([&] {
    database_
        ->cached("DELETE FROM unprinted WHERE position=(SELECT position FROM fact WHERE uid=?)")
        .bind(1, uid.bytes())
        .run();
  });
}

void Journal::move_accepted(std::uint32_t incarnation, std::uint64_t seq, bool up) {
  const auto states = incarnations_of(*database_);
  const auto state = std::find_if(states.begin(), states.end(), [&](const auto& candidate) {
    return candidate.incarnation == incarnation;
  });
  if (state == states.end() || seq > state->last_seq) {
    refuse(DiskError::Fault::misuse,
           fmt::format("incarnation {}, seq {} was never sealed here", incarnation, seq));
  }
  const auto set = [&](const IncarnationState& of, std::uint64_t accepted) {
    database_->cached("UPDATE incarnation SET accepted=? WHERE incarnation=?")
        .bind_all(static_cast<std::int64_t>(accepted), std::int64_t{of.incarnation})
        .run();
  };
  core::Transaction transaction(*database_);
  if (up ? seq != state->accepted : seq < state->accepted) set(*state, seq);
  if (up && CLUBTILL_BUG("overlay_dropped_on_ack")) {
    database_->cached("UPDATE effect SET outcome=0 WHERE outcome IS NULL").run();
  }
  // Also where the hub's mark is another copy's, and says nothing of ours.
  const bool doubted = seq < state->accepted || seq == 0 || !up;
  if (doubted && !CLUBTILL_BUG("older_incarnations_forgotten")) {
    for (auto older = states.begin(); older != state; ++older) {
      if (older->accepted >= older->last_seq) set(*older, older->last_seq - 1);
    }
  }
  transaction.commit();
}

Disk<void> Journal::set_accepted(std::uint32_t incarnation, std::uint64_t seq) {
  return writing([&] { move_accepted(incarnation, seq, true); });
}

Disk<void> Journal::doubt_accepted(std::uint32_t incarnation, std::uint64_t seq) {
  return writing([&] { move_accepted(incarnation, seq, false); });
}

Disk<bool> Journal::receive_right(programme::RightFact right) {
  return writing([&] {
    const auto before_it = current_right(*database_);
    const bool older = before_it && right.number <= before_it->number;
    if (older && !CLUBTILL_BUG("older_right_taken")) return false;
    if (before_it && right.id == before_it->id) return false;
    if (!settled_position(*database_, right)) return false;
    right.handed_back = before_it ? before_it->left() : domain::Money{};
    core::Transaction transaction(*database_);
    const Head before = head_;
    try {
      append({core::FactId::mint(*options_.chance), right, {}, {}});
      transaction.commit();
    } catch (...) {
      head_ = before;
      throw;
    }
    return true;
  });
}

Disk<bool> Journal::mend() {
  return writing([&] {
    const JournalCheck check = verify_unaccepted();
    return is_hole(check) && mend_from(check.flaw->position);
  });
}

void Journal::begin_behind_head(std::uint32_t next) {
  programme::BeginFact begin;
  if (head_.position > 0) begin = {head_.incarnation, head_.seq, head_.chain};
  head_ = {head_.position, next, 0, core::kChainStart};
  append({core::FactId::mint(*options_.chance), begin, {}, {}});
}

Disk<void> Journal::begin_incarnation(std::uint32_t next) {
  return writing([&] {
    if (next <= head_.incarnation) {
      refuse(DiskError::Fault::misuse, fmt::format("incarnation {} is not new", next));
    }
    core::Transaction transaction(*database_);
    const Head before = head_;
    try {
      begin_behind_head(next);
      transaction.commit();
    } catch (...) {
      head_ = before;
      throw;
    }
  });
}

void Journal::settle_fact(const SealedFact& fact, std::uint64_t seq) {
  // A record that rotted may still read, and name another account.
  const bool whole = core::blake2b(fact.body) == fact.fields.body_hash;
  const auto decoded = programme::decode_fact(fact.fields.kind.text(), fact.body);
  const DerivedRows rows = whole && decoded ? derive(*decoded) : DerivedRows{};
  if (!whole || !rows.of_budgets.empty()) {
    database_->cached("DELETE FROM budget_given WHERE position=?").bind(1, fact.position).run();
  }
  if (whole && !rows.effect) return;
  constexpr std::string_view kSet =
      "UPDATE effect SET outcome=CASE WHEN outcome<0 THEN -?1 ELSE ?1 END WHERE position=?2";
  core::Statement& set =
      database_->cached(rows.effect ? std::string(kSet) + " AND account=?3" : std::string(kSet));
  set.bind_all(static_cast<std::int64_t>(seq), fact.position);
  if (rows.effect) set.bind(3, rows.effect->account.bytes());
  set.run();
}

Disk<void> Journal::settle(const std::vector<Settlement>& settlements) {
  if (settlements.empty()) return {};
  return writing([&] {
    core::Transaction transaction(*database_);
    for (const Settlement& settlement : settlements) {
      const auto fact = fact_by_uid(*database_, settlement.uid);
      if (fact) settle_fact(*fact, settlement.seq);
    }
    transaction.commit();
  });
}

Disk<void> Journal::keep_programme(std::string_view document) {
  const core::BytesView bytes = core::bytes_of(document);
  return writing([&] {
    core::Transaction transaction(*database_);
    database_->execute(kProgrammeTable);
    database_->cached("INSERT OR IGNORE INTO programme VALUES(?, ?)")
        .bind_all(core::blake2b(bytes).bytes(), bytes)
        .run();
    transaction.commit();
  });
}

Disk<void> Journal::forget_settlements(std::uint8_t bucket, std::uint64_t above,
                                       std::int64_t generation) {
  if (CLUBTILL_BUG("settlements_kept_on_restart")) return {};
  return writing([&] {
    const auto seq = static_cast<std::int64_t>(above);
    database_
        ->cached("UPDATE effect SET outcome=?3 WHERE bucket=?1 AND (outcome>?2 OR outcome<-?2)")
        .bind_all(std::int64_t{bucket}, seq, kForgotten + generation)
        .run();
  });
}

bool Journal::is_mended() const {
  const std::lock_guard guard(mutex_);
  return mended_;
}

bool Journal::on_ballast() const {
  const std::lock_guard guard(mutex_);
  return on_ballast_;
}

}  // namespace pos::disk
