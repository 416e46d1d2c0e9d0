#include "pos/domain/jalali.hpp"

#include "tests/support/catch.hpp"

namespace {

using namespace pos::domain;

Day gregorian(int year, unsigned month, unsigned day) {
  return Day(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

}  // namespace

TEST_CASE("Jalali: days that people know by both calendars", "[domain][jalali]") {
  CHECK(jalali_of(gregorian(1921, 3, 21)) == JalaliDate{1300, 1, 1});
  CHECK(jalali_of(gregorian(1979, 2, 11)) == JalaliDate{1357, 11, 22});
  CHECK(jalali_of(gregorian(2021, 3, 20)) == JalaliDate{1399, 12, 30});
  CHECK(jalali_of(gregorian(2021, 3, 21)) == JalaliDate{1400, 1, 1});
  CHECK(jalali_of(gregorian(2025, 3, 20)) == JalaliDate{1403, 12, 30});
  CHECK(jalali_of(gregorian(2026, 3, 20)) == JalaliDate{1404, 12, 29});
  CHECK(jalali_of(gregorian(2026, 11, 22)) == JalaliDate{1405, 9, 1});
  CHECK(jalali_of(gregorian(2029, 3, 20)) == JalaliDate{1408, 1, 1});
}

TEST_CASE("Jalali: every day of three centuries has one date, and comes back", "[domain][jalali]") {
  JalaliDate before = jalali_of(gregorian(1824, 12, 31));
  std::size_t wrong = 0;
  for (Day day = gregorian(1825, 1, 1); day < gregorian(2125, 1, 1); day += std::chrono::days(1)) {
    const JalaliDate date = jalali_of(day);
    if (day_of(date) != day || date <= before) ++wrong;
    before = date;
  }
  CHECK(wrong == 0);
}

TEST_CASE("Jalali: a birthday's next day is today or later", "[domain][jalali]") {
  const Day today = gregorian(2026, 11, 22);  // 1 Azar 1405
  CHECK(next_jalali_day(9, 1, today) == today);
  CHECK(next_jalali_day(8, 30, today) == gregorian(2027, 11, 21));
  CHECK(next_jalali_day(1, 1, today) == gregorian(2027, 3, 21));
  // the last day of a leap year comes with the next leap year
  CHECK(next_jalali_day(12, 30, today) == gregorian(2030, 3, 20));
  CHECK_FALSE(next_jalali_day(7, 31, today));
  CHECK_FALSE(next_jalali_day(13, 1, today));
  CHECK_FALSE(next_jalali_day(0, 1, today));
}
