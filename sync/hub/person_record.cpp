#include "sync/hub/person_record.hpp"

#include "pos/core/json/json.hpp"
#include "pos/domain/clean_text.hpp"
#include "sync/wire/field_reader.hpp"

namespace club::hub {

using pos::core::Json;

pos::core::Bytes encode_record(const PersonRecord& person) {
  Json json = Json::object();
  json.set("phone", person.phone).set("first_name", person.first_name);
  json.set("last_name", person.last_name).set("card", person.card);
  Json dates = Json::array();
  for (const auto& date : person.dates) dates.push(pos::domain::to_json(date));
  json.set("dates", std::move(dates));
  if (person.birth_year) json.set("birth_year", *person.birth_year);
  json.set("joined", person.joined).set("marketing", person.marketing);
  return pos::core::copy_of(pos::core::bytes_of(json.dump()));
}

pos::domain::Shaped<PersonRecord> decode_record(pos::core::BytesView bytes) {
  constexpr std::size_t kNameMax = 240;
  const auto json = Json::parse(pos::core::text_of(bytes));
  if (!json) return pos::core::fail(pos::domain::ShapeError{"", "is no JSON of ours"});
  wire::FieldReader fields(*json);
  PersonRecord person;
  person.phone = fields.text("phone", 20);
  person.first_name = fields.text("first_name", kNameMax);
  person.last_name = fields.text("last_name", kNameMax);
  person.card = fields.text("card", 24);
  for (const Json& item : fields.items("dates", pos::domain::kDatesMax)) {
    auto date = pos::domain::effective_date_from_json(item);
    if (!date) fields.complain("dates", date.error().reason);
    if (date) person.dates.push_back(std::move(*date));
  }
  if (!(*json)["birth_year"].is_null()) {
    person.birth_year = static_cast<int>(fields.integer("birth_year", 1850, 2200));
  }
  person.joined = fields.text("joined", 10);
  person.marketing = fields.flag("marketing");
  if (fields.error()) return pos::core::fail(*fields.error());
  return person;
}

std::optional<pos::core::KeyedHash> name_hash(const pos::core::SymmetricKey& index,
                                              std::string_view first_name) {
  const std::string key = pos::domain::search_key(first_name);
  if (key.empty()) return std::nullopt;
  return pos::core::keyed_hash(index, "name", key);
}

}  // namespace club::hub
