#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pos/text/style.hpp"

namespace pos::text {

/// A code point as it will be drawn, at its logical place. Bytes of what is not drawn (marks,
/// overrides, controls) belong to the unit before.
struct Unit {
  char32_t shown = 0;   // joined and mirrored; 0: takes no room
  char32_t source = 0;  // as written, to fall back on and to find blanks and digits
  std::uint32_t byte_begin = 0;
  std::uint32_t byte_end = 0;
  bool letter = false;    // of a word: strong in its direction
  bool ligature = false;  // draws the unit before as well (lam-alef)
  std::uint8_t level = 0;
};

/// What FriBidi says of a whole text. Lines are cut out of it afterwards, so that an isolate may
/// reach over a line's end.
struct Paragraph {
  std::vector<Unit> units;
  std::vector<std::uint32_t> bidi_types;
  Direction direction = Direction::ltr;

  /// Logical indices of [begin, end), from left to right on the line.
  [[nodiscard]] std::vector<std::size_t> visual_order(std::size_t begin, std::size_t end) const;
};

/// Whether it has no letter: an amount, a time, "× 2". Such a text reads from left to right in
/// every language, the sign before the number.
[[nodiscard]] bool is_figure(std::string_view text);

[[nodiscard]] Paragraph analyse(std::string_view text, Direction direction);

}  // namespace pos::text
