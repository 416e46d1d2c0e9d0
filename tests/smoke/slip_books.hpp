#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tests::smoke {

/// What one sealed fact moved, as a slip or the hub tells it. Signed: a return has less than zero.
struct Movement {
  std::string kind;  ///< "sale", "return" or "void"
  std::int64_t payable_minor = 0;
  std::int64_t earned = 0;
  std::int64_t spent = 0;
  std::string account;       ///< hexadecimal; empty: nobody's
  std::string unknown_card;  ///< keyed hash of a card that earned without a member; else empty
  std::string original;      ///< uid of the sale that came back; empty for a sale
  friend bool operator==(const Movement&, const Movement&) = default;
};

/// uid -> what it moved.
using Movements = std::map<std::string, Movement>;

/// What the paper says. Every second print of a slip counts once.
struct SlipBook {
  Movements movements;
  std::size_t files = 0;
  std::size_t copies = 0;
  std::size_t unfinished = 0;         ///< torn off by a crash: no "#end"; they do not count
  std::vector<std::string> problems;  ///< two prints of one slip that differ, figures that are none
};

/// Reads every .txt of a folder into the book.
void read_slips(const std::filesystem::path& folder, SlipBook& book);
/// One slip's text; `name` is for messages.
void read_slip(std::string_view text, const std::string& name, SlipBook& book);

/// What the hub says.
struct HubBook {
  Movements movements;
  struct Account {
    std::int64_t opening = 0;
    std::int64_t balance = 0;
    std::int64_t posted = 0;  ///< sum of the postings after the opening
    std::string closed_into;  ///< the account that holds what this one had; empty: open
  };
  std::map<std::string, Account> accounts;
  /// The open account that holds what `account` had: of a member who was found to be another, a
  /// slip names the account of its own day.
  [[nodiscard]] std::string holder_of(std::string account) const;
  std::vector<std::string> problems;
};

/// Lines of `clubhub export`.
[[nodiscard]] HubBook read_export(std::string_view lines);

/// Every difference between paper and hub, in words. Empty: they say the same.
[[nodiscard]] std::vector<std::string> compare(const SlipBook& slips, const HubBook& hub);

}  // namespace tests::smoke
