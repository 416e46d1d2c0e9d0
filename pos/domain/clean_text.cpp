#include "pos/domain/clean_text.hpp"

#include <array>
#include <utility>

namespace pos::domain {

namespace {

constexpr char32_t kNonJoiner = 0x200C;

bool between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool is_control(char32_t c) { return c < 0x20 || between(c, 0x7F, 0x9F); }

/// Without a width or a meaning of their own: joiners, bidi controls, byte order mark, soft hyphen.
bool is_invisible(char32_t c) {
  return between(c, 0x200B, 0x200F) || between(c, 0x202A, 0x202E) || between(c, 0x2060, 0x2064) ||
         between(c, 0x2066, 0x206F) || c == 0x061C || c == 0xFEFF || c == 0x00AD ||
         between(c, 0xFE00, 0xFE0F) || between(c, 0xFFF9, 0xFFFB);
}

bool is_blank(char32_t c) {
  return c == ' ' || c == 0x00A0 || c == 0x1680 || between(c, 0x2000, 0x200A) || c == 0x202F ||
         c == 0x205F || c == 0x3000 || c == 0x2028 || c == 0x2029;
}

bool is_dash(char32_t c) {
  return c == '-' || between(c, 0x2010, 0x2015) || c == 0x2212 || c == 0x05BE || c == 0xFE63 ||
         c == 0xFF0D;
}

char32_t latin_digit(char32_t c) {
  if (between(c, 0x0660, 0x0669)) return c - 0x0660 + '0';
  if (between(c, 0x06F0, 0x06F9)) return c - 0x06F0 + '0';
  if (between(c, 0xFF10, 0xFF19)) return c - 0xFF10 + '0';
  return c;
}

char32_t persian_letter(char32_t c) {
  if (c == 0x064A || c == 0x0649) return 0x06CC;
  if (c == 0x0643) return 0x06A9;
  return c;
}

/// Points, harakat, accents: marks that sit on another letter.
bool is_mark(char32_t c) {
  return between(c, 0x0300, 0x036F) || (between(c, 0x0591, 0x05C7) && c != 0x05BE) ||
         between(c, 0x0610, 0x061A) || between(c, 0x064B, 0x065F) || c == 0x0670 ||
         between(c, 0x06D6, 0x06ED) || c == 0x0640;
}

bool is_quote(char32_t c) {
  return c == '\'' || c == '"' || c == '`' || c == 0x00B4 || between(c, 0x2018, 0x201F) ||
         c == 0x05F3 || c == 0x05F4 || c == 0x02BC;
}

/// Spellings of one Arabic letter that people mix.
char32_t joined_spelling(char32_t c) {
  switch (c) {
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
      return 0x0627;
    case 0x0624:
      return 0x0648;
    case 0x0626:
    case 0x06D2:
      return 0x06CC;
    case 0x0629:
    case 0x06C0:
    case 0x06C2:
    case 0x06D5:
      return 0x0647;
    default:
      return persian_letter(c);
  }
}

/// Latin-1 letters without their accent, two bytes of result for the ligatures.
std::string_view plain_latin(char32_t c) {
  constexpr std::array<std::string_view, 64> kPlain = {
      "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
      "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
      "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
      "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};
  return kPlain[c - 0xC0];
}

/// Lower case of Latin, Greek and Cyrillic letters, which is what our clubs' names come in.
char32_t lower(char32_t c) {
  if (between(c, 'A', 'Z')) return c + 32;
  if (between(c, 0x0391, 0x03A9)) return c + 32;
  if (between(c, 0x0410, 0x042F)) return c + 32;
  if (between(c, 0x0400, 0x040F)) return c + 80;
  if (between(c, 0x0100, 0x0137) || between(c, 0x014A, 0x0177)) return c | 1U;
  return c;
}

void trim_end(std::string& text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
}

}  // namespace

std::string_view to_text(TextFault fault) {
  switch (fault) {
    case TextFault::empty:
      return "empty";
    case TextFault::too_long:
      return "too long";
    case TextFault::bad_utf8:
      return "not UTF-8";
    case TextFault::control_character:
      return "contains a control character";
  }
  return "?";
}

core::Expected<std::string, TextFault> clean_input(std::string_view typed) {
  if (typed.size() > kInputBytesMax) return core::fail(TextFault::too_long);
  std::string out;
  while (!typed.empty()) {
    const auto letter = take_code_point(typed);
    if (!letter) return core::fail(TextFault::bad_utf8);
    if (is_invisible(*letter)) continue;
    if (is_blank(*letter)) {
      if (!out.empty()) out += ' ';
    } else if (is_control(*letter)) {
      return core::fail(TextFault::control_character);
    } else if (is_dash(*letter)) {
      out += '-';
    } else {
      append_utf8(out, latin_digit(*letter));
    }
  }
  trim_end(out);
  if (out.empty()) return core::fail(TextFault::empty);
  return out;
}

namespace {

/// What clean_name() and clean_note() do alike.
core::Expected<std::string, TextFault> clean_words(std::string_view typed, std::size_t letters_max,
                                                   std::size_t bytes_max) {
  if (typed.size() > kInputBytesMax) return core::fail(TextFault::too_long);
  std::string out;
  bool joiner = false;
  bool blank = false;
  while (!typed.empty()) {
    const auto letter = take_code_point(typed);
    if (!letter) return core::fail(TextFault::bad_utf8);
    if (*letter == kNonJoiner) {
      joiner = true;
    } else if (is_blank(*letter)) {
      blank = true;
    } else if (is_control(*letter)) {
      return core::fail(TextFault::control_character);
    } else if (!is_invisible(*letter)) {
      if (blank && !out.empty()) {
        out += ' ';
      } else if (joiner && !out.empty()) {
        append_utf8(out, kNonJoiner);
      }
      joiner = blank = false;
      append_utf8(out, persian_letter(*letter));
    }
  }
  if (out.empty()) return core::fail(TextFault::empty);
  if (out.size() > bytes_max || letter_count(out) > letters_max) {
    return core::fail(TextFault::too_long);
  }
  return out;
}

}  // namespace

core::Expected<std::string, TextFault> clean_name(std::string_view typed) {
  return clean_words(typed, kNameLettersMax, kNameBytesMax);
}

core::Expected<std::string, TextFault> clean_note(std::string_view typed) {
  return clean_words(typed, kNoteLettersMax, kInputBytesMax);
}

std::string search_key(std::string_view text) {
  std::string out;
  bool blank = false;
  while (!text.empty()) {
    const auto letter = take_code_point(text);
    if (!letter) {
      text.remove_prefix(1);
      continue;
    }
    if (is_blank(*letter) || is_dash(*letter) || is_control(*letter)) {
      blank = true;
      continue;
    }
    if (is_invisible(*letter) || is_mark(*letter) || is_quote(*letter)) continue;
    if (blank && !out.empty()) out += ' ';
    blank = false;
    if (between(*letter, 0xC0, 0xFF)) {
      out += plain_latin(*letter);
    } else {
      append_utf8(out, lower(joined_spelling(latin_digit(*letter))));
    }
  }
  return out;
}

}  // namespace pos::domain
