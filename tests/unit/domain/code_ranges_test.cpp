#include "pos/domain/code_ranges.hpp"

#include "tests/support/catch.hpp"

using namespace pos::domain;
using Kind = CodeRangeFault::Kind;

TEST_CASE("Ranges: the usual ones are without fault", "[domain][ranges]") {
  CHECK(lint(usual_code_ranges()).empty());
}

TEST_CASE("Ranges: two that could take the same number are named", "[domain][ranges]") {
  CodeRanges ranges = usual_code_ranges();
  ranges.cards.push_back({"205", 13, CheckKind::mod10});
  const auto faults = lint(ranges);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == Kind::overlap);
  CHECK(to_text(faults[0]) == "cards 20 and cards 205 take the same numbers");
}

TEST_CASE("Ranges: another length is another range", "[domain][ranges]") {
  CodeRanges ranges = usual_code_ranges();
  ranges.cards.push_back({"20", 16, CheckKind::luhn});
  CHECK(lint(ranges).empty());
}

TEST_CASE("Ranges: a card range over labels or articles is named", "[domain][ranges]") {
  CodeRanges ranges = usual_code_ranges();
  ranges.cards = {{"2", 13, CheckKind::mod10}, {"04", 13, CheckKind::mod10}};
  const auto faults = lint(ranges);
  REQUIRE(faults.size() == 11);
  CHECK(faults[0].second == "labels 21IIIIIPPPPPC");
}

TEST_CASE("Ranges: a club may not give out payment card numbers", "[domain][ranges]") {
  for (const char* prefix : {"4", "51", "6011", "62", "5", "222"}) {
    CodeRanges ranges;
    ranges.cards = {{prefix, 16, CheckKind::luhn}};
    CAPTURE(prefix);
    REQUIRE(lint(ranges).size() == 1);
    CHECK(lint(ranges)[0].kind == Kind::payment_range);
  }
  CodeRanges good;
  good.cards = {{"91", 16, CheckKind::luhn}};
  CHECK(lint(good).empty());
}

TEST_CASE("Ranges: patterns and prefixes that cannot work are named", "[domain][ranges]") {
  for (const char* pattern : {"21IIIIIPPPPP", "IIIIIIIPPPPPC", "21IIIIIXXXXXC", "21IIPPIIPPPPC",
                              "21IIIIIIIIIIC", "", "2123456789012"}) {
    CodeRanges ranges;
    ranges.labels = {{pattern}};
    CAPTURE(pattern);
    REQUIRE(lint(ranges).size() == 1);
    CHECK(lint(ranges)[0].kind == Kind::bad_pattern);
  }
  CodeRanges ranges;
  ranges.cards = {{"2x", 13, CheckKind::mod10}, {"20", 40, CheckKind::mod10}};
  ranges.cards.push_back({"300000000000", 13, CheckKind::mod10});
  const auto faults = lint(ranges);
  REQUIRE(faults.size() == 3);
  CHECK(faults[0].kind == Kind::prefix_not_digits);
  CHECK(faults[1].kind == Kind::length_out_of_bounds);
  CHECK(faults[2].kind == Kind::prefix_too_long);
}
