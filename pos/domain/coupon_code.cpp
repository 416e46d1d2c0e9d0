#include "pos/domain/coupon_code.hpp"

#include "pos/domain/clean_text.hpp"

namespace pos::domain {

std::optional<CouponCode> parse_coupon_code(std::string_view typed) {
  auto clean = clean_input(typed);
  if (!clean || clean->size() < 3 || clean->size() > 20) return std::nullopt;
  bool letter = false;
  for (char& c : *clean) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const bool is_letter = c >= 'A' && c <= 'Z';
    if (!is_letter && (c < '0' || c > '9')) return std::nullopt;
    letter = letter || is_letter;
  }
  if (!letter) return std::nullopt;
  return CouponCode::parse(*clean);
}

}  // namespace pos::domain
