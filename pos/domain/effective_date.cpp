#include "pos/domain/effective_date.hpp"

#include <algorithm>
#include <iterator>

namespace pos::domain {

bool is_day_of_year(unsigned day, unsigned month) {
  return std::chrono::month_day(std::chrono::month(month), std::chrono::day(day)).ok();
}

std::vector<EffectiveWindow> windows_of(const EffectiveDate& date, Day today) {
  using std::chrono::days;
  const std::chrono::month month(date.month);
  std::vector<EffectiveWindow> windows;
  if (!is_day_of_year(date.day, date.month)) return windows;
  const auto year = std::chrono::year_month_day(today).year();
  const bool of_child = date.kind == EffectiveWindow::Kind::child_birthday;
  for (int offset = -1; offset <= 1; ++offset) {
    // A day that this year does not have runs over into the next month by itself.
    const Day day = Day(std::chrono::year_month_day(year + std::chrono::years(offset), month,
                                                    std::chrono::day(1))) +
                    days(static_cast<int>(date.day) - 1);
    const EffectiveWindow window{date.kind, day - days(kDateReachDays),
                                 day + days(of_child ? 0 : kDateReachDays), date.relation,
                                 date.liking};
    if (window.last >= today && window.first <= today + days(kWindowAheadDays)) {
      windows.push_back(window);
    }
  }
  return windows;
}

std::vector<EffectiveWindow> windows_of(const std::vector<EffectiveDate>& dates, Day today) {
  std::vector<EffectiveWindow> windows;
  for (const EffectiveDate& date : dates) {
    std::ranges::move(windows_of(date, today), std::back_inserter(windows));
  }
  return windows;
}

}  // namespace pos::domain
