#include <algorithm>
#include <initializer_list>

#include "pos/core/check.hpp"
#include "pos/slip/slip_formats.hpp"

namespace pos::slip {
namespace {

constexpr std::uint8_t kEsc = 0x1B;
constexpr std::uint8_t kGs = 0x1D;

void put(pos::core::Bytes& out, std::initializer_list<int> bytes) {
  for (const int byte : bytes) out.push_back(static_cast<std::uint8_t>(byte & 0xFF));
}

/// Eight dots, the leftmost in the highest bit.
std::uint8_t eight_dots(const Raster& raster, int x, int y) {
  unsigned bits = 0;
  for (int i = 0; i < 8; ++i) {
    const bool black = x + i < raster.width && is_black(raster, x + i, y);
    bits = (bits << 1) | (black ? 1U : 0U);
  }
  return static_cast<std::uint8_t>(bits);
}

void put_strip(pos::core::Bytes& out, const Raster& raster, int first_row, int rows) {
  const int width_bytes = (raster.width + 7) / 8;
  put(out, {kGs, 'v', '0', 0, width_bytes, width_bytes >> 8, rows, rows >> 8});
  for (int y = first_row; y < first_row + rows; ++y) {
    for (int x = 0; x < width_bytes * 8; x += 8) out.push_back(eight_dots(raster, x, y));
  }
}

}  // namespace

pos::core::Bytes escpos_of(const Raster& raster, const EscPosProfile& profile) {
  CLUBTILL_CHECK(profile.strip_rows >= 24 && profile.strip_rows <= 256);
  pos::core::Bytes out;
  put(out, {kEsc, '@'});
  for (int y = 0; y < raster.height; y += profile.strip_rows) {
    put_strip(out, raster, y, std::min(profile.strip_rows, raster.height - y));
  }
  put(out, {kEsc, 'd', profile.feed_lines});
  if (profile.cut) put(out, {kGs, 'V', 1});
  return out;
}

}  // namespace pos::slip
