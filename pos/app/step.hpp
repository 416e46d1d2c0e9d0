#pragma once

#include <vector>

#include "pos/app/effects.hpp"
#include "pos/app/events.hpp"
#include "pos/app/ports.hpp"
#include "pos/app/state.hpp"
#include "pos/core/time.hpp"

namespace pos::app {

struct Step {
  State state;
  std::vector<Effect> effects;  ///< to be run in this order
};

/// The whole behaviour of the till. Pure: same state, event, answers and times give the same step.
[[nodiscard]] Step step(State state, const Event& event, const Directory& directory,
                        const core::Moment& now, core::Tick tick);

}  // namespace pos::app
