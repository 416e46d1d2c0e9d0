#pragma once

#include "pos/core/chance.hpp"
#include "pos/core/time.hpp"

namespace club::engine {

/// How long to wait after a failed call: evenly from nothing to a ceiling that doubles with every
/// failure ("full jitter"), so that a chain of tills spreads itself after an outage.
class Backoff {
 public:
  struct Limits {
    pos::core::Millis first{500};    ///< ceiling of the first pause
    pos::core::Millis most{30'000};  ///< no ceiling is higher
  };

  Backoff() = default;
  explicit Backoff(Limits limits) : limits_(limits) {}

  /// The pause before the next try; raises the ceiling of the one after it.
  [[nodiscard]] pos::core::Millis next(pos::core::Chance& chance);
  /// After a success.
  void reset() { failures_ = 0; }
  [[nodiscard]] int failures() const { return failures_; }

 private:
  Limits limits_;
  int failures_ = 0;
};

}  // namespace club::engine
