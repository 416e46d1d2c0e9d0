#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pos/core/chain.hpp"
#include "pos/disk/disk_error.hpp"
#include "pos/disk/right_rows.hpp"
#include "pos/programme/facts.hpp"

namespace pos::disk {

/// A fact as it lies in the journal. Bytes are exactly those that were hashed.
struct SealedFact {
  std::int64_t position = 0;  ///< dense over all incarnations, from 1
  core::EnvelopeFields fields;
  core::Digest chain;
  core::Signature signature;
  core::Bytes body;
  std::optional<core::Bytes> box;
};

/// The first thing wrong with a journal.
struct JournalFlaw {
  enum class Kind {
    missing_seq,       ///< a record is gone; seq names it
    altered_body,      ///< the bytes do not fit their hash
    altered_envelope,  ///< the fields do not fit the chain value
    bad_signature,     ///< the chain value was not signed by this till's key
    altered_box,       ///< the sealed box does not fit the hash in its body
    altered_index,     ///< a derived row (spend, return, effect) does not follow from the facts
  };
  Kind kind = Kind::missing_seq;
  std::uint32_t incarnation = 0;
  std::uint64_t seq = 0;
  std::string detail;
  std::int64_t position = 0;  ///< of the record; 0: it is not in its place
};
[[nodiscard]] std::string_view to_text(JournalFlaw::Kind kind);

struct JournalCheck {
  std::uint64_t checked = 0;
  std::optional<JournalFlaw> flaw;
};

/// A fact that the member's row does not show yet.
struct UnshownFact {
  domain::FactId uid;
  programme::Fact fact;
  /// Its row may show it already: its stream is read from zero since. Then the fact is here without
  /// what it gave the member.
  bool doubtful = false;
};

struct JournalCounts {
  std::uint64_t facts = 0;
  std::uint64_t waiting = 0;  ///< not accepted by the hub yet
  std::uint64_t altered = 0;  ///< records that the disk changed and that are kept apart
  std::optional<core::Instant> oldest_waiting;
};

/// What a fact of this till did to an account, as far as the member's row does not show it yet.
struct Overlay {
  domain::Points spent;    ///< taken from the balance: spends, earned points taken back
  domain::Points gained;   ///< added: earned, spent points given back
  std::int64_t facts = 0;  ///< so many facts brought that
};

/// Where an incarnation's delivery stands.
struct IncarnationState {
  std::uint32_t incarnation = 0;
  std::int64_t first_position = 0;
  std::uint64_t last_seq = 0;
  core::Digest last_chain;
  std::uint64_t accepted = 0;  ///< highest contiguous seq that the hub has made durable
};

/// Reads of journal.db over a read-only connection. One object belongs to one thread; any number
/// may exist beside the Journal. The file must exist (Journal::open makes it).
class JournalReader {
 public:
  [[nodiscard]] static Disk<JournalReader> open(const std::string& path,
                                                const std::string& vfs = {});

  [[nodiscard]] Disk<std::optional<SealedFact>> fact(const domain::FactId& uid);
  [[nodiscard]] Disk<std::optional<SealedFact>> last_fact();
  /// Nothing when that fact is not here.
  [[nodiscard]] Disk<std::optional<core::Digest>> chain_at(std::uint32_t incarnation,
                                                           std::uint64_t seq);
  /// In the order of sealing, from `from_position` on, until `visit` says false.
  [[nodiscard]] Disk<void> each(std::int64_t from_position,
                                const std::function<bool(const SealedFact&)>& visit);
  /// Newest first.
  [[nodiscard]] Disk<std::vector<SealedFact>> newest(std::size_t count);
  /// Sales, returns and voids that were committed and never marked as printed, oldest first.
  [[nodiscard]] Disk<std::vector<domain::FactId>> unprinted();

  /// Facts of one incarnation that the hub has not accepted, oldest first, at most `count_max` and
  /// (beyond the first) `bytes_max` of bodies and boxes.
  [[nodiscard]] Disk<std::vector<SealedFact>> outbox(std::size_t count_max, std::size_t bytes_max);
  [[nodiscard]] Disk<std::vector<IncarnationState>> incarnations();
  [[nodiscard]] Disk<JournalCounts> counts();

  /// Sums over the returns of a sale, `line_count` entries.
  [[nodiscard]] Disk<programme::ReturnedSoFar> returned(const domain::FactId& sale,
                                                        std::size_t line_count);
  [[nodiscard]] Disk<bool> is_voided(const domain::FactId& sale);

  /// The right that holds now.
  [[nodiscard]] Disk<std::optional<RightLeft>> right();
  /// Of what was spent of it: for that account.
  [[nodiscard]] Disk<domain::Money> spent_for(const RightLeft& right,
                                              const domain::AccountId& account);
  /// What unsettled sales of this till gave of a benefit's budget.
  [[nodiscard]] Disk<domain::Money> of_budget(const domain::BenefitId& benefit);
  /// Effects on the account whose outcome is unknown, or newer than the row version given. What a
  /// doubtful one gained does not count (kForgotten).
  [[nodiscard]] Disk<Overlay> overlay(const domain::AccountId& account, std::uint64_t row_version);
  /// The facts of that overlay, the oldest first. One that cannot be read is passed over.
  [[nodiscard]] Disk<std::vector<UnshownFact>> unshown(const domain::AccountId& account,
                                                       std::uint64_t row_version);
  struct Outcomes {
    /// Some were forgotten: the generation of the cache's rows in which they come again
    /// (forget_settlements()).
    std::optional<std::int64_t> again_in;
    std::uint64_t highest = 0;  ///< seq of any that is known; UINT64_MAX when some were forgotten
    friend bool operator==(const Outcomes&, const Outcomes&) = default;
  };
  /// Of each bucket in which effects have one. Reads every effect.
  [[nodiscard]] Disk<std::map<std::uint8_t, Outcomes>> outcomes();
  /// Of effects whose outcome is unknown.
  [[nodiscard]] Disk<std::uint64_t> unsettled();
  /// Every joining sealed here, oldest first: the members that a new cache may lack.
  [[nodiscard]] Disk<std::vector<programme::JoinFact>> joinings();

  [[nodiscard]] Disk<std::optional<core::Bytes>> state(const std::string& key);
  /// The document of a version that came into force here; nothing when it is not kept, or no longer
  /// fits its hash.
  [[nodiscard]] Disk<std::optional<core::Bytes>> programme(const domain::ProgrammeHash& hash);

  /// Walks from `from_position` (checked against the one before it) to the end.
  [[nodiscard]] Disk<JournalCheck> verify(const core::VerifyKey& key,
                                          std::int64_t from_position = 1);

 private:
  friend class Journal;
  JournalReader(core::Database database, std::string path)
      : database_(std::move(database)), path_(std::move(path)) {}
  template <class Work>
  auto reading(Work&& work) -> Disk<decltype(work())>;

  core::Database database_;
  std::string path_;
};

}  // namespace pos::disk
