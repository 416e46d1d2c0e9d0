#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "pos/domain/codes.hpp"
#include "pos/domain/money.hpp"

namespace pos::domain {

using Day = std::chrono::sys_days;

/// Months of the calendar that are counted one by one, the newest among them.
inline constexpr int kStatusMonthsMax = 24;
/// Of the largest purchases so many are known, so that one that comes back leaves the next.
inline constexpr std::size_t kLargePurchasesMax = 3;

/// A month of the calendar as one number: 2026-11 is 202611.
[[nodiscard]] constexpr int month_of(Day day) {
  const std::chrono::year_month_day date(day);
  return static_cast<int>(date.year()) * 100 +
         static_cast<int>(static_cast<unsigned>(date.month()));
}
/// So many months before that one.
[[nodiscard]] constexpr int months_before(int month, int count) {
  const int number = month / 100 * 12 + month % 100 - 1 - count;
  return number / 12 * 100 + number % 12 + 1;
}

/// Purchases of one month: what was paid, less what came back, and how many.
struct MonthCount {
  int month = 0;  ///< 202611
  Money spend;
  std::int64_t visits = 0;
  friend bool operator==(const MonthCount&, const MonthCount&) = default;
};

struct LargePurchase {
  FactId sale;
  Money paid;  ///< less what came back of it
  friend bool operator==(const LargePurchase&, const LargePurchase&) = default;
};

/// What counts towards a tier, apart from any balance: spending points or losing them changes
/// nothing of it. Purchases and visits in all are beside it, in the member's facts.
struct MemberStatus {
  std::optional<Day> joined;
  std::optional<TierCode> given;  ///< by the club itself: the member has no lower one
  std::int64_t referrals = 0;
  std::int64_t brought_visits =
      0;                           ///< of all visits those of an earlier system, without their days
  std::vector<MonthCount> months;  ///< the oldest first
  std::vector<LargePurchase> large;  ///< the largest first
  [[nodiscard]] bool empty() const { return *this == MemberStatus{}; }
  friend bool operator==(const MemberStatus&, const MemberStatus&) = default;
};

/// The ways in which a tier can be reached.
enum class TierWay { spend, visits, years, referrals, one_sale };

/// What is missing on one way: money, visits, days of membership, referrals, or the money that one
/// purchase must come to.
struct MissingWay {
  TierWay by = TierWay::spend;
  std::int64_t missing = 0;
  friend bool operator==(const MissingWay&, const MissingWay&) = default;
};

struct NextTier {
  TierCode tier;
  std::vector<MissingWay> ways;  ///< the nearest first, by the part of the way that is missing
  friend bool operator==(const NextTier&, const NextTier&) = default;
};

}  // namespace pos::domain
