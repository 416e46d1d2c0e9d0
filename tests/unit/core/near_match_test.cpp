#include "pos/core/near_match.hpp"

#include <array>

#include "tests/support/catch.hpp"

using pos::core::near_match;

TEST_CASE("Near match: the usual slips of a hand are understood", "[core]") {
  constexpr std::array<std::string_view, 3> kKnown = {"serial", "printer", "pictures"};
  CHECK(near_match("seriel", kKnown) == "serial");
  CHECK(near_match("pirnter", kKnown) == "printer");
  CHECK(near_match("picture", kKnown) == "pictures");
}

TEST_CASE("Near match: a word that resembles nothing gets no guess", "[core]") {
  constexpr std::array<std::string_view, 2> kKnown = {"url", "serial"};
  CHECK_FALSE(near_match("colour", kKnown).has_value());
  CHECK_FALSE(near_match("", kKnown).has_value());
  CHECK_FALSE(near_match(std::string(10'000, 'a'), kKnown).has_value());
}
