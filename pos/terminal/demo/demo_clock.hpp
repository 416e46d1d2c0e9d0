#pragma once

#include "pos/core/clock.hpp"

namespace pos::terminal::demo {

/// The time of the sample club's past. It stands still between two calls of set().
class DemoClock final : public core::Clock {
 public:
  /// `zone` says the shop's offset from UTC, and outlives this clock.
  explicit DemoClock(const core::Clock& zone) : zone_(zone) {}

  [[nodiscard]] core::Instant now() const override { return now_; }
  [[nodiscard]] core::Tick tick() const override {
    return core::Tick::from_us(now_.unix_ms() * 1000);
  }
  [[nodiscard]] std::chrono::minutes utc_offset(core::Instant at) const override {
    return zone_.utc_offset(at);
  }

  /// Moves on to that local time; times before the present one are passed over.
  void set(std::chrono::sys_days day, int minute) {
    const auto local = std::chrono::duration_cast<core::Millis>(day.time_since_epoch()) +
                       std::chrono::minutes(minute);
    const auto near = core::Instant::from_unix_ms(local.count());
    const core::Instant at = near - core::Millis(zone_.utc_offset(near));
    if (at > now_) now_ = at;
  }

 private:
  const core::Clock& zone_;
  core::Instant now_;
};

}  // namespace pos::terminal::demo
