#include "sync/hub/adjustment.hpp"

#include "pos/core/json/json.hpp"
#include "pos/domain/clean_text.hpp"
#include "sync/wire/field_reader.hpp"

namespace club::hub {

using pos::core::Json;

pos::core::Bytes encode_words(const AdjustmentWords& words) {
  Json json = Json::object();
  json.set("reason", words.reason).set("by", words.by).set("reference", words.reference);
  return pos::core::copy_of(pos::core::bytes_of(json.dump()));
}

pos::domain::Shaped<AdjustmentWords> decode_words(pos::core::BytesView bytes) {
  const auto json = Json::parse(pos::core::text_of(bytes));
  if (!json) return pos::core::fail(pos::domain::ShapeError{"", "is no JSON of ours"});
  wire::FieldReader fields(*json);
  const AdjustmentWords words{fields.text("reason", pos::domain::kInputBytesMax),
                              fields.text("by", pos::domain::kInputBytesMax),
                              fields.text("reference", pos::domain::kInputBytesMax)};
  if (fields.error()) return pos::core::fail(*fields.error());
  return words;
}

}  // namespace club::hub
