#include <algorithm>

#include "pos/core/bytes.hpp"
#include "pos/core/json/json.hpp"
#include "pos/programme/programme.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/sample_basket.hpp"

namespace {

using namespace pos::programme;
using namespace tests::programme;
using pos::core::bytes_of;

/// The sample club's programme with one text replaced by another.
std::vector<Finding> lint_with(std::string_view from, std::string_view to) {
  std::string document = read_file("assets/sample-club/programme.json");
  const auto at = document.find(from);
  REQUIRE(at != std::string::npos);
  document.replace(at, from.size(), to);
  return lint(bytes_of(document));
}

bool names(const std::vector<Finding>& findings, std::string_view place, std::string_view word) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.place == place && finding.line > 0 &&
           (finding.reason + " " + finding.mend).find(word) != std::string::npos;
  });
}

TEST_CASE("Lint: the sample club has nothing to mend", "[programme][lint]") {
  for (const Finding& finding : lint(bytes_of(read_file("assets/sample-club/programme.json")))) {
    FAIL(finding.place << ": " << finding.reason);
  }
}

TEST_CASE("Lint: a mistyped key is named with its place and what was meant", "[programme][lint]") {
  CHECK(names(lint_with(R"("group": "basket-best")", R"("grup": "basket-best")"),
              "benefits[3].grup", "\"group\""));
  CHECK(names(lint_with(R"("window": "birthday")", R"("windo": "birthday")"),
              "benefits[3].when.all[0].windo", "\"window\""));
  CHECK(names(lint_with(R"("percent_by_class": {"regular")", R"("percent_by_class": {"regulr")"),
              "benefits[0].give.percent_by_class.regulr", "\"regular\""));
}

TEST_CASE("Lint: the finding names the line", "[programme][lint]") {
  const auto findings = lint_with(R"("decimals": 2)", R"("decimals": 9)");
  REQUIRE_FALSE(findings.empty());
  CHECK(findings[0].line == 8);
  CHECK(findings[0].place == "club.decimals");
}

TEST_CASE("Lint: a text missing in one language is an error", "[programme][lint]") {
  CHECK(names(lint_with(R"("he": "קופון לקפה", )", ""), "benefits[7].name.he", "missing"));
}

TEST_CASE("Lint: a club that has no Hebrew name needs no Hebrew texts", "[programme][lint]") {
  CHECK(lint(bytes_of(read_file("tests/data/first-day/programme.json"))).empty());
}

TEST_CASE("Lint: days that do not exist and windows that cannot open", "[programme][lint]") {
  CHECK(names(lint_with("2026-06-01", "2026-02-29"), "benefits[5].first", "calendar"));
  CHECK(names(lint_with("2026-06-01", "2026-09-01"), "benefits[5].last", "before the first"));
}

TEST_CASE("Lint: points that expire before they can be spent are an error", "[programme][lint]") {
  const auto points = [](std::string_view terms) {
    return lint_with(R"("expire": {"months": 12})", std::string(terms));
  };
  CHECK(names(points(R"("available": {"days": 31}, "expire": {"months": 1})"), "points.expire",
              "longer than the 31 days"));
  CHECK(names(points(R"("value": {"available": {"days": 8}, "expire": {"days": 7}})"),
              "points.value.expire", "longer than the 8 days"));
  CHECK(points(R"("available": {"days": 28}, "expire": {"months": 1})").empty());
  CHECK(points(R"("available": {"days": 7}, "expire": {"days": 7})").empty());
}

TEST_CASE("Lint: terms of points that nobody can mean are named", "[programme][lint]") {
  const auto points = [](std::string_view terms) {
    return lint_with(R"("expire": {"months": 12})", std::string(terms));
  };
  CHECK(names(points(R"("expire": {"months": 12, "days": 3})"), "points.expire", "one of them"));
  CHECK(names(points(R"("expire": {})"), "points.expire", "one of them"));
  CHECK(names(points(R"("available": "tomorrow")"), "points.available", "next_sale"));
  CHECK(names(points(R"("available": {"days": 0})"), "points.available.days", "1"));
  CHECK(names(points(R"("expire": {"month": 12})"), "points.expire.month", "\"months\""));
}

TEST_CASE("Lint: a coupon code belongs to one benefit", "[programme][lint]") {
  CHECK(names(lint_with(R"("code": "SUMMER")", R"("code": "RIMON10")"), "benefits[5].when",
              "coupon-rimon10"));
}

TEST_CASE("Lint: two benefits may not share an id", "[programme][lint]") {
  CHECK(names(lint_with(R"("id": "gift-150")", R"("id": "olive-oil-price")"), "benefits[6].id",
              "benefits[1]"));
}

TEST_CASE("Lint: a single use outside the offline bound is refused", "[programme][lint]") {
  CHECK(names(lint_with(R"("offline": "online_only")", R"("offline": "free")"),
              "benefits[7].offline", "online_only"));
}

TEST_CASE("Lint: nothing makes a total negative", "[programme][lint]") {
  CHECK(names(lint_with(R"("percent": 15)", R"("percent": 115)"), "benefits[5].give.percent",
              "1 to 100"));
  CHECK(names(lint_with(R"("fixed_price": 3190)", R"("fixed_price": -1)"),
              "benefits[1].give.fixed_price", "whole number"));
}

TEST_CASE("Lint: fractions, repeated keys and broken JSON name their line", "[programme][lint]") {
  CHECK(names(lint_with(R"("worth": 500)", R"("worth": 5.00)"), "document", "minor units"));
  CHECK(names(lint_with(R"("decimals": 2,)", R"("decimals": 2, "decimals": 2,)"), "document",
              "twice"));
  CHECK(names(lint_with(R"("decimals": 2,)", R"("decimals": 2)"), "document", "comma"));
}

TEST_CASE("Lint: conditions nested a hundred deep get a clear answer", "[programme][lint]") {
  std::string deep = R"({"window": "birthday"})";
  for (int i = 0; i < 100; ++i) deep = R"({"not": )" + deep + "}";
  CHECK(names(lint_with(R"({"window": "birthday"})", deep), "document", "nested deeper"));
  std::string nine = R"({"window": "birthday"})";
  for (int i = 0; i < 9; ++i) nine = R"({"not": )" + nine + "}";
  const auto findings = lint_with(R"({"window": "birthday"})", nine);
  CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.reason.find("nested deeper than 8") != std::string::npos;
  }));
}

TEST_CASE("Lint: more than 4 MiB are refused", "[programme][lint]") {
  const std::string large(4 * 1024 * 1024 + 1, ' ');
  const auto findings = lint(bytes_of(large));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].mend == "keep it to 4 MiB");
  CHECK_FALSE(Programme::parse(bytes_of(large)).has_value());
}

TEST_CASE("Lint: a class that the programme does not have is named", "[programme][lint]") {
  CHECK(names(lint_with(R"("tier": ["gold"])", R"("tier": ["glod"])"), "benefits[8].when.tier",
              "\"gold\""));
}

TEST_CASE("Lint: a group stays within one step", "[programme][lint]") {
  CHECK(names(lint_with(R"("priority": 20)", R"("priority": 20, "step": "lines")"),
              "benefits[4].group", "two steps"));
}

TEST_CASE("Lint: a refused programme lists every error at once", "[programme][lint]") {
  std::string document = read_file("assets/sample-club/programme.json");
  for (const auto& [from, to] : {std::pair{"\"decimals\": 2", "\"decimals\": 9"},
                                 std::pair{"\"percent\": 15", "\"percent\": 0"}}) {
    document.replace(document.find(from), std::string_view(from).size(), to);
  }
  const auto parsed = Programme::parse(bytes_of(document));
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().size() == 2);
}

/// Keys that the schema names in one of its definitions.
std::vector<std::string> schema_keys(std::string_view definition) {
  const auto schema = pos::core::Json::parse(read_file("assets/programme.schema.json"), 32);
  REQUIRE(schema.has_value());
  std::vector<std::string> keys;
  for (const auto& [key, value] : (*schema)["$defs"][definition]["properties"].members()) {
    keys.push_back(key);
  }
  REQUIRE_FALSE(keys.empty());
  return keys;
}

TEST_CASE("Schema: every key that it names is known to the lint", "[programme][schema]") {
  const auto unknown = [](const std::vector<Finding>& findings, const std::string& place) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
      return finding.place == place && finding.reason.find("known") != std::string::npos;
    });
  };
  for (const std::string& key : schema_keys("condition")) {
    INFO(key);
    const auto findings = lint_with(R"({"tier": ["gold"]})", "{\"" + key + "\": null}");
    CHECK_FALSE(unknown(findings, "benefits[8].when." + key));
  }
  for (const std::string& key : schema_keys("benefit")) {
    if (read_file("assets/sample-club/programme.json").find('"' + key + '"') != std::string::npos) {
      continue;  // used there, and that has nothing to mend
    }
    INFO(key);
    const auto findings =
        lint_with(R"("id": "gold-coffee",)", R"("id": "gold-coffee", ")" + key + "\": null,");
    CHECK_FALSE(unknown(findings, "benefits[8]." + key));
  }
  CHECK(unknown(lint_with(R"({"tier": ["gold"]})", R"({"tear": null})"), "benefits[8].when.tear"));
}

}  // namespace
