#include "pos/domain/csv_field.hpp"

#include "tests/support/catch.hpp"

using pos::domain::csv_field;
using pos::domain::csv_money;
using pos::domain::Money;

TEST_CASE("CSV: a field that a spreadsheet would run is written as text", "[domain][csv]") {
  CHECK(csv_field("=1+1") == "'=1+1");
  CHECK(csv_field("-12.50") == "-12.50");
  CHECK(csv_field("a,b") == "\"a,b\"");
  CHECK(csv_field("@x") == "'@x");
}

TEST_CASE("CSV: money is a number to every spreadsheet", "[domain][csv]") {
  CHECK(csv_money(Money::of(-124'050), 2) == "-1240.50");
  CHECK(csv_money(Money::of(-5), 2) == "-0.05");
  CHECK(csv_money(Money::of(1'240), 0) == "1240");
}
