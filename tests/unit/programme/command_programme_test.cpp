#include "pos/terminal/command_programme.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "pos/core/json/json.hpp"
#include "pos/terminal/command_certify.hpp"
#include "pos/terminal/command_quote.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace pos::terminal;
using pos::core::ExitCode;
using pos::core::Json;

const std::string kSample = CLUBTILL_SOURCE_DIR "/assets/sample-club/programme.json";
const std::string kNoProgramme = CLUBTILL_SOURCE_DIR "/assets/sample-club/articles.csv";

TEST_CASE("Command quote: a request in, the answer as JSON out", "[terminal][quote]") {
  std::istringstream in(R"({"lines":[{"code":"0400000000039","price":3990,"demand":true}],
    "member":{"class":"vip"},"time":"2026-11-22 14:32"})");
  std::ostringstream out;
  std::ostringstream err;
  CHECK(run_quote(kSample, in, out, err) == ExitCode::ok);
  const auto answer = Json::parse(out.str());
  REQUIRE(answer.has_value());
  CHECK((*answer)["payable"].integer() == 3190 - 479);
  CHECK(err.str().empty());
}

TEST_CASE("Command quote: a bad request and a bad programme have exit codes of their own",
          "[terminal][quote]") {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream bad("{\"lins\":[]}");
  CHECK(run_quote(kSample, bad, out, err) == ExitCode::usage);
  CHECK(err.str().find("\"lines\"") != std::string::npos);
  std::istringstream good("{}");
  CHECK(run_quote(kNoProgramme, good, out, err) == ExitCode::configuration);
  std::istringstream again("{}");
  CHECK(run_quote("/nowhere/programme.json", again, out, err) == ExitCode::configuration);
  CHECK(out.str().empty());
}

TEST_CASE("Command programme: lint speaks to people and to programs", "[terminal][programme]") {
  std::ostringstream out;
  std::ostringstream err;
  CHECK(programme_lint(kSample, false, out, err) == ExitCode::ok);
  CHECK(err.str().find("0 errors, 0 warnings") != std::string::npos);
  CHECK(programme_lint(kNoProgramme, true, out, err) == ExitCode::configuration);
  const auto findings = Json::parse(out.str());
  REQUIRE(findings.has_value());
  REQUIRE(findings->items().size() == 1);
  CHECK(findings->items()[0]["severity"] == Json("error"));
  CHECK(findings->items()[0]["line"].integer() == 1);
}

TEST_CASE("Command programme: explain tells every benefit in each language",
          "[terminal][programme]") {
  for (const auto language : pos::domain::kLanguages) {
    std::ostringstream out;
    std::ostringstream err;
    CHECK(programme_explain(kSample, language, out, err) == ExitCode::ok);
    CHECK(out.str().find("RIMON10") != std::string::npos);
    for (const char* told : {"0400000002859", "gift-card"})
      CHECK(out.str().find(told) != std::string::npos);
    CHECK(out.str().find('{') == std::string::npos);
  }
}

TEST_CASE("Command certify: the built-in examples and the folder they came from",
          "[terminal][programme][certified]") {
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{}, {CLUBTILL_SOURCE_DIR "/tests/data/certified"}}) {
    std::ostringstream out;
    std::ostringstream err;
    CHECK(programme_certify(paths, false, out, err) == ExitCode::ok);
    CHECK(out.str().find(" examples, all as written") != std::string::npos);
    CHECK(err.str().empty());
  }
}

TEST_CASE("Command certify: an example that differs is named, in words and as JSON",
          "[terminal][programme][certified]") {
  std::ifstream in(CLUBTILL_SOURCE_DIR "/tests/data/certified/percent.json", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::string right = "\"payable\": 900, \"earned\": 9,";
  REQUIRE(text.find(right) != std::string::npos);
  text.replace(text.find(right), right.size(), "\"payable\": 900, \"earned\": 8,");
  const auto file = std::filesystem::temp_directory_path() / "clubtill-broken-example.json";
  std::ofstream(file, std::ios::binary) << text;
  std::ostringstream out;
  std::ostringstream err;
  CHECK(programme_certify({file.string()}, false, out, err) == ExitCode::other);
  CHECK(out.str().find("Ten percent off the whole basket\n  earned: expected 8, found 9") !=
        std::string::npos);
  std::ostringstream json;
  CHECK(programme_certify({file.string()}, true, json, err) == ExitCode::other);
  std::filesystem::remove(file);
  const auto report = Json::parse(json.str());
  REQUIRE(report.has_value());
  CHECK((*report)["different"].integer() == 1);
  CHECK((*report)["differences"].items().front()["key"] == Json("earned"));
}

TEST_CASE("Command certify: what holds no examples has an exit code of its own",
          "[terminal][programme][certified]") {
  std::ostringstream out;
  std::ostringstream err;
  CHECK(programme_certify({kSample}, false, out, err) == ExitCode::configuration);
  CHECK(err.str().find("format") != std::string::npos);
  CHECK(programme_certify({"/nowhere.json"}, false, out, err) == ExitCode::configuration);
  CHECK(err.str().find("/nowhere.json: cannot be read") != std::string::npos);
}

}  // namespace
