#include "pos/domain/stripe_track.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace pos::domain;

namespace {

std::string number(std::string_view swipe) {
  const auto read = parse_tracks(swipe);
  return read ? *read : "<" + std::string(to_text(read.error())) + ">";
}

}  // namespace

TEST_CASE("Stripe: the number of either track is read", "[domain][track]") {
  CHECK(number("%B9100000000001230^LEVI/NOA^3012?") == "9100000000001230");
  CHECK(number(";9100000000001230=3012?") == "9100000000001230");
  CHECK(number("%B9100 0000 0000 1230^LEVI^?;9100000000001230=3012?\r\n") == "9100000000001230");
  CHECK(number(";2000000000015?") == "2000000000015");
  CHECK(number("+2000000000015=1?") == "2000000000015");
}

TEST_CASE("Stripe: a right checksum is accepted, a wrong one is not", "[domain][track]") {
  CHECK(track_checksum(";9100000000001230=3012?") == '1');
  CHECK(number(";9100000000001230=3012?1") == "9100000000001230");
  CHECK(number(";9100000000001230=3012?2") == "<checksum does not fit>");
}

TEST_CASE("Stripe: a good track beside an unreadable one is used", "[domain][track]") {
  CHECK(number("%E?;9100000000001230=3012?") == "9100000000001230");
  CHECK(number("%B9100000000001230^A^?;E?") == "9100000000001230");
  CHECK(number("%E?;E?") == "<the reader could not read it>");
}

TEST_CASE("Stripe: what is no club card says why", "[domain][track]") {
  CHECK(number("%B9100000000001230^A^?;9100000000001248=3012?") ==
        "<two tracks with different numbers>");
  CHECK(number("#CAANYTOWN^DOE?") == "<not a club card>");
  CHECK(number("%CAANYTOWN^DOE?") == "<not a club card>");
  CHECK(number("") == "<empty>");
  CHECK(number("9100000000001230") == "<no track of a card>");
  CHECK(number(";9100000000001230=3012") == "<no track of a card>");
  CHECK(number(";=3012?") == "<no number in it>");
  CHECK(number("%B9100^noa?") == "<no track of a card>");
  CHECK(number(";" + std::string(60, '1') + "?") == "<too long>");
}

TEST_CASE("Stripe: any bytes give a number or a reason", "[domain][track]") {
  const bool held = rc::check("any bytes", [] {
    const auto letter = rc::gen::weightedOneOf<char>(
        {{5, rc::gen::inRange('0', ':')},
         {4, rc::gen::element<char>('%', ';', '+', '?', '=', '^', 'B', 'E')},
         {1, rc::gen::arbitrary<char>()}});
    const auto read = parse_tracks(*rc::gen::container<std::string>(letter));
    if (read) RC_ASSERT_FALSE(read->empty());
  });
  CHECK(held);
}
