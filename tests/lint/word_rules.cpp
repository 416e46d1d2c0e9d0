#include <algorithm>
#include <array>

#include "tests/lint/rules.hpp"

namespace tests::lint {
namespace {

/// `word` stands in `text` as a word of its own.
bool holds_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !is_word(text[at - 1]);
    const auto end = at + word.size();
    if (starts && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

bool lies_in_any(const std::string& path, const std::vector<std::string>& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](const std::string& folder) { return lies_in(path, folder); });
}

constexpr std::array<std::string_view, 5> kMarkers = {"TODO", "FIXME", "XXX", "HACK", "for now"};

}  // namespace

Findings check_words(const Tree& tree, const Tables& tables) {
  Findings findings;
  for (const auto& file : tree.files) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      // a deleted overload is how a type refuses a float
      const bool refuses = file.code[i].find("= delete") != std::string::npos;
      const bool directive = trim(file.code[i]).starts_with("#include");
      for (const auto& banned : tables.banned) {
        if (refuses || directive || !holds_word(file.code[i], banned.word)) continue;
        if (!lies_in_any(file.path, banned.where) || lies_in_any(file.path, banned.allowed))
          continue;
        findings.push_back({file.path, i + 1, "banned", banned.word + ": use " + banned.instead});
      }
      for (const auto marker : kMarkers)
        if (holds_word(file.comments[i], marker))
          findings.push_back({file.path, i + 1, "marker",
                              "\"" + std::string(marker) + "\": do it, or write a line in docs"});
    }
  }
  return findings;
}

}  // namespace tests::lint
