#pragma once

#include "pos/text/style.hpp"

namespace tests::text {

inline constexpr auto ltr = pos::text::Direction::ltr;
inline constexpr auto rtl = pos::text::Direction::rtl;
inline constexpr auto automatic = pos::text::Direction::automatic;

}  // namespace tests::text
