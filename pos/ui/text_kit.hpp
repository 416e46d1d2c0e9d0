#pragma once

#include <memory>

#include "pos/core/expected.hpp"
#include "pos/text/font_set.hpp"
#include "pos/text/glyph_atlas.hpp"
#include "pos/text/shaper.hpp"
#include "pos/text/text_cache.hpp"

namespace pos::ui {

/// Everything that turns text into glyphs, at one address because its parts refer to each other.
/// Main thread.
struct TextKit {
  explicit TextKit(text::FontSet opened)
      : fonts(std::move(opened)), shaper(fonts), cache(shaper), atlas(fonts) {}
  TextKit(const TextKit&) = delete;
  TextKit& operator=(const TextKit&) = delete;

  [[nodiscard]] static core::Expected<std::unique_ptr<TextKit>, text::FontError> open() {
    auto fonts = text::FontSet::open_installed();
    if (!fonts) return core::fail(fonts.error());
    return std::make_unique<TextKit>(std::move(*fonts));
  }

  text::FontSet fonts;
  text::Shaper shaper;
  text::TextCache cache;
  text::GlyphAtlas atlas;
};

}  // namespace pos::ui
