#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pos/domain/money.hpp"

namespace pos::domain {

/// Named at each call (law 6). Amounts are never negative where they are rounded.
enum class Rounding { down, half_up };

/// part / whole of an amount: 15 % is {15, 100}. whole > 0.
struct Ratio {
  std::int64_t part = 0;
  std::int64_t whole = 1;
  friend constexpr auto operator<=>(const Ratio&, const Ratio&) = default;
};

/// units * part / whole in 128 bits, so that nothing overflows on the way. units >= 0.
[[nodiscard]] std::int64_t scale(std::int64_t units, Ratio ratio, Rounding rounding);

[[nodiscard]] inline Money scale(Money amount, Ratio ratio, Rounding rounding) {
  return Money::of(scale(amount.units(), ratio, rounding));
}

/// The same, cut off at `most`: where rates come from people, no sum can grow beyond what a record
/// holds.
[[nodiscard]] std::int64_t scale_at_most(std::int64_t units, Ratio ratio, Rounding rounding,
                                         std::int64_t most);

/// One share of an allocation: `weight` >= 0; `rank` breaks ties, the smaller rank is served first.
struct AllocationShare {
  std::int64_t weight = 0;
  std::size_t rank = 0;
};

/// Splits `total` >= 0 in proportion to the weights by largest remainder. The parts sum to the
/// total exactly; when all weights are 0 they are all 0 and `total` must be 0. No part exceeds its
/// weight when total <= sum of weights.
[[nodiscard]] std::vector<std::int64_t> allocate(std::int64_t total,
                                                 std::span<const AllocationShare> shares);

/// The same in room that the caller keeps, for those who allocate often: the parts are valid until
/// the next call.
class Allocator {
 public:
  [[nodiscard]] std::span<const std::int64_t> allocate(std::int64_t total,
                                                       std::span<const AllocationShare> shares);

 private:
  /// To one unit of what rounding down left; the smallest is served first.
  struct Claim {
    std::int64_t negative_remainder = 0;
    std::uint32_t rank = 0;
    std::uint32_t share = 0;

    friend bool operator<(const Claim& a, const Claim& b) {
      if (a.negative_remainder != b.negative_remainder) {
        return a.negative_remainder < b.negative_remainder;
      }
      return a.tie() < b.tie();
    }
    [[nodiscard]] std::uint64_t tie() const { return std::uint64_t{rank} << 32 | share; }
  };
  void hand_out(std::int64_t rest, std::span<Claim> claims);

  // Both only ever grow.
  std::vector<std::int64_t> parts_;
  std::vector<Claim> claims_;
};

/// Cash payable: rounded to whole `step` units, half up (ILS: step 10 agorot). step >= 1.
[[nodiscard]] Money round_cash(Money amount, Money step);

}  // namespace pos::domain
