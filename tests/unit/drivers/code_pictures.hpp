#pragma once

#include <cstdint>
#include <string>

#include "drivers/camera/image_decoder.hpp"
#include "pos/core/bytes.hpp"

namespace drivers_test {

/// A code drawn upright on white with a margin, `scale` pixels for each of its modules.
[[nodiscard]] drivers::camera::GreyPicture draw_code(const std::string& format,
                                                     const std::string& text, int width,
                                                     int height);

/// Turned by so many degrees about its middle, on grey, as a hand holds it.
[[nodiscard]] drivers::camera::GreyPicture turned(const drivers::camera::GreyPicture& picture,
                                                  int degrees);

/// With pepper and salt from a fixed sequence, and darker to one side.
[[nodiscard]] drivers::camera::GreyPicture noisy(drivers::camera::GreyPicture picture,
                                                 std::uint32_t seed);

[[nodiscard]] pos::core::Bytes to_png(const drivers::camera::GreyPicture& picture);
[[nodiscard]] pos::core::Bytes to_jpeg(const drivers::camera::GreyPicture& picture);

}  // namespace drivers_test
