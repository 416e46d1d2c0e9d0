#pragma once

#include "pos/slip/raster.hpp"
#include "pos/text/glyph_atlas.hpp"
#include "pos/text/shaped_line.hpp"

namespace pos::slip {

/// A strip of paper that grows downwards as it is drawn upon. What lies outside its width is cut.
class Canvas {
 public:
  Canvas(int width, const pos::text::FontSet& fonts);

  enum class Ink : std::uint8_t { black, paper };
  /// `x` is the line's left edge.
  void text(const pos::text::ShapedLine& line, int x, int baseline, Ink ink = Ink::black);
  void fill(int x, int y, int width, int height);
  /// The outline of a box with round corners.
  void frame(int x, int y, int width, int height, int thickness, int radius);

  [[nodiscard]] int width() const { return raster_.width; }
  /// Leaves the canvas empty.
  [[nodiscard]] Raster take(int height);

 private:
  void reach(int height);
  void blend(int x, int y, int alpha, int colour);

  pos::text::GlyphAtlas atlas_;
  Raster raster_;
};

}  // namespace pos::slip
