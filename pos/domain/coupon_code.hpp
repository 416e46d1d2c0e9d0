#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace pos::domain {

/// A coupon's code as members type it: 3 to 20 of A-Z and 0-9 with at least one letter, kept in upper case.
class CouponCode {
 public:
  [[nodiscard]] static std::optional<CouponCode> parse(std::string_view typed);

  [[nodiscard]] const std::string& text() const { return text_; }

  friend auto operator<=>(const CouponCode&, const CouponCode&) = default;
  friend bool operator==(const CouponCode&, const CouponCode&) = default;

 private:
  explicit CouponCode(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace pos::domain
