#pragma once

#include <vector>

#include "pos/domain/member_facts.hpp"

namespace pos::domain {

/// Tills learn of windows that start within so many days, and of no others.
inline constexpr int kWindowAheadDays = 35;
/// A date matters from so many days before it, and a member's own to so many days after; that of a
/// child to the day itself.
inline constexpr int kDateReachDays = 3;
/// What is told of the person whose date it is, in bytes.
inline constexpr std::size_t kRelationMax = 60;
inline constexpr std::size_t kLikingMax = 120;
/// Of children so many are kept, beside a birthday and an anniversary.
inline constexpr std::size_t kChildrenMax = 6;
inline constexpr std::size_t kDatesMax = kChildrenMax + 2;

/// A day of every year that matters to a member; the hub's to know, of which a till learns windows.
struct EffectiveDate {
  EffectiveWindow::Kind kind = EffectiveWindow::Kind::birthday;
  unsigned month = 0;
  unsigned day = 0;
  std::string relation;  ///< "daughter"; empty for the member's own
  std::string liking;    ///< "yellow"
  friend bool operator==(const EffectiveDate&, const EffectiveDate&) = default;
};

/// Whether some year has that day: 29 February, but no 30th.
[[nodiscard]] bool is_day_of_year(unsigned day, unsigned month);

/// The windows of a date that are open on `today` or start soon. On 29 February of a common year
/// the day is 1 March. Empty for a day that no year has. The hub and the till where somebody joins
/// ask the same rule, so that the benefits of the first sale are those of the next.
[[nodiscard]] std::vector<EffectiveWindow> windows_of(const EffectiveDate& date, Day today);
/// Those of all the dates, in their order.
[[nodiscard]] std::vector<EffectiveWindow> windows_of(const std::vector<EffectiveDate>& dates,
                                                      Day today);

}  // namespace pos::domain
