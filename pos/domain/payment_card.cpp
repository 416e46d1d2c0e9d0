#include "pos/domain/payment_card.hpp"

#include <charconv>
#include <string>

#include "pos/domain/check_digit.hpp"
#include "pos/domain/clean_text.hpp"

namespace pos::domain {

namespace {

constexpr std::size_t kShortest = 13;
constexpr std::size_t kLongest = 19;

int leading(std::string_view digits, std::size_t count) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + count, value);
  return value;
}

bool between(int value, int first, int last) { return value >= first && value <= last; }

/// A run of digits that would be a payment card's number by itself.
bool is_payment_number(std::string_view digits, const CodeRanges& ranges) {
  if (digits.size() < kShortest || digits.size() > kLongest) return false;
  if (!in_payment_range(digits) || !check_digit_fits(digits, CheckKind::luhn)) return false;
  if (digits.size() == kShortest && check_digit_fits(digits, CheckKind::mod10)) return false;
  const CardRange* club = card_range_of(digits, ranges);
  return club == nullptr || !check_digit_fits(digits, club->check);
}

bool is_separator(char c) { return c == ' ' || c == '-' || c == '.' || c == '/' || c == '_'; }

/// Digits 0-9 in ASCII and nothing invisible, whatever the script; also of texts that are too long
/// or not well-formed, because a refusal must not depend on that.
std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t piece = std::min(text.size(), kInputBytesMax / 2);
    std::size_t end = piece;
    while (end < text.size() && end > 0 &&
           (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    if (end == 0) end = piece;
    const auto clean = clean_input(text.substr(0, end));
    out += clean ? *clean : std::string(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

/// The digits of a track's number: after the start sentinel up to the separator.
std::string track_number(std::string_view track) {
  std::string digits;
  for (const char c : track) {
    if (c == '^' || c == '=' || c == '?' || c == 'D') break;
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

bool holds_track(std::string_view text, const CodeRanges& ranges) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' && text[i] != ';' && text[i] != '+') continue;
    if (is_payment_number(track_number(text.substr(i + 1)), ranges)) return true;
  }
  return false;
}

}  // namespace

bool in_payment_range(std::string_view digits) {
  const std::size_t length = digits.size();
  if (length < kShortest || length > kLongest) return false;
  const int two = leading(digits, 2);
  const int three = leading(digits, 3);
  const int four = leading(digits, 4);
  if (digits[0] == '4') return true;
  if (length == 15 && (two == 34 || two == 37)) return true;
  if (length == 14 && (between(three, 300, 305) || two == 36 || two == 38)) return true;
  if (length < 14) return false;
  if (between(two, 51, 55) || between(four, 2221, 2720) || between(four, 3528, 3589)) return true;
  if (four == 6011 || between(three, 644, 649) || two == 65) return true;
  if (two == 62 && length >= 16) return true;
  const bool iranian = two == 50 || two == 58 || two == 60 || two == 62 || two == 63;
  return length == 16 && iranian;
}

bool is_payment_card(std::string_view text, const CodeRanges& ranges) {
  const std::string clean = plain(text);
  std::string digits;
  bool only_digits = true;
  for (const char c : clean) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (!is_separator(c)) {
      only_digits = false;
    }
  }
  return (only_digits && is_payment_number(digits, ranges)) || holds_track(clean, ranges);
}

bool contains_payment_card(std::string_view text, const CodeRanges& ranges) {
  const std::string clean = plain(text);
  if (holds_track(clean, ranges)) return true;
  std::string run;
  bool after_digit = false;
  for (std::size_t i = 0; i <= clean.size(); ++i) {
    const char c = i < clean.size() ? clean[i] : '\n';
    if (c >= '0' && c <= '9') {
      run += c;
      after_digit = true;
    } else if (after_digit && is_separator(c)) {
      after_digit = false;
    } else {
      if (is_payment_number(run, ranges)) return true;
      run.clear();
      after_digit = false;
    }
  }
  return false;
}

bool may_hide_payment_card(std::string_view text, const CodeRanges& ranges) {
  if (contains_payment_card(text, ranges)) return true;
  std::string digits = plain(text);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  for (std::size_t at = 0; at + kShortest <= digits.size(); ++at) {
    for (std::size_t length = kShortest; length <= kLongest; ++length) {
      if (at + length > digits.size()) break;
      const std::string_view window = std::string_view(digits).substr(at, length);
      if (is_payment_number(window, ranges)) return true;
    }
  }
  return false;
}

}  // namespace pos::domain
