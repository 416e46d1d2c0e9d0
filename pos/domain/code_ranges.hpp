#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pos/domain/check_digit.hpp"

namespace pos::domain {

/// Numbers of this length that begin with this prefix are club cards.
struct CardRange {
  std::string prefix;
  int length = 13;
  CheckKind check = CheckKind::mod10;
  friend bool operator==(const CardRange&, const CardRange&) = default;
};

/// Price and weight labels printed by the shop's scales. The pattern has 13 characters: fixed
/// digits, I for a digit of the item number, W grams, P smallest currency units, C the check digit.
struct LabelRange {
  std::string pattern;
  friend bool operator==(const LabelRange&, const LabelRange&) = default;
};

/// Thirteen-digit codes that begin with this prefix are articles, even inside a range that is
/// otherwise reserved.
struct ArticleRange {
  std::string prefix;
  friend bool operator==(const ArticleRange&, const ArticleRange&) = default;
};

/// Which numbers mean what in this club. Plain configuration; lint() says whether it can work.
struct CodeRanges {
  std::vector<CardRange> cards;
  std::vector<LabelRange> labels;
  std::vector<ArticleRange> articles;
  /// When not empty, only letter codes that begin with it are coupons.
  std::string coupon_prefix;

  friend bool operator==(const CodeRanges&, const CodeRanges&) = default;
};

/// Cards 20, price labels 21 (five digits of item, five of price), own articles 040-049.
[[nodiscard]] CodeRanges usual_code_ranges();

/// One thing that is wrong with a configuration of ranges.
struct CodeRangeFault {
  enum class Kind {
    prefix_not_digits,
    length_out_of_bounds,  ///< of a card: 6 to 19
    prefix_too_long,
    bad_pattern,
    overlap,       ///< `first` and `second` could take the same number
    payment_range  ///< a card range that contains payment card numbers
  };
  Kind kind = Kind::overlap;
  std::string first;   ///< how the configuration names it, for example "cards 20"
  std::string second;  ///< empty unless it is an overlap
};
[[nodiscard]] std::string to_text(const CodeRangeFault& fault);

/// Empty when no code can mean two things. In the order of the configuration.
[[nodiscard]] std::vector<CodeRangeFault> lint(const CodeRanges& ranges);

/// The card range that takes this number by length and prefix alone (the longest prefix wins); null
/// pointer when none does. Lives as long as `ranges`.
[[nodiscard]] const CardRange* card_range_of(std::string_view digits, const CodeRanges& ranges);

}  // namespace pos::domain
