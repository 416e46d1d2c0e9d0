#pragma once

#include <vector>

#include "pos/domain/member_facts.hpp"

namespace pos::domain {

/// Tills learn of windows that start within so many days, and of no others.
inline constexpr int kWindowAheadDays = 35;
/// A birthday matters from so many days before to so many days after.
inline constexpr int kBirthdayReachDays = 3;

/// The windows of a birthday that are open on `today` or start soon. On 29 February of a common
/// year the day is 1 March. Empty for a day that no year has. The hub and the till where somebody
/// joins ask the same rule, so that the benefits of the first sale are those of the next.
[[nodiscard]] std::vector<EffectiveWindow> birthday_windows(unsigned month, unsigned day,
                                                            Day today);

}  // namespace pos::domain
