#include "pos/core/json/json.hpp"

#include "pos/core/chance.hpp"
#include "pos/core/json/canonical_json.hpp"
#include "tests/support/catch.hpp"

using pos::core::Json;
using pos::core::JsonError;

namespace {

JsonError::Kind refusal(std::string_view text, int depth_max = 8) {
  const auto parsed = Json::parse(text, depth_max);
  REQUIRE_FALSE(parsed.has_value());
  return parsed.error().kind;
}

/// A blank in front is nothing that dump() writes: only the general parser reads it.
pos::core::Expected<Json, JsonError> general(const std::string& text) {
  return Json::parse(" " + text, 6);
}

constexpr std::string_view kCanonical =
    R"({"scene":{"at":-1795,"shop":"חנות \"א\" \\ b"},"list":[[0,9,-10,""],{},[],null],"on":true,"off":false})";

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

TEST_CASE("JSON: what is written takes the short way, and a number keeps all of its digits",
          "[core][json]") {
  const auto read = pos::core::read_canonical(kCanonical, 4);
  REQUIRE(read.has_value());
  CHECK(*read == general(std::string(kCanonical)).value());
  CHECK(read->dump() == kCanonical);
  for (const std::int64_t number : {INT64_MIN, INT64_MAX, std::int64_t{0}, std::int64_t{-1}}) {
    CHECK(pos::core::read_canonical(Json(number).dump(), 1)->integer() == number);
  }
  CHECK_FALSE(pos::core::read_canonical(kCanonical, 2).has_value());
  for (const char* other : {"[1, 2]", "1.5", "01", "-0", "-", "\"\\n\"", "\"\x1f\"", "\"\xC3(\"",
                            "[1,]", "{\"a\":1,\"a\":2}", "{} ", "tru", "[", "{\"a\"", ""}) {
    CAPTURE(other);
    CHECK_FALSE(pos::core::read_canonical(other, 8).has_value());
  }
}

TEST_CASE("JSON: the short way never says other than the general parser", "[core][json]") {
  constexpr std::string_view kLetters = "{}[]\",:\\0129-.e tfn\x01\xD7\x90";
  pos::core::SeededChance chance(20261122);
  int read = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text(kCanonical);
    for (auto changes = chance.below(3); changes > 0; --changes) {
      const std::size_t at = chance.below(text.size());
      const char letter = kLetters[chance.below(kLetters.size())];
      switch (chance.below(4)) {
        case 0:
          text[at] = letter;
          break;
        case 1:
          text.insert(at, 1, letter);
          break;
        case 2:
          text.erase(at, 1);
          break;
        default:
          text.resize(at);
      }
      if (text.empty()) break;
    }
    const auto quick = pos::core::read_canonical(text, 6);
    if (!quick) continue;
    ++read;
    const auto slow = general(text);
    if (!slow || *slow != *quick) FAIL("they differ: " + text);
  }
  CHECK(read > 50'000);
}
