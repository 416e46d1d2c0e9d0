#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "pos/core/chance.hpp"
#include "pos/disk/journal_reader.hpp"
#include "pos/disk/state_folder.hpp"

namespace pos::disk {

/// One key of the small mutable table, changed in the same transaction as a fact or alone.
/// nullopt removes it.
struct StateChange {
  std::string key;
  std::optional<core::Bytes> value;
};

inline constexpr const char* kBasketKey = "basket";

struct SealRequest {
  domain::FactId uid;
  programme::Fact fact;
  std::optional<core::Bytes> box;  ///< named in the fact by its hash
  std::vector<StateChange> changes;
};

/// A hub's word of a fact.
struct Settlement {
  domain::FactId uid;
  /// Of the row in the account's bucket that shows it; 0: it was parked and changes no balance.
  std::uint64_t seq = 0;
};

/// The one writer of journal.db: append-only facts, hash-chained and signed, and a small mutable
/// table. Any thread may call; calls wait for each other, for one commit at most.
class Journal {
 public:
  struct Options {
    std::string path;
    std::string vfs;          ///< empty: the machine's files
    bool lock = true;         ///< off only where the VFS is no file system
    domain::TillNumber till;  ///< never 0
    core::SigningPair signing;
    core::Chance* chance = nullptr;  ///< outlives the journal
    Ballast* ballast = nullptr;      ///< may be absent; outlives the journal
  };

  /// Makes the file with its BeginFact where it is missing. After an unclean stop the unaccepted
  /// tail is verified and mended (mend()); a flaw that is left, as a record that is gone, is
  /// Fault::broken_chain. Blocks for the time of that.
  [[nodiscard]] static Disk<std::unique_ptr<Journal>> open(const Options& options);
  ~Journal();

  /// One transaction: envelope, body, signature, box, derived rows and the changes. When it has
  /// returned, the fact stands (law 1). A uid that is already sealed gives the sealed record again
  /// and changes nothing. A sale that draws on a right draws on the one that holds at this moment;
  /// where that has too little left, because the right was recalled a moment ago, nothing is
  /// sealed: Fault::right_ended. Names of members are left out of the body (law 14). After a failed
  /// write the file is reopened and read: the answer is what is truly there.
  [[nodiscard]] Disk<SealedFact> seal(const SealRequest& request);

  [[nodiscard]] Disk<void> change_state(const std::vector<StateChange>& changes);
  [[nodiscard]] Disk<void> mark_printed(const domain::FactId& uid);

  /// The hub's acknowledgement; may go down when a restored hub says so. Never above what is
  /// sealed. Where it goes down, or to nothing, a hub may lack the end of older incarnations, too:
  /// the newest fact of each waits again, and the answer to it tells.
  [[nodiscard]] Disk<void> set_accepted(std::uint32_t incarnation, std::uint64_t seq);
  /// As set_accepted(), but never up, and of older incarnations in any case: what the hub named is
  /// another copy's.
  [[nodiscard]] Disk<void> doubt_accepted(std::uint32_t incarnation, std::uint64_t seq);
  /// Seals a right in place of the one that holds, with what was left of that one. False, and
  /// nothing happened, when its number is not above that one's, or when it names as settled what is
  /// not in this journal.
  [[nodiscard]] Disk<bool> receive_right(programme::RightFact right);
  /// Law 11. Where the envelope of a record that the hub does not have was altered, nothing behind
  /// it would be believed: it is kept apart (`hole`), and what follows it goes into a new
  /// incarnation. False: there is no such record. What is not signed by this till's key is one,
  /// too. Called when the hub cannot read what was pushed; open() does the same.
  [[nodiscard]] Disk<bool> mend();
  /// Since it was opened, or then.
  [[nodiscard]] bool is_mended() const;
  /// After a fork: what follows is another life of this journal.
  [[nodiscard]] Disk<void> begin_incarnation(std::uint32_t next);
  /// Before the page that carries the outcomes is committed to the cache, so that no effect is
  /// missing or counted twice at any moment. Facts that are not here are passed over.
  [[nodiscard]] Disk<void> settle(const std::vector<Settlement>& settlements);
  /// Keeps a version of the programme beside the sales that will name it, once; before it is in
  /// force, so that no sale names one that is not here.
  [[nodiscard]] Disk<void> keep_programme(std::string_view document);
  /// What was known of a bucket's outcomes above that seq is void: it restarts from zero, or its
  /// rows beyond that place are of another life of the hub. The generation is the one that its rows
  /// in the cache will have.
  [[nodiscard]] Disk<void> forget_settlements(std::uint8_t bucket, std::uint64_t above,
                                              std::int64_t generation);

  [[nodiscard]] const Options& options() const { return options_; }
  /// True once the ballast was given away.
  [[nodiscard]] bool on_ballast() const;

 private:
  /// Where the next fact goes.
  struct Head {
    std::int64_t position = 0;
    std::uint32_t incarnation = 1;
    std::uint64_t seq = 0;
    core::Digest chain;
  };
  explicit Journal(Options options);
  void open_database();
  void recover();
  void load_head();
  template <class Work>
  auto writing(Work&& work) -> Disk<decltype(work())>;
  template <class Work>
  auto attempt(Work&& work) -> Disk<decltype(work())>;
  SealedFact append(const SealRequest& request);
  void draw_on_current_right(programme::Fact& fact);
  void draw_for_return(programme::ReturnFact& back);
  void write_fact(const SealedFact& fact);
  void chain_on(SealedFact& fact);
  [[nodiscard]] JournalCheck verify_unaccepted();
  [[nodiscard]] static bool is_hole(const JournalCheck& check);
  /// False, and nothing happened, when no record is signed by this till's key.
  [[nodiscard]] bool mend_from(std::int64_t position);
  void begin_behind_head(std::uint32_t next);
  void apply_changes(const std::vector<StateChange>& changes);
  [[nodiscard]] std::optional<SealedFact> find(const domain::FactId& uid);
  void reopen_after_failure();
  void settle_fact(const SealedFact& fact, std::uint64_t seq);
  void move_accepted(std::uint32_t incarnation, std::uint64_t seq, bool up);

  Options options_;
  mutable std::mutex mutex_;
  std::optional<ProcessLock> lock_;
  std::optional<core::Database> database_;
  Head head_;
  bool on_ballast_ = false;
  bool mended_ = false;
};

}  // namespace pos::disk
