#pragma once

#include "pos/core/time.hpp"

namespace pos::core {

/// The only source of time. Implemented in terminal/ and hub/ by the machine, in tests by hand.
/// May be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] virtual Tick tick() const = 0;
  /// The shop's offset from UTC at that instant, summer time included.
  [[nodiscard]] virtual std::chrono::minutes utc_offset(Instant at) const = 0;

  [[nodiscard]] Moment moment() const {
    const Instant at = now();
    return {at, utc_offset(at)};
  }
};

}  // namespace pos::core
