#include <algorithm>
#include <array>
#include <functional>

#include "tests/lint/rules.hpp"

namespace tests::lint {
namespace {

constexpr std::array<std::string_view, 24> kCHeaders = {
    "assert.h", "ctype.h",  "errno.h",   "fenv.h",   "float.h",    "inttypes.h",
    "limits.h", "locale.h", "math.h",    "setjmp.h", "stdarg.h",   "stddef.h",
    "stdint.h", "stdio.h",  "stdlib.h",  "string.h", "time.h",     "wchar.h",
    "wctype.h", "uchar.h",  "complex.h", "iso646.h", "stdalign.h", "stdbool.h"};

std::string module_of(const Tables& tables, std::string_view path) {
  std::string best;
  for (const auto& [module, allowed] : tables.arrows)
    if (lies_in(path, module) && module.size() > best.size()) best = module;
  return best;
}

bool may_include(const Tables& tables, const std::string& from, const std::string& to) {
  if (from == to) return true;
  const auto& allowed = tables.arrows.at(from);
  return allowed.contains(to) || (allowed.contains("*") && to != "tests");
}

Findings check_own(const Tree& tree, const Tables& tables, const SourceFile& file, std::size_t line,
                   const std::string& header) {
  if (header.ends_with(".inc")) return {};  // made by the build
  const bool exists = std::any_of(tree.files.begin(), tree.files.end(),
                                  [&](const SourceFile& f) { return f.path == header; });
  if (!exists) {
    return {{file.path, line, "include",
             "\"" + header +
                 "\" names no file from the root of the tree; foreign and system "
                 "headers stand in <>"}};
  }
  const auto from = module_of(tables, file.path);
  const auto to = module_of(tables, header);
  if (from.empty() || to.empty())
    return {{file.path, line, "arrow", "a module that tests/lint/arrows.txt does not name"}};
  if (may_include(tables, from, to)) return {};
  return {{file.path, line, "arrow", from + " may not include " + header}};
}

Findings check_foreign(const Tables& tables, const SourceFile& file, std::size_t line,
                       const std::string& header) {
  const bool standard =
      header.find('.') == std::string::npos && header.find('/') == std::string::npos;
  const std::vector<std::string>* owners = nullptr;
  std::size_t best = 0;
  for (const auto& [prefix, modules] : tables.foreign) {
    const bool fits = prefix.ends_with('/') ? header.starts_with(prefix) : header == prefix;
    if (fits && prefix.size() > best) owners = &modules, best = prefix.size();
  }
  if (owners == nullptr) {
    const bool c = std::find(kCHeaders.begin(), kCHeaders.end(), header) != kCHeaders.end();
    if (standard) return {};
    return {{file.path, line, "foreign",
             "<" + header +
                 (c ? "> has a C++ name: <c" + header.substr(0, header.size() - 2) + ">"
                    : "> has no owner in tests/lint/foreign.txt")}};
  }
  for (const auto& owner : *owners)
    if (owner == "*" || lies_in(file.path, owner)) return {};
  return {{file.path, line, "foreign",
           "<" + header + "> belongs to " + owners->front() + "; use what that module offers"}};
}

/// A table that itself runs in a circle would allow circles in the tree. Modules inside one another
/// are one target and may.
Findings check_circles(const Tables& tables) {
  Findings findings;
  std::set<std::string> done;
  std::vector<std::string> way;
  const std::function<void(const std::string&)> visit = [&](const std::string& module) {
    const auto again = std::find(way.begin(), way.end(), module);
    if (again != way.end()) {
      findings.push_back(
          {"tests/lint/arrows.txt", 0, "arrow", "the arrows run in a circle at " + module});
      return;
    }
    if (!done.insert(module).second) return;
    way.push_back(module);
    if (tables.arrows.contains(module))
      for (const auto& next : tables.arrows.at(module))
        if (!lies_in(next, module) && !lies_in(module, next)) visit(next);
    way.pop_back();
  };
  for (const auto& [module, allowed] : tables.arrows) visit(module);
  return findings;
}

}  // namespace

Findings check_includes(const Tree& tree, const Tables& tables) {
  Findings findings = check_circles(tables);
  for (const auto& file : tree.files) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const auto line = trim(file.lines[i]);
      if (file.raw[i] || !line.starts_with("#include") || trim(file.code[i]).empty()) continue;
      const auto open = line.find_first_of("<\"");
      if (open == std::string::npos) continue;
      const bool own = line[open] == '"';
      const auto close = line.find(own ? '"' : '>', open + 1);
      const auto header = line.substr(open + 1, close - open - 1);
      const auto some = own ? check_own(tree, tables, file, i + 1, header)
                            : check_foreign(tables, file, i + 1, header);
      findings.insert(findings.end(), some.begin(), some.end());
    }
  }
  return findings;
}

}  // namespace tests::lint
