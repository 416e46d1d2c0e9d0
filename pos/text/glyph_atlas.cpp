#include "pos/text/glyph_atlas.hpp"

#include <algorithm>
#include <utility>

#include "pos/core/check.hpp"

namespace pos::text {
namespace {

constexpr int kGap = 1;  // between glyphs, so that a filtered texture never bleeds

void grow(std::optional<PixelRect>& dirty, const PixelRect& by) {
  if (!dirty) {
    dirty = by;
    return;
  }
  dirty->x0 = std::min(dirty->x0, by.x0);
  dirty->y0 = std::min(dirty->y0, by.y0);
  dirty->x1 = std::max(dirty->x1, by.x1);
  dirty->y1 = std::max(dirty->y1, by.y1);
}

}  // namespace

GlyphAtlas::GlyphAtlas(const FontSet& fonts, int page_side) : fonts_(&fonts), side_(page_side) {
  CLUBTILL_CHECK(page_side >= 16);
  open_page();
}

void GlyphAtlas::open_page() {
  Page page;
  page.alpha.resize(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_));
  pages_.push_back(std::move(page));
}

bool GlyphAtlas::place(Page& page, AtlasGlyph& glyph) const {
  if (page.shelf_x + glyph.width + kGap > side_) {
    page.shelf_y += page.shelf_height + kGap;
    page.shelf_x = kGap;
    page.shelf_height = 0;
  }
  if (page.shelf_y + glyph.height + kGap > side_) return false;
  glyph.x = page.shelf_x;
  glyph.y = page.shelf_y;
  page.shelf_x += glyph.width + kGap;
  page.shelf_height = std::max(page.shelf_height, glyph.height);
  return true;
}

AtlasGlyph GlyphAtlas::find(const GlyphKey& key) {
  if (const auto known = glyphs_.find(key); known != glyphs_.end()) return known->second;
  const GlyphBitmap bitmap = fonts_->rasterise(key);
  AtlasGlyph glyph{0, 0, 0, bitmap.width, bitmap.height, bitmap.left, bitmap.top};
  const bool fits = bitmap.width + 2 * kGap <= side_ && bitmap.height + 2 * kGap <= side_;
  if (bitmap.width == 0 || !fits) {
    glyph.width = glyph.height = 0;
    return glyphs_.emplace(key, glyph).first->second;
  }
  if (!place(pages_.back(), glyph)) {
    open_page();
    CLUBTILL_CHECK(place(pages_.back(), glyph));
  }
  glyph.page = static_cast<std::uint32_t>(pages_.size() - 1);
  Page& page = pages_.back();
  for (int row = 0; row < glyph.height; ++row) {
    const auto from = bitmap.alpha.begin() + static_cast<std::ptrdiff_t>(row) * glyph.width;
    const auto to =
        page.alpha.begin() + static_cast<std::ptrdiff_t>(glyph.y + row) * side_ + glyph.x;
    std::copy(from, from + glyph.width, to);
  }
  ++page.version;
  grow(page.dirty, {glyph.x, glyph.y, glyph.x + glyph.width, glyph.y + glyph.height});
  return glyphs_.emplace(key, glyph).first->second;
}

const std::uint8_t* GlyphAtlas::pixels(std::size_t page) const {
  CLUBTILL_CHECK(page < pages_.size());
  return pages_[page].alpha.data();
}

std::optional<PixelRect> GlyphAtlas::take_dirty(std::size_t page) {
  CLUBTILL_CHECK(page < pages_.size());
  return std::exchange(pages_[page].dirty, std::nullopt);
}

}  // namespace pos::text
