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

Json any_range(std::int64_t low, std::int64_t high) {
  Json json = Json::object();
  const std::int64_t from = number_from(low, high);
  if (number_from(0, 2) != 0) json.set("from", from);
  if (json.members().empty() || number_from(0, 1) == 0) json.set("to", number_from(from, high));
  return json;
}

Json any_condition(int depth, ProgrammeShape shape) {
  Json json = Json::object();
  switch (number_from(depth > 1 ? 3 : 0, shape.graded_only ? 7 : 18)) {
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
      return std::move(json.set(
          "distinct", with_from(number_from(1, 4), any_selection(number_from(0, 3) == 0))));
    case 8:
      return std::move(json.set("class", list({pick({"regular", "vip", "business"})})));
    case 9:
      return std::move(json.set("tier", list({pick({"silver", "gold"})})));
    case 10:
      return std::move(json.set("visits", any_range(0, 6)));
    case 11:
      return std::move(json.set("spend", any_range(0, 5'000)));
    case 12:
      return std::move(json.set("balance", any_range(0, 2'000)));
    case 13:
      return std::move(json.set("month_days", any_range(1, 31)));
    case 14: {
      Json amount = any_range(1, 30'000);
      if (number_from(0, 1) == 0) amount.set("earning", true);
      return std::move(json.set("amount", std::move(amount)));
    }
    case 15:
      return std::move(json.set("household", any_range(0, 4)));
    case 16:
      return std::move(json.set("liking", list({pick({"yellow", "red"}), "trains"})));
    case 17:
      return std::move(
          json.set("bought", Json::object().set("codes", list({any_code(), "nothing"}))));
    default:
      return std::move(json.set("not", any_condition(depth + 1, shape)));
  }
}

Json any_reduction(Json json, bool may_price) {
  const std::int64_t kind = number_from(0, may_price ? 3 : 2);
  if (kind < 2)
    return std::move(json.set("percent", number_from(0, 3) == 0 ? 100 : number_from(1, 99)));
  if (kind == 2) return std::move(json.set("amount", number_from(1, 3'000)));
  return std::move(json.set("price", number_from(0, 4'000)));
}

Json pieces(std::int64_t count, const Json& selection) {
  Json json = Json::object();
  json.set("pieces", count);
  for (const auto& [key, value] : selection.members()) json.set(key, value);
  return json;
}

std::string cheapest_or_dearest() { return pick({"cheapest", "dearest"}); }

Json any_pick() {
  Json json = Json::object();
  json.set("pieces", number_from(1, 3)).set("from", cheapest_or_dearest());
  return any_reduction(std::move(json), true);
}

Json any_get() {
  Json json = Json::object();
  json.set("buy", pieces(number_from(1, 3), any_selection(number_from(0, 2) != 0)));
  json.set("pieces", number_from(1, 2)).set("from", cheapest_or_dearest());
  if (number_from(0, 2) == 0) json.set("times", number_from(1, 3));
  return any_reduction(std::move(json), true);
}

Json any_set(bool may_price) {
  Json parts = Json::array();
  parts.push(pieces(number_from(1, 2),
                    Json::object().set("codes", list({"0400000000015", "0400000000022"}))));
  if (number_from(0, 1) == 0) {
    parts.push(pieces(1, Json::object().set("codes", list({"0400000000039"}))));
  }
  parts.push(pieces(number_from(1, 2), Json::object().set("categories", list({"food"}))));
  Json json = Json::object();
  json.set("parts", std::move(parts));
  if (number_from(0, 2) == 0) json.set("times", number_from(1, 2));
  return any_reduction(std::move(json), may_price);
}

Json any_steps(std::int64_t from_max, bool may_price) {
  Json steps = Json::array();
  std::int64_t from = 0;
  for (std::int64_t left = number_from(1, 3); left > 0; --left) {
    from = number_from(from + 1, from + from_max);
    steps.push(any_reduction(std::move(Json::object().set("from", from)), may_price));
  }
  return steps;
}

Json any_by_quantity() {
  Json json = Json::object();
  json.set("steps", any_steps(3, true)).set("of", pick({"same", "any"}));
  return std::move(json.set("pieces", pick({"all", "beyond"})));
}

Json any_for_each() {
  Json json = Json::object();
  json.set("spent", number_from(500, 10'000)).set("amount", number_from(1, 900));
  if (number_from(0, 2) == 0) json.set("times", number_from(1, 3));
  return json;
}

Json any_nth() {
  Json nth = Json::object();
  nth.set("every", number_from(2, 4)).set("percent", number_from(1, 100));
  return std::move(nth.set("of", pick({"same", "any"})));
}

Json by_class() {
  const std::int64_t low = number_from(1, 40);
  const std::int64_t middle = number_from(low, 60);
  Json json = Json::object();
  json.set("regular", low).set("vip", middle);
  return std::move(json.set("business", number_from(middle, 100)));
}

/// Money off pieces.
Json any_piece_give(ProgrammeShape shape) {
  Json json = Json::object();
  switch (number_from(0, 6)) {
    case 0:
      json.set("fixed_price", number_from(0, 4'000));
      break;
    case 1:
      json.set("nth_percent", any_nth());
      break;
    case 2:
      json.set("amount_each", number_from(1, 1'500));
      break;
    case 3:
      return std::move(json.set("pick", any_pick()));
    case 4:
      return std::move(json.set("get", any_get()));
    case 5:
      return std::move(json.set("set", any_set(!shape.graded_only)));
    default:
      return std::move(json.set("by_quantity", any_by_quantity()));
  }
  if (number_from(0, 2) == 0) json.set("max_pieces", number_from(1, 4));
  return json;
}

/// Money off lines.
Json any_line_give() {
  Json json = Json::object();
  switch (number_from(0, 5)) {
    case 0:
      return std::move(json.set("per_mille", number_from(1, 1000)));
    case 1:
      return std::move(json.set("percent_by_class", by_class()));
    case 2:
      return std::move(json.set("amount", number_from(1, 5'000)));
    case 3:
      return std::move(json.set("by_amount", Json::object().set("steps", any_steps(9'000, false))));
    case 4:
      return std::move(json.set("for_each", any_for_each()));
    default:
      return std::move(json.set("percent", number_from(1, 100)));
  }
}

/// Points and stored value.
Json any_earning_give() {
  Json json = Json::object();
  switch (number_from(0, 4)) {
    case 0:
      return std::move(json.set("points", number_from(1, 300)));
    case 1:
      json.set("points_each", number_from(1, 30));
      if (number_from(0, 2) == 0) json.set("max_pieces", number_from(1, 4));
      break;
    case 2:
      json.set("points_per",
               Json::object().set("points", number_from(1, 5)).set("per", number_from(100, 2'000)));
      break;
    case 3:
      json.set("earn_percent", number_from(101, 400));
      break;
    default:
      json.set("cash_back", Json::object().set("percent", number_from(1, 20)));
      if (number_from(0, 2) == 0) json.set("at_most", number_from(1, 500));
      return json;
  }
  if (number_from(0, 2) == 0) json.set("max_points", number_from(1, 100));
  return json;
}

/// Nothing in money.
Json any_soft_give() {
  const std::string kind = pick({"task", "prompt", "question", "suggest"});
  if (kind == "suggest") {
    return std::move(Json::object().set(kind, Json::object().set("codes", list({any_code()}))));
  }
  if (kind != "question") return std::move(Json::object().set(kind, true));
  Json answers = Json::array();
  for (const char* code : {"yes", "no", "perhaps"}) {
    if (answers.items().size() < 2 || number_from(0, 1) == 0) {
      answers.push(std::move(Json::object().set("code", code).set("text", texts(code))));
    }
  }
  return std::move(
      Json::object().set("question", Json::object().set("answers", std::move(answers))));
}

Json any_give(ProgrammeShape shape) {
  const std::int64_t kind = number_from(0, shape.graded_only ? 5 : 8);
  if (kind == 8) return any_soft_give();
  if (kind > 5) return any_earning_give();
  Json json = kind < 3 ? any_piece_give(shape) : any_line_give();
  if (number_from(0, 3) == 0) json.set("at_most", number_from(500, 3'000));
  if (!shape.graded_only && number_from(0, 4) == 0) json.set("at_least", number_from(1, 500));
  return json;
}

/// Who may have it, how often, and for how many points. Nothing of it in a group.
void add_terms(Json& json, bool soft) {
  if (!soft && number_from(0, 4) == 0) json.set("ask", true);
  if (!soft && number_from(0, 4) == 0) json.set("cost", number_from(1, 400));
  if (number_from(0, 4) == 0) {
    Json limit = Json::object();
    if (number_from(0, 1) == 0) limit.set("member", number_from(1, 3));
    if (number_from(0, 3) == 0) limit.set("month", number_from(1, 4));
    if (number_from(0, 3) == 0) limit.set("year", number_from(1, 4));
    if (number_from(0, 3) == 0) limit.set("gap_days", number_from(1, 40));
    if (limit.members().empty() || number_from(0, 1) == 0) limit.set("day", number_from(1, 2));
    json.set("limit", std::move(limit));
  }
  if (number_from(0, 4) == 0) {
    json.set("offline", "up_to");
    if (number_from(0, 1) == 0) json.set("budget", number_from(1, 20'000));
  }
}

bool is_soft(const Json& give) {
  return give.find("task") != nullptr || give.find("prompt") != nullptr ||
         give.find("question") != nullptr || give.find("suggest") != nullptr;
}

std::string step_of(const Json& give) {
  if (give.find("percent_by_class") != nullptr) return "class";
  for (const char* kind :
       {"nth_percent", "fixed_price", "amount_each", "pick", "get", "set", "by_quantity"}) {
    if (give.find(kind) != nullptr) return "lines";
  }
  if (is_soft(give)) return "basket";
  return pick({"lines", "basket"});
}

/// When what is earned can be spent.
void add_lot_rule(Json& json) {
  const std::int64_t dice = number_from(0, 3);
  if (dice == 1) json.set("available", "next_sale");
  if (dice == 2) json.set("available", Json::object().set("days", number_from(1, 25)));
  if (number_from(0, 2) == 0) {
    json.set("expire", Json::object().set("months", number_from(1, 30)));
  } else if (number_from(0, 1) == 0) {
    json.set("expire", Json::object().set("days", number_from(25, 400)));
  }
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
  Json on = any_selection(number_from(0, 1) == 0);
  if (!shape.graded_only && number_from(0, 5) == 0) on.set("undiscounted", true);
  json.set("on", std::move(on));
  Json give = any_give(shape);
  const std::string step = step_of(give);
  const bool soft = is_soft(give);
  json.set("give", std::move(give));
  json.set("step", step);
  if (!shape.graded_only) {
    if (!soft && number_from(0, 3) == 0) {
      json.set("group", step + "-best");
    } else {
      add_terms(json, soft);
    }
  }
  if (number_from(0, 2) == 0) json.set("priority", number_from(0, 3));
  return json;
}

}  // namespace

/// Goals that the members and baskets of the tests come near to.
Json any_way() {
  Json way = Json::object();
  switch (number_from(0, 4)) {
    case 0:
      way.set("spend", number_from(1, 60'000));
      break;
    case 1:
      way.set("visits", number_from(1, 12));
      break;
    case 2:
      return std::move(way.set("years", number_from(1, 4)));
    case 3:
      return std::move(way.set("referrals", number_from(1, 4)));
    default:
      return std::move(way.set("one_sale", number_from(1, 30'000)));
  }
  const std::int64_t period = number_from(0, 2);
  if (period == 1) way.set("months", number_from(1, 12));
  if (period == 2) way.set("calendar_year", true);
  return way;
}

/// A tier that may be given only, or reached in up to three ways.
Json any_tier(const std::string& code) {
  Json tier = Json::object();
  tier.set("code", code).set("name", *Json::parse(R"({"en":"t","he":"t","fa":"t"})"));
  Json ways = Json::array();
  for (std::int64_t i = number_from(0, 3); i > 0; --i) ways.push(any_way());
  if (!ways.items().empty()) tier.set("reached_by", std::move(ways));
  if (number_from(0, 2) == 0) tier.set("keep_months", number_from(1, 12));
  return tier;
}

/// A lower tier that goes the same way as the higher one may be nobody's, which the lint refuses:
/// then it is only given.
Json any_ladder() {
  Json silver = any_tier("silver");
  const Json gold = any_tier("gold");
  bool alike = false;
  for (const Json& low : silver["reached_by"].items()) {
    for (const Json& high : gold["reached_by"].items()) {
      alike = alike || low.members().front().first == high.members().front().first ||
              low.find("one_sale") != nullptr;
    }
  }
  if (alike) {
    Json given = Json::object();
    silver = std::move(given.set("code", "silver").set("name", silver["name"]));
  }
  Json ladder = Json::array();
  auto base = *Json::parse(R"({"code":"base","name":{"en":"b","he":"b","fa":"b"},"base":true})");
  if (number_from(0, 2) == 0) ladder.push(std::move(base));
  return std::move(ladder.push(std::move(silver)).push(gold));
}

/// Some take turns as surprises, where there are several to do so; some have a control group.
Json hide_some(const Json& benefits) {
  std::int64_t alone = 0;
  for (const Json& one : benefits.items()) alone += one.find("group") == nullptr ? 1 : 0;
  const bool surprises = alone > 1 && number_from(0, 2) == 0;
  Json hidden = Json::array();
  for (const Json& one : benefits.items()) {
    Json benefit = one;
    if (surprises && one.find("group") == nullptr) benefit.set("surprise", "treat");
    if (number_from(0, 7) == 0) benefit.set("control_percent", number_from(1, 99));
    hidden.push(std::move(benefit));
  }
  return hidden;
}

Json any_class(const std::string& code, bool first) {
  Json one = Json::object();
  one.set("code", code).set("name", texts(code));
  Json ways = Json::array();
  const bool paid = code == "vip" && number_from(0, 1) == 0;
  if (paid) ways.push(Json::object().set("fee", "0400000000091"));
  for (std::int64_t i = first ? 0 : number_from(-1, 2); i > 0; --i) ways.push(any_way());
  if (!ways.items().empty()) one.set("joined_by", std::move(ways));
  return one;
}

/// Some clubs let people wait for membership, and sell gift cards.
void add_classes(Json& document) {
  Json classes = Json::array();
  const bool guests = number_from(0, 2) == 0;
  if (guests) classes.push(any_class("guest", true).set("waits", true));
  classes.push(any_class("regular", !guests));
  for (const char* code : {"vip", "business"}) classes.push(any_class(code, false));
  document.set("classes", std::move(classes));
  if (number_from(0, 1) == 0)
    document.set("gift_cards", Json::object().set("codes", list({"0400000000084"})));
  Json time = Json::object().set("article", "0400000000077").set("months", number_from(1, 13));
  if (number_from(0, 1) == 0) document.set("subscriptions", Json::array().push(std::move(time)));
}

rc::Gen<Json> any_programme(ProgrammeShape shape) {
  return rc::gen::exec([shape] {
    auto document = *Json::parse(R"({"format":"clubtill-programme/1","version":"random",
      "club":{"name":{"en":"c","he":"c","fa":"c"},"currency":"ILS","decimals":2,"terms_version":"1"},
      "referral":{"referrer":200,"joined":200}})");
    add_classes(document);
    document.set("tiers", any_ladder());
    auto points = *Json::parse(R"({"earn":{"points":1,"per":100},
      "spend":{"step":50,"worth":500,"max_percent":50},
      "offline":{"per_till":60000,"per_member":3000}})");
    add_lot_rule(points);
    Json value = Json::object();
    add_lot_rule(value);
    document.set("points", std::move(points.set("value", std::move(value))));
    Json benefits = Json::array();
    const std::int64_t count = number_from(1, 8);
    for (std::int64_t i = 0; i < count; ++i) benefits.push(any_benefit(i, shape));
    if (!shape.graded_only) benefits = hide_some(benefits);
    document.set("benefits", std::move(benefits));
    return document;
  });
}

}  // namespace tests::programme
