#include "pos/disk/till_keys.hpp"

#include "pos/core/json/json.hpp"

namespace pos::disk {
namespace {

using core::Json;

tl::unexpected<FileError> malformed(const std::string& path, std::string_view key) {
  return core::fail(
      FileError{FileError::Kind::malformed, path + ": " + std::string(key) + " is missing or bad"});
}

core::Expected<Json, FileError> read_json(const std::string& path) {
  auto bytes = read_private_file(path);
  if (!bytes) return core::fail(bytes.error());
  auto json = Json::parse(core::text_of(*bytes));
  if (!json || !json->is_object()) return malformed(path, "the JSON object");
  return *json;
}

core::Expected<void, FileError> write_json(const std::string& path, const Json& json) {
  const std::string text = json.pretty() + "\n";
  return write_private_file(path, core::bytes_of(text));
}

template <class Value>
bool take(const Json& json, std::string_view key, Value& into) {
  const std::string* text = json[key].text();
  const auto value = text != nullptr ? Value::parse(*text) : std::nullopt;
  if (value) into = *value;
  return value.has_value();
}

}  // namespace

TillKeys make_till_keys(core::Chance& chance) {
  return {core::make_signing_pair(chance), core::SymmetricKey::mint(chance)};
}

core::Expected<TillKeys, FileError> load_till_keys(const std::string& path) {
  const auto json = read_json(path);
  if (!json) return core::fail(json.error());
  TillKeys keys;
  if (!take(*json, "signing_secret", keys.signing.secret)) return malformed(path, "signing_secret");
  if (!take(*json, "signing_public", keys.signing.open)) return malformed(path, "signing_public");
  if (!take(*json, "cache_key", keys.cache_key)) return malformed(path, "cache_key");
  return keys;
}

core::Expected<void, FileError> save_till_keys(const std::string& path, const TillKeys& keys) {
  return write_json(path, Json::object()
                              .set("signing_secret", keys.signing.secret.hex())
                              .set("signing_public", keys.signing.open.hex())
                              .set("cache_key", keys.cache_key.hex()));
}

core::Expected<Pairing, FileError> load_pairing(const std::string& path) {
  const auto json = read_json(path);
  if (!json) return core::fail(json.error());
  Pairing pairing;
  const std::string* url = (*json)["hub_url"].text();
  if (url == nullptr || url->empty()) return malformed(path, "hub_url");
  pairing.hub_url = *url;
  const auto till = (*json)["till"].integer();
  if (!till || *till < 1 || *till > UINT32_MAX) return malformed(path, "till");
  pairing.till = {static_cast<std::uint32_t>(*till)};
  if (!take(*json, "store", pairing.store)) return malformed(path, "store");
  if (!take(*json, "region", pairing.region)) return malformed(path, "region");
  if (!take(*json, "index_key", pairing.index_key)) return malformed(path, "index_key");
  pairing.index_key_version = (*json)["index_key_version"].integer().value_or(1);
  if (!take(*json, "hub_box", pairing.hub_box)) return malformed(path, "hub_box");
  if (const std::string* key = (*json)["hub_key"].text(); key != nullptr) {
    pairing.hub_key = core::VerifyKey::parse(*key);
    if (!pairing.hub_key) return malformed(path, "hub_key");
  }
  if (const std::string* authority = (*json)["hub_authority"].text()) {
    pairing.hub_authority = *authority;
  }
  return pairing;
}

core::Expected<void, FileError> save_pairing(const std::string& path, const Pairing& pairing) {
  Json json = Json::object();
  json.set("hub_url", pairing.hub_url).set("till", pairing.till.value);
  json.set("store", pairing.store.text()).set("region", pairing.region.text());
  json.set("index_key", pairing.index_key.hex());
  json.set("index_key_version", pairing.index_key_version);
  json.set("hub_box", pairing.hub_box.hex());
  if (pairing.hub_key) json.set("hub_key", pairing.hub_key->hex());
  json.set("hub_authority", pairing.hub_authority);
  return write_json(path, json);
}

}  // namespace pos::disk
