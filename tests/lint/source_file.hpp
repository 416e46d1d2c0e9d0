#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tests::lint {

/// A letter, digit or underscore of ASCII: what a C++ name is made of.
[[nodiscard]] inline bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// One file of ours, cut into what is code, what is comment and what is text inside quotes.
struct SourceFile {
  std::string path;                   ///< from the root of the tree, with '/'
  std::vector<std::string> lines;     ///< as written
  std::vector<std::string> code;      ///< comments and the inside of literals are blanks
  std::vector<std::string> comments;  ///< only the comments
  std::vector<bool> raw;              ///< the line lies in a raw string literal

  [[nodiscard]] std::string folder() const { return path.substr(0, path.rfind('/')); }
  [[nodiscard]] std::string name() const { return path.substr(path.rfind('/') + 1); }
  [[nodiscard]] bool is_header() const { return path.ends_with(".hpp"); }
};

[[nodiscard]] SourceFile parse_source(std::string path, std::string_view text);

struct Tree {
  std::filesystem::path root;
  std::vector<SourceFile> files;         ///< .hpp and .cpp, by path
  std::vector<std::string> build_files;  ///< paths of every CMakeLists.txt
};

/// Reads pos, sync, drivers and tests below `root`.
[[nodiscard]] Tree read_tree(const std::filesystem::path& root);

[[nodiscard]] std::string read_text(const std::filesystem::path& path);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string trim(std::string_view text);
/// Lines of a table file: without comments ('#') and empty lines.
[[nodiscard]] std::vector<std::string> read_table(const std::filesystem::path& path);
/// `path` is `folder` or lies below it.
[[nodiscard]] bool lies_in(std::string_view path, std::string_view folder);

struct Finding {
  std::string path;
  std::size_t line = 0;  ///< from 1; 0: the whole file
  std::string rule;
  std::string message;
};
using Findings = std::vector<Finding>;

}  // namespace tests::lint
