#pragma once

#include <string>
#include <string_view>

#include "pos/domain/money.hpp"

namespace pos::domain {

/// One field as CSV; text that a spreadsheet would take for a formula is made harmless.
[[nodiscard]] std::string csv_field(std::string_view text);

/// "-1240.50": a number to a spreadsheet, whatever its language. decimals: 0 .. 4.
[[nodiscard]] std::string csv_money(Money amount, int decimals);

}  // namespace pos::domain
