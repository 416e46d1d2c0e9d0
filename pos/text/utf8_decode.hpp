#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pos::text {

constexpr char32_t kReplacement = 0xFFFD;

/// A code point and the bytes of the source that it came from.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t byte_begin = 0;
  std::uint32_t byte_end = 0;
};

/// Any bytes. What is not UTF-8 (overlong forms, surrogates and cut sequences included) becomes
/// U+FFFD, one for each byte that cannot start or go on a sequence.
[[nodiscard]] std::vector<CodePoint> decode_utf8(std::string_view text);

/// A valid scalar value; anything else is written as U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

/// U+202A ... U+202E: the controls that can reorder what stands around them.
[[nodiscard]] constexpr bool is_override(char32_t c) { return c >= 0x202A && c <= 0x202E; }
/// U+2066 ... U+2068 open, U+2069 closes.
[[nodiscard]] constexpr bool opens_isolate(char32_t c) { return c >= 0x2066 && c <= 0x2068; }
[[nodiscard]] constexpr bool closes_isolate(char32_t c) { return c == 0x2069; }

/// Tabs, line ends and their Unicode kin.
[[nodiscard]] bool is_blank_control(char32_t c);
[[nodiscard]] bool is_line_feed(char32_t c);
/// C0, C1 and DEL without the blanks above.
[[nodiscard]] bool is_control(char32_t c);
/// Takes no room: joiners, marks of direction, isolates, the byte order mark, soft hyphens.
[[nodiscard]] bool is_invisible(char32_t c);
/// ASCII, Arabic-Indic and Persian.
[[nodiscard]] bool is_digit(char32_t c);
/// 0 ... 9, of a digit.
[[nodiscard]] char32_t digit_value(char32_t digit);

}  // namespace pos::text
