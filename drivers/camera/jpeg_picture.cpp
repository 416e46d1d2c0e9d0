#include "drivers/camera/jpeg_picture.hpp"

#include <csetjmp>
#include <cstdio>
// The library's header needs <cstdio> before it.
#include <jpeglib.h>

namespace drivers::camera {
namespace {

/// A camera makes about ten; each one costs a walk over the whole picture.
constexpr int kScansMax = 100;

/// The library is C: it leaves by a jump. What lies between must not need to be destroyed.
struct Decoder {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  jpeg_progress_mgr progress{};
  std::jmp_buf leave{};
};

Decoder& decoder_of(j_common_ptr info) { return *static_cast<Decoder*>(info->client_data); }

void give_up(j_common_ptr info) { std::longjmp(decoder_of(info).leave, 1); }
void say_nothing(j_common_ptr) {}
void watch_scans(j_common_ptr info) {
  if (decoder_of(info).info.input_scan_number > kScansMax) give_up(info);
}

bool decode(Decoder& decoder, pos::core::BytesView bytes, GreyPicture& picture, ImageFault& fault) {
  jpeg_decompress_struct& info = decoder.info;
  info.err = jpeg_std_error(&decoder.errors);
  decoder.errors.error_exit = give_up;
  decoder.errors.output_message = say_nothing;
  decoder.progress.progress_monitor = watch_scans;
  info.client_data = &decoder;
  if (setjmp(decoder.leave) != 0) return false;
  jpeg_create_decompress(&info);
  info.progress = &decoder.progress;
  jpeg_mem_src(&info, bytes.data(), static_cast<unsigned long>(bytes.size()));
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) return false;
  const bool small = info.image_width <= static_cast<JDIMENSION>(kPictureSideMax) &&
                     info.image_height <= static_cast<JDIMENSION>(kPictureSideMax);
  picture.width = small ? static_cast<int>(info.image_width) : 0;
  picture.height = small ? static_cast<int>(info.image_height) : 0;
  if (!is_good_size(picture.width, picture.height)) {
    fault = ImageFault::bad_size;
    return false;
  }
  info.out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress(&info);
  const std::size_t pitch = info.output_width;
  picture.pixels.resize(pitch * info.output_height);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = picture.pixels.data() + pitch * info.output_scanline;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  return true;
}

}  // namespace

pos::core::Expected<GreyPicture, ImageFault> read_jpeg(pos::core::BytesView bytes) {
  Decoder decoder;
  GreyPicture picture;
  ImageFault fault = ImageFault::not_picture;
  const bool read = decode(decoder, bytes, picture, fault);
  jpeg_destroy_decompress(&decoder.info);
  if (!read) return pos::core::fail(fault);
  return picture;
}

}  // namespace drivers::camera
