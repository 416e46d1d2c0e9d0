#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pos/core/expected.hpp"
#include "pos/core/utf8.hpp"

namespace pos::domain {

/// Why a text from outside was not taken.
enum class TextFault {
  empty,
  too_long,
  bad_utf8,
  control_character,
};
[[nodiscard]] std::string_view to_text(TextFault fault);

/// Longest code, number or search that anybody types or scans into a field, in bytes.
inline constexpr std::size_t kInputBytesMax = 512;
/// Longest stored name, in code points and in bytes of UTF-8.
inline constexpr std::size_t kNameLettersMax = 60;
inline constexpr std::size_t kNameBytesMax = 240;
/// Longest stored sentence that somebody at headquarters writes, in code points.
inline constexpr std::size_t kNoteLettersMax = 200;

using core::append_utf8;
using core::is_valid_utf8;
using core::letter_count;
using core::take_code_point;

/// What every parser of ours runs first: Persian and Arabic digits become 0-9, invisible and bidi
/// characters go, every kind of blank becomes one space character, every kind of dash becomes '-',
/// and blanks at both ends go. Case and letters stay.
/// Fails with empty, too_long (over kInputBytesMax), bad_utf8, control_character.
[[nodiscard]] core::Expected<std::string, TextFault> clean_input(std::string_view typed);

/// A person's or thing's name as it is stored: blanks trimmed and made single, bidi controls and
/// other invisible characters out, Arabic yeh and kaf turned into the Persian letters, the
/// zero-width non-joiner kept between letters. Digits keep their script. Fails with empty, too_long
/// (over kNameLettersMax or kNameBytesMax), bad_utf8, control_character.
[[nodiscard]] core::Expected<std::string, TextFault> clean_name(std::string_view typed);

/// A sentence as it is stored: like a name, with kNoteLettersMax and kInputBytesMax as its limits.
[[nodiscard]] core::Expected<std::string, TextFault> clean_note(std::string_view typed);

/// The form in which names are compared and searched: lower case, no points, harakat or accents, no
/// non-joiner, no quotation marks, dashes as blanks, spelling variants of Arabic letters joined,
/// digits 0-9. Bytes that are no UTF-8 are left out, so it never fails; the result may be empty.
[[nodiscard]] std::string search_key(std::string_view text);

}  // namespace pos::domain
