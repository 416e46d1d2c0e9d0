#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pos/core/time.hpp"
#include "pos/domain/language.hpp"
#include "pos/domain/member_facts.hpp"
#include "pos/domain/money.hpp"
#include "pos/domain/money_form.hpp"

namespace pos::domain {

/// How numbers, money and days are written for people. Pure; any thread. The plain forms stand
/// alone (a table cell, a label); inside a sentence use isolated(), so that a right-to-left
/// paragraph never reorders their digits and signs.

/// Digits and separators of the language: 1,240.50 in English and Hebrew; Persian digits with
/// U+066C and U+066B. Everything but ASCII digits stays.
[[nodiscard]] std::string localize_digits(std::string_view text, Language language);

/// "1,240"; a negative number carries U+2212.
[[nodiscard]] std::string format_number(std::int64_t value, Language language);
[[nodiscard]] inline std::string format_points(Points points, Language language) {
  return format_number(points.units(), language);
}

/// "1,240.50" without a currency, in the form of the club's rules.
[[nodiscard]] std::string format_money(Money amount, MoneyForm form, Language language);

/// "+11.75" / "−11.75"; zero carries no sign.
[[nodiscard]] std::string format_signed_money(Money amount, MoneyForm form, Language language);

/// "15%"; per mille 175 gives "17.5%".
[[nodiscard]] std::string format_percent(std::int64_t percent, Language language);
[[nodiscard]] std::string format_per_mille(std::int64_t per_mille, Language language);

/// "22.11.2026"; in Persian of the Solar Hijri calendar, year first: "1405/09/01". The language
/// decides the calendar.
[[nodiscard]] std::string format_date(Day day, Language language);
[[nodiscard]] std::string format_date(const core::Moment& moment, Language language);

/// "14:32", local time of the moment.
[[nodiscard]] std::string format_time(const core::Moment& moment, Language language);
/// Minutes since midnight, 0 .. 1440.
[[nodiscard]] std::string format_clock(int minute, Language language);

/// The text between U+2066 (left-to-right isolate) and U+2069: for numbers, dates, codes.
[[nodiscard]] std::string isolated(std::string_view text);
/// The text between U+2068 (first strong isolate) and U+2069: for names whose language is not ours
/// to know.
[[nodiscard]] std::string isolated_name(std::string_view text);

}  // namespace pos::domain
