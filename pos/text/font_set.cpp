#include "pos/text/font_set.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "pos/core/check.hpp"
#include "pos/text/utf8_decode.hpp"

namespace pos::text {
namespace {

constexpr int kSizeMin = 6;    // below, nothing can be read
constexpr int kSizeMax = 256;  // above, one glyph would fill an atlas page
constexpr std::size_t kFontsMax = 255;
constexpr int kPhaseBits = 16;  // a quarter of a pixel in FreeType's 26.6 units

/// The tallest and the deepest letters of the three scripts, which the first font's own figures
/// need not cover. The other fonts' figures leave room for marks that are not drawn.
constexpr std::u32string_view kTallAndDeep =
    U"\u00C5gQ\u05DC\u05E7\uFB8B\uFEF1\uFEDD\uFB7A\uFE9D\uFE81\uFEFB";

struct LibraryCloser {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
struct FaceCloser {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};
using Library = std::unique_ptr<FT_LibraryRec_, LibraryCloser>;
using Face = std::unique_ptr<FT_FaceRec_, FaceCloser>;

float from_26_6(FT_Pos value) { return static_cast<float>(value) / 64.0F; }

}  // namespace

struct FontSet::Fonts {
  Library library;  // first: the faces go before it
  std::vector<Face> faces;
  std::vector<std::uint8_t> regular;
  std::vector<std::uint8_t> bold;
  std::map<std::tuple<std::uint8_t, std::uint32_t, int>, float> advances;
  std::map<std::pair<char32_t, Style>, float> digits;
  std::map<Style, Metrics> metrics;

  [[nodiscard]] std::optional<FontError> add(const FontFile& file, std::vector<std::uint8_t>& to);
  [[nodiscard]] const std::vector<std::uint8_t>& order(Weight weight) const {
    return weight == Weight::bold ? bold : regular;
  }
  /// False when the glyph cannot be loaded; the slot is then undefined.
  [[nodiscard]] bool load(std::uint8_t font, std::uint32_t glyph, int size_px,
                          FT_Int32 flags) const;
};

int clamp_size(int size_px) { return std::clamp(size_px, kSizeMin, kSizeMax); }

std::optional<FontError> FontSet::Fonts::add(const FontFile& file, std::vector<std::uint8_t>& to) {
  if (faces.size() >= kFontsMax) {
    return FontError{FontError::Fault::unreadable, "more fonts than a set can hold"};
  }
  FT_Face raw = nullptr;
  if (FT_New_Face(library.get(), file.path.c_str(), file.index, &raw) != 0) {
    return FontError{FontError::Fault::unreadable, "not a readable font: " + file.path};
  }
  Face face(raw);
  if (!FT_IS_SCALABLE(raw) || FT_Select_Charmap(raw, FT_ENCODING_UNICODE) != 0) {
    return FontError{FontError::Fault::unreadable, "not a scalable Unicode font: " + file.path};
  }
  to.push_back(static_cast<std::uint8_t>(faces.size()));
  faces.push_back(std::move(face));
  return std::nullopt;
}

bool FontSet::Fonts::load(std::uint8_t font, std::uint32_t glyph, int size_px,
                          FT_Int32 flags) const {
  CLUBTILL_CHECK(font < faces.size());
  FT_Face face = faces[font].get();
  if (FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(clamp_size(size_px))) != 0) return false;
  return FT_Load_Glyph(face, glyph, flags) == 0;
}

pos::core::Expected<FontSet, FontError> FontSet::open(const FontFiles& files) {
  auto fonts = std::make_unique<Fonts>();
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) {
    return pos::core::fail(FontError{FontError::Fault::unreadable, "FreeType does not start"});
  }
  fonts->library.reset(library);
  if (files.regular.empty()) {
    return pos::core::fail(FontError{FontError::Fault::no_font, "no regular font is named"});
  }
  for (const FontFile& file : files.regular) {
    if (auto error = fonts->add(file, fonts->regular)) return pos::core::fail(*std::move(error));
  }
  for (const FontFile& file : files.bold) {
    if (auto error = fonts->add(file, fonts->bold)) return pos::core::fail(*std::move(error));
  }
  fonts->bold.insert(fonts->bold.end(), fonts->regular.begin(), fonts->regular.end());
  return FontSet(std::move(fonts));
}

FontSet::FontSet(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;
FontSet::~FontSet() = default;

FontSet::Found FontSet::find(char32_t code_point, Weight weight) const {
  const auto& order = fonts_->order(weight);
  for (const std::uint8_t font : order) {
    const FT_UInt glyph = FT_Get_Char_Index(fonts_->faces[font].get(), code_point);
    if (glyph != 0) return {font, glyph};
  }
  return {order.front(), 0};
}

float FontSet::advance(Found found, int size_px) const {
  const auto key = std::make_tuple(found.font, found.glyph, clamp_size(size_px));
  auto place = fonts_->advances.find(key);
  if (place == fonts_->advances.end()) {
    float width = 0;
    if (fonts_->load(found.font, found.glyph, size_px, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP)) {
      const FT_Fixed linear = fonts_->faces[found.font]->glyph->linearHoriAdvance;
      width = std::max(0.0F, static_cast<float>(linear) / 65536.0F);
    }
    place = fonts_->advances.emplace(key, width).first;
  }
  return place->second;
}

float FontSet::digit_advance(char32_t digit, Style style) const {
  const char32_t zero = digit - digit_value(digit);
  const auto key = std::make_pair(zero, style);
  if (const auto known = fonts_->digits.find(key); known != fonts_->digits.end()) {
    return known->second;
  }
  float widest = 1;
  for (char32_t c = zero; c < zero + 10; ++c) {
    widest = std::max(widest, std::round(advance(find(c, style.weight), style.size_px)));
  }
  return fonts_->digits.emplace(key, widest).first->second;
}

Metrics FontSet::metrics(Style style) const {
  style.size_px = clamp_size(style.size_px);
  if (const auto known = fonts_->metrics.find(style); known != fonts_->metrics.end()) {
    return known->second;
  }
  const FT_Face primary = fonts_->faces[fonts_->order(style.weight).front()].get();
  const auto scaled = [&](FT_Short units) {
    return static_cast<float>(units) * static_cast<float>(style.size_px) /
           static_cast<float>(primary->units_per_EM);
  };
  float top = scaled(primary->ascender);
  float bottom = -scaled(primary->descender);
  for (const char32_t c : kTallAndDeep) {
    const Found found = find(c, style.weight);
    if (found.glyph == 0) continue;
    if (!fonts_->load(found.font, found.glyph, style.size_px, FT_LOAD_NO_HINTING)) continue;
    const FT_Glyph_Metrics& box = fonts_->faces[found.font]->glyph->metrics;
    top = std::max(top, from_26_6(box.horiBearingY));
    bottom = std::max(bottom, from_26_6(box.height - box.horiBearingY));
  }
  Metrics metrics;
  metrics.ascent = static_cast<int>(std::ceil(top));
  metrics.descent = static_cast<int>(std::ceil(bottom));
  const Found cap = find(U'H', style.weight);
  if (fonts_->load(cap.font, cap.glyph, style.size_px, FT_LOAD_TARGET_LIGHT)) {
    metrics.cap_height = static_cast<int>(
        std::lround(from_26_6(fonts_->faces[cap.font]->glyph->metrics.horiBearingY)));
  }
  return fonts_->metrics.emplace(style, metrics).first->second;
}

GlyphBitmap FontSet::rasterise(const GlyphKey& key) const {
  GlyphBitmap bitmap;
  if (!fonts_->load(key.font, key.glyph, key.size_px, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP)) {
    return bitmap;
  }
  FT_GlyphSlot slot = fonts_->faces[key.font]->glyph;
  if (slot->format == FT_GLYPH_FORMAT_OUTLINE) {
    FT_Outline_Translate(&slot->outline, (key.phase & 3) * kPhaseBits, 0);
  }
  if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0) return bitmap;
  const FT_Bitmap& drawn = slot->bitmap;
  if (drawn.pixel_mode != FT_PIXEL_MODE_GRAY || drawn.width == 0 || drawn.rows == 0) return bitmap;
  bitmap.left = slot->bitmap_left;
  bitmap.top = slot->bitmap_top;
  bitmap.width = static_cast<int>(drawn.width);
  bitmap.height = static_cast<int>(drawn.rows);
  bitmap.alpha.reserve(static_cast<std::size_t>(drawn.width) * drawn.rows);
  for (unsigned row = 0; row < drawn.rows; ++row) {
    const unsigned char* from = drawn.buffer + static_cast<std::ptrdiff_t>(row) * drawn.pitch;
    bitmap.alpha.insert(bitmap.alpha.end(), from, from + drawn.width);
  }
  return bitmap;
}

std::string FontSet::family() const {
  const char* name = fonts_->faces[fonts_->regular.front()]->family_name;
  return name != nullptr ? name : "";
}

}  // namespace pos::text
