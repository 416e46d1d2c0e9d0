#include "pos/programme/shape_reader.hpp"

#include <algorithm>

namespace pos::programme {

namespace {
constexpr std::int64_t kInstantMax = 253'402'300'799'999;  // the end of the year 9999
constexpr std::int64_t kOffsetMax = 18 * 60;               // minutes; no zone is further away
}  // namespace

std::int64_t ShapeReader::integer(std::string_view key, std::int64_t low, std::int64_t high,
                                  std::int64_t otherwise) {
  const core::Json& value = json_[key];
  if (value.is_null()) return otherwise;
  const auto number = value.integer();
  if (!number || *number < low || *number > high) {
    complain(key, "is not a whole number in its range");
    return otherwise;
  }
  return *number;
}

bool ShapeReader::boolean(std::string_view key, bool otherwise) {
  const core::Json& value = json_[key];
  if (value.is_null()) return otherwise;
  if (!value.boolean()) complain(key, "is neither true nor false");
  return value.boolean().value_or(otherwise);
}

std::string ShapeReader::text(std::string_view key, std::size_t length_max) {
  const core::Json& value = json_[key];
  if (value.is_null()) return {};
  if (value.text() == nullptr || value.text()->size() > length_max) {
    complain(key, "is not a text of allowed length");
    return {};
  }
  return *value.text();
}

std::size_t ShapeReader::word(std::string_view key, std::span<const std::string_view> known) {
  const core::Json& value = json_[key];
  if (value.is_null()) return 0;
  if (value.text() != nullptr) {
    const auto found = std::find(known.begin(), known.end(), *value.text());
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  }
  complain(key, "is not one of the known words");
  return 0;
}

const core::Json::Array& ShapeReader::items(std::string_view key, std::size_t count_max) {
  const core::Json& value = json_[key];
  if ((!value.is_null() && !value.is_array()) || value.items().size() > count_max) {
    complain(key, "is not a list of allowed length");
    return core::Json().items();
  }
  return value.items();
}

std::optional<domain::Day> ShapeReader::day(std::string_view key) {
  const core::Json& value = json_[key];
  if (value.is_null()) return std::nullopt;
  const auto parsed = value.text() != nullptr ? domain::parse_day(*value.text()) : std::nullopt;
  if (!parsed) complain(key, "is not a day like 2026-11-22");
  return parsed;
}

domain::Language ShapeReader::language(std::string_view key) {
  const std::string code = text(key, 8);
  const auto parsed = domain::parse_language(code);
  if (!parsed && !code.empty()) complain(key, "is not a language that is known");
  return parsed.value_or(domain::Language::en);
}

core::Moment ShapeReader::moment(std::string_view at_key, std::string_view offset_key) {
  const auto at = core::Instant::from_unix_ms(integer(at_key, 0, kInstantMax, 0));
  return {at, std::chrono::minutes(integer(offset_key, -kOffsetMax, kOffsetMax, 0))};
}

}  // namespace pos::programme
