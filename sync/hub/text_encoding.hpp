#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace club::hub {

/// The encodings in which spreadsheets leave Hebrew, Persian and English text.
enum class Encoding { utf8, utf16_little, utf16_big, cp1255, cp1256 };

[[nodiscard]] std::string_view to_text(Encoding encoding);

struct DecodedText {
  Encoding encoding = Encoding::utf8;
  std::string text;  ///< UTF-8, without a byte order mark
};

/// A byte order mark decides; then valid UTF-8; then which of the two Windows code pages gives more
/// letters that follow one another as letters of one script do. Nothing when no reading has any
/// sense. `told` overrides the guess.
[[nodiscard]] std::optional<DecodedText> decode_text(std::string_view bytes,
                                                     std::optional<Encoding> told = std::nullopt);

}  // namespace club::hub
