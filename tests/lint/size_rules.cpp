#include "tests/lint/function_sizes.hpp"
#include "tests/lint/rules.hpp"

namespace tests::lint {
namespace {

constexpr std::size_t kFunctionLinesMax = 70;
constexpr std::size_t kFileLinesMax = 500;
constexpr std::size_t kColumnsMax = 100;

std::size_t columns(std::string_view line) {
  std::size_t count = 0;
  for (const char c : line)
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
  return count;
}

/// Compares sizes with the limits and the exceptions, and remembers which exceptions were needed.
class Budget {
 public:
  explicit Budget(const Tables& tables) : tables_(tables) {}

  void judge(const std::string& rule, const std::string& path, const std::string& part,
             std::size_t line, std::size_t size, std::size_t max) {
    if (size <= max) return;
    const auto key = rule + " " + path + (part.empty() ? "" : ":" + part);
    const auto exception = tables_.exceptions.find(key);
    if (exception == tables_.exceptions.end()) {
      add(path, line, rule, describe(part, size, max));
      return;
    }
    auto& largest = needed_[key];
    largest = std::max(largest, size);
    if (size > exception->second) add(path, line, rule, describe(part, size, exception->second));
  }

  Findings finish() {
    for (const auto& [key, size] : tables_.exceptions) {
      const auto found = needed_.find(key);
      const std::size_t needs = found == needed_.end() ? 0 : found->second;
      if (needs >= size) continue;
      add("tests/lint/exceptions.txt", 0, "exception",
          "\"" + key + "\" " +
              (needs == 0 ? "is not needed any more: take it out"
                          : "needs only " + std::to_string(needs) + ": write that"));
    }
    return std::move(findings_);
  }

 private:
  static std::string describe(const std::string& part, std::size_t size, std::size_t max) {
    return (part.empty() ? "" : part + ": ") + std::to_string(size) + ", at most " +
           std::to_string(max);
  }
  void add(std::string path, std::size_t line, std::string rule, std::string message) {
    findings_.push_back({std::move(path), line, std::move(rule), std::move(message)});
  }

  const Tables& tables_;
  std::map<std::string, std::size_t> needed_;
  Findings findings_;
};

}  // namespace

Findings check_sizes(const Tree& tree, const Tables& tables) {
  Budget budget(tables);
  for (const auto& file : tree.files) {
    const auto count = file.lines.size() - (file.lines.back().empty() ? 1 : 0);
    budget.judge("file-lines", file.path, "", 0, count, kFileLinesMax);
    for (const auto& function : function_sizes(file))
      budget.judge("function-lines", file.path, function.name, function.first_line, function.lines,
                   kFunctionLinesMax);
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      if (!file.raw[i])
        budget.judge("columns", file.path, "", i + 1, columns(file.lines[i]), kColumnsMax);
  }
  return budget.finish();
}

}  // namespace tests::lint
