#include <algorithm>
#include <sstream>

#include "pos/core/json/json.hpp"
#include "pos/programme/quote_request.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/sample_basket.hpp"

/// The guide is a promise: every example in docs/programme-format.md is run as it stands.
namespace {

using namespace pos::programme;
using namespace tests::programme;
using pos::core::Json;

struct Fence {
  std::string kind;
  std::string text;
  int line = 0;
};

std::vector<Fence> fences_of(const std::string& document) {
  std::vector<Fence> fences;
  std::istringstream in(document);
  std::string line;
  bool inside = false;
  for (int number = 1; std::getline(in, line); ++number) {
    if (!inside && line.starts_with("```json ")) {
      fences.push_back({line.substr(8), "", number});
      inside = true;
    } else if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      fences.back().text += line + "\n";
    }
  }
  return fences;
}

/// Everything that `wanted` names is in `found`; benefits are matched by their id.
bool holds(const Json& found, const Json& wanted) {
  if (wanted.is_object()) {
    return std::all_of(wanted.members().begin(), wanted.members().end(), [&](const auto& member) {
      const Json* value = found.find(member.first);
      return value != nullptr && holds(*value, member.second);
    });
  }
  if (!wanted.is_array()) return found == wanted;
  if (found.items().size() < wanted.items().size()) return false;
  for (std::size_t i = 0; i < wanted.items().size(); ++i) {
    const Json& one = wanted.items()[i];
    const Json* id = one.find("benefit");
    const bool matched =
        id == nullptr
            ? holds(found.items()[i], one)
            : std::any_of(found.items().begin(), found.items().end(), [&](const Json& other) {
                return other["benefit"] == *id && holds(other, one);
              });
    if (!matched) return false;
  }
  return true;
}

Json parse(const Fence& fence) {
  const auto json = Json::parse(fence.text, 32);
  INFO("line " << fence.line << " of the guide");
  REQUIRE(json.has_value());
  return *json;
}

TEST_CASE("Guide: every worked example gives what is written beside it", "[programme][guide]") {
  Json club;
  Json benefits;
  Json terms = Json::object();  // of this example's points
  Json own = Json::object();    // what this example's club has besides, or instead
  std::string request;
  int examples = 0;
  for (const Fence& fence : fences_of(read_file("docs/programme-format.md"))) {
    INFO("line " << fence.line << " of docs/programme-format.md");
    if (fence.kind == "club") club = parse(fence);
    if (fence.kind == "terms") terms = parse(fence);
    for (const char* key : {"classes", "gift_cards", "subscriptions"}) {
      if (fence.kind == key) own.set(fence.kind, parse(fence));
    }
    if (fence.kind == "benefits") benefits = parse(fence);
    if (fence.kind == "request") request = fence.text;
    if (fence.kind != "answer") continue;
    ++examples;
    Json points = club["points"];
    for (const auto& [key, value] : terms.members()) points.set(key, value);
    terms = Json::object();
    Json document = Json::object();
    for (const auto& [key, value] : club.members()) {
      const Json* instead = own.find(key);
      document.set(key, key == "points" ? points : instead != nullptr ? *instead : value);
    }
    for (const char* key : {"gift_cards", "subscriptions"}) {
      if (const Json* articles = own.find(key)) document.set(key, *articles);
    }
    own = Json::object();
    document.set("benefits", benefits);
    const Programme programme = programme_of(document.dump());
    const auto parsed = parse_quote_request(request);
    INFO((parsed ? "" : parsed.error().key + " " + parsed.error().reason));
    REQUIRE(parsed.has_value());
    const Json answer = answer_quote(programme, *parsed);
    INFO(answer.pretty());
    CHECK(holds(answer, parse(fence)));
  }
  CHECK(examples >= 6);
}

TEST_CASE("Request: a mistyped key is refused with what was meant", "[programme][request]") {
  const auto wrong = parse_quote_request(R"({"lines":[{"code":"a","prize":5}]})");
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().key == "lines[0].prize");
  CHECK(wrong.error().reason.find("\"price\"") != std::string::npos);
}

TEST_CASE("Request: what cannot be sold is refused with its place", "[programme][request]") {
  const auto refused = [](std::string_view text) {
    const auto parsed = parse_quote_request(text);
    return parsed ? std::string("accepted") : parsed.error().key + " " + parsed.error().reason;
  };
  CHECK(refused(R"({"lines":[{"code":"a","price":5,"quantity":0}]})") ==
        "lines[0].quantity is not a whole number in its range");
  CHECK(refused(R"({"lines":[{"code":"a","price":5,"quantity":1000000}]})") ==
        "lines[0].quantity is not a whole number in its range");
  CHECK(refused(R"({"lines":[{"code":"a","price":-5}]})").find("price must be") !=
        std::string::npos);
  CHECK(refused(R"({"lines":[{"code":"a","price":999999999999,"quantity":9999}]})") ==
        "lines the basket is worth too much");
  CHECK(refused(R"({"lines":[{"code":"a","price":1.5}]})").find("whole numbers") !=
        std::string::npos);
  CHECK(refused(R"({"time":"2026-02-29 10:00"})").find("is not a time") != std::string::npos);
  CHECK(refused("").find("line 1") != std::string::npos);
  CHECK(refused("[]") == " request is not an object");
}

}  // namespace
