#include "pos/domain/identity_number.hpp"

#include <algorithm>

#include "pos/domain/check_digit.hpp"
#include "pos/domain/clean_text.hpp"

namespace pos::domain {

namespace {

/// Iran: weights 10 to 2 over the first nine digits, modulo 11.
bool iranian_check_fits(std::string_view digits) {
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += (digits[static_cast<std::size_t>(i)] - '0') * (10 - i);
  const int rest = sum % 11;
  return digits[9] - '0' == (rest < 2 ? rest : 11 - rest);
}

}  // namespace

std::string_view to_text(IdentityFault fault) {
  switch (fault) {
    case IdentityFault::empty:
      return "empty";
    case IdentityFault::not_digits:
      return "not digits only";
    case IdentityFault::bad_length:
      return "wrong number of digits";
    case IdentityFault::bad_check_digit:
      return "check digit does not fit";
    case IdentityFault::all_zeros:
      return "only zeros";
  }
  return "?";
}

core::Expected<IdentityNumber, IdentityFault> parse_identity_number(std::string_view typed,
                                                                    PhonePlan country) {
  const auto clean = clean_input(typed);
  if (!clean) {
    return core::fail(clean.error() == TextFault::empty ? IdentityFault::empty
                                                        : IdentityFault::not_digits);
  }
  std::string digits = *clean;
  std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
  if (!is_digits(digits)) return core::fail(IdentityFault::not_digits);
  const bool israel = country == PhonePlan::israel;
  const std::size_t length = israel ? 9 : 10;
  const std::size_t shortest = israel ? 5 : 8;
  if (digits.size() < shortest || digits.size() > length) {
    return core::fail(IdentityFault::bad_length);
  }
  digits.insert(0, length - digits.size(), '0');
  if (digits.find_first_not_of('0') == std::string::npos) {
    return core::fail(IdentityFault::all_zeros);
  }
  const bool fits = israel ? check_digit_fits(digits, CheckKind::luhn) : iranian_check_fits(digits);
  if (!fits) return core::fail(IdentityFault::bad_check_digit);
  const bool equal = digits.find_first_not_of(digits[0]) == std::string::npos;
  return IdentityNumber{digits, !israel && equal};
}

}  // namespace pos::domain
