#include "sync/engine/backoff.hpp"

#include <algorithm>

namespace club::engine {

pos::core::Millis Backoff::next(pos::core::Chance& chance) {
  constexpr int kDoublingsMax = 30;  // beyond it the product would not fit
  const int doublings = std::min(failures_, kDoublingsMax);
  if (failures_ < kDoublingsMax) ++failures_;
  const std::int64_t ceiling =
      std::min(limits_.most.count(), limits_.first.count() * (std::int64_t{1} << doublings));
  return pos::core::Millis(
      static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(ceiling) + 1)));
}

}  // namespace club::engine
