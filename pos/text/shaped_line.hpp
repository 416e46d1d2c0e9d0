#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pos/text/font_set.hpp"
#include "pos/text/style.hpp"

namespace pos::text {

/// A glyph to draw: look up `key` in the GlyphAtlas and put its bitmap `x` pixels to the right of
/// the line's left edge, on the baseline. Whole pixels; the fraction is in the key.
struct PlacedGlyph {
  GlyphKey key;
  int x = 0;
};

/// A piece of the source that a caret does not enter: a letter with the marks and controls after
/// it. Its box on the line is [left, right).
struct Cell {
  std::uint32_t byte_begin = 0;
  std::uint32_t byte_end = 0;
  float left = 0;
  float right = 0;
  bool right_to_left = false;
};

/// A stretch of the line, in pixels from its left edge.
struct Stretch {
  float left = 0;
  float right = 0;
};

/// One line in visual order. Byte offsets count in the UTF-8 text that was shaped.
struct ShapedLine {
  std::vector<PlacedGlyph> glyphs;  // left to right
  std::vector<Cell> cells;          // logical order, byte ranges without holes
  float width = 0;
  Metrics metrics;
  Direction direction = Direction::ltr;  // the resolved one, never automatic

  /// Where the caret stands before the byte at `byte`. Offsets inside a cell count as its end.
  [[nodiscard]] float caret_x(std::size_t byte) const;
  /// The caret offset that is nearest to x, from a click. Always a boundary of cells.
  [[nodiscard]] std::size_t byte_at(float x) const;
  /// What to shade for the selection [begin, end); touching boxes are one stretch.
  [[nodiscard]] std::vector<Stretch> selection(std::size_t begin, std::size_t end) const;
  /// The caret offset after (or before) this one in reading order of the screen: what the Right
  /// (Left) key does. The ends stay where they are.
  [[nodiscard]] std::size_t step_right(std::size_t byte) const;
  [[nodiscard]] std::size_t step_left(std::size_t byte) const;
};

}  // namespace pos::text
