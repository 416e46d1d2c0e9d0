#include "sync/ledger/lot_parts.hpp"

namespace club::ledger {

using pos::core::Json;

Json part_json(const TakenPart& part, Unit unit) {
  Json json = Json::object();
  json.set("unit", unit == Unit::points ? "points" : "value").set("origin", part.origin.hex());
  json.set("amount", part.amount);
  if (part.lapsed != 0) json.set("lapsed", part.lapsed);
  if (part.terms.first) json.set("first", pos::domain::day_text(*part.terms.first));
  if (part.terms.last) json.set("last", pos::domain::day_text(*part.terms.last));
  return json;
}

TakenPart read_part(wire::FieldReader& fields) {
  const auto day = [&](std::string_view key) -> std::optional<pos::domain::Day> {
    if (fields.json()[key].is_null()) return std::nullopt;
    const auto value = pos::domain::parse_day(fields.text(key, 10));
    if (!value) fields.complain(key, "is no day");
    return value;
  };
  return {fields.parsed<FactId>("origin"),
          {day("first"), day("last")},
          fields.integer("amount", -kBalanceMax, kBalanceMax),
          fields.json()["lapsed"].is_null() ? 0 : fields.integer("lapsed", 0, kBalanceMax)};
}

}  // namespace club::ledger
