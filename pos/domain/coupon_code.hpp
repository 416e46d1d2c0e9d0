#pragma once

#include <optional>
#include <string_view>

#include "pos/domain/codes.hpp"

namespace pos::domain {

/// A coupon's code as members type it: 3 to 20 of A-Z and 0-9 with at least one letter, given back
/// in upper case. Nothing for any other text.
[[nodiscard]] std::optional<CouponCode> parse_coupon_code(std::string_view typed);

}  // namespace pos::domain
