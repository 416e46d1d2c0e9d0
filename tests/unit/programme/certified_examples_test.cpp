#include "pos/programme/certified_examples.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "pos/programme/quote_request.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/sample_basket.hpp"
#include "tests/unit/programme/slow_judge.hpp"
#include "tests/unit/programme/written_out.hpp"

/// The published set of worked baskets, and what runs it.
namespace {

using namespace pos::programme;
using namespace tests::programme;
using pos::core::Json;

bool among(const Json& json, std::initializer_list<std::string_view> words) {
  return json.text() != nullptr &&
         std::find(words.begin(), words.end(), *json.text()) != words.end();
}

/// What a file says with one part of it put in another's place.
std::string replaced(std::string text, std::string_view part, std::string_view instead) {
  const auto at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), instead);
}

const std::string kSmallFile = R"({
  "format": "clubtill-examples/1", "theme": "Test", "about": "Invented.",
  "programme": {
    "format": "clubtill-programme/1", "version": "1",
    "club": {"name": {"en": "Club"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "points": {"earn": {"points": 1, "per": 100}},
    "classes": [{"code": "regular", "name": {"en": "Regular"}}]
  },
  "benefits": [{"id": "ten", "name": {"en": "Ten"}, "give": {"percent": 10}}],
  "examples": [
    {
      "title": "Ten percent",
      "why": "10 % of 10.00 is 1.00",
      "request": {"lines": [{"code": "tea", "price": 500, "quantity": 2}], "member": {"class": "regular"}},
      "answer": {"shelf": 1000, "discount": 100, "payable": 900, "earned": 9, "benefits": [{"benefit": "ten", "amount": 100}]},
      "silent": ["eleven"],
      "returns": [{"lines": [{"line": 0, "pieces": 1}], "money": 450, "points_taken": 5}]
    }
  ]
})";

Certificate certify_text(const std::string& text) {
  const ExampleText file{"test.json", text};
  return certify({&file, 1});
}

/// The only difference that the small file has when one part of it says something else.
Difference difference_of(std::string_view part, std::string_view instead) {
  const std::string text = replaced(kSmallFile, part, instead);
  const Certificate certificate = certify_text(text);
  CHECK(certificate.refused.empty());
  CHECK(certificate.examples_different == 1);
  REQUIRE(certificate.differences.size() == 1);
  CHECK(certificate.differences.front().file == "test.json");
  CHECK(certificate.differences.front().difference.title == "Ten percent");
  return certificate.differences.front().difference;
}

Finding finding_of(std::string_view part, std::string_view instead) {
  const Certificate certificate = certify_text(replaced(kSmallFile, part, instead));
  CHECK_FALSE(certificate.all_as_written());
  REQUIRE_FALSE(certificate.refused.empty());
  return certificate.refused.front().finding;
}

TEST_CASE("Certified examples: every one comes out as it is written", "[programme][certified]") {
  const Certificate certificate = certify(certified_set());
  for (const auto& [file, finding] : certificate.refused) {
    FAIL_CHECK(file << ":" << finding.line << " " << finding.place << ": " << finding.reason);
  }
  for (const auto& [file, one] : certificate.differences) {
    FAIL_CHECK(file << ": " << one.title << "\n  " << one.key << ": expected " << one.expected
                    << ", found " << one.found);
  }
  CHECK(certificate.all_as_written());
  CHECK(certificate.examples >= 500);
}

TEST_CASE("Certified examples: the build carries the published files, byte for byte",
          "[programme][certified]") {
  std::set<std::string> published;
  const std::filesystem::path folder = CLUBTILL_SOURCE_DIR "/tests/data/certified";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") published.insert(entry.path().filename().string());
  }
  CHECK(published.size() == certified_set().size());
  for (const ExampleText& file : certified_set()) {
    INFO(file.name);
    CHECK(published.contains(std::string(file.name)));
    CHECK(read_file("tests/data/certified/" + std::string(file.name)) == file.text);
  }
}

TEST_CASE("Certified examples: every title is there once", "[programme][certified]") {
  for (const ExampleText& file : certified_set()) {
    std::set<std::string> titles;
    const auto examples = parse_examples(file.text);
    REQUIRE(examples.has_value());
    for (const Example& example : *examples) {
      INFO(file.name << ": " << example.title);
      CHECK(titles.insert(example.title).second);
    }
  }
}

TEST_CASE("Certified examples: what differs is named by title, key, expected and found",
          "[programme][certified]") {
  CHECK(certify_text(kSmallFile).all_as_written());
  const Difference total = difference_of("\"payable\": 900", "\"payable\": 901");
  CHECK(total.key == "payable");
  CHECK(total.expected == "901");
  CHECK(total.found == "900");
  const Difference benefit = difference_of("\"amount\": 100", "\"amount\": 99");
  CHECK(benefit.key == "benefits[ten].amount");
  CHECK(difference_of("\"benefit\": \"ten\"", "\"benefit\": \"six\"").found == "not mentioned");
  CHECK(difference_of("[\"eleven\"]", "[\"ten\"]").key == "benefits[ten]");
  CHECK(difference_of("\"earned\": 9,", "\"earned\": 9, \"vat\": [],").key == "vat");
  CHECK(difference_of("\"earned\": 9,", "\"earned\": 9, \"gift\": 1,").found == "nothing");
}

TEST_CASE("Certified examples: a total that is not written is zero", "[programme][certified]") {
  const Difference total = difference_of("\"discount\": 100, ", "");
  CHECK(total.key == "discount");
  CHECK(total.expected == "0");
  const Difference back = difference_of(", \"points_taken\": 5", "");
  CHECK(back.key == "returns[0].points_taken");
  CHECK(back.found == "5");
}

TEST_CASE("Certified examples: returns are compared, and refusals too", "[programme][certified]") {
  CHECK(difference_of("\"money\": 450", "\"money\": 449").key == "returns[0].money");
  CHECK(difference_of("\"pieces\": 1", "\"pieces\": 3").found == "refused");
  CHECK(difference_of("\"money\": 450", "\"refused\": true, \"money\": 450").found == "taken back");
  CHECK(difference_of("\"pieces\": 1", "\"pieces\": 1, \"money\": 1").key ==
        "returns[0].lines[0].money");
}

TEST_CASE("Certified examples: a programme or a request that is refused is a difference",
          "[programme][certified]") {
  const Difference programme = difference_of("\"percent\": 10", "\"percent\": 101");
  CHECK(programme.key == "programme.benefits[0].give.percent");
  const Difference request = difference_of("\"quantity\": 2", "\"quantity\": 0");
  CHECK(request.key == "request.lines[0].quantity");
}

TEST_CASE("Certified examples: a file that holds none is refused with its line and the mend",
          "[programme][certified]") {
  const Finding typo = finding_of("\"answer\"", "\"anwser\"");
  CHECK(typo.line == 18);
  CHECK(typo.place == "examples[0].answer");
  CHECK(finding_of("clubtill-examples/1", "clubtill-examples/9").place == "format");
  CHECK(finding_of("\"line\": 0", "\"line\": -1").place == "examples[0].returns[0].lines[0].line");
  CHECK(finding_of("\"discount\": 100", "\"discount\": 1.5").line == 15);
  CHECK_FALSE(certify_text("").all_as_written());
  CHECK_FALSE(certify({}).all_as_written());
}

/// Why the slow judge cannot judge a condition; empty when it can.
std::string condition_beyond(const Json& condition) {
  if (condition.is_null()) return {};
  const auto& [key, value] = condition.members().front();
  if (key == "all" || key == "any") {
    for (const Json& child : value.items()) {
      if (auto kind = condition_beyond(child); !kind.empty()) return kind;
    }
    return {};
  }
  if (key == "not") return condition_beyond(value);
  if (key == "coupon") return value.find("personal") != nullptr ? "personal coupon" : "";
  if (key == "window") return value == Json("birthday") ? "" : "other windows";
  if (key == "amount" || key == "quantity" || key == "distinct") {
    if (value.find("after_discounts") != nullptr) return "after_discounts";
    return value["except"].find("categories") != nullptr ? "except categories" : "";
  }
  return among(Json(key), {"segment", "store", "region", "hours"}) ? key : "";
}

std::string gift_beyond(const Json& give, const QuoteInput& input) {
  const std::string& kind = give.members().front().first;
  if (kind == "percent_by_class") {
    const Json& by_class = give["percent_by_class"];
    const bool graded = input.member && by_class.find(input.member->member_class.text()) != nullptr;
    return graded ? "" : "class without a percentage";
  }
  if (kind == "cash_back") return give[kind].find("per_mille") != nullptr ? "back per mille" : "";
  return among(Json(kind), {"coupon", "early_access"}) ? kind : "";
}

std::string benefit_beyond(const Json& benefit, const QuoteInput& input) {
  for (const char* key : {"first", "last", "for"}) {
    if (benefit.find(key) != nullptr) return key;
  }
  if (among(benefit["offline"], {"online_only"})) return "online_only";
  if (benefit["on"]["except"].find("categories") != nullptr) return "except categories";
  auto kind = gift_beyond(benefit["give"], input);
  return kind.empty() ? condition_beyond(benefit["when"]) : kind;
}

/// The kind because of which the slow judge leaves an example out: days and audience of a benefit,
/// online_only, coupons issued, early access, hours, segments, stores,
/// regions, personal coupons, windows but the birthday, after_discounts, excepted categories,
/// classes without a percentage, cash-back per mille, other rules for points, and amounts whose
/// products pass 64 bits.
std::string beyond_slow_judge(const Json& document, const QuoteInput& input) {
  const Json& points = document["points"];
  static const Json kEarn = *Json::parse(R"({"points": 1, "per": 100})");
  static const Json kSpend = *Json::parse(R"({"step": 50, "worth": 500, "max_percent": 50})");
  if (points["earn"] != kEarn || points["spend"] != kSpend) return "other points";
  std::int64_t shelf = 0;
  for (const BasketLine& line : input.lines) {
    shelf += line.article.price.units() * line.quantity;
  }
  if (shelf > 1'000'000'000) return "large amounts";
  for (const Json& benefit : document["benefits"].items()) {
    if (auto kind = benefit_beyond(benefit, input); !kind.empty()) return kind;
  }
  return {};
}

void check_against(const SlowQuote& slow, const Json& answer) {
  const auto total = [&](std::string_view key) { return answer[key].integer().value_or(0); };
  CHECK(slow.payable == total("payable"));
  CHECK(slow.points_value == total("points_value"));
  CHECK(slow.points_spent == total("points_spent"));
  CHECK(slow.earned == total("earned"));
  if (const auto value = answer["value_spent"].integer()) CHECK(slow.value_spent == *value);
  if (const auto value = answer["value_earned"].integer()) CHECK(slow.value_earned == *value);
  const auto check_day = [&](const char* key, const std::string& day) {
    if (answer.find(key) != nullptr) CHECK(answer[key] == (day.empty() ? Json() : Json(day)));
  };
  check_day("earned_first", slow.earned_first);
  check_day("earned_last", slow.earned_last);
  check_day("value_first", slow.value_first);
  check_day("value_last", slow.value_last);
  // The slow judge's lines are as they are before points and value pay.
  const Json::Array& lines = answer["lines"].items();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto payable = lines[i]["payable"].integer();
    const std::int64_t paid_otherwise = lines[i]["points_value"].integer().value_or(0) +
                                        lines[i]["value_spent"].integer().value_or(0);
    if (payable) CHECK(slow.left[i] == *payable + paid_otherwise);
    const auto discount = lines[i]["discount"].integer();
    if (discount) CHECK(slow.left[i] == slow.shelf[i] - *discount);
  }
  for (const Json& benefit : answer["benefits"].items()) {
    const auto soft = slow.soft.find(*benefit["benefit"].text());
    if (soft != slow.soft.end()) {
      CHECK(soft->second ==
            (among(benefit["reason"], {"declined"}) ? "declined" : *benefit["state"].text()));
      continue;
    }
    const auto applied = slow.applied.find(*benefit["benefit"].text());
    if (const auto amount = benefit["amount"].integer()) {
      REQUIRE(applied != slow.applied.end());
      CHECK(applied->second == *amount);
    } else if (among(benefit["state"], {"nearly", "not_now"})) {
      CHECK(applied == slow.applied.end());
    }
  }
}

TEST_CASE("Certified examples: the slow judge finds what is written", "[programme][certified]") {
  std::size_t judged = 0;
  for (const ExampleText& file : certified_set()) {
    const auto examples = parse_examples(file.text);
    REQUIRE(examples.has_value());
    for (const Example& example : *examples) {
      INFO(file.name << ": " << example.title);
      const auto request = parse_quote_request(example.request.dump());
      REQUIRE(request.has_value());
      if (!beyond_slow_judge(example.document, request->input).empty()) continue;
      ++judged;
      check_against(judge_slowly(written_out(example.document), request->input), example.answer);
    }
  }
  CHECK(judged >= 400);
}

}  // namespace
