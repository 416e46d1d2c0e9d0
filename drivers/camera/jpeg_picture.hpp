#pragma once

#include "drivers/camera/image_decoder.hpp"

namespace drivers::camera {

/// A JPEG file (ITU-T T.81) in grey. Fails with bad_size before anything is decoded, and with
/// not_picture for what does not read; a file that was cut short is read as far as it goes.
[[nodiscard]] pos::core::Expected<GreyPicture, ImageFault> read_jpeg(pos::core::BytesView bytes);

}  // namespace drivers::camera
