#pragma once

#include "pos/core/clock.hpp"

namespace drivers_test {

/// Time that stands still until the test moves it.
class ManualClock final : public pos::core::Clock {
 public:
  [[nodiscard]] pos::core::Instant now() const override { return {}; }
  [[nodiscard]] pos::core::Tick tick() const override { return tick_; }
  [[nodiscard]] std::chrono::minutes utc_offset(pos::core::Instant) const override {
    return std::chrono::minutes(0);
  }
  void advance(pos::core::Micros span) { tick_ = tick_ + span; }

 private:
  pos::core::Tick tick_ = pos::core::Tick::from_us(1'000'000);
};

}  // namespace drivers_test
