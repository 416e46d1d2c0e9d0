#pragma once

#include "pos/terminal/till.hpp"

namespace pos::terminal {

/// `clubtill run --headless`: the same till without a window. Commands come as lines on standard
/// input; a line that is none is answered on standard error and changes nothing. Ends at "quit", at
/// the end of the input, or when the process is told to stop. Main thread.
[[nodiscard]] core::ExitCode run_headless(Till::Settings settings);

}  // namespace pos::terminal
