#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pos/text/font_set.hpp"
#include "pos/text/shaped_line.hpp"
#include "pos/text/style.hpp"

namespace pos::text {

/// UTF-8 to positioned glyphs: bidi with isolates, joining, mirrored brackets, fonts per code
/// point. Any bytes are text: what is not UTF-8 shows as U+FFFD; embeddings and overrides
/// (U+202A-202E) have no effect and, as all controls, no box; combining marks are not drawn. Keeps
/// a reference to the fonts, which must live longer. One thread.
class Shaper {
 public:
  explicit Shaper(const FontSet& fonts) : fonts_(&fonts) {}

  /// Line feeds count as blanks.
  [[nodiscard]] ShapedLine shape(std::string_view text, Style style, Direction direction) const;

  /// As shape(); when wider than max_width_px, the end of the text gives way to an ellipsis. A
  /// number is never cut: it stays whole or goes whole.
  [[nodiscard]] ShapedLine shape_within(std::string_view text, Style style, Direction direction,
                                        float max_width_px) const;

  /// Lines broken at blanks and line feeds, a word that is too long for any line also inside. At
  /// least one line. Every line has the direction of its paragraph.
  [[nodiscard]] std::vector<ShapedLine> wrap(std::string_view text, Style style,
                                             Direction direction, float max_width_px) const;

  [[nodiscard]] float measure(std::string_view text, Style style, Direction direction) const;
  [[nodiscard]] Metrics metrics(Style style) const { return fonts_->metrics(style); }
  [[nodiscard]] const FontSet& fonts() const { return *fonts_; }

  /// How many paragraphs went through FriBidi since birth; an unchanged frame must add none.
  [[nodiscard]] std::uint64_t shaped_count() const { return shaped_count_; }

 private:
  const FontSet* fonts_;
  mutable std::uint64_t shaped_count_ = 0;
};

/// The text between U+2066 (ltr), U+2067 (rtl) or U+2068 (automatic) and U+2069, cleaned so that
/// nothing inside can open or close an isolate of the outside.
[[nodiscard]] std::string isolated(std::string_view text, Direction direction);

/// The text as a reader sees it, in logical order: valid UTF-8 without bidi controls, other
/// controls as blanks.
[[nodiscard]] std::string without_controls(std::string_view text);

}  // namespace pos::text
