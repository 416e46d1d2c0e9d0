#include "pos/core/json/json.hpp"

#include "tests/support/catch.hpp"

using pos::core::Json;
using pos::core::JsonError;

namespace {

JsonError::Kind refusal(std::string_view text, int depth_max = 8) {
  const auto parsed = Json::parse(text, depth_max);
  REQUIRE_FALSE(parsed.has_value());
  return parsed.error().kind;
}

}  // namespace

TEST_CASE("JSON: what is written is read back as the same value", "[core][json]") {
  Json value = Json::object();
  value.set("name", "נועה \"L\"\n").set("balance", 1240).set("gold", true).set("none", nullptr);
  value.set("list", Json::array().push(1).push("two").push(Json::object()));
  CHECK(Json::parse(value.dump()).value() == value);
  CHECK(Json::parse(value.pretty()).value() == value);
}

TEST_CASE("JSON: keys keep the order in which they were set", "[core][json]") {
  const Json value = Json::object().set("z", 1).set("a", 2);
  CHECK(value.dump() == R"({"z":1,"a":2})");
}

TEST_CASE("JSON: fractions are refused, because money and points are whole", "[core][json]") {
  CHECK(refusal(R"({"price": 1.5})") == JsonError::Kind::fraction);
  CHECK(refusal("1e3") == JsonError::Kind::fraction);
}

TEST_CASE("JSON: a number beyond 64 bits is refused", "[core][json]") {
  CHECK(refusal("9223372036854775808") == JsonError::Kind::number_range);
  CHECK(refusal("-99999999999999999999") == JsonError::Kind::number_range);
  CHECK(Json::parse("9223372036854775807")->integer() == INT64_MAX);
}

TEST_CASE("JSON: a key written twice is refused", "[core][json]") {
  CHECK(refusal(R"({"a":1,"a":2})") == JsonError::Kind::duplicate_key);
}

TEST_CASE("JSON: nesting deeper than allowed is refused before it costs memory", "[core][json]") {
  CHECK(refusal("[[[1]]]", 2) == JsonError::Kind::too_deep);
  CHECK(refusal(std::string(1'000'000, '['), 8) == JsonError::Kind::too_deep);
  CHECK(Json::parse("[[1]]", 2).has_value());
}

TEST_CASE("JSON: bad UTF-8 and trailing text are refused", "[core][json]") {
  CHECK(refusal("\"\xC3(\"") == JsonError::Kind::bad_utf8);
  CHECK(refusal("{} {}") == JsonError::Kind::syntax);
  CHECK(refusal("") == JsonError::Kind::syntax);
}

TEST_CASE("JSON: a value and a complaint know their line", "[core][json]") {
  const Json value = Json::parse("{\n \"a\": 1,\n \"b\":\n   [2]\n}").value();
  CHECK(value["a"].line() == 2);
  CHECK(value["b"].line() == 4);
  CHECK(Json::parse("{\n\n \"a\": 1.5}").error().line == 3);
}
