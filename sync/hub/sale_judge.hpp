#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pos/programme/facts.hpp"
#include "pos/programme/programme.hpp"
#include "sync/hub/bucket_store.hpp"
#include "sync/hub/inbox_store.hpp"

namespace club::hub {

/// Judges every applied sale again, from its sealed input, by the version of the programme that it
/// names and with the same library: a difference means a changed program or programme at that till.
/// Also compares what only headquarters decides of a member with the version of the row that the
/// sale names. Works inside the caller's transaction; throws DbFailure.
class SaleJudge {
 public:
  enum class Word {
    differs,          ///< another result; the detail says which parts
    other_facts,      ///< the member was of another class, segment or subscription; says which
    unknown_version,  ///< no such programme was ever published here; its hash
  };
  [[nodiscard]] static std::string_view to_text(Word word);

  SaleJudge(pos::core::Database& db, InboxStore& inbox, StreamStore& streams, BucketStore& buckets)
      : db_(db), inbox_(inbox), streams_(streams), buckets_(buckets) {}

  /// Something applied has not been looked at yet.
  [[nodiscard]] bool has_work();
  /// The next `count` facts of those applied; gives how many they were.
  std::size_t judge_some(std::size_t count);

  /// Once for every version that is published. Sales that wait for it are judged again.
  void keep_version(const std::string& document);
  /// Forgets everything but the versions: all is judged again.
  void start_over();

  /// What was found, by till.
  struct Finding {
    std::uint32_t till = 0;
    Word word = Word::differs;
    std::int64_t sales = 0;
    pos::domain::FactId first;  ///< the first of them to arrive
    std::string detail;         ///< of that one
  };
  [[nodiscard]] std::vector<Finding> findings();
  [[nodiscard]] std::int64_t judged();  ///< sales looked at so far

 private:
  using Programme = pos::programme::Programme;
  using SaleFact = pos::programme::SaleFact;

  void judge(const InboxRow& row);
  void note(const InboxRow& row, Word word, const std::string& detail);
  [[nodiscard]] const Programme* version(const pos::domain::ProgrammeHash& hash);
  /// Empty: the same, or nothing is kept to compare with.
  [[nodiscard]] std::string other_facts(const InboxRow& row, const SaleFact& sale);
  [[nodiscard]] bool changed_here(
      const InboxRow& row, const SaleFact& sale,
      const std::function<bool(const pos::programme::MemberChange&)>& so);
  [[nodiscard]] std::optional<StreamNumber> home_of(const SaleFact& sale);
  [[nodiscard]] bool is_of_this_life(StreamNumber home, const SaleFact& sale);

  static constexpr std::size_t kVersionsKept = 8;

  pos::core::Database& db_;
  InboxStore& inbox_;
  StreamStore& streams_;
  BucketStore& buckets_;
  std::map<pos::domain::ProgrammeHash, Programme> versions_;
};

}  // namespace club::hub
