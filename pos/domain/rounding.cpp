#include "pos/domain/rounding.hpp"

#include <algorithm>
#include <numeric>

namespace pos::domain {
namespace {

// The only wider-than-64-bit arithmetic of the tree; GNU's keyword keeps -Wpedantic content.
__extension__ using Wide = __int128;

}  // namespace

std::int64_t scale(std::int64_t units, Ratio ratio, Rounding rounding) {
  CLUBTILL_CHECK(units >= 0 && ratio.whole > 0 && ratio.part >= 0);
  Wide product = Wide{units} * ratio.part;
  if (rounding == Rounding::half_up) product += ratio.whole / 2;
  // With an odd whole, whole / 2 is already the largest addend that does not lift a value below one
  // half.
  return static_cast<std::int64_t>(product / ratio.whole);
}

std::vector<std::int64_t> allocate(std::int64_t total, std::span<const AllocationShare> shares) {
  CLUBTILL_CHECK(total >= 0);
  Wide sum = 0;
  for (const AllocationShare& share : shares) sum += share.weight;
  std::vector<std::int64_t> parts(shares.size(), 0);
  if (sum == 0) {
    CLUBTILL_CHECK(total == 0);
    return parts;
  }
  std::vector<std::int64_t> remainders(shares.size(), 0);
  std::int64_t given = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const Wide product = Wide{total} * shares[i].weight;
    parts[i] = static_cast<std::int64_t>(product / sum);
    remainders[i] = static_cast<std::int64_t>(product % sum);
    given += parts[i];
  }
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (remainders[a] != remainders[b]) return remainders[a] > remainders[b];
    if (shares[a].rank != shares[b].rank) return shares[a].rank < shares[b].rank;
    return a < b;
  });
  for (std::size_t i = 0; given < total; ++i, ++given) ++parts[order[i]];
  return parts;
}

Money round_cash(Money amount, Money step) {
  CLUBTILL_CHECK(step.units() >= 1);
  return scale(amount, {1, step.units()}, Rounding::half_up) * step.units();
}

}  // namespace pos::domain
