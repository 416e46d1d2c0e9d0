#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "pos/core/expected.hpp"
#include "pos/domain/code_ranges.hpp"

namespace pos::domain {

enum class CardFault { not_digits, not_in_range, bad_check_digit, payment_card };
[[nodiscard]] std::string_view to_text(CardFault fault);

/// A club card's number, proven to lie in a configured range with a good check digit. It has no
/// stream operator: digits() is for hashing and for the member's own screen, to_log() for
/// everything else.
class CardNumber {
 public:
  /// `typed` may hold blanks, dashes and any script's digits.
  [[nodiscard]] static core::Expected<CardNumber, CardFault> parse(std::string_view typed,
                                                                   const CodeRanges& ranges);

  /// The canonical digits. Never write them to a disk, a log or the wire.
  [[nodiscard]] const std::string& digits() const { return digits_; }
  [[nodiscard]] std::string_view last_four() const;

  friend auto operator<=>(const CardNumber&, const CardNumber&) = default;
  friend bool operator==(const CardNumber&, const CardNumber&) = default;

 private:
  explicit CardNumber(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

/// "•••• 0019"
[[nodiscard]] std::string to_log(const CardNumber& card);

}  // namespace pos::domain
