#include "tests/unit/text/text_support.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "pos/core/check.hpp"
#include "pos/text/glyph_atlas.hpp"

namespace text_test {

const pos::text::FontSet& fonts() {
  static const auto opened = pos::text::FontSet::open_installed();
  CLUBTILL_CHECK(opened.has_value());
  return *opened;
}

std::ostream& operator<<(std::ostream& out, const Drawn& drawn) {
  for (std::size_t i = 0; i < drawn.glyphs.size(); ++i) {
    out << int{drawn.fonts[i]} << ':' << drawn.glyphs[i] << ' ';
  }
  return out;
}

Drawn drawn(std::string_view text, Direction direction) {
  Drawn result;
  for (const auto& glyph : pos::text::Shaper(fonts()).shape(text, {20}, direction).glyphs) {
    result.glyphs.push_back(glyph.key.glyph);
    result.fonts.push_back(glyph.key.font);
  }
  return result;
}

Drawn expected(std::u32string_view left_to_right) {
  Drawn result;
  for (const char32_t c : left_to_right) {
    const auto found = fonts().find(c, pos::text::Weight::regular);
    result.glyphs.push_back(found.glyph);
    result.fonts.push_back(found.font);
  }
  return result;
}

void paint(const std::string& name, const std::vector<std::pair<std::string, Direction>>& lines,
           Style style) {
  const pos::text::Shaper shaper(fonts());
  pos::text::GlyphAtlas atlas(fonts());
  const auto metrics = shaper.metrics(style);
  constexpr int kWidth = 900;
  const int height = metrics.line_height() * static_cast<int>(lines.size());
  std::vector<std::uint8_t> grey(static_cast<std::size_t>(kWidth * height), 255);
  int baseline = metrics.ascent;
  for (const auto& [text, direction] : lines) {
    const auto line = shaper.shape(text, style, direction);
    const int origin =
        line.direction == Direction::rtl ? kWidth - 8 - static_cast<int>(line.width) : 8;
    for (const auto& placed : line.glyphs) {
      const auto glyph = atlas.find(placed.key);
      for (int y = 0; y < glyph.height; ++y) {
        for (int x = 0; x < glyph.width; ++x) {
          const int px = origin + placed.x + glyph.left + x;
          const int py = baseline - glyph.top + y;
          if (px < 0 || px >= kWidth || py < 0 || py >= height) continue;
          const int ink = atlas.pixels(glyph.page)[(glyph.y + y) * atlas.page_side() + glyph.x + x];
          auto& pixel = grey[static_cast<std::size_t>(py * kWidth + px)];
          pixel = static_cast<std::uint8_t>(pixel * (255 - ink) / 255);
        }
      }
    }
    baseline += metrics.line_height();
  }
  const auto folder = std::filesystem::path(CLUBTILL_BIN_DIR).parent_path() / "pictures";
  std::filesystem::create_directories(folder);
  std::ofstream file(folder / (name + ".pgm"), std::ios::binary);
  file << "P5\n" << kWidth << ' ' << height << "\n255\n";
  file.write(reinterpret_cast<const char*>(grey.data()), static_cast<std::streamsize>(grey.size()));
}

}  // namespace text_test
