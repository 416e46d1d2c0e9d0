#pragma once

#include <optional>
#include <string>

#include "sync/engine/backoff.hpp"
#include "sync/engine/till_session.hpp"

namespace club::engine {

/// What the status line says.
struct SyncStatus {
  enum class Connection {
    unknown,  ///< not tried since the start
    online,
    offline,
  };
  Connection connection = Connection::unknown;
  std::optional<pos::core::Instant> offline_since;
  std::uint64_t waiting = 0;  ///< facts that the hub has not accepted
  /// What a person must look at. It does not stop sales.
  enum class Attention : std::uint8_t {
    unknown_till,  ///< not registered at the hub, or revoked
    key_refused,
    version,  ///< hub and till do not share one
    forked,   ///< another copy of this till's disk was in use
    damaged,  ///< the hub could not read a fact and keeps it raw
    unfit,    ///< the hub's rows do not fit its own count and are read again and again
    disk,     ///< of this till
  };
  /// What a good round disproves goes with it; forked and damaged stay until the next start.
  std::optional<Attention> attention;
  std::string last_error;
  std::optional<pos::core::Millis> clock_ahead;  ///< of the hub's, at the last hello
  friend bool operator==(const SyncStatus&, const SyncStatus&) = default;
};

/// Keeps a session alive: hello, push what waits, pull what is new; after an error a pause and a
/// new session. Owned and called by one thread.
class SyncWorker {
 public:
  struct Options {
    TillIdentity identity;
    CallTimes times;
    Backoff::Limits backoff;
    int batches_per_round = 8;  ///< then rows are pulled before more is pushed
  };
  SyncWorker(Options options, Link& link, SyncStore& store, const pos::core::Clock& clock,
             pos::core::Chance& chance);

  struct Round {
    /// Before the next run_once(). Zero: at once. A sale that was sealed may cut it short when
    /// connection is online; while offline it should run its time.
    pos::core::Millis pause{0};
    std::size_t rows = 0;         ///< that changed in the cache
    bool club_changed = false;    ///< the look-ups of the club should be read again
    bool right_received = false;  ///< what may be given without asking has changed
  };
  /// One round. Blocks for its calls, each at most CallTimes::answer (+ poll).
  [[nodiscard]] Round run_once();

  [[nodiscard]] const SyncStatus& status() const { return status_; }

 private:
  [[nodiscard]] Synced<Round> round();
  [[nodiscard]] Synced<void> greet();
  [[nodiscard]] pos::core::Millis pause_after(const TillSession::Pulled& pulled);
  void note(const SyncError& error);

  Options options_;
  Link& link_;
  SyncStore& store_;
  const pos::core::Clock& clock_;
  pos::core::Chance& chance_;
  Backoff backoff_;
  Backoff rereading_;  ///< so that a hub whose count is wrong is not asked for everything at once
  std::optional<TillSession> session_;
  SyncStatus status_;
};

}  // namespace club::engine
