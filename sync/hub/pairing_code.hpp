#pragma once

#include <string>
#include <string_view>

#include "pos/core/chance.hpp"
#include "pos/core/fixed_bytes.hpp"

namespace club::hub {

/// Ten symbols of an alphabet without look-alikes: 50 bits.
[[nodiscard]] std::string mint_code(pos::core::Chance& chance);

/// Of the code as people type it: case, blanks and dashes do not matter, O reads as 0, I and L
/// as 1.
[[nodiscard]] pos::core::Digest hash_of_code(std::string_view typed);

}  // namespace club::hub
