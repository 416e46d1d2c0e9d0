#include "sync/ledger/ledger.hpp"
#include "sync/wire/field_reader.hpp"

namespace club::ledger {

using pos::core::Json;

pos::core::Bytes encode_import(const ImportFact& fact) {
  Json json = Json::object();
  json.set("member", pos::domain::to_json(fact.member));
  if (fact.phone) json.set("phone", fact.phone->hex());
  if (fact.card) json.set("card", fact.card->hex());
  if (fact.name) json.set("name", fact.name->hex());
  if (fact.opening_last) json.set("opening_last", pos::domain::day_text(*fact.opening_last));
  if (fact.class_told) json.set("class_told", true);
  json.set("opening", fact.opening.units()).set("marketing", fact.marketing_consent);
  return pos::core::copy_of(pos::core::bytes_of(json.dump()));
}

pos::domain::Shaped<ImportFact> decode_import(pos::core::BytesView body) {
  const auto json = Json::parse(pos::core::text_of(body));
  if (!json) return pos::core::fail(pos::domain::ShapeError{"", "is no JSON of ours"});
  wire::FieldReader fields(*json);
  auto member = pos::domain::member_facts_from_json((*json)["member"]);
  if (!member) return pos::core::fail(member.error());
  const auto hash = [&](std::string_view key) -> std::optional<KeyedHash> {
    if ((*json)[key].is_null()) return std::nullopt;
    return fields.parsed<KeyedHash>(key);
  };
  ImportFact fact{std::move(*member), hash("phone"), hash("card"), hash("name"), {}, {}, false};
  fact.opening = pos::domain::Points::of(
      fields.integer("opening", -pos::domain::kAmountMax, pos::domain::kAmountMax));
  if (!(*json)["opening_last"].is_null()) {
    fact.opening_last = pos::domain::parse_day(fields.text("opening_last", 10));
    if (!fact.opening_last) fields.complain("opening_last", "is no day");
  }
  fact.marketing_consent = fields.flag("marketing");
  fact.class_told = fields.flag("class_told");
  if (fields.error()) return pos::core::fail(*fields.error());
  return fact;
}

}  // namespace club::ledger
