#pragma once

#include <iosfwd>
#include <string>

#include "pos/core/exit_code.hpp"
#include "pos/terminal/state_paths.hpp"

namespace pos::terminal {

/// `clubtill pair URL CODE`: makes the till's keys, registers them with the hub and keeps what it
/// answered. Repeating it after a cut is safe; a till that is paired already is left as it is.
[[nodiscard]] core::ExitCode pair_till(const StatePaths& paths, const std::string& url,
                                       const std::string& code, std::ostream& out,
                                       std::ostream& err);

}  // namespace pos::terminal
