#include "tests/lint/function_sizes.hpp"

#include <utility>

namespace tests::lint {
namespace {

bool is_in_name(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '~' || c == ':';
}

/// The word before the first parenthesis: the function's name.
std::string name_in(std::string_view head) {
  auto end = head.find('(');
  while (end > 0 && head[end - 1] == ' ') --end;
  auto begin = end;
  while (begin > 0 && is_in_name(head[begin - 1])) --begin;
  return std::string(head.substr(begin, end - begin));
}

/// Template parameters may hold words that look like the head of a type.
std::string without_template(const std::string& head) {
  if (!head.starts_with("template")) return head;
  int depth = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '<') ++depth;
    if (head[i] == '>' && --depth == 0) return without_template(trim(head.substr(i + 1)));
  }
  return head;
}

bool opens_function(const std::string& head) {
  const auto plain = without_template(trim(head));
  for (const char* word : {"namespace", "class ", "struct ", "union ", "enum ", "extern "})
    if (plain.starts_with(word)) return false;
  return plain.find('(') != std::string::npos;
}

class Walker {
 public:
  explicit Walker(const SourceFile& file) : file_(file) {}

  std::vector<FunctionSize> walk() {
    for (line_ = 0; line_ < file_.code.size(); ++line_) {
      if (trim(file_.code[line_]).starts_with('#')) continue;
      for (const char c : file_.code[line_]) step(c);
      head_ += ' ';
    }
    return std::move(found_);
  }

 private:
  void step(char c) {
    if (c == '{') return open();
    if (c == '}') return close();
    if (c == ';' && depth_inside_ == 0) {
      head_.clear();
    } else {
      if (just_closed_ && c != ' ') {
        // `: a_{a}, b_{b} {`: what closed was an initialiser of the function that still begins
        if (c == ',') head_ = closed_head_, found_.pop_back();
        just_closed_ = false;
      }
      head_ += c;
    }
  }

  void open() {
    if (just_closed_) head_ = closed_head_, found_.pop_back(), just_closed_ = false;
    if (depth_inside_ > 0) {
      ++depth_inside_;
    } else if (opens_function(head_)) {
      depth_inside_ = 1;
      current_ = {name_in(without_template(trim(head_))), line_ + 1, 0};
      closed_head_ = head_;
    }
    head_.clear();
  }

  void close() {
    just_closed_ = false;
    head_.clear();
    if (depth_inside_ == 0 || --depth_inside_ > 0) return;
    current_.lines = line_ + 2 - current_.first_line;
    found_.push_back(current_);
    just_closed_ = current_.lines == 1;
  }

  const SourceFile& file_;
  std::vector<FunctionSize> found_;
  FunctionSize current_;
  std::string head_;         ///< code since the last end of a statement or block
  std::string closed_head_;  ///< head of the block that closed last
  std::size_t line_ = 0;
  int depth_inside_ = 0;  ///< braces open since the function's own
  bool just_closed_ = false;
};

}  // namespace

std::vector<FunctionSize> function_sizes(const SourceFile& file) { return Walker(file).walk(); }

}  // namespace tests::lint
