#include "drivers/camera/image_decoder.hpp"
#include "pos/core/check.hpp"
#include "pos/core/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto codes = drivers::camera::ImageDecoder().decode({data, size});
  if (!codes) return 0;
  for (const auto& code : *codes) {
    CLUBTILL_CHECK(!code.text.empty() && pos::core::is_valid_utf8(code.text));
  }
  return 0;
}
