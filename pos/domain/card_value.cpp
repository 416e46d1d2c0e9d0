#include "pos/domain/card_value.hpp"

#include "pos/core/check.hpp"

namespace pos::domain {

core::Json to_json(const CardValue& card) {
  core::Json json = core::Json::object();
  json.set("value", card.value.units());
  if (!card.lots.empty()) json.set("lots", to_json(card.lots));
  json.set("as_of", card.as_of.unix_ms());
  if (card.version != 0) json.set("version", static_cast<std::int64_t>(card.version));
  return json;
}

Shaped<CardValue> card_value_from_json(const core::Json& json) {
  if (!json.is_object()) return core::fail(ShapeError{"", "is no object"});
  constexpr std::int64_t kInstantMax = 253'402'300'799'999;  // the end of the year 9999
  CardValue card;
  const auto value = json["value"].integer();
  if (!value || *value < -kAmountMax || *value > kAmountMax) {
    return core::fail(ShapeError{"value", "is no amount of money"});
  }
  card.value = Money::of(*value);
  auto lots = lots_from_json(json["lots"]);
  if (!lots) return core::fail(lots.error());
  card.lots = std::move(*lots);
  const auto as_of = json["as_of"].is_null() ? std::int64_t{0} : json["as_of"].integer();
  if (!as_of || *as_of < 0 || *as_of > kInstantMax) {
    return core::fail(ShapeError{"as_of", "is no instant"});
  }
  card.as_of = core::Instant::from_unix_ms(*as_of);
  const auto version = json["version"].is_null() ? std::int64_t{0} : json["version"].integer();
  if (!version || *version < 0) return core::fail(ShapeError{"version", "is no sequence number"});
  card.version = static_cast<std::uint64_t>(*version);
  return card;
}

AccountId account_of_card(const core::KeyedHash& card) {
  const auto id = AccountId::from_bytes(card.bytes());
  CLUBTILL_CHECK(id.has_value());
  return *id;
}

}  // namespace pos::domain
