#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "pos/core/sqlite/database.hpp"
#include "sync/wire/messages.hpp"

namespace club::hub {

using wire::StreamNumber;

/// Rows, heads, epochs and outcomes: what tills read. Works inside the caller's transaction; throws
/// DbFailure. One thread.
class StreamStore {
 public:
  explicit StreamStore(pos::core::Database& db) : db_(db) {}

  /// Once at each start, in a transaction: a span of this hub's life begins.
  void begin_epoch(std::uint64_t epoch, pos::core::Instant at);
  [[nodiscard]] std::uint64_t epoch() const { return epoch_; }
  /// Reads what begin_epoch() of the serving program wrote; for the admin commands.
  void load_epoch();

  /// Bumps the head and writes the row under its key; gives the row's seq.
  std::uint64_t put_row(StreamNumber stream, wire::RowBody body);
  /// A member's facts carry the seq of their row as their version.
  void put_member_row(StreamNumber stream, pos::domain::MemberFacts facts);
  [[nodiscard]] std::optional<wire::RowBody> row(StreamNumber stream, const std::string& key);

  void put_outcome(StreamNumber stream, std::uint32_t till, const wire::OutcomeRow& outcome);
  /// In the transaction of put_outcome(), whose seq stays.
  void amend_outcome(StreamNumber stream, const wire::OutcomeRow& outcome);
  [[nodiscard]] std::optional<wire::OutcomeRow::Result> outcome(StreamNumber stream,
                                                                const pos::domain::FactId& uid);

  /// Between these two, heads can be put back as they were, with the caller's savepoint.
  void begin_application() { undo_.clear(); }
  void undo_application();

  /// Forgets what this object remembers of heads; after a rollback or another program's commit.
  void forget_heads();
  /// Writes the heads that changed; before every commit.
  void flush_heads();
  [[nodiscard]] std::uint64_t head_seq(StreamNumber stream);

  /// Everything behind the cursors that one answer can hold. Only rows for `till`.
  [[nodiscard]] wire::PullAnswerOfLines pull(std::uint32_t till, const wire::PullRequest& request);

 private:
  struct Head {
    std::uint64_t seq = 0;
    std::uint64_t count = 0;
    pos::core::Digest digest;
    bool changed = false;
  };
  struct Budget {
    std::size_t rows = wire::kAnswerRowsMax;
    std::size_t bytes = wire::kPageBytesMax;
  };
  [[nodiscard]] Head& head(StreamNumber stream);
  [[nodiscard]] Head& head_to_change(StreamNumber stream);
  void write_row(StreamNumber stream, const std::string& key, std::uint64_t seq,
                 const std::string& line);
  /// A seq for each stream.
  using Places = std::array<std::uint64_t, wire::kStreamCount>;
  [[nodiscard]] const Places* end_of(std::uint64_t epoch);
  [[nodiscard]] bool cursor_holds(const wire::Cursor& cursor);
  [[nodiscard]] wire::PageOfLines page(std::uint32_t till, StreamNumber stream, std::uint64_t after,
                                       Budget& budget);

  pos::core::Database& db_;
  std::uint64_t epoch_ = 0;
  std::int64_t ordinal_ = 0;
  std::array<std::optional<Head>, wire::kStreamCount> heads_;
  std::map<StreamNumber, Head> undo_;
  static constexpr std::size_t kEndsKept = 64;
  std::map<std::uint64_t, Places> ends_;  ///< of epochs that are over
};

}  // namespace club::hub
