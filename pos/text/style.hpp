#pragma once

#include <compare>
#include <cstdint>

namespace pos::text {

/// Of a paragraph. `automatic` takes it from the first strong letter, left to right without one.
enum class Direction : std::uint8_t { ltr, rtl, automatic };

enum class Weight : std::uint8_t { regular, bold };

/// What a text is set in. size_px is the em size; 6 ... 256, other sizes are brought into that
/// range.
struct Style {
  int size_px = 16;
  Weight weight = Weight::regular;

  friend constexpr auto operator<=>(const Style&, const Style&) = default;
};

/// Of a style, over the whole font set, in pixels; the same for every text, so that baselines never
/// jump when a letter of another script comes in. All values are positive.
struct Metrics {
  int ascent = 0;      // baseline up to the top of the line
  int descent = 0;     // baseline down to the bottom of the line
  int cap_height = 0;  // of "H": centre by this, not by the ascent
  [[nodiscard]] int line_height() const { return ascent + descent; }
};

}  // namespace pos::text
