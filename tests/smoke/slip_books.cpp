#include "tests/smoke/slip_books.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>

namespace tests::smoke {
namespace {

using Figures = std::map<std::string, std::string, std::less<>>;

/// The "#key value" lines; nothing when "#end" is missing.
std::optional<Figures> figures_of(std::string_view text) {
  Figures figures;
  bool ended = false;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with('#')) continue;
    const auto blank = line.find(' ');
    const auto key = line.substr(1, blank == std::string::npos ? blank : blank - 1);
    ended = ended || key == "end";
    figures[key] = blank == std::string::npos ? "" : line.substr(blank + 1);
  }
  return ended ? std::optional(figures) : std::nullopt;
}

std::optional<std::int64_t> figure_of(const Figures& figures, std::string_view key) {
  const auto found = figures.find(key);
  if (found == figures.end()) return std::nullopt;
  const auto& text = found->second;
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string word(const Figures& figures, std::string_view key) {
  const auto found = figures.find(key);
  return found == figures.end() ? "" : found->second;
}

}  // namespace

void read_slip(std::string_view text, const std::string& name, SlipBook& book) {
  ++book.files;
  const auto figures = figures_of(text);
  if (!figures) {
    ++book.unfinished;
    return;
  }
  if (word(*figures, "kind") == "day-close") return;  // of a day, not of a fact
  const auto payable = figure_of(*figures, "payable-minor");
  const auto earned = figure_of(*figures, "points-earned");
  const auto spent = figure_of(*figures, "points-spent");
  const auto uid = word(*figures, "uid");
  if (!payable || !earned || !spent || uid.size() != 32) {
    book.problems.push_back(name + ": a figure is missing or is no number");
    return;
  }
  const Movement movement{word(*figures, "kind"),
                          *payable,
                          *earned,
                          *spent,
                          word(*figures, "account"),
                          word(*figures, "unknown-card"),
                          word(*figures, "sale")};
  const auto [known, fresh] = book.movements.emplace(uid, movement);
  if (fresh) return;
  ++book.copies;
  if (known->second != movement)
    book.problems.push_back(name + ": says something else than the first print of " + uid);
}

void read_slips(const std::filesystem::path& folder, SlipBook& book) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    read_slip(text.str(), file.filename().string(), book);
  }
}

}  // namespace tests::smoke
