#pragma once

#include <string>

#include "pos/app/views/slip_view.hpp"
#include "pos/slip/raster.hpp"
#include "pos/text/shaper.hpp"

namespace pos::slip {

constexpr int kWideDots = 576;    // 80 mm paper
constexpr int kNarrowDots = 384;  // 58 mm paper

/// The slip as a picture of that width (at least kNarrowDots; a multiple of 8). The same view,
/// fonts and width give the same picture. Call from the thread that owns the shaper's fonts.
[[nodiscard]] Raster draw_receipt(const pos::app::SlipView& view, const pos::text::Shaper& shaper,
                                  int width_dots = kWideDots);

constexpr std::size_t kTextColumns = 48;

/// The slip as UTF-8 lines for a terminal and for programs: first what a person reads, in logical
/// order, values set to the end of the line; then the figures, one `#key value` a line, the same
/// keys in every language: slip (1, the version of this form), kind (sale, return, void,
/// day-close), copy (0, 1), uid, receipt-code, currency, payable-minor, points-earned,
/// points-spent, whatever SlipFigures::more names, and `#end` alone. A person's line never starts
/// with '#'.
[[nodiscard]] std::string receipt_text(const pos::app::SlipView& view,
                                       std::size_t columns = kTextColumns);

}  // namespace pos::slip
