#include "pos/domain/phone_number.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace pos::domain;

namespace {

std::string israel(std::string_view typed) {
  const auto phone = PhoneNumber::parse(typed, PhonePlan::israel);
  return phone ? phone->e164() : std::string(to_text(phone.error()));
}

std::string iran(std::string_view typed) {
  const auto phone = PhoneNumber::parse(typed, PhonePlan::iran);
  return phone ? phone->e164() : std::string(to_text(phone.error()));
}

}  // namespace

TEST_CASE("Phone: an Israeli mobile in every way it is written", "[domain][phone]") {
  for (const char* typed :
       {"0534567890", "053-456-7890", "534567890", "+972534567890", "00972534567890",
        "972534567890", "+972 (0)53-456-7890", "+972 053 456 7890", "(053) 4567890", "٠٥٣٤٥٦٧٨٩٠",
        "\u200E053\u2013456\u00A07890"}) {
    CAPTURE(typed);
    CHECK(israel(typed) == "+972534567890");
  }
}

TEST_CASE("Phone: an Iranian mobile in every way it is written", "[domain][phone]") {
  for (const char* typed : {"0913 555 0100", "۰۹۱۳۵۵۵۰۱۰۰", "9135550100", "+98 913 555 0100",
                            "0098-913-555-0100", "989135550100", "+98(0)9135550100"}) {
    CAPTURE(typed);
    CHECK(iran(typed) == "+989135550100");
  }
}

TEST_CASE("Phone: the kinds of line", "[domain][phone]") {
  const auto kind = [](const char* typed, PhonePlan plan) {
    return PhoneNumber::parse(typed, plan)->kind();
  };
  CHECK(kind("053-456-7890", PhonePlan::israel) == PhoneKind::mobile);
  CHECK(kind("03-555-0100", PhonePlan::israel) == PhoneKind::landline);
  CHECK(kind("077-555-0100", PhonePlan::israel) == PhoneKind::internet);
  CHECK(kind("1-800-555-010", PhonePlan::israel) == PhoneKind::toll_free);
  CHECK(kind("021 8855 0100", PhonePlan::iran) == PhoneKind::landline);
  CHECK(kind("+44 20 7946 0958", PhonePlan::israel) == PhoneKind::foreign);
  CHECK(kind("+98 913 555 0100", PhonePlan::israel) == PhoneKind::mobile);
}

TEST_CASE("Phone: a wrong number says why", "[domain][phone]") {
  CHECK(israel("") == "empty");
  CHECK(israel("053-CALL-NOW") == "contains letters");
  CHECK(israel("053456789") == "too short");
  CHECK(israel("05345678901") == "too long");
  CHECK(israel("0634567890") == "no such area code");
  CHECK(israel("53+4567890") == "contains letters");
  CHECK(israel("+") == "empty");
  CHECK(israel("+1234567890123456") == "too long");
  CHECK(iran("0913 555 010") == "too short");
  CHECK(iran("0013555010012") != "");
}

TEST_CASE("Phone: a range that the plan does not list is only a warning", "[domain][phone]") {
  CHECK(PhoneNumber::parse("053-456-7890", PhonePlan::israel)->in_known_range());
  const auto odd = PhoneNumber::parse("057-456-7890", PhonePlan::israel);
  REQUIRE(odd);
  CHECK_FALSE(odd->in_known_range());
}

TEST_CASE("Phone: screens and logs show the last two digits only", "[domain][phone]") {
  const auto phone = PhoneNumber::parse("053-456-7890", PhonePlan::israel);
  CHECK(phone->last_two() == "90");
  CHECK(phone->national() == "053-456-7890");
  CHECK(phone->masked() == "•••-•••-••90");
  CHECK(to_log(*phone) == "••90");
  CHECK(PhoneNumber::parse("09135550100", PhonePlan::iran)->national() == "0913-555-0100");
  CHECK(PhoneNumber::parse("035550100", PhonePlan::israel)->national() == "03-555-0100");
}

TEST_CASE("Phone: what is written is read back as the same number", "[domain][phone]") {
  const bool held = rc::check("round trip", [] {
    const bool at_home = *rc::gen::arbitrary<bool>();
    const PhonePlan plan = at_home ? PhonePlan::israel : PhonePlan::iran;
    std::string digits = at_home ? "05" : "09";
    const std::size_t size = at_home ? 10 : 11;
    while (digits.size() < size) digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
    const auto phone = PhoneNumber::parse(digits, plan);
    RC_ASSERT(phone.has_value());
    RC_ASSERT(PhoneNumber::parse(phone->national(), plan).value().e164() == phone->e164());
    RC_ASSERT(PhoneNumber::parse(phone->e164(), plan).value().e164() == phone->e164());
    RC_ASSERT(PhoneNumber::parse(phone->e164(), PhonePlan::iran).value().e164() == phone->e164());
    RC_ASSERT(phone->masked().find(digits.substr(0, 5)) == std::string::npos);
  });
  CHECK(held);
  const bool garbage = rc::check("garbage", [](const std::string& bytes) {
    const auto phone = PhoneNumber::parse(bytes, PhonePlan::israel);
    if (phone) RC_ASSERT(phone->e164().starts_with('+'));
  });
  CHECK(garbage);
}
