#include "pos/domain/birthday_window.hpp"

namespace pos::domain {

std::vector<EffectiveWindow> birthday_windows(unsigned month, unsigned day, Day today) {
  using std::chrono::days;
  const std::chrono::month_day date{std::chrono::month(month), std::chrono::day(day)};
  std::vector<EffectiveWindow> windows;
  if (!date.ok()) return windows;
  const auto year = std::chrono::year_month_day(today).year();
  for (int offset = -1; offset <= 1; ++offset) {
    // A day that this year does not have runs over into the next month by itself.
    const Day birthday = Day(std::chrono::year_month_day(year + std::chrono::years(offset),
                                                         date.month(), std::chrono::day(1))) +
                         days(static_cast<int>(day) - 1);
    const EffectiveWindow window{EffectiveWindow::Kind::birthday,
                                 birthday - days(kBirthdayReachDays),
                                 birthday + days(kBirthdayReachDays),
                                 {},
                                 {}};
    if (window.last >= today && window.first <= today + days(kWindowAheadDays)) {
      windows.push_back(window);
    }
  }
  return windows;
}

}  // namespace pos::domain
