#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pos/core/expected.hpp"

namespace pos::core {

/// Why a text is no JSON of ours, and where.
struct JsonError {
  enum class Kind { syntax, too_deep, fraction, number_range, duplicate_key, bad_utf8 };
  Kind kind = Kind::syntax;
  std::size_t offset = 0;  ///< bytes from the start
  int line = 1;
  std::string detail;
};

/// A JSON value without fractions (law 6: integers only). Objects keep their order, so that the
/// same value always writes the same bytes. A parsed value remembers the line it ended on, for
/// messages to people.
class Json {
 public:
  enum class Type { null, boolean, integer, text, array, object };
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(std::int64_t value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::uint32_t value) : value_(std::int64_t{value}) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(double) = delete;

  [[nodiscard]] static Json object() { return Json(Object{}); }
  [[nodiscard]] static Json array() { return Json(Array{}); }

  /// Refuses fractions, repeated keys, more than `depth_max` levels and bad UTF-8.
  [[nodiscard]] static Expected<Json, JsonError> parse(std::string_view text, int depth_max = 8);

  [[nodiscard]] Type type() const { return static_cast<Type>(value_.index()); }
  [[nodiscard]] bool is_null() const { return type() == Type::null; }
  [[nodiscard]] bool is_object() const { return type() == Type::object; }
  [[nodiscard]] bool is_array() const { return type() == Type::array; }

  /// Null pointer or nothing when the value is of another type.
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value_); }
  /// Empty when the value is not an array / not an object.
  [[nodiscard]] const Array& items() const;
  [[nodiscard]] const Object& members() const;

  /// The member of that name, or null pointer (also when this is not an object).
  [[nodiscard]] const Json* find(std::string_view key) const;
  /// Like find(), but gives a null value instead of a null pointer.
  [[nodiscard]] const Json& operator[](std::string_view key) const;

  /// Appends; the caller promises that the key is new. Turns null into an object.
  Json& set(std::string_view key, Json value);
  /// Appends; turns null into an array.
  Json& push(Json value);

  /// No blanks, keys in their order, UTF-8 as it is.
  [[nodiscard]] std::string dump() const;
  /// Indented by two blanks, for people.
  [[nodiscard]] std::string pretty() const;

  /// Line of the text where the value ended; 0 when it was not parsed.
  [[nodiscard]] int line() const { return line_; }
  void set_line(int line) { line_ = line; }

  /// The line is not part of the value.
  friend bool operator==(const Json& a, const Json& b) { return a.value_ == b.value_; }

 private:
  explicit Json(Object value) : value_(std::move(value)) {}

  std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value_;
  int line_ = 0;
};

}  // namespace pos::core
