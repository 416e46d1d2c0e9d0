#include "pos/core/near_match.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace pos::core {
namespace {

/// Edit distance with swapped neighbours as one edit: the usual slip of a hand.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string_view> near_match(std::string_view word,
                                           std::span<const std::string_view> known) {
  constexpr std::size_t kEditsMax = 2;
  constexpr std::size_t kWordMax = 64;
  if (word.size() > kWordMax) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t best_edits = kEditsMax + 1;
  for (const std::string_view candidate : known) {
    const std::size_t edits = edits_between(word, candidate);
    if (edits < best_edits && edits * 2 < std::max(candidate.size(), std::size_t{2})) {
      best = candidate;
      best_edits = edits;
    }
  }
  return best;
}

}  // namespace pos::core
