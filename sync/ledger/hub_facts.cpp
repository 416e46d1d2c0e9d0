#include "sync/ledger/ledger.hpp"
#include "sync/wire/field_reader.hpp"

namespace club::ledger {

using pos::core::Json;

pos::core::Bytes encode_block(const BlockFact& fact) {
  const Json json = Json::object().set("card", fact.card.hex()).set("blocked", fact.blocked);
  return pos::core::copy_of(pos::core::bytes_of(json.dump()));
}

pos::domain::Shaped<BlockFact> decode_block(pos::core::BytesView body) {
  const auto json = Json::parse(pos::core::text_of(body));
  if (!json) return pos::core::fail(pos::domain::ShapeError{"", "is no JSON of ours"});
  wire::FieldReader fields(*json);
  const BlockFact fact{fields.parsed<KeyedHash>("card"), fields.flag("blocked")};
  if (fields.error()) return pos::core::fail(*fields.error());
  return fact;
}

pos::core::Bytes encode_household(const HouseholdFact& fact) {
  const Json json = Json::object().set("account", fact.account.hex()).set("into", fact.into.hex());
  return pos::core::copy_of(pos::core::bytes_of(json.dump()));
}

pos::domain::Shaped<HouseholdFact> decode_household(pos::core::BytesView body) {
  const auto json = Json::parse(pos::core::text_of(body));
  if (!json) return pos::core::fail(pos::domain::ShapeError{"", "is no JSON of ours"});
  wire::FieldReader fields(*json);
  const HouseholdFact fact{fields.parsed<AccountId>("account"), fields.parsed<AccountId>("into")};
  if (fields.error()) return pos::core::fail(*fields.error());
  return fact;
}

pos::core::Bytes encode_expire(const ExpireFact& fact) {
  const Json json =
      Json::object().set("bucket", fact.bucket).set("day", pos::domain::day_text(fact.day));
  return pos::core::copy_of(pos::core::bytes_of(json.dump()));
}

pos::domain::Shaped<ExpireFact> decode_expire(pos::core::BytesView body) {
  const auto json = Json::parse(pos::core::text_of(body));
  if (!json) return pos::core::fail(pos::domain::ShapeError{"", "is no JSON of ours"});
  wire::FieldReader fields(*json);
  ExpireFact fact;
  fact.bucket = static_cast<StreamNumber>(fields.integer("bucket", 0, wire::kClubStream - 1));
  const auto day = pos::domain::parse_day(fields.text("day", 10));
  if (!day) fields.complain("day", "is no day");
  if (fields.error()) return pos::core::fail(*fields.error());
  fact.day = *day;
  return fact;
}

}  // namespace club::ledger
