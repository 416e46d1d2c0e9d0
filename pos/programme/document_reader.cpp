#include "pos/programme/document_reader.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "pos/core/near_match.hpp"
#include "pos/domain/member_facts_json.hpp"

namespace pos::programme {

using core::Json;

void add_error(Findings& findings, int line, std::string place, std::string reason,
               std::string mend) {
  findings.push_back(
      {Finding::Severity::error, line, std::move(place), std::move(reason), std::move(mend)});
}

void add_warning(Findings& findings, int line, std::string place, std::string reason,
                 std::string mend) {
  findings.push_back(
      {Finding::Severity::warning, line, std::move(place), std::move(reason), std::move(mend)});
}

std::string mend_word(std::string_view word, std::span<const std::string_view> known) {
  if (const auto near = core::near_match(word, known)) return fmt::format("write \"{}\"", *near);
  std::string list;
  for (const std::string_view one : known) {
    if (!list.empty()) list += ", ";
    list += one;
  }
  return "use one of: " + list;
}

ObjectReader::ObjectReader(const Json& json, std::string place, Findings& findings, bool quiet)
    : json_(json), place_(std::move(place)), findings_(findings), quiet_(quiet) {
  if (!json.is_object() && !quiet) {
    add_error(findings_, json.line(), place_.empty() ? "document" : place_, "is not an object",
              "write { ... }");
  }
}

std::string ObjectReader::place_of(std::string_view key) const {
  if (place_.empty()) return std::string(key);
  return key.empty() ? place_ : fmt::format("{}.{}", place_, key);
}

void ObjectReader::complain(std::string_view key, std::string reason, std::string mend) {
  if (quiet_) return;
  const Json* found = json_.find(key);
  add_error(findings_, found != nullptr ? found->line() : json_.line(), place_of(key),
            std::move(reason), std::move(mend));
}

void ObjectReader::warn(std::string_view key, std::string reason, std::string mend) {
  if (quiet_) return;
  const Json* found = json_.find(key);
  add_warning(findings_, found != nullptr ? found->line() : json_.line(), place_of(key),
              std::move(reason), std::move(mend));
}

const Json* ObjectReader::member(std::string_view key) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.push_back(key);
  return json_.find(key);
}

bool ObjectReader::has(std::string_view key) { return member(key) != nullptr; }

const Json* ObjectReader::wanted(std::string_view key, std::string_view what) {
  const Json* found = member(key);
  if (found == nullptr && json_.is_object()) {
    complain(key, "is missing", fmt::format("add \"{}\": {}", key, what));
  }
  return found;
}

ObjectReader ObjectReader::object(std::string_view key) {
  static const Json kEmpty = Json::object();
  const Json* found = wanted(key, "{ ... }");
  return {found != nullptr ? *found : kEmpty, place_of(key), findings_, found == nullptr};
}

const Json::Array& ObjectReader::items(std::string_view key, std::size_t count_max, bool needed) {
  const Json* found = needed ? wanted(key, "[ ... ]") : member(key);
  if (found == nullptr) return Json().items();
  if (!found->is_array()) {
    complain(key, "is not a list", "write [ ... ]");
  } else if (found->items().size() > count_max) {
    complain(key, fmt::format("has {} entries", found->items().size()),
             fmt::format("keep to {} entries", count_max));
    return Json().items();
  }
  return found->items();
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t low, std::int64_t high) {
  const Json* found = wanted(key, fmt::format("a whole number from {} to {}", low, high));
  if (found == nullptr) return low;
  const auto value = found->integer();
  if (!value || *value < low || *value > high) {
    complain(key, "is not a whole number in its range",
             fmt::format("write a whole number from {} to {}", low, high));
    return low;
  }
  return *value;
}

std::int64_t ObjectReader::integer_or(std::string_view key, std::int64_t low, std::int64_t high,
                                      std::int64_t otherwise) {
  return has(key) ? integer(key, low, high) : otherwise;
}

bool ObjectReader::boolean_or(std::string_view key, bool otherwise) {
  const Json* found = member(key);
  if (found == nullptr) return otherwise;
  if (!found->boolean()) complain(key, "is neither true nor false", "write true or false");
  return found->boolean().value_or(otherwise);
}

std::string ObjectReader::text(std::string_view key, std::size_t length_max) {
  const Json* found = wanted(key, "a text");
  if (found == nullptr) return {};
  if (found->text() == nullptr || found->text()->empty()) {
    complain(key, "is not a text", "write a text between quotation marks");
    return {};
  }
  if (found->text()->size() > length_max) {
    complain(key, fmt::format("is longer than {} bytes", length_max), "shorten it");
    return {};
  }
  return *found->text();
}

std::size_t ObjectReader::word(std::string_view key, std::span<const std::string_view> known,
                               std::optional<std::size_t> otherwise) {
  if (otherwise && !has(key)) return *otherwise;
  const std::string value = text(key, 60);
  const auto found = std::find(known.begin(), known.end(), value);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  if (!value.empty()) {
    complain(key, fmt::format("\"{}\" is not known here", value), mend_word(value, known));
  }
  return otherwise.value_or(0);
}

domain::LocalText ObjectReader::texts(std::string_view key, std::size_t length_max, bool needed) {
  domain::LocalText result;
  if (!needed && !has(key)) return result;
  ObjectReader languages = object(key);
  if (!has(key)) return result;
  for (const domain::Language language : domain::kLanguages) {
    const std::string_view code = domain::language_code(language);
    const auto& spoken = findings_.languages;
    const bool must = std::find(spoken.begin(), spoken.end(), language) != spoken.end();
    if (must || languages.has(code)) result.at(language) = languages.text(code, length_max);
  }
  languages.finish();
  return result;
}

void ObjectReader::learn_languages(std::string_view key) {
  const Json* found = member(key);
  if (found == nullptr || !found->is_object()) return;
  std::vector<domain::Language> spoken;
  for (const domain::Language language : domain::kLanguages) {
    if (found->find(domain::language_code(language)) != nullptr) spoken.push_back(language);
  }
  if (!spoken.empty()) findings_.languages = std::move(spoken);
}

std::optional<domain::Day> ObjectReader::day(std::string_view key) {
  if (!has(key)) return std::nullopt;
  const std::string value = text(key, 40);
  const auto parsed = domain::parse_day(value);
  if (!parsed && !value.empty()) {
    complain(key, fmt::format("\"{}\" is not a day of the calendar", value),
             "write year-month-day, as in 2026-11-30");
  }
  return parsed;
}

std::vector<std::string> ObjectReader::codes(std::string_view key, std::size_t count_max) {
  std::vector<std::string> result;
  std::set<std::string_view> seen;
  std::size_t position = 0;
  for (const Json& item : items(key, count_max, true)) {
    const std::string place = fmt::format("{}[{}]", place_of(key), position++);
    const auto parsed =
        item.text() != nullptr ? domain::CategoryCode::parse(*item.text()) : std::nullopt;
    if (!parsed) {
      add_error(findings_, item.line(), place, "is no code",
                "use 1 to 24 letters, digits, '-', '_' or '.', without blanks");
    } else if (!seen.insert(*item.text()).second) {
      add_error(findings_, item.line(), place, fmt::format("\"{}\" is there twice", *item.text()),
                "remove one of them");
    } else {
      result.push_back(*item.text());
    }
  }
  if (const Json* found = json_.find(key); found != nullptr && found->items().empty()) {
    complain(key, "is an empty list", "name at least one, or remove the key");
  }
  return result;
}

void ObjectReader::finish() {
  for (const auto& [key, value] : json_.members()) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    add_error(findings_, value.line(), place_of(key), "is not a key that is known here",
              mend_word(key, asked_));
  }
}

}  // namespace pos::programme
