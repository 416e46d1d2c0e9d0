#include "pos/core/bytes.hpp"
#include "pos/core/check.hpp"
#include "pos/domain/phone_number.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pos::domain;
  const std::string_view text = pos::core::text_of({data, size});
  for (const PhonePlan plan : {PhonePlan::israel, PhonePlan::iran}) {
    const auto phone = PhoneNumber::parse(text, plan);
    if (!phone) continue;
    const auto again = PhoneNumber::parse(phone->e164(), plan);
    CLUBTILL_CHECK(again && again->e164() == phone->e164());
    CLUBTILL_CHECK(!phone->masked().empty() && phone->last_two().size() == 2);
  }
  return 0;
}
