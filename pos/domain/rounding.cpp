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
  // With an odd whole, whole / 2 is already the largest addend that does not lift a value below one
  // half.
  const std::int64_t addend = rounding == Rounding::half_up ? ratio.whole / 2 : 0;
  // Dividing 128 bits is a call of a slow function; ordinary sums never need it.
  std::int64_t narrow = 0;
  if (!__builtin_mul_overflow(units, ratio.part, &narrow) &&
      !__builtin_add_overflow(narrow, addend, &narrow)) {
    return narrow / ratio.whole;
  }
  return static_cast<std::int64_t>((Wide{units} * ratio.part + addend) / ratio.whole);
}

std::int64_t scale_at_most(std::int64_t units, Ratio ratio, Rounding rounding, std::int64_t most) {
  if (Wide{units} * ratio.part / ratio.whole >= most) return most;
  return scale(units, ratio, rounding);
}

std::span<const std::int64_t> Allocator::allocate(std::int64_t total,
                                                  std::span<const AllocationShare> shares) {
  CLUBTILL_CHECK(total >= 0);
  Wide sum = 0;
  for (const AllocationShare& share : shares) sum += share.weight;
  parts_.assign(shares.size(), 0);
  if (sum == 0) {
    CLUBTILL_CHECK(total == 0);
    return parts_;
  }
  if (shares.size() == 1) {
    parts_.front() = total;
    return parts_;
  }
  remainders_.resize(shares.size());
  std::int64_t given = 0;
  // No weight is above the sum: when this product fits, each of them does.
  const bool narrow = Wide{total} * sum <= INT64_MAX;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (narrow) {
      const std::int64_t product = total * shares[i].weight;
      parts_[i] = product / static_cast<std::int64_t>(sum);
      remainders_[i] = product % static_cast<std::int64_t>(sum);
    } else {
      const Wide product = Wide{total} * shares[i].weight;
      parts_[i] = static_cast<std::int64_t>(product / sum);
      remainders_[i] = static_cast<std::int64_t>(product % sum);
    }
    given += parts_[i];
  }
  hand_out_rest(total - given, shares);
  return parts_;
}

/// One unit each to those with the largest remainders: fewer than there are shares.
void Allocator::hand_out_rest(std::int64_t rest, std::span<const AllocationShare> shares) {
  if (rest == 0) return;
  order_.resize(shares.size());
  std::iota(order_.begin(), order_.end(), 0U);
  const auto served_before = [&](std::uint32_t a, std::uint32_t b) {
    if (remainders_[a] != remainders_[b]) return remainders_[a] > remainders_[b];
    if (shares[a].rank != shares[b].rank) return shares[a].rank < shares[b].rank;
    return a < b;
  };
  const auto end = order_.begin() + rest;
  std::nth_element(order_.begin(), end, order_.end(), served_before);
  for (auto one = order_.begin(); one != end; ++one) ++parts_[*one];
}

std::vector<std::int64_t> allocate(std::int64_t total, std::span<const AllocationShare> shares) {
  Allocator allocator;
  const auto parts = allocator.allocate(total, shares);
  return {parts.begin(), parts.end()};
}

Money round_cash(Money amount, Money step) {
  CLUBTILL_CHECK(step.units() >= 1);
  return scale(amount, {1, step.units()}, Rounding::half_up) * step.units();
}

}  // namespace pos::domain
