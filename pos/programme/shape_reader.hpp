#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pos/core/json/json.hpp"
#include "pos/core/time.hpp"
#include "pos/domain/member_facts_json.hpp"

namespace pos::programme {

/// Largest number that anything sealed may hold, either way: sums of a basket never pass it.
inline constexpr std::int64_t kShapeNumberMax = 4'000'000'000'000;

/// Reads one JSON object from outside. The first complaint is kept in a place that all readers of
/// one document share; after it every field reads as its default.
class ShapeReader {
 public:
  using Error = std::optional<domain::ShapeError>;

  ShapeReader(const core::Json& json, std::string path, Error& error)
      : json_(json), path_(std::move(path)), error_(error) {
    if (!json.is_object()) complain("", "is not an object");
  }

  [[nodiscard]] bool has(std::string_view key) const { return !json_[key].is_null(); }
  [[nodiscard]] const core::Json& operator[](std::string_view key) const { return json_[key]; }
  [[nodiscard]] ShapeReader object(std::string_view key) {
    return {json_[key], path_of(key), error_};
  }
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high,
                                     std::int64_t otherwise);
  [[nodiscard]] std::int64_t number(std::string_view key) {
    return integer(key, -kShapeNumberMax, kShapeNumberMax, 0);
  }
  [[nodiscard]] domain::Money money(std::string_view key) { return domain::Money::of(number(key)); }
  [[nodiscard]] domain::Points points(std::string_view key) {
    return domain::Points::of(number(key));
  }
  [[nodiscard]] bool boolean(std::string_view key, bool otherwise);
  [[nodiscard]] std::string text(std::string_view key, std::size_t length_max);
  [[nodiscard]] std::size_t word(std::string_view key, std::span<const std::string_view> known);
  [[nodiscard]] const core::Json::Array& items(std::string_view key, std::size_t count_max);
  [[nodiscard]] std::optional<domain::Day> day(std::string_view key);
  [[nodiscard]] domain::Language language(std::string_view key);
  [[nodiscard]] core::Moment moment(std::string_view at_key, std::string_view offset_key);

  /// A needed code, id or hash.
  template <class Value>
  [[nodiscard]] Value parsed(std::string_view key) {
    const std::string* found = json_[key].text();
    const auto value = found != nullptr ? Value::parse(*found) : std::nullopt;
    if (!value) complain(key, "is missing or not of its form");
    return value.value_or(Value{});
  }
  template <class Value>
  [[nodiscard]] Value parsed_or_empty(std::string_view key) {
    return has(key) ? parsed<Value>(key) : Value{};
  }
  template <class Value>
  [[nodiscard]] std::optional<Value> optional(std::string_view key) {
    if (!has(key)) return std::nullopt;
    return parsed<Value>(key);
  }

  void complain(std::string_view key, std::string reason) {
    if (!error_) error_ = domain::ShapeError{path_of(key), std::move(reason)};
  }
  [[nodiscard]] Error& error() { return error_; }
  [[nodiscard]] std::string path_of(std::string_view key) const {
    if (path_.empty()) return std::string(key);
    return key.empty() ? path_ : path_ + "." + std::string(key);
  }

 private:
  const core::Json& json_;
  std::string path_;
  Error& error_;
};

}  // namespace pos::programme
