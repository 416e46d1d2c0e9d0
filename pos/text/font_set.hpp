#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pos/core/expected.hpp"
#include "pos/text/style.hpp"

namespace pos::text {

/// A grey bitmap of one glyph. `left` and `top` are from the pen on the baseline to its upper left
/// corner, `top` counted upwards. A blank has width and height 0.
struct GlyphBitmap {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> alpha;  // width x height, row by row, 255 is ink
};

/// Names one drawing of one glyph. `phase` is a quarter of a pixel to the right.
struct GlyphKey {
  std::uint32_t glyph = 0;
  std::uint16_t size_px = 0;
  std::uint8_t font = 0;
  std::uint8_t phase = 0;

  friend constexpr auto operator<=>(const GlyphKey&, const GlyphKey&) = default;
};

struct FontError {
  enum class Fault : std::uint8_t { no_font_service, no_font, unreadable };
  Fault fault = Fault::no_font;
  std::string detail;  // a sentence for the operator: what was looked for, and what to install
};

struct FontFile {
  std::string path;
  int index = 0;  // in a collection
};

/// In order of preference; the first font with a glyph for a code point draws it. Bold looks
/// through the bold files first, then through the regular ones.
struct FontFiles {
  std::vector<FontFile> regular;
  std::vector<FontFile> bold;
};

/// Asks fontconfig for Noto Sans with its Hebrew and Arabic, else DejaVu Sans; a symbol font comes
/// last when there is one. Fails when neither family is installed.
[[nodiscard]] pos::core::Expected<FontFiles, FontError> find_fonts();

/// The open fonts. Not thread-safe, not even for reading: one thread, one FontSet.
class FontSet {
 public:
  [[nodiscard]] static pos::core::Expected<FontSet, FontError> open(const FontFiles& files);
  /// find_fonts() and open().
  [[nodiscard]] static pos::core::Expected<FontSet, FontError> open_installed();

  FontSet(FontSet&&) noexcept;
  FontSet& operator=(FontSet&&) noexcept;
  ~FontSet();

  struct Found {
    std::uint8_t font = 0;
    std::uint32_t glyph = 0;  // 0: no font of the set draws this code point
  };
  [[nodiscard]] Found find(char32_t code_point, Weight weight) const;

  /// Pixels, fractional.
  [[nodiscard]] float advance(Found found, int size_px) const;
  /// The box of every digit of that digit's script: whole pixels and as wide as the widest, so that
  /// columns of figures stand in line also where the font's own digits differ (Persian in Noto).
  [[nodiscard]] float digit_advance(char32_t digit, Style style) const;
  [[nodiscard]] Metrics metrics(Style style) const;
  [[nodiscard]] GlyphBitmap rasterise(const GlyphKey& key) const;

  /// "Noto Sans", for the diagnosis.
  [[nodiscard]] std::string family() const;

 private:
  struct Fonts;
  explicit FontSet(std::unique_ptr<Fonts> fonts);
  std::unique_ptr<Fonts> fonts_;
};

/// Brings a size into the range that a Style may have.
[[nodiscard]] int clamp_size(int size_px);

}  // namespace pos::text
