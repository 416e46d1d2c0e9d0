#include "pos/core/json/canonical_json.hpp"

#include <charconv>

#include "pos/core/utf8.hpp"

namespace pos::core {
namespace {

constexpr std::size_t kItemsUsual = 8;  // room taken at once: most lists have no more

/// Goes over the text once. After the first thing that is not canonical nothing it gave counts.
class CanonicalReader {
 public:
  CanonicalReader(std::string_view text, int depth_max) : rest_(text), levels_left_(depth_max) {}

  std::optional<Json> document() {
    Json json;
    if (!value(json) || !rest_.empty()) return std::nullopt;
    return json;
  }

 private:
  [[nodiscard]] bool value(Json& into) {
    if (rest_.empty()) return false;
    const bool read = value_of(rest_.front(), into);
    into.set_line(1);  // such a text has one
    return read;
  }

  [[nodiscard]] bool value_of(char first, Json& into) {
    switch (first) {
      case '{':
        return object(into);
      case '[':
        return array(into);
      case '"':
        return text(into);
      case 't':
        into = Json(true);
        return take("true");
      case 'f':
        into = Json(false);
        return take("false");
      case 'n':
        return take("null");
      default:
        return integer(into);
    }
  }

  [[nodiscard]] bool object(Json& into) {
    if (levels_left_ == 0 || !take("{")) return false;
    --levels_left_;
    into = Json::object();
    std::string key;
    bool more = !next_is('}');
    while (more) {
      Json member;
      key.clear();
      if (!quoted(key) || !take(":") || into.find(key) != nullptr || !value(member)) return false;
      into.set(key, std::move(member));
      more = take(",");
    }
    ++levels_left_;
    return take("}");
  }

  [[nodiscard]] bool array(Json& into) {
    if (levels_left_ == 0 || !take("[")) return false;
    --levels_left_;
    Json::Array items;
    items.reserve(kItemsUsual);
    bool more = !next_is(']');
    while (more) {
      if (!value(items.emplace_back())) return false;
      more = take(",");
    }
    into = Json(std::move(items));
    ++levels_left_;
    return take("]");
  }

  [[nodiscard]] bool text(Json& into) {
    std::string found;
    if (!quoted(found)) return false;
    into = Json(std::move(found));
    return true;
  }

  [[nodiscard]] bool quoted(std::string& into) {
    if (!take("\"")) return false;
    bool plain = true;  // ASCII only
    std::size_t from = 0;
    for (std::size_t at = 0; at < rest_.size(); ++at) {
      const auto byte = static_cast<unsigned char>(rest_[at]);
      if (byte == '"') {
        into.append(rest_, from, at - from);
        rest_.remove_prefix(at + 1);
        return plain || is_valid_utf8(into);
      }
      if (byte < 0x20) return false;
      if (byte >= 0x80) plain = false;
      if (byte != '\\') continue;
      into.append(rest_, from, at - from);
      from = ++at;  // the escaped letter stands for itself
      if (at == rest_.size() || (rest_[at] != '"' && rest_[at] != '\\')) return false;
    }
    return false;
  }

  /// Without a needless zero in front, as it is written.
  [[nodiscard]] bool integer(Json& into) {
    const std::string_view digits = rest_.substr(rest_.front() == '-' ? 1 : 0);
    const bool zero = digits.starts_with('0');
    if (zero && (digits.size() != rest_.size() || (digits.size() > 1 && is_digit(digits[1])))) {
      return false;
    }
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (fault != std::errc()) return false;
    into = Json(number);
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;  // a fraction leaves its point, which nothing takes
  }

  [[nodiscard]] static bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
  [[nodiscard]] bool next_is(char letter) const {
    return !rest_.empty() && rest_.front() == letter;
  }
  [[nodiscard]] bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  std::string_view rest_;
  int levels_left_;
};

}  // namespace

std::optional<Json> read_canonical(std::string_view text, int depth_max) {
  return CanonicalReader(text, depth_max).document();
}

}  // namespace pos::core
