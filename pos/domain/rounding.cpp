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
  if (parts_.size() < shares.size()) {
    parts_.resize(shares.size());
    claims_.resize(shares.size());
  }
  const std::span parts = std::span(parts_).first(shares.size());
  if (sum == 0) {
    CLUBTILL_CHECK(total == 0);
    std::ranges::fill(parts, 0);
    return parts;
  }
  std::int64_t given = 0;
  // No weight is above the sum: when this product fits, each of them does.
  const bool narrow = Wide{total} * sum <= INT64_MAX;
  const auto narrow_sum = static_cast<std::int64_t>(sum);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    std::int64_t remainder = 0;
    if (narrow) {
      const std::int64_t product = total * shares[i].weight;
      parts[i] = product / narrow_sum;
      remainder = product % narrow_sum;
    } else {
      const Wide product = Wide{total} * shares[i].weight;
      parts[i] = static_cast<std::int64_t>(product / sum);
      remainder = static_cast<std::int64_t>(product % sum);
    }
    given += parts[i];
    claims_[i] = {-remainder, static_cast<std::uint32_t>(shares[i].rank),
                  static_cast<std::uint32_t>(i)};
  }
  hand_out(total - given, std::span(claims_).first(shares.size()));
  return parts;
}

/// One unit each to those with the largest remainders: fewer than there are shares.
void Allocator::hand_out(std::int64_t rest, std::span<Claim> claims) {
  if (rest == 0) return;
  const auto end = claims.begin() + rest;
  std::nth_element(claims.begin(), end, claims.end());
  for (auto one = claims.begin(); one != end; ++one) ++parts_[one->share];
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
