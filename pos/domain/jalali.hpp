#pragma once

#include <optional>

#include "pos/domain/member_facts.hpp"

namespace pos::domain {

/// A day of the Solar Hijri calendar, by which Iran counts. Its year begins with spring; the first
/// six months have 31 days, the next five 30, the last one 29 or, in a leap year, 30.
struct JalaliDate {
  int year = 0;
  unsigned month = 1;  ///< 1 .. 12
  unsigned day = 1;    ///< 1 .. 31

  friend constexpr auto operator<=>(const JalaliDate&, const JalaliDate&) = default;
};

/// Leap years follow the cycle of 33 years, which agrees with the official calendar from 1799 to
/// 2122. Pure; any day, any thread.
[[nodiscard]] JalaliDate jalali_of(Day day);
/// The day of 1 Farvardin, plus what lies before the date; month 1 .. 12, day 1 .. 31. The 30th of
/// the last month of a common year is the first day of the next.
[[nodiscard]] Day day_of(const JalaliDate& date);

/// The first day from `from` on that has this month and day; nothing when no year has it.
[[nodiscard]] std::optional<Day> next_jalali_day(unsigned month, unsigned day, Day from);

}  // namespace pos::domain
