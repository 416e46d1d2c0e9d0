#pragma once

#include <memory>
#include <optional>

#include "drivers/port/bounded_queue.hpp"
#include "pos/app/events.hpp"
#include "pos/disk/cache.hpp"
#include "pos/disk/till_sync_store.hpp"
#include "sync/engine/sync_worker.hpp"

namespace pos::terminal {

/// Talks to the hub and writes the cache, on a thread of its own; tells the main thread what became
/// of it.
class HubWorker {
 public:
  using Inbox = drivers::port::BoundedQueue<app::Event>;
  struct Parts {
    club::engine::SyncWorker::Options options;
    club::wire::Link& link;
    disk::TillSyncStore& store;
    disk::Cache& cache;
    const core::Clock& clock;
    core::Chance& chance;
    Inbox& inbox;
  };

  /// All parts outlive the worker.
  explicit HubWorker(const Parts& parts);

  /// A member joined here: the till must know her before the hub says so. Any thread; wake the
  /// worker's thread then.
  void joined(const programme::JoinFact& join) { joinings_.push(join); }

  /// One round when its time has come; a call in between only counts what waits. Returns how long
  /// to rest.
  [[nodiscard]] core::Micros run_once();

 private:
  void take_in_joinings();
  void tell_connection();
  void tell_trouble();

  static constexpr std::size_t kJoiningsMax = 64;

  disk::TillSyncStore& store_;
  disk::Cache& cache_;
  const core::Clock& clock_;
  Inbox& inbox_;
  club::engine::SyncWorker worker_;
  drivers::port::BoundedQueue<programme::JoinFact> joinings_{kJoiningsMax};
  core::Tick next_round_;
  bool told_ = false;
  bool online_ = false;
  std::uint64_t waiting_ = 0;
  app::TroubleChanged::Kind trouble_ = app::TroubleChanged::Kind::none;
};

}  // namespace pos::terminal
