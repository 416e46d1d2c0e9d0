#include "pos/domain/format.hpp"

#include <limits>
#include "tests/support/catch.hpp"

namespace {

using namespace pos::domain;
using pos::core::Instant;
using pos::core::Moment;

TEST_CASE("Format: money carries its decimals, groups and a true minus", "[domain][format]") {
  CHECK(format_money(Money::of(124050), 2, Language::en) == "1,240.50");
  CHECK(format_money(Money::of(5), 2, Language::he) == "0.05");
  CHECK(format_money(Money::of(-1175), 2, Language::en) == "\u221211.75");
  CHECK(format_money(Money::of(0), 2, Language::en) == "0.00");
  CHECK(format_money(Money::of(4900000), 0, Language::en) == "4,900,000");
  CHECK(format_signed_money(Money::of(7), 2, Language::en) == "+0.07");
}

TEST_CASE("Format: Persian writes its own digits and separators", "[domain][format]") {
  CHECK(format_money(Money::of(124050), 2, Language::fa) == "۱٬۲۴۰٫۵۰");
  CHECK(format_number(1240, Language::fa) == "۱٬۲۴۰");
  CHECK(format_percent(15, Language::fa) == "۱۵٪");
  CHECK(format_percent(15, Language::he) == "15%");
  CHECK(format_per_mille(175, Language::en) == "17.5%");
}

TEST_CASE("Format: the smallest number there is has a magnitude too", "[domain][format]") {
  CHECK(format_number(std::numeric_limits<std::int64_t>::min(), Language::en) ==
        "\u22129,223,372,036,854,775,808");
}

TEST_CASE("Format: a moment is shown in the shop's local time", "[domain][format]") {
  const Moment moment{Instant::from_unix_ms(1795305600000 + 21 * 3600000 + 32 * 60000),
                      std::chrono::minutes(180)};
  CHECK(format_date(moment, Language::en) == "23.11.2026");
  CHECK(format_time(moment, Language::en) == "00:32");
  CHECK(format_date(moment, Language::fa) == "۱۴۰۵/۰۹/۰۲");
  CHECK(format_time(moment, Language::fa) == "۰۰:۳۲");
}

TEST_CASE("Format: rial in toman are whole unless a rial is left over", "[domain][format]") {
  CHECK(format_money(Money::of(24'900'000), kToman, Language::fa) == "۲٬۴۹۰٬۰۰۰");
  CHECK(format_money(Money::of(24'900'005), kToman, Language::en) == "2,490,000.5");
  CHECK(format_money(Money::of(0), kToman, Language::he) == "0");
  CHECK(format_signed_money(Money::of(-480'000), kToman, Language::en) == "\u221248,000");
}

TEST_CASE("Format: a number in a sentence stands between isolates", "[domain][format]") {
  CHECK(isolated("11.75") == "\u206611.75\u2069");
}

}  // namespace
