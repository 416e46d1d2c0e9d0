#pragma once

#include "pos/domain/money.hpp"

namespace pos::domain {

/// What the facts of one day come to, at one till.
struct DaySums {
  std::int64_t sales = 0;
  std::int64_t returns = 0;  ///< and voids
  std::int64_t joinings = 0;
  Money taken;  ///< what was paid for sales, less what was paid back
  Points earned;
  Points spent;
  Money value_earned;
  Money value_spent;
  friend bool operator==(const DaySums&, const DaySums&) = default;
};

}  // namespace pos::domain
