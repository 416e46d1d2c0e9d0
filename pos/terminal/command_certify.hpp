#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "pos/core/exit_code.hpp"

namespace pos::terminal {

/// `clubtill programme certify [FILE|DIR...]`: runs certified examples, by default the set that
/// this build carries, and names on `out` each that does not come out as written; with `json` as
/// one JSON object. ok when all do, other when one does not, configuration for a file that holds no
/// examples.
[[nodiscard]] core::ExitCode programme_certify(const std::vector<std::string>& paths, bool json,
                                               std::ostream& out, std::ostream& err);

}  // namespace pos::terminal
