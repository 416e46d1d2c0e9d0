#include "pos/app/basket_bytes.hpp"

#include "pos/core/json/json.hpp"

namespace pos::app {

namespace {

using core::Json;
using programme::IdentifiedBy;

Json attached_json(const Attached& attached) {
  Json json = Json::object();
  if (attached.facts) json.set("member", attached.facts->id.hex());
  if (attached.unknown_card) json.set("card", attached.unknown_card->hex());
  json.set("by", static_cast<int>(attached.by));
  json.set("at", attached.at.at.unix_ms());
  json.set("offset", std::int64_t{attached.at.utc_offset.count()});
  return json;
}

std::optional<Attached> attached_from(const Json& json, const Directory& directory) {
  const auto by = json["by"].integer();
  const auto at = json["at"].integer();
  const auto offset = json["offset"].integer();
  if (!by || !at || !offset || *by < 0 || *by > static_cast<int>(IdentifiedBy::joined_here)) {
    return std::nullopt;
  }
  if (*offset < -24 * 60 || *offset > 24 * 60) return std::nullopt;
  Attached attached;
  attached.by = static_cast<IdentifiedBy>(*by);
  attached.at = {core::Instant::from_unix_ms(*at), std::chrono::minutes(*offset)};
  if (const std::string* hex = json["member"].text()) {
    const auto id = domain::MemberId::parse(*hex);
    if (id) attached.facts = directory.member(*id);
  } else if (const std::string* card = json["card"].text()) {
    attached.unknown_card = core::KeyedHash::parse(*card);
    if (attached.unknown_card) attached.card_value = directory.card_value(*attached.unknown_card);
  }
  if (!attached.facts && !attached.unknown_card) return std::nullopt;
  return attached;
}

}  // namespace

core::Bytes encode_basket(const Basket& basket) {
  if (basket.empty()) return {};
  programme::QuoteInput input;  // the lines, coupons, wish and answers have a written form already
  input.lines = basket.lines;
  input.coupons = basket.coupons;
  input.points_wish = basket.points_wish;
  input.answers = basket.answers;
  Json json = Json::object();
  json.set("basket", programme::to_json(input));
  if (basket.use_value) json.set("use_value", true);
  if (basket.attached) json.set("attached", attached_json(*basket.attached));
  return core::copy_of(core::bytes_of(json.dump()));
}

std::optional<Basket> decode_basket(core::BytesView bytes, const Directory& directory) {
  if (bytes.empty()) return Basket{};
  if (bytes.size() > 4 * programme::kFactBytesMax) return std::nullopt;
  const auto json = Json::parse(core::text_of(bytes));
  if (!json) return std::nullopt;
  const auto input = programme::quote_input_from_json((*json)["basket"]);
  if (!input || programme::check_input(*input)) return std::nullopt;
  Basket basket;
  basket.lines = input->lines;
  basket.coupons = input->coupons;
  basket.points_wish = input->points_wish;
  basket.use_value = (*json)["use_value"].boolean().value_or(false);
  basket.answers = input->answers;
  basket.attached = attached_from((*json)["attached"], directory);
  if (!basket.attached) {
    basket.points_wish = {};
    basket.use_value = false;
  }
  return basket;
}

}  // namespace pos::app
