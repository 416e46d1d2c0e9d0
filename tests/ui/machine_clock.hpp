#pragma once

#include <chrono>

#include "pos/core/clock.hpp"

namespace tests::ui {

/// The machine's monotonic clock, for programs that measure; its wall clock stands still.
class MachineClock final : public pos::core::Clock {
 public:
  [[nodiscard]] pos::core::Instant now() const override { return {}; }
  [[nodiscard]] pos::core::Tick tick() const override {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return pos::core::Tick::from_us(
        std::chrono::duration_cast<std::chrono::microseconds>(since).count());
  }
  [[nodiscard]] std::chrono::minutes utc_offset(pos::core::Instant) const override { return {}; }
};

}  // namespace tests::ui
