#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pos/core/json/json.hpp"
#include "pos/programme/quote.hpp"

namespace tests::programme {

/// What the slow judge finds: what is left of each line, and what each benefit took off.
struct SlowQuote {
  std::vector<std::int64_t> shelf;
  std::vector<std::int64_t> left;
  std::map<std::string, std::int64_t> applied;
  std::map<std::string, std::string> soft;  // what is shown: "applied", "offered" or "declined"
  std::set<std::string> counted;            // what the member has once more now
  std::int64_t payable = 0;
  std::int64_t points_value = 0;
  std::int64_t points_spent = 0;
  std::int64_t value_spent = 0;
  std::int64_t earned = 0;
  std::int64_t value_earned = 0;
  std::int64_t drawn = 0;
  std::optional<pos::domain::Day> subscribed_to;
  std::string joined;   ///< the class that is joined; empty: none
  std::string reached;  ///< the tier that the sale brings; empty: none
  std::string earned_first, earned_last, value_first, value_last;  // days, or empty
};

/// Reads the rules of docs/programme-format.md straight from the document, one piece and one unit
/// of money at a time. Shares no code with the product; knows what any_programme() makes.
[[nodiscard]] SlowQuote judge_slowly(const pos::core::Json& document,
                                     const pos::programme::QuoteInput& input);

}  // namespace tests::programme
