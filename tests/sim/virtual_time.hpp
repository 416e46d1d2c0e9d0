#pragma once

#include "pos/core/clock.hpp"

namespace tests::sim {

/// Time that moves when the simulation says so.
class VirtualTime final : public pos::core::Clock {
 public:
  [[nodiscard]] pos::core::Instant now() const override {
    return pos::core::Instant::from_unix_ms(kStartMs + us_ / 1000);
  }
  [[nodiscard]] pos::core::Tick tick() const override { return pos::core::Tick::from_us(us_); }
  [[nodiscard]] std::chrono::minutes utc_offset(pos::core::Instant) const override {
    return std::chrono::minutes(120);
  }
  void pass(pos::core::Millis span) { us_ += span.count() * 1000; }

 private:
  static constexpr std::int64_t kStartMs = 1'795'330'800'000;  // a Sunday morning in November 2026
  std::int64_t us_ = 0;
};

}  // namespace tests::sim
