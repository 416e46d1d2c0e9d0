#pragma once

#include <cstdint>
#include <optional>

#include "pos/core/bytes.hpp"
#include "pos/slip/raster.hpp"

namespace pos::slip {

/// A grey PNG file; nothing for an empty picture.
[[nodiscard]] std::optional<pos::core::Bytes> png_of(const Raster& raster);

struct EscPosProfile {
  int strip_rows = 128;  // rows of one GS v 0 command, 24 ... 256: what every printer buffers
  std::uint8_t feed_lines = 4;  // so that the cutter stands below the last row
  bool cut = true;              // partial
};

/// What an ESC/POS printer is sent: initialise, the picture in raster strips, feed, cut. The width
/// is filled up with paper to a multiple of 8.
[[nodiscard]] pos::core::Bytes escpos_of(const Raster& raster, const EscPosProfile& profile = {});

}  // namespace pos::slip
