#include "pos/domain/rounding.hpp"

#include <algorithm>

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
  remainders_.clear();
  std::int64_t given = 0;
  // No weight is above the sum: when this product fits, each of them does.
  const bool narrow = Wide{total} * sum <= INT64_MAX;
  const auto narrow_sum = static_cast<std::int64_t>(sum);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    std::int64_t remainder = 0;
    if (narrow) {
      const std::int64_t product = total * shares[i].weight;
      parts_[i] = product / narrow_sum;
      remainder = product % narrow_sum;
    } else {
      const Wide product = Wide{total} * shares[i].weight;
      parts_[i] = static_cast<std::int64_t>(product / sum);
      remainder = static_cast<std::int64_t>(product % sum);
    }
    given += parts_[i];
    remainders_.push_back({remainder, shares[i].rank, i});
  }
  hand_out_rest(total - given);
  return parts_;
}

/// One unit each to those with the largest remainders: fewer than there are shares.
void Allocator::hand_out_rest(std::int64_t rest) {
  if (rest == 0) return;
  const auto served_before = [](const Remainder& a, const Remainder& b) {
    if (a.amount != b.amount) return a.amount > b.amount;
    return a.rank != b.rank ? a.rank < b.rank : a.share < b.share;
  };
  const auto end = remainders_.begin() + rest;
  std::nth_element(remainders_.begin(), end, remainders_.end(), served_before);
  for (auto one = remainders_.begin(); one != end; ++one) ++parts_[one->share];
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
