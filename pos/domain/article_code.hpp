#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "pos/core/expected.hpp"

namespace pos::domain {

enum class ArticleCodeFault { empty, not_digits, bad_length, bad_check_digit };
[[nodiscard]] std::string_view to_text(ArticleCodeFault fault);

/// What names an article: an EAN-13, a UPC-A or EAN-8 padded with zeros to 13 digits, or a short
/// number (PLU) of one to seven digits that the shop gave out itself, without leading zeros.
class ArticleCode {
 public:
  static constexpr std::size_t kShortDigitsMax = 7;

  /// Digits only; run clean_input() first on anything typed.
  [[nodiscard]] static core::Expected<ArticleCode, ArticleCodeFault> parse(std::string_view digits);
  /// The same, where a check digit is missing on purpose: a label's item number.
  [[nodiscard]] static std::optional<ArticleCode> from_short_number(std::string_view digits);

  [[nodiscard]] const std::string& text() const { return digits_; }
  [[nodiscard]] bool is_short() const { return digits_.size() <= kShortDigitsMax; }
  /// 020-029, 040-049 and 200-299: given out by the shop or its chain, no maker's code.
  [[nodiscard]] bool is_in_store() const;

  friend auto operator<=>(const ArticleCode&, const ArticleCode&) = default;
  friend bool operator==(const ArticleCode&, const ArticleCode&) = default;

 private:
  explicit ArticleCode(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

/// The thirteen digits of a UPC-E code of six (the middle ones), seven or eight digits; nothing
/// when it is no UPC-E. A given check digit must fit.
[[nodiscard]] std::optional<std::string> expand_upc_e(std::string_view digits);

}  // namespace pos::domain
