#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pos/text/shaper.hpp"

namespace text_test {

using pos::text::Direction;
using pos::text::Style;

/// One set of fonts for the program; opening takes some milliseconds.
const pos::text::FontSet& fonts();

/// The fonts and glyphs of a line from left to right.
struct Drawn {
  std::vector<std::uint32_t> glyphs;
  std::vector<std::uint8_t> fonts;
  friend bool operator==(const Drawn&, const Drawn&) = default;
};
std::ostream& operator<<(std::ostream& out, const Drawn& drawn);

Drawn drawn(std::string_view text, Direction direction);

/// What must be drawn: code points from left to right, shaped forms included; blanks left out.
Drawn expected(std::u32string_view left_to_right);

/// Paints lines under each other into a grey picture (PGM) in the build tree, for the eye.
void paint(const std::string& name, const std::vector<std::pair<std::string, Direction>>& lines,
           Style style);

}  // namespace text_test
