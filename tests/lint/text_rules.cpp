#include <algorithm>

#include "pos/core/json/json.hpp"
#include "tests/lint/rules.hpp"

namespace tests::lint {
namespace {

/// Every word of our programs' code (the tests do not keep a text alive).
std::set<std::string, std::less<>> words_of_programs(const Tree& tree) {
  std::set<std::string, std::less<>> words;
  for (const auto& file : tree.files) {
    if (lies_in(file.path, "tests")) continue;
    for (const auto& line : file.code) {
      auto from = line.begin();
      while (from != line.end()) {
        from = std::find_if(from, line.end(), is_word);
        const auto to = std::find_if_not(from, line.end(), is_word);
        words.emplace(from, to);
        from = to;
      }
    }
  }
  return words;
}

}  // namespace

Findings check_texts(const Tree& tree) {
  const std::string path = "assets/strings/strings.json";
  if (!std::filesystem::exists(tree.root / path)) return {};
  const auto strings = pos::core::Json::parse(read_text(tree.root / path));
  if (!strings) {
    return {{path, static_cast<std::size_t>(strings.error().line), "text", strings.error().detail}};
  }
  Findings findings;
  const auto used = words_of_programs(tree);
  for (const auto& [key, entry] : strings->members()) {
    for (const char* language : {"en", "he", "fa"})
      if (entry[language].is_null())
        findings.push_back({path, 0, "text", key + " is missing in " + language});
    if (!used.contains(key)) findings.push_back({path, 0, "text", key + " is not used"});
  }
  return findings;
}

}  // namespace tests::lint
