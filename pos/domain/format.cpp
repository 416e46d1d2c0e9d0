#include "pos/domain/format.hpp"

#include <fmt/core.h>

#include "pos/core/check.hpp"
#include "pos/domain/jalali.hpp"

namespace pos::domain {
namespace {

constexpr std::string_view kMinus = "\u2212";
constexpr std::string_view kLeftToRight = "\u2066";
constexpr std::string_view kFirstStrong = "\u2068";
constexpr std::string_view kEndIsolate = "\u2069";

void append_digit(std::string& out, char digit, Language language) {
  if (language != Language::fa) {
    out.push_back(digit);
    return;
  }
  // U+06F0 .. U+06F9 are DB B0 .. DB B9.
  out.push_back(static_cast<char>(0xDB));
  out.push_back(static_cast<char>(0xB0 + (digit - '0')));
}

std::string_view grouping(Language language) { return language == Language::fa ? "\u066C" : ","; }
std::string_view point(Language language) { return language == Language::fa ? "\u066B" : "."; }

/// The digits of a value without its sign, also of the smallest number there is.
std::string magnitude(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return std::to_string(value < 0 ? std::uint64_t{0} - bits : bits);
}

void append_grouped(std::string& out, std::string_view digits, Language language) {
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += grouping(language);
    append_digit(out, digits[i], language);
  }
}

std::string decimal(std::int64_t value, int decimals, Language language) {
  std::string digits = magnitude(value);
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::string out;
  if (value < 0) out += kMinus;
  append_grouped(out, std::string_view(digits).substr(0, digits.size() - places), language);
  if (places == 0) return out;
  out += point(language);
  for (const char digit : std::string_view(digits).substr(digits.size() - places)) {
    append_digit(out, digit, language);
  }
  return out;
}

}  // namespace

std::string localize_digits(std::string_view text, Language language) {
  std::string out;
  out.reserve(text.size() * 2);
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      append_digit(out, c, language);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string format_number(std::int64_t value, Language language) {
  return decimal(value, 0, language);
}

std::string format_money(Money amount, MoneyForm form, Language language) {
  CLUBTILL_CHECK(form.decimals >= 0 && form.decimals <= 4);
  std::int64_t unit = 1;
  for (int i = 0; i < form.decimals; ++i) unit *= 10;
  if (form.whole_if_possible && amount.units() % unit == 0) {
    return decimal(amount.units() / unit, 0, language);
  }
  return decimal(amount.units(), form.decimals, language);
}

std::string format_signed_money(Money amount, MoneyForm form, Language language) {
  const std::string text = format_money(amount, form, language);
  return amount.units() > 0 ? "+" + text : text;
}

std::string format_percent(std::int64_t percent, Language language) {
  return format_per_mille(detail::checked_multiply(percent, 10), language);
}

std::string format_per_mille(std::int64_t per_mille, Language language) {
  const bool whole = per_mille % 10 == 0;
  const std::string number =
      whole ? decimal(per_mille / 10, 0, language) : decimal(per_mille, 1, language);
  return number + (language == Language::fa ? "\u066A" : "%");
}

std::string format_date(Day day, Language language) {
  if (language == Language::fa) {
    const JalaliDate date = jalali_of(day);
    return localize_digits(fmt::format("{:04}/{:02}/{:02}", date.year, date.month, date.day),
                           language);
  }
  const std::chrono::year_month_day date(day);
  const int year = static_cast<int>(date.year());
  const unsigned month = static_cast<unsigned>(date.month());
  const unsigned of_month = static_cast<unsigned>(date.day());
  return fmt::format("{:02}.{:02}.{:04}", of_month, month, year);
}

std::string format_date(const core::Moment& moment, Language language) {
  return format_date(core::local_day(moment), language);
}

std::string format_time(const core::Moment& moment, Language language) {
  return format_clock(core::local_minute(moment), language);
}

std::string format_clock(int minute, Language language) {
  CLUBTILL_CHECK(minute >= 0 && minute <= 24 * 60);
  return localize_digits(fmt::format("{:02}:{:02}", minute / 60, minute % 60), language);
}

std::string isolated(std::string_view text) {
  std::string out(kLeftToRight);
  out += text;
  out += kEndIsolate;
  return out;
}

std::string isolated_name(std::string_view text) {
  std::string out(kFirstStrong);
  out += text;
  out += kEndIsolate;
  return out;
}

}  // namespace pos::domain
