#include "pos/domain/article_code.hpp"

#include <algorithm>

#include "pos/domain/check_digit.hpp"

namespace pos::domain {

namespace {

constexpr std::size_t kEanDigits = 13;

std::string padded(std::string_view digits) {
  return std::string(kEanDigits - digits.size(), '0').append(digits);
}

bool is_zero(std::string_view digits) {
  return std::ranges::all_of(digits, [](char c) { return c == '0'; });
}

}  // namespace

std::string_view to_text(ArticleCodeFault fault) {
  switch (fault) {
    case ArticleCodeFault::empty:
      return "empty";
    case ArticleCodeFault::not_digits:
      return "not digits only";
    case ArticleCodeFault::bad_length:
      return "neither a short number nor 8, 12 or 13 digits";
    case ArticleCodeFault::bad_check_digit:
      return "check digit does not fit";
  }
  return "?";
}

core::Expected<ArticleCode, ArticleCodeFault> ArticleCode::parse(std::string_view digits) {
  if (digits.empty()) return core::fail(ArticleCodeFault::empty);
  if (!is_digits(digits)) return core::fail(ArticleCodeFault::not_digits);
  if (digits.size() <= kShortDigitsMax) {
    const auto code = from_short_number(digits);
    if (!code) return core::fail(ArticleCodeFault::empty);
    return *code;
  }
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != kEanDigits) {
    return core::fail(ArticleCodeFault::bad_length);
  }
  if (is_zero(digits)) return core::fail(ArticleCodeFault::empty);
  if (!check_digit_fits(digits, CheckKind::mod10)) {
    return core::fail(ArticleCodeFault::bad_check_digit);
  }
  return ArticleCode(padded(digits));
}

std::optional<ArticleCode> ArticleCode::from_short_number(std::string_view digits) {
  if (!is_digits(digits)) return std::nullopt;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty() || digits.size() > kShortDigitsMax) return std::nullopt;
  return ArticleCode(std::string(digits));
}

bool ArticleCode::is_in_store() const {
  if (is_short()) return false;
  if (digits_[0] == '2') return true;
  return digits_[0] == '0' && (digits_[1] == '2' || digits_[1] == '4');
}

std::optional<std::string> expand_upc_e(std::string_view digits) {
  if (!is_digits(digits)) return std::nullopt;
  char system = '0';
  std::optional<char> check;
  if (digits.size() == 8) check = digits[7];
  if (digits.size() == 7 || digits.size() == 8) {
    system = digits[0];
    digits = digits.substr(1, 6);
  }
  if (digits.size() != 6 || system > '1') return std::nullopt;
  const std::string d(digits);
  std::string body(1, system);
  switch (d[5]) {
    case '0':
    case '1':
    case '2':
      body += d.substr(0, 2) + d[5] + "0000" + d.substr(2, 3);
      break;
    case '3':
      body += d.substr(0, 3) + "00000" + d.substr(3, 2);
      break;
    case '4':
      body += d.substr(0, 4) + "00000" + d.substr(4, 1);
      break;
    default:
      body += d.substr(0, 5) + "0000" + d.substr(5, 1);
      break;
  }
  const char expected = mod10_check_digit(body);
  if (check && *check != expected) return std::nullopt;
  return "0" + body + expected;
}

}  // namespace pos::domain
