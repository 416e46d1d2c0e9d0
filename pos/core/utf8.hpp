#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pos::core {

/// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view text);

/// Takes one code point off the front of `text`; nothing (and `text` unchanged) when the bytes
/// there are no UTF-8 or there are none.
[[nodiscard]] std::optional<char32_t> take_code_point(std::string_view& text);

/// The caller promises a Unicode scalar value.
void append_utf8(std::string& out, char32_t letter);

/// Number of code points. The caller promises well-formed UTF-8.
[[nodiscard]] std::size_t letter_count(std::string_view text);

}  // namespace pos::core
