#include "tests/unit/drivers/code_pictures.hpp"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <stb/stb_image_write.h>

#include <algorithm>
#include <cmath>

namespace drivers_test {

using drivers::camera::GreyPicture;

namespace {

constexpr std::uint8_t kWhite = 255;
constexpr std::uint8_t kTable = 170;

std::uint8_t& pixel(GreyPicture& picture, int x, int y) {
  return picture.pixels[static_cast<std::size_t>(y * picture.width + x)];
}

void append(void* to, void* data, int size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  auto& out = *static_cast<pos::core::Bytes*>(to);
  out.insert(out.end(), bytes, bytes + size);
}

GreyPicture blank(int width, int height, std::uint8_t shade) {
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  return {width, height, std::vector<std::uint8_t>(count, shade)};
}

}  // namespace

GreyPicture draw_code(const std::string& format, const std::string& text, int width, int height) {
  ZXing::MultiFormatWriter writer(ZXing::BarcodeFormatFromString(format));
  writer.setMargin(10).setEncoding(ZXing::CharacterSet::UTF8);
  const auto matrix = writer.encode(text, width, height);
  GreyPicture picture = blank(matrix.width() + 40, matrix.height() + 40, kWhite);
  for (int y = 0; y < matrix.height(); ++y) {
    for (int x = 0; x < matrix.width(); ++x) {
      if (matrix.get(x, y)) pixel(picture, x + 20, y + 20) = 0;
    }
  }
  return picture;
}

GreyPicture turned(const GreyPicture& picture, int degrees) {
  const double angle = degrees * 3.14159265358979 / 180;
  const int side = static_cast<int>(std::hypot(picture.width, picture.height)) + 20;
  GreyPicture out = blank(side, side, kTable);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const double dx = x - side / 2.0;
      const double dy = y - side / 2.0;
      const int from_x = static_cast<int>(
          std::lround(dx * std::cos(angle) + dy * std::sin(angle) + picture.width / 2.0));
      const int from_y = static_cast<int>(
          std::lround(dy * std::cos(angle) - dx * std::sin(angle) + picture.height / 2.0));
      const bool inside =
          from_x >= 0 && from_y >= 0 && from_x < picture.width && from_y < picture.height;
      if (inside) {
        pixel(out, x, y) =
            picture.pixels[static_cast<std::size_t>(from_y * picture.width + from_x)];
      }
    }
  }
  return out;
}

GreyPicture noisy(GreyPicture picture, std::uint32_t seed) {
  std::uint32_t state = seed * 2654435761U + 1;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      state = state * 1664525U + 1013904223U;
      const int grain = static_cast<int>(state >> 24U) % 41 - 20;
      const int shade = 60 * x / picture.width;
      const int value = pixel(picture, x, y) * 3 / 4 + 30 + grain - shade;
      pixel(picture, x, y) = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
    }
  }
  return picture;
}

pos::core::Bytes to_png(const GreyPicture& picture) {
  pos::core::Bytes out;
  stbi_write_png_to_func(append, &out, picture.width, picture.height, 1, picture.pixels.data(),
                         picture.width);
  return out;
}

pos::core::Bytes to_jpeg(const GreyPicture& picture) {
  pos::core::Bytes out;
  stbi_write_jpg_to_func(append, &out, picture.width, picture.height, 1, picture.pixels.data(), 80);
  return out;
}

}  // namespace drivers_test
