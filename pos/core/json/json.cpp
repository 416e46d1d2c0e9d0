#include "pos/core/json/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "pos/core/json/canonical_json.hpp"

namespace pos::core {
namespace {

// Room taken at once, so that growing does not move what is there again and again.
constexpr std::size_t kMembersUsual = 8;
constexpr std::size_t kTextUsual = 2'048;

/// Walks the text and counts, so that an event of the parser knows its line.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  struct Place {
    int line = 1;
    bool newline_pending = false;
  };

  CountingIterator(const char* at, Place* place) : at_(at), place_(place) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    if (place_ != nullptr) {
      // The parser reads one character ahead of a number; a line ends only when something after it
      // is read.
      if (place_->newline_pending) ++place_->line;
      place_->newline_pending = *at_ == '\n';
    }
    ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) {
    return a.at_ == b.at_;
  }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) {
    return a.at_ != b.at_;
  }

 private:
  const char* at_;
  Place* place_;
};

class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(const CountingIterator::Place& place, int depth_max)
      : place_(place), depth_max_(depth_max) {}

  bool null() override { return add(Json()); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(number_integer_t value) override { return add(Json(std::int64_t{value})); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
      return refuse(JsonError::Kind::number_range, "number beyond 64 bits");
    }
    return add(Json(static_cast<std::int64_t>(value)));
  }
  bool number_float(number_float_t, const string_t& text) override {
    const bool fraction = text.find_first_of(".eE") != string_t::npos;
    return refuse(fraction ? JsonError::Kind::fraction : JsonError::Kind::number_range,
                  fraction ? "only whole numbers are allowed, found " + text.substr(0, 40)
                           : "number beyond 64 bits");
  }
  bool string(string_t& value) override { return add(Json(std::move(value))); }
  bool binary(binary_t&) override { return refuse(JsonError::Kind::syntax, "binary"); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool key(string_t& name) override {
    if (stack_.back().find(name) != nullptr) {
      return refuse(JsonError::Kind::duplicate_key, "key written twice: " + name.substr(0, 60));
    }
    keys_.back() = std::move(name);
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    std::string what = error.what();
    // Without the name that the library gives its error: "[json.exception...] ".
    if (const auto end = what.find("] "); what.starts_with("[json")) what.erase(0, end + 2);
    const bool utf8 = what.find("UTF-8") != std::string::npos;
    offset_ = position;
    return refuse(utf8 ? JsonError::Kind::bad_utf8 : JsonError::Kind::syntax, what.substr(0, 200));
  }

  [[nodiscard]] JsonError error() const {
    JsonError result = error_;
    result.offset = offset_;
    return result;
  }
  [[nodiscard]] Json take() { return std::move(root_); }

 private:
  bool refuse(JsonError::Kind kind, std::string detail) {
    error_ = {kind, offset_, place_.line, std::move(detail)};
    return false;
  }
  bool add(Json value) {
    value.set_line(place_.line);
    if (stack_.empty()) {
      root_ = std::move(value);
    } else if (stack_.back().is_array()) {
      stack_.back().push(std::move(value));
    } else {
      stack_.back().set(keys_.back(), std::move(value));
    }
    return true;
  }
  bool open(Json value) {
    if (static_cast<int>(stack_.size()) >= depth_max_) {
      return refuse(JsonError::Kind::too_deep, "nested deeper than " + std::to_string(depth_max_));
    }
    stack_.push_back(std::move(value));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json value = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    return add(std::move(value));
  }

  const CountingIterator::Place& place_;
  int depth_max_;
  std::vector<Json> stack_;
  std::vector<std::string> keys_;
  Json root_;
  JsonError error_;
  std::size_t offset_ = 0;
};

void write_text(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out.push_back('"');
  std::size_t from = 0;  // of what is not written yet
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text, from, at - from);
    from = at + 1;
    if (byte < 0x20) {
      out += "\\u00";
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    } else {
      out.push_back('\\');
      out.push_back(text[at]);
    }
  }
  out.append(text, from);
  out.push_back('"');
}

void write_number(std::string& out, std::int64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

/// depth < 0: no blanks at all.
void write(std::string& out, const Json& value, int depth) {
  const bool pretty = depth >= 0;
  const auto new_line = [&](int level) {
    if (!pretty) return;
    out.push_back('\n');
    out.append(static_cast<std::size_t>(level) * 2, ' ');
  };
  const int inner = pretty ? depth + 1 : -1;
  bool first = true;
  const auto separate = [&] {
    if (!first) out.push_back(',');
    first = false;
    new_line(inner);
  };
  switch (value.type()) {
    case Json::Type::null:
      out += "null";
      break;
    case Json::Type::boolean:
      out += *value.boolean() ? "true" : "false";
      break;
    case Json::Type::integer:
      write_number(out, *value.integer());
      break;
    case Json::Type::text:
      write_text(out, *value.text());
      break;
    case Json::Type::array:
      out.push_back('[');
      for (const Json& item : value.items()) {
        separate();
        write(out, item, inner);
      }
      if (!first) new_line(depth);
      out.push_back(']');
      break;
    case Json::Type::object:
      out.push_back('{');
      for (const auto& [key, item] : value.members()) {
        separate();
        write_text(out, key);
        out += pretty ? ": " : ":";
        write(out, item, inner);
      }
      if (!first) new_line(depth);
      out.push_back('}');
      break;
  }
}

}  // namespace

Expected<Json, JsonError> Json::parse(std::string_view text, int depth_max) {
  if (auto canonical = read_canonical(text, depth_max)) return std::move(*canonical);
  CountingIterator::Place place;
  Builder builder(place, depth_max);
  const bool ok =
      nlohmann::json::sax_parse(CountingIterator(text.data(), &place),
                                CountingIterator(text.data() + text.size(), nullptr), &builder);
  if (!ok) return fail(builder.error());
  return builder.take();
}

std::optional<bool> Json::boolean() const {
  const bool* value = std::get_if<bool>(&value_);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> Json::integer() const {
  const std::int64_t* value = std::get_if<std::int64_t>(&value_);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

const Json::Array& Json::items() const {
  static const Array kNone;
  const Array* value = std::get_if<Array>(&value_);
  return value != nullptr ? *value : kNone;
}

const Json::Object& Json::members() const {
  static const Object kNone;
  const Object* value = std::get_if<Object>(&value_);
  return value != nullptr ? *value : kNone;
}

const Json* Json::find(std::string_view key) const {
  const Object& all = members();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Member& m) { return m.first == key; });
  return found != all.end() ? &found->second : nullptr;
}

const Json& Json::operator[](std::string_view key) const {
  static const Json kNull;
  const Json* found = find(key);
  return found != nullptr ? *found : kNull;
}

Json& Json::set(std::string_view key, Json value) {
  if (is_null()) value_ = Object{};
  Object& members = std::get<Object>(value_);
  if (members.empty()) members.reserve(kMembersUsual);
  members.emplace_back(std::string(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array{};
  std::get<Array>(value_).push_back(std::move(value));
  return *this;
}

std::string Json::dump() const {
  std::string out;
  out.reserve(kTextUsual);
  write(out, *this, -1);
  return out;
}

std::string Json::pretty() const {
  std::string out;
  write(out, *this, 0);
  return out;
}

}  // namespace pos::core
