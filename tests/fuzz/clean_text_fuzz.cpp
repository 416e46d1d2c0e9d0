#include "pos/core/bytes.hpp"
#include "pos/core/check.hpp"
#include "pos/domain/clean_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pos::domain;
  const std::string_view text = pos::core::text_of({data, size});
  if (const auto once = clean_input(text)) CLUBTILL_CHECK(clean_input(*once) == *once);
  if (const auto once = clean_name(text)) {
    CLUBTILL_CHECK(once->size() <= kNameBytesMax && is_valid_utf8(*once));
    CLUBTILL_CHECK(clean_name(*once) == *once);
  }
  const std::string key = search_key(text);
  CLUBTILL_CHECK(is_valid_utf8(key) && search_key(key) == key);
  return 0;
}
