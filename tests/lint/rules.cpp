#include "tests/lint/rules.hpp"

#include <charconv>
#include <utility>

namespace tests::lint {
namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all;
  for (const auto& part : split(text, ' '))
    if (auto word = trim(part); !word.empty()) all.push_back(std::move(word));
  return all;
}

/// "left: right" cut at the first colon that a blank or the end follows.
std::pair<std::string, std::string> halves(const std::string& row) {
  auto at = row.find(": ");
  if (at == std::string::npos) at = row.rfind(':');
  if (at == std::string::npos) return {row, ""};
  return {trim(row.substr(0, at)), trim(row.substr(at + 1))};
}

}  // namespace

Tables read_tables(const std::filesystem::path& folder) {
  Tables tables;
  for (const auto& row : read_table(folder / "arrows.txt")) {
    const auto [module, allowed] = halves(row);
    const auto names = words(allowed);
    tables.arrows[module] = {names.begin(), names.end()};
  }
  for (const auto& row : read_table(folder / "foreign.txt")) {
    const auto [header, owners] = halves(row);
    tables.foreign.emplace_back(header, words(owners));
  }
  for (const auto& row : read_table(folder / "banned.txt")) {
    auto cells = split(row, '|');
    cells.resize(4);
    tables.banned.push_back({trim(cells[0]), trim(cells[1]), words(cells[2]), words(cells[3])});
  }
  for (const auto& row : read_table(folder / "exceptions.txt")) {
    const auto at = row.rfind(' ');
    std::size_t size = 0;
    const auto number = row.substr(at + 1);
    std::from_chars(number.data(), number.data() + number.size(), size);
    tables.exceptions[trim(row.substr(0, at))] = size;
  }
  return tables;
}

Findings check_all(const Tree& tree, const Tables& tables) {
  Findings all;
  for (auto part : {check_includes(tree, tables), check_sizes(tree, tables),
                    check_words(tree, tables), check_files(tree), check_texts(tree)})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace tests::lint
