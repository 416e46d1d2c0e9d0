#pragma once

#include <iosfwd>
#include <string>

#include "pos/core/exit_code.hpp"
#include "pos/terminal/state_paths.hpp"

namespace pos::terminal {

struct ReportOptions {
  std::string from;  ///< days like 2026-11-22, both count; empty: no end
  std::string to;
  bool json = false;
  bool csv = false;
};

/// `clubtill report`: what the cashiers of this till did with tasks and words for members, from its
/// own journal. Reads only; a till may be running. journal_broken when a sale is not as it was
/// sealed: the others are counted all the same.
[[nodiscard]] core::ExitCode report(const StatePaths& paths, const ReportOptions& options,
                                    std::ostream& out, std::ostream& err);

}  // namespace pos::terminal
