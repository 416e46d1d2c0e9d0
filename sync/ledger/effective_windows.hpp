#pragma once

#include <vector>

#include "pos/domain/member_facts.hpp"

namespace club::ledger {

/// Tills learn of windows that start within so many days, and of no others.
inline constexpr int kWindowAheadDays = 35;
/// A birthday matters from so many days before to so many days after.
inline constexpr int kBirthdayReachDays = 3;

/// The windows of a birthday that are open on `today` or start soon. On 29 February of a common
/// year the day is 1 March. Empty for a day that no year has.
[[nodiscard]] std::vector<pos::domain::EffectiveWindow> birthday_windows(unsigned month,
                                                                         unsigned day,
                                                                         pos::domain::Day today);

}  // namespace club::ledger
