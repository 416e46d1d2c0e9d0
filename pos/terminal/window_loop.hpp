#pragma once

#include <atomic>

#include "pos/terminal/till.hpp"

namespace pos::terminal {

/// `clubtill run`: opens the till and its window and sells until somebody closes it or the process
/// is told to stop. Main thread. Sentences go to standard error.
[[nodiscard]] core::ExitCode run_window(Till::Settings settings);

}  // namespace pos::terminal
