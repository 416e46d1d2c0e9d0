#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pos/core/json/json.hpp"
#include "pos/domain/language.hpp"
#include "pos/domain/member_facts_json.hpp"

namespace club::wire {

/// Reads the fields of one object and keeps the first complaint; every reader gives a default after
/// it, so that a codec reads in one line a field.
class FieldReader {
 public:
  explicit FieldReader(const pos::core::Json& json) : json_(json) {
    if (!json.is_object()) complain("", "is not an object");
  }

  /// Any type with parse(text): ids, hashes, codes.
  template <class Value>
  Value parsed(std::string_view key) {
    const std::string* text = json_[key].text();
    const auto value = text != nullptr ? Value::parse(*text) : std::nullopt;
    if (!value) complain(key, "is missing or not of its form");
    return value.value_or(Value{});
  }

  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high);
  std::uint64_t number(std::string_view key) {
    return static_cast<std::uint64_t>(integer(key, 0, INT64_MAX));
  }
  bool flag(std::string_view key);  ///< missing: false
  std::string text(std::string_view key, std::size_t length_max);
  pos::domain::LocalText local_text(std::string_view key, std::size_t length_max);
  pos::domain::Language language(std::string_view key);
  const pos::core::Json::Array& items(std::string_view key, std::size_t count_max);
  /// Index of the word in `words`.
  template <class Words>
  std::size_t word(std::string_view key, const Words& words) {
    const std::string* text = json_[key].text();
    for (std::size_t i = 0; text != nullptr && i < words.size(); ++i) {
      if (words[i] == *text) return i;
    }
    complain(key, "is not one of the known words");
    return 0;
  }

  void complain(std::string_view key, std::string_view reason) {
    if (!error_) error_ = pos::domain::ShapeError{std::string(key), std::string(reason)};
  }
  [[nodiscard]] const std::optional<pos::domain::ShapeError>& error() const { return error_; }
  [[nodiscard]] const pos::core::Json& json() const { return json_; }

 private:
  const pos::core::Json& json_;
  std::optional<pos::domain::ShapeError> error_;
};

[[nodiscard]] pos::core::Json to_json(const pos::domain::LocalText& text);

}  // namespace club::wire
