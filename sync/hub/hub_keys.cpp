#include "sync/hub/hub_keys.hpp"

#include "sync/wire/field_reader.hpp"

namespace club::hub {

using pos::core::Json;

HubKeys HubKeys::mint(pos::core::Chance& chance) {
  HubKeys keys;
  keys.club = decltype(keys.club)::mint(chance);
  keys.signing = pos::core::make_signing_pair(chance);
  keys.box = pos::core::make_box_pair(chance);
  keys.index = pos::core::SymmetricKey::mint(chance);
  keys.storage = pos::core::SymmetricKey::mint(chance);
  return keys;
}

pos::domain::Shaped<HubKeys> HubKeys::parse(std::string_view text) {
  const auto json = Json::parse(text);
  if (!json) return pos::core::fail(pos::domain::ShapeError{"", "the key file is no JSON"});
  wire::FieldReader fields(*json);
  HubKeys keys;
  keys.club = fields.parsed<decltype(keys.club)>("club");
  keys.signing.secret = fields.parsed<pos::core::SigningKey>("signing_secret");
  keys.signing.open = fields.parsed<pos::core::VerifyKey>("signing_open");
  keys.box.secret = fields.parsed<pos::core::BoxSecretKey>("box_secret");
  keys.box.open = fields.parsed<pos::core::BoxPublicKey>("box_open");
  keys.index = fields.parsed<pos::core::SymmetricKey>("index");
  keys.storage = fields.parsed<pos::core::SymmetricKey>("storage");
  if (fields.error()) return pos::core::fail(*fields.error());
  return keys;
}

std::string HubKeys::text() const {
  return Json::object()
             .set("club", club.hex())
             .set("signing_secret", signing.secret.hex())
             .set("signing_open", signing.open.hex())
             .set("box_secret", box.secret.hex())
             .set("box_open", box.open.hex())
             .set("index", index.hex())
             .set("storage", storage.hex())
             .pretty() +
         "\n";
}

}  // namespace club::hub
