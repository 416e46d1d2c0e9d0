#include "pos/slip/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pos::slip {
namespace {

constexpr int kAtlasSide = 512;
constexpr std::uint8_t kPaper = 255;

}  // namespace

Canvas::Canvas(int width, const pos::text::FontSet& fonts) : atlas_(fonts, kAtlasSide) {
  raster_.width = width;
}

void Canvas::reach(int height) {
  if (height <= raster_.height) return;
  raster_.height = height;
  raster_.grey.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(raster_.width),
                      kPaper);
}

void Canvas::blend(int x, int y, int alpha, int colour) {
  if (x < 0 || x >= raster_.width || y < 0) return;
  reach(y + 1);
  auto& pixel = raster_.grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(raster_.width) +
                             static_cast<std::size_t>(x)];
  pixel = static_cast<std::uint8_t>((pixel * (255 - alpha) + colour * alpha + 127) / 255);
}

void Canvas::text(const pos::text::ShapedLine& line, int x, int baseline, Ink ink) {
  const int colour = ink == Ink::black ? 0 : kPaper;
  reach(baseline + line.metrics.descent);
  for (const auto& placed : line.glyphs) {
    // A print head has no parts of dots: the same letter looks the same wherever it stands.
    pos::text::GlyphKey whole = placed.key;
    whole.phase = 0;
    const int pen = x + placed.x + (placed.key.phase >= 2 ? 1 : 0);
    const pos::text::AtlasGlyph glyph = atlas_.find(whole);
    const std::uint8_t* page = atlas_.pixels(glyph.page);
    for (int row = 0; row < glyph.height; ++row) {
      for (int column = 0; column < glyph.width; ++column) {
        const int alpha = page[(glyph.y + row) * atlas_.page_side() + glyph.x + column];
        if (alpha == 0) continue;
        blend(pen + glyph.left + column, baseline - glyph.top + row, alpha, colour);
      }
    }
  }
}

void Canvas::fill(int x, int y, int width, int height) {
  for (int row = y; row < y + height; ++row) {
    for (int column = x; column < x + width; ++column) blend(column, row, 255, 0);
  }
}

void Canvas::frame(int x, int y, int width, int height, int thickness, int radius) {
  for (int row = 0; row < height; ++row) {
    for (int column = 0; column < width; ++column) {
      // The distance to the outline of the box, positive inside.
      const int across = std::min(column, width - 1 - column);
      const int down = std::min(row, height - 1 - row);
      double inside = std::min(across, down);
      if (across < radius && down < radius) {
        inside = radius - std::hypot(radius - across - 0.5, radius - down - 0.5);
      }
      if (inside >= -0.5 && inside < thickness) blend(x + column, y + row, 255, 0);
    }
  }
}

Raster Canvas::take(int height) {
  reach(height);
  Raster taken = std::exchange(raster_, Raster{raster_.width, 0, {}});
  taken.height = height;
  taken.grey.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(taken.width));
  return taken;
}

}  // namespace pos::slip
