#include "pos/programme/certified_examples.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "pos/domain/rounding.hpp"
#include "pos/programme/document_reader.hpp"
#include "pos/programme/quote_request.hpp"

namespace pos::programme {
namespace {

using core::Json;

constexpr std::string_view kExamplesFormat = "clubtill-examples/1";
constexpr int kExampleDepthMax = 40;  // a programme's depth, and the levels of the file around it
constexpr std::size_t kSentenceBytesMax = 1'000;
constexpr std::size_t kExamplesMax = 1'000;  // of one file
constexpr std::size_t kReturnsMax = 50;      // of one example

/// What every basket has: compared even where an example does not name it.
constexpr std::array<std::string_view, 6> kAnswerTotals = {
    "shelf", "discount", "points_spent", "points_value", "payable", "earned"};
constexpr std::array<std::string_view, 3> kReturnTotals = {"money", "points_back", "points_taken"};
/// Compared where a return names it.
constexpr std::array<std::string_view, 3> kReturnMore = {"value_back", "value_taken", "class"};

const Json& member_of(ObjectReader& reader, std::string_view key) {
  static const Json kEmpty = Json::object();
  static_cast<void>(reader.object(key));  // complains when it is missing
  const Json* found = reader.member(key);
  return found != nullptr && found->is_object() ? *found : kEmpty;
}

/// The file's programme, with what this example puts in its place.
Json document_of(ObjectReader& file, ObjectReader& example) {
  const Json& common = member_of(file, "programme");
  const Json* own = example.member("programme");
  if (own != nullptr) static_cast<void>(example.object("programme"));
  Json document = Json::object();
  for (const auto& [key, value] : common.members()) {
    const Json* instead = own != nullptr ? own->find(key) : nullptr;
    document.set(key, instead != nullptr ? *instead : value);
  }
  if (own != nullptr) {
    for (const auto& [key, value] : own->members()) {
      if (common.find(key) == nullptr) document.set(key, value);
    }
  }
  const Json* benefits = example.member("benefits");
  if (benefits == nullptr) benefits = file.member("benefits");
  if (benefits == nullptr) {
    example.complain("benefits", "is missing here and in the file", "add \"benefits\": [ ... ]");
    return document;
  }
  return std::move(document.set("benefits", *benefits));
}

std::vector<std::string> read_silent(ObjectReader& reader) {
  return reader.has("silent") ? reader.codes("silent", kExamplesMax) : std::vector<std::string>{};
}

ExampleReturn read_return(const Json& json, const std::string& place, Findings& findings) {
  ObjectReader reader(json, place, findings);
  ExampleReturn result;
  result.refused = reader.boolean_or("refused", false);
  result.wanted = json;
  for (const std::string_view key : kReturnTotals) static_cast<void>(reader.member(key));
  for (const std::string_view key : kReturnMore) static_cast<void>(reader.member(key));
  std::size_t position = 0;
  for (const Json& item : reader.items("lines", kLinesMax, true)) {
    ObjectReader line(item, fmt::format("{}.lines[{}]", place, position++), findings);
    const auto number = line.integer("line", 0, static_cast<std::int64_t>(kLinesMax) - 1);
    result.wishes.push_back(
        {static_cast<std::size_t>(number), line.integer("pieces", 1, kQuantityMax)});
    for (const std::string_view key : {"money", "points_value", "points_back", "points_taken"}) {
      static_cast<void>(line.member(key));
    }
    line.finish();
  }
  reader.finish();
  return result;
}

Example read_example(ObjectReader& file, const Json& json, const std::string& place) {
  ObjectReader reader(json, place, file.findings());
  Example example;
  example.title = reader.text("title", kSentenceBytesMax);
  example.why = reader.text("why", kSentenceBytesMax);
  example.document = document_of(file, reader);
  example.request = member_of(reader, "request");
  example.answer = member_of(reader, "answer");
  example.silent = read_silent(reader);
  std::size_t position = 0;
  for (const Json& item : reader.items("returns", kReturnsMax, false)) {
    example.returns.push_back(
        read_return(item, fmt::format("{}.returns[{}]", place, position++), file.findings()));
  }
  reader.finish();
  return example;
}

std::vector<Example> read_examples(const Json& json, Findings& findings) {
  ObjectReader file(json, "", findings);
  static constexpr std::array<std::string_view, 1> kFormats = {kExamplesFormat};
  static_cast<void>(file.word("format", kFormats, std::nullopt));
  static_cast<void>(file.text("theme", kSentenceBytesMax));
  static_cast<void>(file.text("about", kSentenceBytesMax));
  static_cast<void>(file.member("benefits"));
  std::vector<Example> examples;
  std::size_t position = 0;
  for (const Json& item : file.items("examples", kExamplesMax, true)) {
    examples.push_back(read_example(file, item, fmt::format("examples[{}]", position++)));
  }
  file.finish();
  return examples;
}

/// Notes where a value is not what an example writes. Keys that it does not write are not looked
/// at.
class Comparison {
 public:
  explicit Comparison(const std::string& title) : title_(title) {}

  void note(std::string key, std::string expected, std::string found) {
    differences_.push_back({title_, std::move(key), std::move(expected), std::move(found)});
  }

  void compare(const std::string& key, const Json& found, const Json& wanted) {
    if (wanted.is_object()) return compare_members(key, found, wanted);
    if (wanted.is_array()) return compare_items(key, found, wanted);
    if (found != wanted) note(key, wanted.dump(), found.is_null() ? "nothing" : found.dump());
  }

  void compare_totals(const std::string& path, const Json& found, const Json& wanted,
                      std::span<const std::string_view> totals) {
    for (const std::string_view total : totals) {
      if (wanted.find(total) == nullptr) compare(under(path, total), found[total], Json(0));
    }
  }

  [[nodiscard]] std::vector<Difference> take() { return std::move(differences_); }

 private:
  static std::string under(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
  }

  void compare_members(const std::string& path, const Json& found, const Json& wanted) {
    for (const auto& [key, value] : wanted.members()) compare(under(path, key), found[key], value);
  }

  /// Benefits are told by their id, whatever else is told; every other list is as long as written.
  void compare_items(const std::string& key, const Json& found, const Json& wanted) {
    if (key == "benefits") return compare_benefits(found, wanted);
    if (found.items().size() != wanted.items().size()) {
      note(key, fmt::format("{} entries", wanted.items().size()),
           fmt::format("{} entries", found.items().size()));
      return;
    }
    for (std::size_t i = 0; i < wanted.items().size(); ++i) {
      compare(fmt::format("{}[{}]", key, i), found.items()[i], wanted.items()[i]);
    }
  }

  void compare_benefits(const Json& found, const Json& wanted) {
    for (const Json& one : wanted.items()) {
      const std::string* id = one["benefit"].text();
      const std::string key = fmt::format("benefits[{}]", id != nullptr ? *id : "");
      const auto same = std::find_if(found.items().begin(), found.items().end(),
                                     [&](const Json& b) { return b["benefit"] == one["benefit"]; });
      if (same == found.items().end()) {
        note(key, one.dump(), "not mentioned");
      } else {
        compare(key, *same, one);
      }
    }
  }

  const std::string& title_;
  std::vector<Difference> differences_;
};

Json found_return(const ReturnFact& fact) {
  Json lines = Json::array();
  for (const ReturnedLine& line : fact.lines) {
    Json json = Json::object();
    json.set("line", static_cast<std::int64_t>(line.line)).set("pieces", line.quantity);
    json.set("money", line.money.units()).set("points_value", line.points_value.units());
    json.set("points_back", line.points_back.units());
    lines.push(std::move(json.set("points_taken", line.earned_taken.units())));
  }
  Json json = Json::object();
  json.set("lines", std::move(lines)).set("money", fact.money.units());
  json.set("points_back", fact.points_back.units());
  json.set("points_taken", fact.earned_taken.units());
  json.set("value_back", fact.value_back.units()).set("value_taken", fact.value_taken.units());
  if (fact.change.moved) json.set("class", fact.change.moved->from.text());
  return json;
}

/// Takes back what the example returns, one return after another, each knowing those before it.
void compare_returns(const Example& example, const Programme& programme, const QuoteInput& input,
                     Comparison& comparison) {
  SaleFact sale;
  sale.input = input;
  sale.result = quote(programme, input);
  if (input.member) sale.member = input.member->id;
  ReturnedSoFar so_far{std::vector<std::int64_t>(input.lines.size(), 0)};
  for (std::size_t i = 0; i < example.returns.size(); ++i) {
    const ExampleReturn& one = example.returns[i];
    const std::string key = fmt::format("returns[{}]", i);
    const auto fact = invert({}, sale, so_far, one.wishes, sale.scene);
    if (fact.has_value() == one.refused) {
      comparison.note(key, one.refused ? "refused" : "taken back", fact ? "taken back" : "refused");
    }
    if (!fact || one.refused) continue;
    for (const ReturnedLine& line : fact->lines) so_far.quantity[line.line] += line.quantity;
    const Json found = found_return(*fact);
    comparison.compare(key, found, one.wanted);
    comparison.compare_totals(key, found, one.wanted, kReturnTotals);
  }
}

/// The answer of `quote`, and what would be asked for in cash.
Json found_answer(const Programme& programme, const QuoteRequest& request) {
  Json answer = answer_quote(programme, request);
  const auto payable = domain::Money::of(answer["payable"].integer().value_or(0));
  answer.set("cash", domain::round_cash(payable, programme.rules().cash_step).units());
  return answer;
}

bool mentions(const Json& answer, const std::string& benefit) {
  const Json::Array& told = answer["benefits"].items();
  return std::any_of(told.begin(), told.end(),
                     [&](const Json& one) { return one["benefit"] == Json(benefit); });
}

}  // namespace

core::Expected<std::vector<Example>, std::vector<Finding>> parse_examples(std::string_view text) {
  Findings findings;
  std::vector<Example> examples;
  if (text.size() > kExampleFileBytesMax) {
    add_error(findings, 1, "document", fmt::format("has {} bytes", text.size()),
              "keep it to 4 MiB");
    return core::fail(std::vector<Finding>(std::move(findings)));
  }
  const auto json = Json::parse(text, kExampleDepthMax);
  if (json) {
    examples = read_examples(*json, findings);
  } else {
    add_error(findings, json.error().line, "document", json.error().detail,
              "write JSON with whole numbers only");
  }
  if (!findings.empty()) return core::fail(std::vector<Finding>(std::move(findings)));
  return examples;
}

std::vector<Difference> run_example(const Example& example) {
  Comparison comparison(example.title);
  const std::string document = example.document.dump();
  const auto programme = Programme::parse(core::bytes_of(document));
  const auto request = parse_quote_request(example.request.dump());
  if (!programme) {
    for (const Finding& finding : programme.error()) {
      comparison.note("programme." + finding.place, "accepted", finding.reason);
    }
  } else if (!request) {
    comparison.note("request." + request.error().key, "accepted", request.error().reason);
  } else {
    const Json answer = found_answer(*programme, *request);
    comparison.compare("", answer, example.answer);
    comparison.compare_totals("", answer, example.answer, kAnswerTotals);
    for (const std::string& benefit : example.silent) {
      if (!mentions(answer, benefit)) continue;
      comparison.note(fmt::format("benefits[{}]", benefit), "not mentioned", "mentioned");
    }
    if (!example.returns.empty()) {
      compare_returns(example, *programme, request->input, comparison);
    }
  }
  return comparison.take();
}

Certificate certify(std::span<const ExampleText> files) {
  Certificate certificate;
  for (const ExampleText& file : files) {
    const auto examples = parse_examples(file.text);
    if (!examples) {
      for (const Finding& finding : examples.error()) {
        certificate.refused.push_back({std::string(file.name), finding});
      }
      continue;
    }
    for (const Example& example : *examples) {
      ++certificate.examples;
      std::vector<Difference> differences = run_example(example);
      if (!differences.empty()) ++certificate.examples_different;
      for (Difference& difference : differences) {
        certificate.differences.push_back({std::string(file.name), std::move(difference)});
      }
    }
  }
  return certificate;
}

}  // namespace pos::programme
