#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pos/core/json/json.hpp"
#include "pos/domain/codes.hpp"
#include "pos/domain/language.hpp"
#include "pos/domain/member_facts.hpp"
#include "pos/programme/programme.hpp"

namespace pos::programme {

/// What is wrong with a document so far, and the languages its texts must have: all three, until
/// the name of the club says which it has.
struct Findings : std::vector<Finding> {
  std::vector<domain::Language> languages{domain::kLanguages.begin(), domain::kLanguages.end()};
};

void add_error(Findings& findings, int line, std::string place, std::string reason,
               std::string mend);
void add_warning(Findings& findings, int line, std::string place, std::string reason,
                 std::string mend);

/// What to write instead of a word that is not known: the nearest known one, or the whole list.
[[nodiscard]] std::string mend_word(std::string_view word, std::span<const std::string_view> known);

/// Reads one object of the document. Everything that is wrong becomes a finding with its place; the
/// reader then hands out a harmless value, so that one pass names all errors. finish() names the
/// keys that nobody asked for.
class ObjectReader {
 public:
  /// quiet: the object is missing and that was said; nothing more is.
  ObjectReader(const core::Json& json, std::string place, Findings& findings, bool quiet = false);

  [[nodiscard]] bool has(std::string_view key);
  [[nodiscard]] const core::Json* member(std::string_view key);
  [[nodiscard]] ObjectReader object(std::string_view key);
  /// Items of an array of at most `count_max`; with `needed`, its absence is an error.
  [[nodiscard]] const core::Json::Array& items(std::string_view key, std::size_t count_max,
                                               bool needed);
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high);
  [[nodiscard]] std::int64_t integer_or(std::string_view key, std::int64_t low, std::int64_t high,
                                        std::int64_t otherwise);
  [[nodiscard]] bool boolean_or(std::string_view key, bool otherwise);
  [[nodiscard]] std::string text(std::string_view key, std::size_t length_max);
  /// The index of a word from a closed list.
  [[nodiscard]] std::size_t word(std::string_view key, std::span<const std::string_view> known,
                                 std::optional<std::size_t> otherwise);
  /// Every language of the club must be there; another one may be.
  [[nodiscard]] domain::LocalText texts(std::string_view key, std::size_t length_max, bool needed);
  /// The languages in which this text is given become those of the club.
  void learn_languages(std::string_view key);
  [[nodiscard]] std::optional<domain::Day> day(std::string_view key);
  /// Short codes: article codes, classes, categories. Repeated ones are an error.
  [[nodiscard]] std::vector<std::string> codes(std::string_view key, std::size_t count_max);

  template <class Code>
  [[nodiscard]] Code code(std::string_view key) {
    const std::string value = text(key, Code::kLengthMax);
    const auto parsed = Code::parse(value);
    if (!parsed && !value.empty()) {
      complain(key, "\"" + value + "\" is no code",
               "use 1 to 24 letters, digits, '-', '_' or '.', without blanks");
    }
    return parsed.value_or(Code{});
  }

  void complain(std::string_view key, std::string reason, std::string mend);
  void warn(std::string_view key, std::string reason, std::string mend);
  void finish();

  [[nodiscard]] std::string place_of(std::string_view key) const;
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] int line() const { return json_.line(); }
  [[nodiscard]] Findings& findings() { return findings_; }

 private:
  [[nodiscard]] const core::Json* wanted(std::string_view key, std::string_view what);

  const core::Json& json_;
  std::string place_;
  Findings& findings_;
  bool quiet_;
  std::vector<std::string_view> asked_;
};

}  // namespace pos::programme
