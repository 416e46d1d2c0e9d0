#pragma once

#include "pos/core/clock.hpp"

namespace pos::terminal {

/// The machine's clocks and its time zone. Any thread.
class SystemClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const override;
  [[nodiscard]] core::Tick tick() const override;
  [[nodiscard]] std::chrono::minutes utc_offset(core::Instant at) const override;
};

}  // namespace pos::terminal
