#include "tests/unit/programme/arbitrary_programme.hpp"

#include <vector>

namespace tests::programme {

using pos::core::Json;

namespace {

std::int64_t number_from(std::int64_t low, std::int64_t high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(low, high + 1));
}

std::string pick(const std::vector<std::string>& words) {
  return words[static_cast<std::size_t>(
      number_from(0, static_cast<std::int64_t>(words.size()) - 1))];
}

Json list(std::initializer_list<std::string> words) {
  Json json = Json::array();
  for (const std::string& word : words) json.push(word);
  return json;
}

Json texts(const std::string& text) {
  return std::move(Json::object().set("en", text).set("he", text).set("fa", text));
}

std::string any_code() {
  return pick({"0400000000015", "0400000000022", "0400000000039", "0400000000046", "0400000000053",
               "0400000000107", "unsold"});
}

Json any_selection(bool named) {
  Json json = Json::object();
  if (named) {
    const std::int64_t kind = number_from(0, 2);
    const std::string first = any_code();
    const std::string second = any_code();
    if (kind == 0) json.set("codes", list({first}));
    if (kind == 1) json.set("codes", first == second ? list({first}) : list({first, second}));
    if (kind == 2) json.set("categories", list({"food"}));
    if (number_from(0, 4) == 0) {
      json.set("except", Json::object().set("codes", list({any_code()})));
    }
  }
  if (number_from(0, 3) == 0) json.set("demand", true);
  if (number_from(0, 1) == 0) json.set("earning", true);
  return json;
}

Json with_from(std::int64_t from, Json selection) {
  Json json = Json::object();
  json.set("from", from);
  for (const auto& [key, value] : selection.members()) json.set(key, value);
  return json;
}

Json any_condition(int depth, ProgrammeShape shape) {
  Json json = Json::object();
  switch (number_from(depth > 1 ? 3 : 0, shape.graded_only ? 6 : 9)) {
    case 0:
    case 1: {
      Json children = Json::array();
      for (std::int64_t i = number_from(1, 3); i > 0; --i) {
        children.push(any_condition(depth + 1, shape));
      }
      return std::move(json.set(number_from(0, 2) != 0 ? "all" : "any", std::move(children)));
    }
    case 2:
    case 3:
      return std::move(json.set(
          "amount", with_from(number_from(1, 30'000), any_selection(number_from(0, 3) == 0))));
    case 4:
      return std::move(json.set(
          "quantity", with_from(number_from(1, 6), any_selection(number_from(0, 1) == 0))));
    case 5:
      return std::move(json.set("window", "birthday"));
    case 6:
      return std::move(json.set("weekdays", list({"sunday", "monday", "tuesday", "friday"})));
    case 7:
      return std::move(json.set("class", list({pick({"regular", "vip", "business"})})));
    case 8:
      return std::move(json.set("tier", list({pick({"silver", "gold"})})));
    default:
      return std::move(json.set("not", any_condition(depth + 1, shape)));
  }
}

Json any_give() {
  Json json = Json::object();
  switch (number_from(0, 5)) {
    case 0:
      json.set("per_mille", number_from(1, 1000));
      break;
    case 1: {
      const std::int64_t low = number_from(1, 40);
      const std::int64_t middle = number_from(low, 60);
      Json by_class = Json::object();
      by_class.set("regular", low).set("vip", middle).set("business", number_from(middle, 100));
      json.set("percent_by_class", std::move(by_class));
      break;
    }
    case 2:
      json.set("amount", number_from(1, 5'000));
      break;
    case 3:
      json.set("fixed_price", number_from(0, 4'000));
      if (number_from(0, 2) == 0) json.set("max_pieces", number_from(1, 4));
      return json;
    case 4: {
      Json nth = Json::object();
      nth.set("every", number_from(2, 4)).set("percent", number_from(1, 100));
      json.set("nth_percent", std::move(nth.set("of", pick({"same", "any"}))));
      if (number_from(0, 2) == 0) json.set("max_pieces", number_from(1, 4));
      return json;
    }
    default:
      json.set("percent", number_from(1, 100));
      break;
  }
  if (number_from(0, 3) == 0) json.set("at_most", number_from(1, 3'000));
  return json;
}

Json any_benefit(std::int64_t number, ProgrammeShape shape) {
  Json json = Json::object();
  const std::string id = "b" + std::to_string(number);
  json.set("id", id).set("name", texts(id));
  Json when = any_condition(0, shape);
  if (number_from(0, 3) == 0) {
    Json coupon = Json::object();
    coupon.set("coupon", Json::object().set("code", "CODE" + std::to_string(number)));
    when = std::move(
        Json::object().set("all", std::move(Json::array().push(std::move(coupon)).push(when))));
  }
  if (number_from(0, 2) != 0) json.set("when", std::move(when));
  json.set("on", any_selection(number_from(0, 1) == 0));
  Json give = any_give();
  const bool graded = give.find("percent_by_class") != nullptr;
  const bool counted = give.find("nth_percent") != nullptr || give.find("fixed_price") != nullptr;
  json.set("give", std::move(give));
  const std::string step = graded ? "class" : (counted ? "lines" : pick({"lines", "basket"}));
  json.set("step", step);
  if (number_from(0, 3) == 0) json.set("group", step + "-best");
  if (number_from(0, 2) == 0) json.set("priority", number_from(0, 3));
  return json;
}

}  // namespace

rc::Gen<Json> any_programme(ProgrammeShape shape) {
  return rc::gen::exec([shape] {
    auto document = *Json::parse(R"({"format":"clubtill-programme/1","version":"random",
      "club":{"name":{"en":"c","he":"c","fa":"c"},"currency":"ILS","decimals":2,"terms_version":"1"},
      "points":{"earn":{"points":1,"per":100},"spend":{"step":50,"worth":500,"max_percent":50},
        "offline":{"per_till":60000,"per_member":3000}},
      "classes":[{"code":"regular","name":{"en":"r","he":"r","fa":"r"}},
        {"code":"vip","name":{"en":"v","he":"v","fa":"v"}},
        {"code":"business","name":{"en":"b","he":"b","fa":"b"}}],
      "tiers":[{"code":"silver","name":{"en":"s","he":"s","fa":"s"}},
        {"code":"gold","name":{"en":"g","he":"g","fa":"g"}}]})");
    Json benefits = Json::array();
    const std::int64_t count = number_from(1, 8);
    for (std::int64_t i = 0; i < count; ++i) benefits.push(any_benefit(i, shape));
    document.set("benefits", std::move(benefits));
    return document;
  });
}

}  // namespace tests::programme
