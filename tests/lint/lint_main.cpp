#include <cstdio>
#include <exception>

#include "tests/lint/rules.hpp"

/// lint ROOT [TABLES]: reads the tree and names what breaks its rules. Exit code 1 when there is
/// something.
int main(int count, char** words) {
  if (count < 2 || count > 3) {
    std::fputs("usage: lint ROOT [TABLES]\n", stderr);
    return 2;
  }
  try {
    const auto root = std::filesystem::path(words[1]);
    const auto tree = tests::lint::read_tree(root);
    const auto findings = tests::lint::check_all(
        tree, tests::lint::read_tables(count == 3 ? words[2] : root / "tests/lint"));
    for (const auto& finding : findings)
      std::printf("%s:%zu: [%s] %s\n", finding.path.c_str(), finding.line, finding.rule.c_str(),
                  finding.message.c_str());
    std::fprintf(stderr, "lint: %zu files, %zu findings\n", tree.files.size(), findings.size());
    return findings.empty() ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lint: %s\n", error.what());
    return 1;
  }
}
