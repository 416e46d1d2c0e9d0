#include "pos/text/utf8_decode.hpp"

#include <cstddef>

namespace pos::text {
namespace {

struct Sequence {
  std::size_t length = 1;
  char32_t value = kReplacement;
};

std::uint32_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

Sequence read_sequence(std::string_view text, std::size_t at) {
  const std::uint32_t lead = byte_at(text, at);
  if (lead < 0x80) return {1, static_cast<char32_t>(lead)};
  std::size_t length = 0;
  if (lead >= 0xC2 && lead <= 0xDF) length = 2;
  if (lead >= 0xE0 && lead <= 0xEF) length = 3;
  if (lead >= 0xF0 && lead <= 0xF4) length = 4;
  if (length == 0 || at + length > text.size()) return {};
  constexpr std::uint32_t kLeadBits[] = {0, 0, 0x1F, 0x0F, 0x07};
  std::uint32_t value = lead & kLeadBits[length];
  for (std::size_t i = 1; i < length; ++i) {
    const std::uint32_t next = byte_at(text, at + i);
    if ((next & 0xC0) != 0x80) return {};
    value = (value << 6) | (next & 0x3F);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[length] || value > 0x10FFFF || surrogate) return {};
  return {length, static_cast<char32_t>(value)};
}

}  // namespace

std::vector<CodePoint> decode_utf8(std::string_view text) {
  std::vector<CodePoint> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Sequence sequence = read_sequence(text, at);
    points.push_back({sequence.value, static_cast<std::uint32_t>(at),
                      static_cast<std::uint32_t>(at + sequence.length)});
    at += sequence.length;
  }
  return points;
}

void append_utf8(std::string& text, char32_t code_point) {
  std::uint32_t c = code_point;
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  const auto put = [&text](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

bool is_line_feed(char32_t c) { return c == '\n' || c == 0x2028 || c == 0x2029; }

bool is_blank_control(char32_t c) {
  return (c >= '\t' && c <= '\r') || c == 0x85 || is_line_feed(c);
}

bool is_control(char32_t c) {
  return (c < 0x20 || (c >= 0x7F && c <= 0x9F)) && !is_blank_control(c);
}

bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || is_override(c) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_digit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
}

char32_t digit_value(char32_t digit) {
  if (digit >= 0x6F0) return digit - 0x6F0;
  return digit >= 0x660 ? digit - 0x660 : digit - U'0';
}

}  // namespace pos::text
