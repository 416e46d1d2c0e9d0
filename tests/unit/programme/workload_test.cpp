#include <algorithm>
#include <fstream>

#include "pos/programme/quote_request.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/slow_judge.hpp"
#include "tests/unit/programme/written_out.hpp"

namespace tests::programme {
namespace {

using namespace pos::programme;
using pos::core::Json;

std::vector<std::string> lines_of(const std::string& name) {
  std::ifstream file(CLUBTILL_SOURCE_DIR "/tests/data/workload/" + name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::string whole(const std::string& name) {
  std::string text;
  for (const std::string& line : lines_of(name)) text += line + "\n";
  return text;
}

Json summary(const Quote& quote) {
  std::vector<std::string> names;
  for (const BenefitOutcome& outcome : quote.outcomes) {
    if (outcome.state == BenefitState::applied) names.push_back(outcome.benefit.text());
  }
  std::sort(names.begin(), names.end());
  Json applied = Json::array();
  for (const std::string& name : names) applied.push(name);
  return Json::object()
      .set("payable", quote.payable.units())
      .set("discount", quote.discount.units())
      .set("earned", quote.earned.units())
      .set("applied", std::move(applied));
}

/// What the slow judge needs of the document: tasks move no money, and it knows none.
Json for_slow_judge(const Json& document) {
  Json benefits = Json::array();
  for (const Json& benefit : document["benefits"].items()) {
    if (benefit["give"].find("task") == nullptr) benefits.push(benefit);
  }
  return written_out(Json::object().set("benefits", std::move(benefits)));
}

TEST_CASE("Workload: product and slow judge give what the answers say", "[programme][workload]") {
  for (const std::string size : {"10x50", "40x500"}) {
    const std::string text = whole(size + ".programme.json");
    const auto document = Json::parse(text, 32);
    REQUIRE(document.has_value());
    const Json plain = for_slow_judge(*document);
    const auto programme = Programme::parse(pos::core::bytes_of(text));
    REQUIRE(programme.has_value());
    const auto requests = lines_of(size + ".requests.jsonl");
    const auto answers = lines_of(size + ".answers.jsonl");
    REQUIRE(requests.size() == 20);
    REQUIRE(answers.size() == requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) {
      INFO(size << ", basket " << i + 1);
      const auto request = parse_quote_request(requests[i]);
      REQUIRE(request.has_value());
      const Quote found = quote(*programme, request->input);
      CHECK(summary(found).dump() == answers[i]);
      const SlowQuote slow = judge_slowly(plain, request->input);
      CHECK(slow.payable == found.payable.units());
      CHECK(slow.earned == found.earned.units());
    }
  }
}

}  // namespace
}  // namespace tests::programme
