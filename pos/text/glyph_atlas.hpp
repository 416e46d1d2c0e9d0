#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "pos/text/font_set.hpp"

namespace pos::text {

/// Where a glyph lies, in pixels of its page; `left` and `top` as in GlyphBitmap. Width 0: nothing
/// to draw.
struct AtlasGlyph {
  std::uint32_t page = 0;
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  int left = 0;
  int top = 0;
};

/// Half open: [x0, x1) by [y0, y1).
struct PixelRect {
  int x0 = 0;
  int y0 = 0;
  int x1 = 0;
  int y1 = 0;
};

/// 8-bit alpha pages that fill as glyphs are first asked for. Pages keep their size and their
/// glyphs stay where they are; a full page is followed by another. One thread; the fonts must live
/// longer.
class GlyphAtlas {
 public:
  static constexpr int kPageSide = 1024;
  explicit GlyphAtlas(const FontSet& fonts, int page_side = kPageSide);

  /// Rasterises at the first call with this key. The returned copy stays right.
  [[nodiscard]] AtlasGlyph find(const GlyphKey& key);

  [[nodiscard]] std::size_t page_count() const { return pages_.size(); }
  [[nodiscard]] int page_side() const { return side_; }
  /// side x side bytes, row by row. The pointer stays valid; the bytes change with find().
  [[nodiscard]] const std::uint8_t* pixels(std::size_t page) const;
  /// Grows with every glyph that came onto the page.
  [[nodiscard]] std::uint64_t version(std::size_t page) const { return pages_[page].version; }
  /// What changed since the last call, for the upload; nothing when nothing did.
  [[nodiscard]] std::optional<PixelRect> take_dirty(std::size_t page);

 private:
  struct Page {
    std::vector<std::uint8_t> alpha;
    int shelf_x = 1;  // next free place of the open shelf
    int shelf_y = 1;
    int shelf_height = 0;
    std::uint64_t version = 0;
    std::optional<PixelRect> dirty;
  };
  [[nodiscard]] bool place(Page& page, AtlasGlyph& glyph) const;
  void open_page();

  const FontSet* fonts_;
  int side_;
  std::vector<Page> pages_;
  std::map<GlyphKey, AtlasGlyph> glyphs_;
};

}  // namespace pos::text
