#pragma once

#include <optional>
#include <vector>

#include "pos/core/sqlite/database.hpp"
#include "pos/programme/facts.hpp"
#include "sync/wire/messages.hpp"

namespace club::hub {

/// A fact as the inbox keeps it.
struct InboxRow {
  std::int64_t id = 0;  ///< order of arrival, which is the order of applying
  std::uint32_t till = 0;
  std::uint32_t incarnation = 1;
  std::uint32_t branch = 0;
  std::uint64_t seq = 0;
  pos::domain::FactId uid;
  std::string kind;
  pos::core::Bytes body;
  std::optional<pos::core::Bytes> box;
  pos::core::Instant arrived;
  bool damaged = false;
};

/// One fact to be made durable.
struct Arrival {
  const wire::FactFrame* fact = nullptr;
  std::uint32_t branch = 0;
  std::optional<pos::core::Signature> signature;  ///< covers everything up to here
  pos::core::Instant at;
  bool damaged = false;
};

/// A continuation of an incarnation.
struct Branch {
  std::uint32_t number = 0;
  wire::JournalMark last;  ///< seq 0 and kChainStart when it holds nothing
};

/// Where a fact lies.
struct Place {
  std::int64_t id = 0;
  std::uint32_t branch = 0;
  wire::JournalMark mark;
};

/// The durable, raw record of everything that tills sent. Throws DbFailure.
class InboxStore {
 public:
  explicit InboxStore(pos::core::Database& db) : db_(db) {}

  /// Gives its id.
  std::int64_t add(const Arrival& arrival);
  /// The chain value at that place; a branch holds what it was split from.
  [[nodiscard]] std::optional<pos::core::Digest> chain_at(std::uint32_t till,
                                                          std::uint32_t incarnation,
                                                          std::uint32_t branch, std::uint64_t seq);
  /// The newest first; at least branch 0.
  [[nodiscard]] std::vector<Branch> branches(std::uint32_t till, std::uint32_t incarnation);
  [[nodiscard]] std::optional<Place> place(std::int64_t id);
  /// That very fact, on whichever branch.
  [[nodiscard]] std::optional<Place> find(std::uint32_t till, const wire::JournalMark& mark);
  /// Whether the life of the journal that leads to `place` leads over `mark` (seq 0: over where
  /// that incarnation begins), and all of it is here.
  [[nodiscard]] bool leads_over(std::uint32_t till, const Place& place,
                                const wire::JournalMark& mark);
  /// Splits a new branch off behind `base_seq`; gives its number.
  std::uint32_t split(std::uint32_t till, std::uint32_t incarnation, std::uint32_t base_branch,
                      std::uint64_t base_seq);

  /// In order of arrival, behind `after`.
  [[nodiscard]] std::vector<InboxRow> read(std::int64_t after, std::size_t count);
  [[nodiscard]] bool holds(const pos::domain::FactId& uid);
  /// The first to arrive under that uid.
  [[nodiscard]] std::optional<InboxRow> find(const pos::domain::FactId& uid);
  /// It arrived before the row of that id did.
  [[nodiscard]] bool held_before(std::int64_t id, const pos::domain::FactId& uid);

  /// A return that came before its sale: until that comes, or is given up.
  struct WaitingReturn {
    wire::StreamNumber bucket = 0;
    pos::domain::FactId sale;
    std::uint32_t sold_by = 0;
  };
  void put_waiting(const InboxRow& row, const WaitingReturn& waiting);
  /// All that wait for this sale, in order of arrival; they wait no longer.
  [[nodiscard]] std::vector<InboxRow> take_waiting(const pos::domain::FactId& sale);
  /// The sales that a till owes to waiting returns, in a fixed order.
  [[nodiscard]] std::vector<WaitingReturn> owed_by(std::uint32_t till);
  void park(std::int64_t id, std::string_view reason);

  /// The latest moment of the facts before this one in its journal, as far as they are applied,
  /// each within its own arrival; this one, sealed then, is the next of them (law 10). Asked once a
  /// fact, in the order of applying.
  [[nodiscard]] pos::core::Instant take_moment(const InboxRow& row, pos::core::Instant sealed);
  /// What take_moment() said of that fact, if it was later than its own; otherwise the first there
  /// is.
  [[nodiscard]] pos::core::Instant not_before(std::int64_t id);

  /// Small counters: "applied" (inbox id), "drained" (message id), and what the members' rows were
  /// renewed by.
  [[nodiscard]] std::int64_t counter(std::string_view key);
  void set_counter(std::string_view key, std::int64_t value);

 private:
  /// What the first fact of that incarnation says came before it; incarnation 0: nothing.
  [[nodiscard]] std::optional<pos::programme::BeginFact> begin_of(std::uint32_t till,
                                                                  std::uint32_t incarnation,
                                                                  std::uint32_t branch);
  [[nodiscard]] wire::JournalMark last_of(std::uint32_t till, std::uint32_t incarnation,
                                          std::uint32_t branch);
  pos::core::Database& db_;
};

}  // namespace club::hub
