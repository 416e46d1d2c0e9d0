#include "sync/engine/sync_worker.hpp"

namespace club::engine {

using pos::core::fail;
using pos::core::Millis;
using Attention = SyncStatus::Attention;
using Word = wire::Refusal::Word;

namespace {

/// Whether it is over once the hub answers in full.
bool ends_with_a_good_round(Attention attention) {
  return attention != Attention::forked && attention != Attention::damaged &&
         attention != Attention::unfit;
}

}  // namespace

SyncWorker::SyncWorker(Options options, Link& link, SyncStore& store, const pos::core::Clock& clock,
                       pos::core::Chance& chance)
    : options_(options),
      link_(link),
      store_(store),
      clock_(clock),
      chance_(chance),
      backoff_(options.backoff),
      rereading_(options.backoff) {}

SyncWorker::Round SyncWorker::run_once() {
  auto done = round();
  if (const auto waiting = store_.waiting()) status_.waiting = *waiting;
  if (done) {
    backoff_.reset();
    status_.connection = SyncStatus::Connection::online;
    status_.offline_since.reset();
    status_.last_error.clear();
    if (status_.attention && ends_with_a_good_round(*status_.attention)) status_.attention.reset();
    return *done;
  }
  session_.reset();
  note(done.error());
  return {backoff_.next(chance_), 0, false, false};
}

Synced<SyncWorker::Round> SyncWorker::round() {
  bool right_received = false;
  if (!session_) {
    if (const auto greeted = greet(); !greeted) return fail(greeted.error());
    right_received = session_->right_received();
  }
  bool waits = true;
  for (int batch = 0; waits && batch < options_.batches_per_round; ++batch) {
    const auto pushed = session_->push();
    if (!pushed) return fail(pushed.error());
    waits = pushed->sent > 0;
    if (pushed->damaged > 0) status_.attention = Attention::damaged;
    if (pushed->forked) status_.attention = Attention::forked;
  }
  const auto pulled = session_->pull(!waits);
  if (!pulled) return fail(pulled.error());
  return Round{pause_after(*pulled), pulled->rows, pulled->club_changed,
               right_received || pulled->right_received};
}

/// One stream that does not fit is read again and nobody needs to know; one that never fits is the
/// hub's error, and is asked for ever more seldom.
Millis SyncWorker::pause_after(const TillSession::Pulled& pulled) {
  constexpr int kRereadingsQuiet = 3;
  if (pulled.unfit == 0) {
    if (!pulled.more) {
      rereading_.reset();
      if (status_.attention == Attention::unfit) status_.attention.reset();
    }
    return Millis{0};
  }
  const Millis pause = rereading_.next(chance_);
  if (rereading_.failures() > kRereadingsQuiet) {
    status_.attention = Attention::unfit;
  }
  return pause;
}

Synced<void> SyncWorker::greet() {
  auto session = TillSession::begin(options_.identity, link_, store_, chance_, options_.times);
  if (!session) return fail(session.error());
  status_.clock_ahead = clock_.now() - session->hub_time();
  session_ = std::move(*session);
  return {};
}

void SyncWorker::note(const SyncError& error) {
  if (status_.connection != SyncStatus::Connection::offline) {
    // After a restart of the hub the next hello mends this; the status line need not blink.
    const bool stale = error.fault == SyncError::Fault::refused &&
                       (error.word == Word::bad_nonce || error.word == Word::replayed);
    if (!stale) {
      status_.connection = SyncStatus::Connection::offline;
      status_.offline_since = clock_.now();
    }
  }
  status_.last_error = error.detail;
  if (error.fault == SyncError::Fault::disk) status_.attention = Attention::disk;
  if (error.fault != SyncError::Fault::refused) return;
  if (error.word == Word::unknown_till) status_.attention = Attention::unknown_till;
  if (error.word == Word::bad_signature) status_.attention = Attention::key_refused;
  if (error.word == Word::version) status_.attention = Attention::version;
}

}  // namespace club::engine
