#pragma once

#include <string_view>

namespace pos::domain {

/// How the last digit of a code is computed.
enum class CheckKind { none, mod10, luhn };

[[nodiscard]] bool is_digits(std::string_view text);

/// GS1 modulo-10 check digit ('0'..'9') of a body without it. The caller promises digits only.
[[nodiscard]] char mod10_check_digit(std::string_view body);

/// Luhn check digit of a body without it. The caller promises digits only.
[[nodiscard]] char luhn_check_digit(std::string_view body);

/// False for anything that is not at least two digits. CheckKind::none asks for digits only.
[[nodiscard]] bool check_digit_fits(std::string_view digits, CheckKind kind);

}  // namespace pos::domain
