#define ZX_USE_UTF8 1

#include "drivers/camera/image_decoder.hpp"

#include <ZXing/ReadBarcode.h>
#include <stb/stb_image.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "drivers/camera/jpeg_picture.hpp"
#include "pos/core/utf8.hpp"

namespace drivers::camera {

namespace {

using pos::core::fail;

struct FreePixels {
  void operator()(stbi_uc* pixels) const { stbi_image_free(pixels); }
};

bool is_png(pos::core::BytesView bytes) {
  constexpr std::uint8_t kMark[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  return bytes.size() > sizeof kMark &&
         std::equal(std::begin(kMark), std::end(kMark), bytes.data());
}

bool is_jpeg(pos::core::BytesView bytes) {
  return bytes.size() > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;
}

ZXing::BarcodeFormats wanted(const CodeFormats& formats) {
  using ZXing::BarcodeFormat;
  ZXing::BarcodeFormats set;
  if (formats.retail) {
    set |= BarcodeFormat::EAN13 | BarcodeFormat::EAN8 | BarcodeFormat::UPCA | BarcodeFormat::UPCE;
  }
  if (formats.code128) set |= BarcodeFormat::Code128;
  if (formats.code39) set |= BarcodeFormat::Code39;
  if (formats.interleaved) set |= BarcodeFormat::ITF;
  if (formats.codabar) set |= BarcodeFormat::Codabar;
  if (formats.qr) set |= BarcodeFormat::QRCode;
  if (formats.matrix) {
    set |= BarcodeFormat::DataMatrix | BarcodeFormat::PDF417 | BarcodeFormat::Aztec;
  }
  return set;
}

}  // namespace

bool is_good_size(int width, int height) {
  return width > 0 && height > 0 && width <= kPictureSideMax && height <= kPictureSideMax &&
         std::int64_t{width} * height <= kPictureAreaMax;
}

std::string_view to_text(ImageFault fault) {
  switch (fault) {
    case ImageFault::empty:
      return "empty";
    case ImageFault::too_large:
      return "too large";
    case ImageFault::not_picture:
      return "no readable PNG or JPEG picture";
    case ImageFault::bad_size:
      return "too many pixels";
  }
  return "?";
}

pos::core::Expected<GreyPicture, ImageFault> read_picture(pos::core::BytesView bytes) {
  if (bytes.empty()) return fail(ImageFault::empty);
  if (bytes.size() > kPictureBytesMax) return fail(ImageFault::too_large);
  // stb also reads formats that no camera makes and that few people test; of JPEG it trusts tables
  // that a damaged file may lack, and ends the program.
  if (is_jpeg(bytes)) return read_jpeg(bytes);
  if (!is_png(bytes)) return fail(ImageFault::not_picture);
  const int size = static_cast<int>(bytes.size());
  int width = 0;
  int height = 0;
  int channels = 0;
  if (stbi_info_from_memory(bytes.data(), size, &width, &height, &channels) == 0) {
    return fail(ImageFault::not_picture);
  }
  if (!is_good_size(width, height)) return fail(ImageFault::bad_size);
  const std::unique_ptr<stbi_uc, FreePixels> pixels(
      stbi_load_from_memory(bytes.data(), size, &width, &height, &channels, STBI_grey));
  if (!pixels || !is_good_size(width, height)) return fail(ImageFault::not_picture);
  GreyPicture picture{width, height, {}};
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  picture.pixels.assign(pixels.get(), pixels.get() + count);
  return picture;
}

std::vector<ImageCode> ImageDecoder::find(const GreyPicture& picture, Effort effort) const {
  const bool thorough = effort == Effort::thorough;
  ZXing::DecodeHints hints;
  hints.setFormats(wanted(formats_))
      .setTryHarder(thorough)
      .setTryRotate(thorough)
      .setTryDownscale(thorough)
      .setMaxNumberOfSymbols(kCodesPerPictureMax);
  std::vector<ImageCode> found;
  try {
    const ZXing::ImageView view(picture.pixels.data(), picture.width, picture.height,
                                ZXing::ImageFormat::Lum);
    for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) {
      ImageCode code{result.text(), result.symbologyIdentifier(), ToString(result.format())};
      const bool usable = result.isValid() && !code.text.empty() &&
                          pos::core::is_valid_utf8(code.text) &&
                          std::ranges::find(found, code) == found.end();
      if (usable) found.push_back(std::move(code));
    }
  } catch (const std::exception&) {
    // The library throws on some damaged symbols; a picture without a readable code is what it is.
    found.clear();
  }
  return found;
}

pos::core::Expected<std::vector<ImageCode>, ImageFault> ImageDecoder::decode(
    pos::core::BytesView bytes) const {
  const auto picture = read_picture(bytes);
  if (!picture) return fail(picture.error());
  auto found = find(*picture, Effort::fast);
  if (found.empty()) found = find(*picture, Effort::thorough);
  return found;
}

}  // namespace drivers::camera
