#include "pos/core/bytes.hpp"
#include "pos/core/check.hpp"
#include "pos/domain/gs1.hpp"
#include "pos/domain/identity_number.hpp"
#include "pos/domain/stripe_track.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pos::domain;
  const std::string_view text = pos::core::text_of({data, size});
  if (const auto number = parse_tracks(text)) CLUBTILL_CHECK(is_digits(*number));
  if (const auto elements = parse_gs1(text)) CLUBTILL_CHECK(!elements->empty());
  for (const PhonePlan country : {PhonePlan::israel, PhonePlan::iran}) {
    if (const auto number = parse_identity_number(text, country)) {
      CLUBTILL_CHECK(number->digits.size() == (country == PhonePlan::israel ? 9U : 10U));
    }
  }
  return 0;
}
