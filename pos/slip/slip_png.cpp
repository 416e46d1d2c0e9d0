#include <stb_image_write.h>

#include "pos/slip/slip_formats.hpp"

namespace pos::slip {

std::optional<pos::core::Bytes> png_of(const Raster& raster) {
  if (raster.width <= 0 || raster.height <= 0) return std::nullopt;
  pos::core::Bytes png;
  const auto append = [](void* to, void* data, int size) {
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    auto& file = *static_cast<pos::core::Bytes*>(to);
    file.insert(file.end(), bytes, bytes + size);
  };
  if (stbi_write_png_to_func(append, &png, raster.width, raster.height, 1, raster.grey.data(),
                             raster.width) == 0) {
    return std::nullopt;
  }
  return png;
}

}  // namespace pos::slip
