#include "tests/lint/source_file.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

namespace tests::lint {
namespace {

/// Walks through C++ text and tells code, comments and literals apart.
class Scanner {
 public:
  Scanner(SourceFile& file, std::string_view text) : file_(file), text_(text) { begin_line(); }

  void run() {
    while (at_ < text_.size()) {
      if (text_.substr(at_, 2) == "//") {
        while (at_ < text_.size() && text_[at_] != '\n') take(file_.comments);
      } else if (text_.substr(at_, 2) == "/*") {
        take_until("*/", file_.comments);
      } else if (text_.substr(at_, 2) == "R\"" && !is_word(before())) {
        take_raw_string();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !is_word(before()))) {
        take_literal(text_[at_]);
      } else {
        take(file_.code);
      }
    }
  }

 private:
  [[nodiscard]] char before() const { return at_ == 0 ? ' ' : text_[at_ - 1]; }

  void begin_line() {
    file_.lines.emplace_back();
    file_.code.emplace_back();
    file_.comments.emplace_back();
    file_.raw.push_back(in_raw_);
  }

  /// Takes one character into the lines and into `kind`; the other kind gets a blank.
  void take(std::vector<std::string>& kind) {
    const char c = text_[at_++];
    if (c == '\n') return begin_line();
    file_.lines.back() += c;
    file_.code.back() += &kind == &file_.code ? c : ' ';
    file_.comments.back() += &kind == &file_.comments ? c : ' ';
  }

  void take_blank() {
    const char c = text_[at_++];
    if (c == '\n') return begin_line();
    file_.lines.back() += c;
    file_.code.back() += ' ';
    file_.comments.back() += ' ';
  }

  void take_until(std::string_view end, std::vector<std::string>& kind) {
    const auto found = text_.find(end, at_ + 2);
    const auto stop = found == std::string_view::npos ? text_.size() : found + end.size();
    while (at_ < stop) take(kind);
  }

  void take_raw_string() {
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos) return take(file_.code);
    const std::string end = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const auto found = text_.find(end, open);
    const auto stop = found == std::string_view::npos ? text_.size() : found + end.size();
    in_raw_ = true;
    file_.raw.back() = true;
    while (at_ < stop) take_blank();
    in_raw_ = false;
  }

  void take_literal(char quote) {
    take(file_.code);
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) take_blank();
      take_blank();
    }
    if (at_ < text_.size() && text_[at_] == quote) take(file_.code);
  }

  SourceFile& file_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool in_raw_ = false;
};

}  // namespace

SourceFile parse_source(std::string path, std::string_view text) {
  SourceFile file;
  file.path = std::move(path);
  Scanner(file, text).run();
  return file;
}

Tree read_tree(const std::filesystem::path& root) {
  Tree tree{root, {}, {}};
  for (const char* top : {"pos", "sync", "drivers", "tests"}) {
    if (!std::filesystem::exists(root / top)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      if (!entry.is_regular_file()) continue;
      auto path = std::filesystem::relative(entry.path(), root).generic_string();
      if (path.ends_with("CMakeLists.txt")) tree.build_files.push_back(path);
      if (path.ends_with(".hpp") || path.ends_with(".cpp"))
        tree.files.push_back(parse_source(std::move(path), read_text(entry.path())));
    }
  }
  std::sort(tree.build_files.begin(), tree.build_files.end());
  std::sort(tree.files.begin(), tree.files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return tree;
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] != separator) continue;
    parts.emplace_back(text.substr(from, at - from));
    from = at + 1;
  }
  return parts;
}

std::string trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

std::vector<std::string> read_table(const std::filesystem::path& path) {
  std::vector<std::string> rows;
  for (const auto& line : split(read_text(path), '\n')) {
    auto row = trim(line.substr(0, line.find('#')));
    if (!row.empty()) rows.push_back(std::move(row));
  }
  return rows;
}

bool lies_in(std::string_view path, std::string_view folder) {
  return path == folder ||
         (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

}  // namespace tests::lint
