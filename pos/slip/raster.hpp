#pragma once

#include <cstdint>
#include <vector>

namespace pos::slip {

/// A grey picture of a slip: width x height bytes, row by row, 0 is black, 255 is paper.
struct Raster {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> grey;
};

/// From here down a dot is burnt. Lighter than half, or thin strokes would break.
constexpr std::uint8_t kBlackBelow = 165;

[[nodiscard]] inline bool is_black(const Raster& raster, int x, int y) {
  const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(raster.width) +
                  static_cast<std::size_t>(x);
  return raster.grey[at] < kBlackBelow;
}

}  // namespace pos::slip
