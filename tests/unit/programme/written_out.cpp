#include "tests/unit/programme/written_out.hpp"

#include <set>
#include <string>

namespace tests::programme {

using pos::core::Json;

namespace {

/// The key with this value where it is left out.
void complete(Json& json, std::string_view key, Json value) {
  if (json.find(key) == nullptr) json.set(key, std::move(value));
}

/// The same object with another value of one key.
Json with(const Json& json, std::string_view key, Json value) {
  Json other = Json::object();
  for (const auto& [name, old] : json.members()) {
    if (name != key) other.set(name, old);
  }
  return std::move(other.set(key, std::move(value)));
}

/// What the slow judge wants to find in a kind of benefit.
Json completed(const std::string& kind, Json rule) {
  if (kind == "nth_percent" || kind == "by_quantity") complete(rule, "of", "same");
  if (kind == "by_quantity") complete(rule, "pieces", "all");
  if (kind == "pick" || kind == "get") {
    complete(rule, "pieces", 1);
    complete(rule, "from", "cheapest");
  }
  if (kind != "get") return rule;
  Json buy = rule["buy"];
  complete(buy, "pieces", 1);
  return with(rule, "buy", std::move(buy));
}

std::string step_of(const Json& benefit) {
  static const std::set<std::string> kOfPieces = {
      "amount_each", "fixed_price", "nth_percent", "pick", "get", "set", "by_quantity"};
  static const std::set<std::string> kOfAll = {"percent", "per_mille", "amount", "by_amount",
                                               "for_each"};
  const std::string& kind = benefit["give"].members().front().first;
  const Json& on = benefit["on"];
  const bool named = on.find("codes") != nullptr || on.find("categories") != nullptr;
  if (kind == "percent_by_class" || kind == "percent_by_tier") return "class";
  return kOfPieces.contains(kind) || (named && kOfAll.contains(kind)) ? "lines" : "basket";
}

}  // namespace

Json written_out(const Json& document) {
  Json benefits = Json::array();
  for (const Json& benefit : document["benefits"].items()) {
    Json give = Json::object();
    for (const auto& [kind, rule] : benefit["give"].members()) {
      give.set(kind, completed(kind, rule));
    }
    Json full = with(benefit, "give", std::move(give));
    complete(full, "step", step_of(benefit));
    benefits.push(std::move(full));
  }
  Json full = Json::object();
  for (const char* key : {"points", "classes", "gift_cards", "subscriptions"}) {
    if (document.find(key) != nullptr) full.set(key, document[key]);
  }
  return std::move(full.set("benefits", std::move(benefits)));
}

}  // namespace tests::programme
