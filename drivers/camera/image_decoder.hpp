#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pos/core/bytes.hpp"
#include "pos/core/expected.hpp"

namespace drivers::camera {

/// One code found in a picture.
struct ImageCode {
  std::string text;    ///< UTF-8
  std::string aim;     ///< "]E0"
  std::string format;  ///< "EAN-13", for people
  friend bool operator==(const ImageCode&, const ImageCode&) = default;
};

enum class ImageFault {
  empty,
  too_large,    ///< more than kPictureBytesMax
  not_picture,  ///< neither PNG nor JPEG, or damaged, or not written to its end yet
  bad_size,     ///< a side or the area beyond the limits
};
[[nodiscard]] std::string_view to_text(ImageFault fault);

inline constexpr std::size_t kPictureBytesMax = 16U * 1024 * 1024;
inline constexpr int kPictureSideMax = 8192;  ///< pixels
inline constexpr std::int64_t kPictureAreaMax =
    24'000'000;  ///< pixels; a telephone's photograph has 12 million
/// Whether a picture of that size is decoded at all.
[[nodiscard]] bool is_good_size(int width, int height);
inline constexpr std::size_t kCodesPerPictureMax = 8;

enum class Effort {
  fast,      ///< upright codes in a clear picture: for every frame of a camera
  thorough,  ///< also turned, small, inverted
};

/// Which kinds of code are looked for. Fewer is faster and misreads less.
struct CodeFormats {
  bool retail = true;  ///< EAN-13, EAN-8, UPC-A, UPC-E
  bool code128 = true;
  bool code39 = true;
  bool interleaved = false;  ///< misreads parts of other codes
  bool codabar = false;
  bool qr = true;
  bool matrix = true;  ///< Data Matrix, PDF417, Aztec
};

/// A picture in memory, one byte of brightness for each pixel.
struct GreyPicture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  ///< rows from the top, width x height
};

/// Reads PNG or JPEG bytes. Hostile bytes give a fault.
[[nodiscard]] pos::core::Expected<GreyPicture, ImageFault> read_picture(pos::core::BytesView bytes);

/// Finds codes in pictures. Keeps nothing between calls; any thread.
class ImageDecoder {
 public:
  ImageDecoder() = default;
  explicit ImageDecoder(const CodeFormats& formats) : formats_(formats) {}

  /// One look at a frame. Empty when no code was found.
  [[nodiscard]] std::vector<ImageCode> find(const GreyPicture& picture, Effort effort) const;

  /// A whole picture file: a fast look, and a thorough one when that found nothing.
  [[nodiscard]] pos::core::Expected<std::vector<ImageCode>, ImageFault> decode(
      pos::core::BytesView bytes) const;

 private:
  CodeFormats formats_;
};

}  // namespace drivers::camera
