#pragma once

#include <map>
#include <memory>

#include "pos/core/clock.hpp"
#include "pos/disk/cache.hpp"
#include "pos/disk/journal.hpp"
#include "sync/engine/sync_store.hpp"

namespace pos::disk {

/// The sync worker's view of the till's disk: the journal (shared with the sealing thread) and the
/// cache, which it alone writes. The sync worker's thread only.
class TillSyncStore final : public club::engine::SyncStore {
 public:
  /// All three outlive it.
  [[nodiscard]] static Disk<std::unique_ptr<TillSyncStore>> open(Journal& journal, Cache& cache,
                                                                 const core::Clock& clock);

  [[nodiscard]] club::engine::Stored<club::wire::JournalMark> sealed() override;
  [[nodiscard]] club::engine::Stored<club::engine::Batch> outbox(std::size_t facts_max,
                                                                 std::size_t bytes_max) override;
  [[nodiscard]] club::engine::Stored<std::uint64_t> waiting() override;
  /// When the oldest fact was sealed that the hub has not accepted; nothing: none waits.
  [[nodiscard]] Disk<std::optional<core::Instant>> oldest_waiting();
  [[nodiscard]] club::engine::Stored<void> set_accepted(
      const club::wire::JournalMark& mark) override;
  [[nodiscard]] club::engine::Stored<void> doubt_accepted(std::uint32_t incarnation,
                                                          std::uint64_t seq) override;
  [[nodiscard]] club::engine::Stored<bool> holds(const club::wire::JournalMark& mark) override;
  [[nodiscard]] club::engine::Stored<club::wire::JournalMark> accepted() override;
  [[nodiscard]] club::engine::Stored<bool> receive(const club::wire::IssuedRight& right) override;
  [[nodiscard]] club::engine::Stored<void> begin_incarnation() override;
  [[nodiscard]] club::engine::Stored<bool> mend() override;
  [[nodiscard]] bool is_mended() const { return journal_.is_mended(); }
  [[nodiscard]] club::engine::Stored<std::vector<club::wire::Cursor>> cursors() override;
  [[nodiscard]] club::engine::Stored<std::vector<club::wire::StreamNumber>> apply(
      const std::vector<club::wire::Page>& pages) override;

 private:
  TillSyncStore(Journal& journal, Cache& cache, const core::Clock& clock, JournalReader reader)
      : journal_(journal), cache_(cache), clock_(clock), reader_(std::move(reader)) {}

  Journal& journal_;
  Cache& cache_;
  const core::Clock& clock_;
  JournalReader reader_;
  [[nodiscard]] club::engine::Stored<void> forget_void_outcomes(const club::wire::Page& page);

  /// Streams that were read from the start, and the generation of rows that this began.
  std::map<club::wire::StreamNumber, std::int64_t> restarted_;
  /// Streams in which outcomes are known, and a seq above which there is none.
  std::map<club::wire::StreamNumber, std::uint64_t> highest_outcome_;
};

/// Members who joined here and whom a fresh cache may lack. Their names are not in the journal:
/// they come back with the hub's row.
[[nodiscard]] Disk<void> restore_joined(JournalReader& journal, Cache& cache);

/// The version in force, for a journal that was begun before versions were kept in it.
[[nodiscard]] Disk<void> keep_programme_in_force(CacheReader& cache, Journal& journal);

}  // namespace pos::disk
