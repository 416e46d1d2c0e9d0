#include "pos/domain/check_digit.hpp"

#include <algorithm>

namespace pos::domain {

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

char mod10_check_digit(std::string_view body) {
  int sum = 0;
  int weight = 3;
  for (std::size_t i = body.size(); i-- > 0;) {
    sum += (body[i] - '0') * weight;
    weight = 4 - weight;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

char luhn_check_digit(std::string_view body) {
  int sum = 0;
  bool doubled = true;
  for (std::size_t i = body.size(); i-- > 0;) {
    int digit = body[i] - '0';
    if (doubled) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    doubled = !doubled;
    sum += digit;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool check_digit_fits(std::string_view digits, CheckKind kind) {
  if (digits.size() < 2 || !is_digits(digits)) return false;
  const std::string_view body = digits.substr(0, digits.size() - 1);
  switch (kind) {
    case CheckKind::none:
      return true;
    case CheckKind::mod10:
      return mod10_check_digit(body) == digits.back();
    case CheckKind::luhn:
      return luhn_check_digit(body) == digits.back();
  }
  return false;
}

}  // namespace pos::domain
