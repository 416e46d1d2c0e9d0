#pragma once

#include <compare>
#include <concepts>
#include <cstdint>

#include "pos/core/check.hpp"

namespace pos::domain {

namespace detail {
[[nodiscard]] constexpr std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  CLUBTILL_CHECK(!__builtin_add_overflow(a, b, &sum));
  return sum;
}
[[nodiscard]] constexpr std::int64_t checked_multiply(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  CLUBTILL_CHECK(!__builtin_mul_overflow(a, b, &product));
  return product;
}
}  // namespace detail

/// A whole number of one unit. Units never mix, and a fraction does not compile (law 6).
template <class Tag>
class Amount {
 public:
  constexpr Amount() = default;
  explicit constexpr Amount(std::floating_point auto) = delete;

  [[nodiscard]] static constexpr Amount of(std::integral auto units) {
    return Amount(static_cast<std::int64_t>(units), 0);
  }
  [[nodiscard]] static constexpr Amount of(std::floating_point auto) = delete;
  [[nodiscard]] constexpr std::int64_t units() const { return units_; }

  [[nodiscard]] constexpr bool is_zero() const { return units_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const { return units_ < 0; }

  friend constexpr auto operator<=>(Amount, Amount) = default;
  friend constexpr Amount operator+(Amount a, Amount b) {
    return Amount(detail::checked_add(a.units_, b.units_), 0);
  }
  friend constexpr Amount operator-(Amount a, Amount b) { return a + -b; }
  friend constexpr Amount operator*(Amount a, std::int64_t times) {
    return Amount(detail::checked_multiply(a.units_, times), 0);
  }
  constexpr Amount operator-() const { return Amount(detail::checked_multiply(units_, -1), 0); }
  constexpr Amount& operator+=(Amount b) { return *this = *this + b; }
  constexpr Amount& operator-=(Amount b) { return *this = *this - b; }

 private:
  constexpr Amount(std::int64_t units, int) : units_(units) {}
  std::int64_t units_ = 0;
};

/// Money in minor units of the club's currency (agorot, rial).
using Money = Amount<struct MoneyTag>;

/// Whole points.
using Points = Amount<struct PointsTag>;

/// No single amount from outside may be larger than this, so that no sum of a basket can overflow.
inline constexpr std::int64_t kAmountMax = 1'000'000'000'000;

}  // namespace pos::domain
