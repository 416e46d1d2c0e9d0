#pragma once

#include <iosfwd>
#include <string>

#include "pos/core/exit_code.hpp"

namespace pos::terminal {

/// `clubtill quote --programme FILE`: one request as JSON on `in`, the answer as JSON on `out`,
/// money in minor units (docs/programme-format.md). Touches no state. A programme that is refused
/// gives `configuration`, a request that is refused gives `usage`; both say why on `err`.
[[nodiscard]] core::ExitCode run_quote(const std::string& programme_file, std::istream& in,
                                       std::ostream& out, std::ostream& err);

}  // namespace pos::terminal
