#include "sync/wire/field_reader.hpp"

namespace club::wire {

using pos::core::Json;
using pos::domain::Language;
using pos::domain::LocalText;

std::int64_t FieldReader::integer(std::string_view key, std::int64_t low, std::int64_t high) {
  const auto value = json_[key].integer();
  if (!value || *value < low || *value > high) {
    complain(key, "is not a whole number in its range");
    return low;
  }
  return *value;
}

bool FieldReader::flag(std::string_view key) {
  const Json& value = json_[key];
  if (value.is_null()) return false;
  const auto flag = value.boolean();
  if (!flag) complain(key, "is neither true nor false");
  return flag.value_or(false);
}

std::string FieldReader::text(std::string_view key, std::size_t length_max) {
  const std::string* value = json_[key].text();
  if (value == nullptr || value->size() > length_max) {
    complain(key, "is not a text of allowed length");
    return {};
  }
  return *value;
}

LocalText FieldReader::local_text(std::string_view key, std::size_t length_max) {
  LocalText text;
  FieldReader inner(json_[key]);
  for (const Language language : pos::domain::kLanguages) {
    const std::string_view code = pos::domain::language_code(language);
    if (!inner.json()[code].is_null()) text.at(language) = inner.text(code, length_max);
  }
  if (inner.error()) complain(key, inner.error()->reason);
  return text;
}

Language FieldReader::language(std::string_view key) {
  const std::string* text = json_[key].text();
  const auto language = text != nullptr ? pos::domain::parse_language(*text) : std::nullopt;
  if (!language) complain(key, "is not a known language");
  return language.value_or(Language::en);
}

const Json::Array& FieldReader::items(std::string_view key, std::size_t count_max) {
  static const Json::Array kNone;
  const Json& value = json_[key];
  if (!value.is_array() || value.items().size() > count_max) {
    complain(key, "is not a list of allowed length");
    return kNone;
  }
  return value.items();
}

Json to_json(const LocalText& text) {
  Json json = Json::object();
  for (const Language language : pos::domain::kLanguages) {
    const std::string& value = text.by_language[static_cast<std::size_t>(language)];
    if (!value.empty()) json.set(pos::domain::language_code(language), value);
  }
  return json;
}

}  // namespace club::wire
