#include "pos/slip/slip_formats.hpp"

#include <rapidcheck/catch.h>

#include <optional>

#include "pos/core/check.hpp"
#include "pos/slip/qr_matrix.hpp"
#include "pos/slip/receipt.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/slip/sample_slips.hpp"

using pos::core::Bytes;
using pos::slip::EscPosProfile;
using pos::slip::Raster;

namespace {

/// What a printer would burn, read back from its bytes; nothing when they are not what it expects.
struct Printed {
  Raster picture;
  int feed_lines = 0;
  bool cut = false;
  int strips = 0;
};

std::optional<Printed> print(const Bytes& bytes) {
  Printed printed;
  const auto at = [&bytes](std::size_t i) { return i < bytes.size() ? int{bytes[i]} : -1; };
  if (at(0) != 0x1B || at(1) != 0x40) return std::nullopt;
  std::size_t i = 2;
  while (at(i) == 0x1D && at(i + 1) == 0x76) {
    if (at(i + 2) != 0x30 || at(i + 3) != 0) return std::nullopt;
    const int width = (at(i + 4) + 256 * at(i + 5)) * 8;
    const int rows = at(i + 6) + 256 * at(i + 7);
    i += 8;
    if (printed.strips++ == 0) printed.picture.width = width;
    if (width != printed.picture.width || rows < 1 || rows > 256) return std::nullopt;
    for (int pixel = 0; pixel < width * rows; ++pixel) {
      const int byte = at(i + static_cast<std::size_t>(pixel / 8));
      if (byte < 0) return std::nullopt;
      printed.picture.grey.push_back(((byte >> (7 - pixel % 8)) & 1) != 0 ? 0 : 255);
    }
    i += static_cast<std::size_t>(width * rows / 8);
    printed.picture.height += rows;
  }
  if (at(i) != 0x1B || at(i + 1) != 0x64) return std::nullopt;
  printed.feed_lines = at(i + 2);
  i += 3;
  if (at(i) == 0x1D && at(i + 1) == 0x56 && at(i + 2) == 0x01) {
    printed.cut = true;
    i += 3;
  }
  return i == bytes.size() ? std::optional(printed) : std::nullopt;
}

Raster sample_raster(const std::string& language) {
  static const auto fonts = pos::text::FontSet::open_installed();
  CLUBTILL_CHECK(fonts.has_value());
  static const pos::text::Shaper shaper(*fonts);
  return pos::slip::draw_receipt(slip_test::sample_slip(language), shaper);
}

}  // namespace

TEST_CASE("ESC/POS: the bytes print the same dots as the picture", "[slip]") {
  for (const std::string language : {"en", "he", "fa"}) {
    const Raster raster = sample_raster(language);
    for (const int strip : {24, 128, 256}) {
      const auto printed = print(pos::slip::escpos_of(raster, EscPosProfile{strip, 4, true}));
      REQUIRE(printed);
      CHECK(printed->cut);
      CHECK(printed->feed_lines == 4);
      CHECK(printed->strips == (raster.height + strip - 1) / strip);
      REQUIRE(printed->picture.width == raster.width);
      REQUIRE(printed->picture.height == raster.height);
      std::size_t different = 0;
      for (int y = 0; y < raster.height; ++y) {
        for (int x = 0; x < raster.width; ++x) {
          if (is_black(raster, x, y) != is_black(printed->picture, x, y)) ++different;
        }
      }
      CHECK(different == 0);
    }
  }
}

TEST_CASE("ESC/POS: any picture comes back, an odd width filled with paper", "[slip]") {
  rc::prop("round trip", [] {
    Raster raster;
    raster.width = *rc::gen::inRange(1, 40);
    raster.height = *rc::gen::inRange(0, 60);
    raster.grey = *rc::gen::container<std::vector<std::uint8_t>>(
        static_cast<std::size_t>(raster.width * raster.height), rc::gen::arbitrary<std::uint8_t>());
    const auto printed = print(pos::slip::escpos_of(raster, EscPosProfile{24, 0, false}));
    RC_ASSERT(printed.has_value());
    RC_ASSERT(!printed->cut);
    RC_ASSERT(printed->picture.height == raster.height);
    for (int y = 0; y < raster.height; ++y) {
      for (int x = 0; x < printed->picture.width; ++x) {
        const bool black = x < raster.width && is_black(raster, x, y);
        RC_ASSERT(is_black(printed->picture, x, y) == black);
      }
    }
  });
}

TEST_CASE("PNG: the file names the picture's size, a picture without rows is none", "[slip]") {
  const Raster raster = sample_raster("he");
  const auto png = pos::slip::png_of(raster);
  REQUIRE(png);
  REQUIRE(png->size() > 24);
  CHECK((*png)[1] == 'P');
  const auto number = [&png](std::size_t at) {
    return ((*png)[at] << 24) | ((*png)[at + 1] << 16) | ((*png)[at + 2] << 8) | (*png)[at + 3];
  };
  CHECK(number(16) == raster.width);
  CHECK(number(20) == raster.height);
  CHECK_FALSE(pos::slip::png_of(Raster{}));
}

TEST_CASE("QR: a payload becomes a square, none and too much become nothing", "[slip]") {
  const auto small = pos::slip::qr_matrix(Bytes(20, 0xA5));
  REQUIRE(small);
  CHECK(small->side == 25);
  CHECK(small->dark.size() == 25 * 25);
  CHECK_FALSE(pos::slip::qr_matrix({}));
  CHECK(pos::slip::qr_matrix(Bytes(2953, 1)));
  CHECK_FALSE(pos::slip::qr_matrix(Bytes(2954, 1)));
}
