#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace pos::domain {

enum class Language { en, he, fa };

inline constexpr std::array kLanguages = {Language::en, Language::he, Language::fa};

[[nodiscard]] constexpr std::string_view language_code(Language language) {
  constexpr std::array<std::string_view, 3> kCodes = {"en", "he", "fa"};
  return kCodes[static_cast<std::size_t>(language)];
}

[[nodiscard]] std::optional<Language> parse_language(std::string_view code);

[[nodiscard]] constexpr bool is_right_to_left(Language language) {
  return language != Language::en;
}

/// One text of the club in every language of its people. A language that is empty falls back to the
/// first that is not.
struct LocalText {
  std::array<std::string, 3> by_language;

  [[nodiscard]] const std::string& in(Language language) const;
  [[nodiscard]] std::string& at(Language language) {
    return by_language[static_cast<std::size_t>(language)];
  }
  friend bool operator==(const LocalText&, const LocalText&) = default;
};

}  // namespace pos::domain
