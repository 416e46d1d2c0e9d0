#include "pos/domain/language.hpp"

namespace pos::domain {

std::optional<Language> parse_language(std::string_view code) {
  for (const Language language : kLanguages) {
    if (code == language_code(language)) return language;
  }
  return std::nullopt;
}

const std::string& LocalText::in(Language language) const {
  const std::string& wanted = by_language[static_cast<std::size_t>(language)];
  if (!wanted.empty()) return wanted;
  for (const std::string& other : by_language) {
    if (!other.empty()) return other;
  }
  return wanted;
}

}  // namespace pos::domain
