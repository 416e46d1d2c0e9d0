#pragma once

#include <string>
#include <vector>

#include "pos/core/expected.hpp"
#include "sync/wire/messages.hpp"

namespace club::engine {

/// The till's disk could not do it; what was asked for did not happen.
struct StoreFault {
  std::string detail;
};

template <class Value>
using Stored = pos::core::Expected<Value, StoreFault>;

/// Facts of one incarnation that the hub has not accepted, oldest first, and the signature of the
/// last.
struct Batch {
  std::vector<wire::FactFrame> facts;
  pos::core::Signature signature;
};

/// The journal and the cache as the sync worker sees them. Its thread only. Every call may be
/// repeated: each message may arrive twice.
class SyncStore {
 public:
  virtual ~SyncStore() = default;

  /// The newest fact.
  [[nodiscard]] virtual Stored<wire::JournalMark> sealed() = 0;
  /// The newest fact of the newest incarnation of which a hub said it holds some; seq 0: none.
  [[nodiscard]] virtual Stored<wire::JournalMark> accepted() = 0;
  /// Within the limits given; empty: nothing waits.
  [[nodiscard]] virtual Stored<Batch> outbox(std::size_t facts_max, std::size_t bytes_max) = 0;
  [[nodiscard]] virtual Stored<std::uint64_t> waiting() = 0;
  /// What the hub has made durable. Goes down when the hub was restored; a seq that was never
  /// sealed here is a fault.
  [[nodiscard]] virtual Stored<void> set_accepted(const wire::JournalMark& mark) = 0;
  /// The hub may lack what it accepted behind that seq: it waits again. Never raises what is
  /// accepted.
  [[nodiscard]] virtual Stored<void> doubt_accepted(std::uint32_t incarnation,
                                                    std::uint64_t seq) = 0;
  /// Whether this journal holds that very fact; seq 0 it always does.
  [[nodiscard]] virtual Stored<bool> holds(const wire::JournalMark& mark) = 0;
  /// Seals a right as a fact, in place of the one before it. False, and nothing happened, for one
  /// whose number is not above that one's (it was received, or an old answer names it), and for one
  /// that names as settled what is not in this journal.
  [[nodiscard]] virtual Stored<bool> receive(const wire::IssuedRight& right) = 0;
  /// What is sealed from now on belongs to a new life of the journal.
  [[nodiscard]] virtual Stored<void> begin_incarnation() = 0;
  /// The hub cannot read what was pushed. A record whose envelope was altered on this disk is kept
  /// apart, and what follows it goes on in a new incarnation. False: there is none.
  [[nodiscard]] virtual Stored<bool> mend() = 0;

  [[nodiscard]] virtual Stored<std::vector<wire::Cursor>> cursors() = 0;
  /// Settles the journal's effects that the pages name, then commits all rows together with their
  /// cursors (law 12). Gives the streams whose complete page did not fit what is kept: the same
  /// commit made their cursors ask for everything again.
  [[nodiscard]] virtual Stored<std::vector<wire::StreamNumber>> apply(
      const std::vector<wire::Page>& pages) = 0;
};

}  // namespace club::engine
