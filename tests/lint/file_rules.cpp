#include "tests/lint/rules.hpp"

namespace tests::lint {
namespace {

bool holds_name(const std::string& text, const std::string& name) {
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const auto end = at + name.size();
    const char after = end == text.size() ? ' ' : text[end];
    const auto ends = [](char c) {
      return std::string_view(" \t\n()/\"").find(c) != std::string_view::npos;
    };
    if (ends(before) && ends(after)) return true;
  }
  return false;
}

/// The CMakeLists.txt of the file's folder or of one above it names the file.
bool belongs_to_target(const Tree& tree, const std::map<std::string, std::string>& texts,
                       const SourceFile& file) {
  for (const auto& path : tree.build_files) {
    const auto folder = path.substr(0, path.rfind('/'));
    if (!lies_in(file.path, folder)) continue;
    if (holds_name(texts.at(path), file.path.substr(folder.size() + 1))) return true;
  }
  return false;
}

}  // namespace

Findings check_files(const Tree& tree) {
  Findings findings;
  std::map<std::string, std::string> texts;
  for (const auto& path : tree.build_files) texts[path] = read_text(tree.root / path);

  std::map<std::string, std::string> seen;
  for (const auto& file : tree.files) {
    const auto [first, fresh] = seen.emplace(file.name(), file.path);
    if (!fresh) findings.push_back({file.path, 0, "name", "the name is taken by " + first->second});
    if (!file.is_header() && !belongs_to_target(tree, texts, file))
      findings.push_back({file.path, 0, "target", "no CMakeLists.txt names it"});
    if (!file.is_header()) continue;
    bool guarded = false;
    for (const auto& line : file.code) guarded = guarded || trim(line) == "#pragma once";
    if (!guarded) findings.push_back({file.path, 0, "guard", "#pragma once is missing"});
  }
  return findings;
}

}  // namespace tests::lint
