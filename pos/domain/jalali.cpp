#include "pos/domain/jalali.hpp"

#include "pos/core/check.hpp"

namespace pos::domain {
namespace {

using std::chrono::days;

/// Days before a month: six of 31, then 30 each.
constexpr int days_before(unsigned month) {
  const int whole = static_cast<int>(month) - 1;
  return whole <= 6 ? 31 * whole : 30 * whole + 6;
}

constexpr int floor_divide(int number, int divisor) {
  return number / divisor - (number % divisor < 0 ? 1 : 0);
}

/// The first day of a year: eight leap years in each 33, so many before it.
Day new_year(int year) {
  // 20 March 1921 was the last day of the year 1299.
  constexpr Day kOrigin = std::chrono::sys_days(std::chrono::year(1921) / std::chrono::March / 21);
  constexpr int kOriginYear = 1300;
  const auto leaps = [](int before) { return floor_divide(8 * before + 21, 33); };
  return kOrigin + days(365 * (year - kOriginYear) + leaps(year) - leaps(kOriginYear));
}

}  // namespace

JalaliDate jalali_of(Day day) {
  const int gregorian = static_cast<int>(std::chrono::year_month_day(day).year());
  int year = gregorian - 621;
  if (day < new_year(year)) --year;
  const int of_year = static_cast<int>((day - new_year(year)).count());
  const unsigned month =
      static_cast<unsigned>(of_year < 186 ? of_year / 31 : (of_year - 186) / 30 + 6) + 1;
  return {year, month, static_cast<unsigned>(of_year - days_before(month)) + 1};
}

Day day_of(const JalaliDate& date) {
  CLUBTILL_CHECK(date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31);
  return new_year(date.year) + days(days_before(date.month) + static_cast<int>(date.day) - 1);
}

std::optional<Day> next_jalali_day(unsigned month, unsigned day, Day from) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  // Between two leap years lie at most four common ones.
  constexpr int kYears = 6;
  const int first = jalali_of(from).year;
  for (int year = first; year < first + kYears; ++year) {
    const Day found = day_of({year, month, day});
    if (found >= from && jalali_of(found).day == day) return found;
  }
  return std::nullopt;
}

}  // namespace pos::domain
