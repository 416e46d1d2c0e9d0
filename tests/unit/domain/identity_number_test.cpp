#include "pos/domain/identity_number.hpp"

#include "tests/support/catch.hpp"

using namespace pos::domain;

TEST_CASE("Identity: the published examples are good", "[domain][id]") {
  CHECK(parse_identity_number("039337423", PhonePlan::israel)->digits == "039337423");
  CHECK(parse_identity_number("39337423", PhonePlan::israel)->digits == "039337423");
  CHECK(parse_identity_number("۰۴۹۹۳۷۰۸۹۹", PhonePlan::iran)->digits == "0499370899");
  CHECK(parse_identity_number("499370899", PhonePlan::iran)->digits == "0499370899");
}

TEST_CASE("Identity: ten equal digits are only a warning", "[domain][id]") {
  const auto number = parse_identity_number("1111111111", PhonePlan::iran);
  REQUIRE(number);
  CHECK(number->odd);
}

TEST_CASE("Identity: a wrong number says why", "[domain][id]") {
  const auto fault = [](const char* typed, PhonePlan country) {
    return parse_identity_number(typed, country).error();
  };
  CHECK(fault("039337424", PhonePlan::israel) == IdentityFault::bad_check_digit);
  CHECK(fault("0499370890", PhonePlan::iran) == IdentityFault::bad_check_digit);
  CHECK(fault("0000000000", PhonePlan::iran) == IdentityFault::all_zeros);
  CHECK(fault("12", PhonePlan::israel) == IdentityFault::bad_length);
  CHECK(fault("12345678901", PhonePlan::iran) == IdentityFault::bad_length);
  CHECK(fault("03933742A", PhonePlan::israel) == IdentityFault::not_digits);
  CHECK(fault("", PhonePlan::israel) == IdentityFault::empty);
}
