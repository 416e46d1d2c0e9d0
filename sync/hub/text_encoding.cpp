#include "sync/hub/text_encoding.hpp"

#include <array>

#include "pos/domain/clean_text.hpp"

namespace club::hub {
namespace {

/// Upper halves of the Windows code pages; 0: nothing is there.
constexpr std::array<char16_t, 128> kCp1255 = {
    0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0000, 0x2039,
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0000, 0x203A, 0x0000, 0x0000, 0x0000, 0x0000, 0x00A0, 0x00A1, 0x00A2, 0x00A3,
    0x20AA, 0x00A5, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x00D7, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x00F7, 0x00BB,
    0x00BC, 0x00BD, 0x00BE, 0x00BF, 0x05B0, 0x05B1, 0x05B2, 0x05B3, 0x05B4, 0x05B5, 0x05B6, 0x05B7,
    0x05B8, 0x05B9, 0x0000, 0x05BB, 0x05BC, 0x05BD, 0x05BE, 0x05BF, 0x05C0, 0x05C1, 0x05C2, 0x05C3,
    0x05F0, 0x05F1, 0x05F2, 0x05F3, 0x05F4, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
    0x05D0, 0x05D1, 0x05D2, 0x05D3, 0x05D4, 0x05D5, 0x05D6, 0x05D7, 0x05D8, 0x05D9, 0x05DA, 0x05DB,
    0x05DC, 0x05DD, 0x05DE, 0x05DF, 0x05E0, 0x05E1, 0x05E2, 0x05E3, 0x05E4, 0x05E5, 0x05E6, 0x05E7,
    0x05E8, 0x05E9, 0x05EA, 0x0000, 0x0000, 0x200E, 0x200F, 0x0000,
};

constexpr std::array<char16_t, 128> kCp1256 = {
    0x20AC, 0x067E, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0679, 0x2039,
    0x0152, 0x0686, 0x0698, 0x0688, 0x06AF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x06A9, 0x2122, 0x0691, 0x203A, 0x0153, 0x200C, 0x200D, 0x06BA, 0x00A0, 0x060C, 0x00A2, 0x00A3,
    0x00A4, 0x00A5, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x06BE, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x061B, 0x00BB,
    0x00BC, 0x00BD, 0x00BE, 0x061F, 0x06C1, 0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627,
    0x0628, 0x0629, 0x062A, 0x062B, 0x062C, 0x062D, 0x062E, 0x062F, 0x0630, 0x0631, 0x0632, 0x0633,
    0x0634, 0x0635, 0x0636, 0x00D7, 0x0637, 0x0638, 0x0639, 0x063A, 0x0640, 0x0641, 0x0642, 0x0643,
    0x00E0, 0x0644, 0x00E2, 0x0645, 0x0646, 0x0647, 0x0648, 0x00E7, 0x00E8, 0x00E9, 0x00EA, 0x00EB,
    0x0649, 0x064A, 0x00EE, 0x00EF, 0x064B, 0x064C, 0x064D, 0x064E, 0x00F4, 0x064F, 0x0650, 0x00F7,
    0x0651, 0x00F9, 0x0652, 0x00FB, 0x00FC, 0x200E, 0x200F, 0x06D2,
};

std::optional<std::string> from_code_page(std::string_view bytes,
                                          const std::array<char16_t, 128>& table) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    const char32_t letter = byte < 0x80 ? byte : table[byte - 0x80u];
    if (letter == 0) return std::nullopt;
    pos::domain::append_utf8(out, letter);
  }
  return out;
}

std::optional<std::string> from_utf16(std::string_view bytes, bool big) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<std::uint8_t>(bytes[at]);
    const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
    return static_cast<char32_t>(big ? first << 8 | second : second << 8 | first);
  };
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t letter = unit(at);
    if (letter >= 0xD800 && letter <= 0xDFFF) {
      if (letter >= 0xDC00 || at + 3 >= bytes.size()) return std::nullopt;
      const char32_t low = unit(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      letter = 0x10000 + ((letter - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    }
    pos::domain::append_utf8(out, letter);
  }
  return out;
}

bool is_hebrew(char32_t letter) { return letter >= 0x05D0 && letter <= 0x05EA; }
bool is_arabic(char32_t letter) { return letter >= 0x0620 && letter <= 0x06D3; }

/// Letters of a script next to one another count for a reading; a Latin letter with an accent
/// beside them, or a sign within a word, counts against it.
std::int64_t sense_of(std::string_view text, bool (*is_letter)(char32_t)) {
  std::int64_t sense = 0;
  char32_t before = 0;
  while (const auto letter = pos::domain::take_code_point(text)) {
    if (*letter >= 0x80) sense += is_letter(*letter) ? 1 : -2;
    if (is_letter(*letter) && is_letter(before)) sense += 2;
    // In the wrong page, letters of a word fall among the signs.
    if (is_letter(before) && *letter >= 0xA1 && *letter <= 0xFF) sense -= 3;
    before = *letter;
  }
  return sense;
}

std::optional<DecodedText> guess_code_page(std::string_view bytes) {
  const auto hebrew = from_code_page(bytes, kCp1255);
  const auto arabic = from_code_page(bytes, kCp1256);
  const std::int64_t hebrew_sense = hebrew ? sense_of(*hebrew, is_hebrew) : INT64_MIN;
  const std::int64_t arabic_sense = arabic ? sense_of(*arabic, is_arabic) : INT64_MIN;
  if (!hebrew && !arabic) return std::nullopt;
  if (hebrew_sense >= arabic_sense) return DecodedText{Encoding::cp1255, *hebrew};
  return DecodedText{Encoding::cp1256, *arabic};
}

std::optional<DecodedText> decode_as(std::string_view bytes, Encoding encoding) {
  std::optional<std::string> text;
  switch (encoding) {
    case Encoding::utf8:
      if (pos::domain::is_valid_utf8(bytes)) text = std::string(bytes);
      break;
    case Encoding::utf16_little:
    case Encoding::utf16_big:
      text = from_utf16(bytes, encoding == Encoding::utf16_big);
      break;
    case Encoding::cp1255:
      text = from_code_page(bytes, kCp1255);
      break;
    case Encoding::cp1256:
      text = from_code_page(bytes, kCp1256);
      break;
  }
  if (!text) return std::nullopt;
  return DecodedText{encoding, std::move(*text)};
}

}  // namespace

std::string_view to_text(Encoding encoding) {
  constexpr std::array<std::string_view, 5> kNames = {"UTF-8", "UTF-16", "UTF-16 (big endian)",
                                                      "CP1255", "CP1256"};
  return kNames[static_cast<std::size_t>(encoding)];
}

std::optional<DecodedText> decode_text(std::string_view bytes, std::optional<Encoding> told) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return decode_as(bytes.substr(3), Encoding::utf8);
  if (bytes.starts_with("\xFF\xFE")) return decode_as(bytes.substr(2), Encoding::utf16_little);
  if (bytes.starts_with("\xFE\xFF")) return decode_as(bytes.substr(2), Encoding::utf16_big);
  if (told) return decode_as(bytes, *told);
  if (auto text = decode_as(bytes, Encoding::utf8)) return text;
  return guess_code_page(bytes);
}

}  // namespace club::hub
