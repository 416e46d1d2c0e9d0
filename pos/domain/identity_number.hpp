#pragma once

#include <string>
#include <string_view>

#include "pos/core/expected.hpp"
#include "pos/domain/phone_number.hpp"

namespace pos::domain {

enum class IdentityFault { empty, not_digits, bad_length, bad_check_digit, all_zeros };
[[nodiscard]] std::string_view to_text(IdentityFault fault);

/// A citizen's number, padded with zeros: 9 digits in Israel, 10 in Iran. Asked for only where a
/// law or the club really needs it, and never kept in clear.
struct IdentityNumber {
  std::string digits;
  bool odd =
      false;  ///< ten equal digits in Iran: most programs refuse them, but some were given out
  friend bool operator==(const IdentityNumber&, const IdentityNumber&) = default;
};

[[nodiscard]] core::Expected<IdentityNumber, IdentityFault> parse_identity_number(
    std::string_view typed, PhonePlan country);

}  // namespace pos::domain
