#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/lint/source_file.hpp"

namespace tests::lint {

/// The tables beside this file, or those of a test.
struct Tables {
  std::map<std::string, std::set<std::string>> arrows;  ///< module -> what it may include
  std::vector<std::pair<std::string, std::vector<std::string>>> foreign;  ///< header -> modules
  struct Banned {
    std::string word;
    std::string instead;
    std::vector<std::string> where;
    std::vector<std::string> allowed;
  };
  std::vector<Banned> banned;
  std::map<std::string, std::size_t> exceptions;  ///< "rule path[:function]" -> size
};

[[nodiscard]] Tables read_tables(const std::filesystem::path& folder);

/// Includes follow the arrows; a foreign header is included by its owner only.
[[nodiscard]] Findings check_includes(const Tree& tree, const Tables& tables);
/// Functions, files and columns stay within their limits, or are exactly as large as the exception.
[[nodiscard]] Findings check_sizes(const Tree& tree, const Tables& tables);
/// No banned call, no leftover marker.
[[nodiscard]] Findings check_words(const Tree& tree, const Tables& tables);
/// Every source belongs to a target, names are unique, headers are guarded.
[[nodiscard]] Findings check_files(const Tree& tree);
/// Every text is there in every language, and used.
[[nodiscard]] Findings check_texts(const Tree& tree);

[[nodiscard]] Findings check_all(const Tree& tree, const Tables& tables);

}  // namespace tests::lint
