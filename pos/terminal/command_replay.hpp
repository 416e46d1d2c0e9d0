#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "pos/core/exit_code.hpp"
#include "pos/terminal/state_paths.hpp"

namespace pos::terminal {

struct ReplayOptions {
  std::vector<std::string> programme_files;
  bool prove = false;  ///< the files are versions to prove sales with, not one to try out
  std::string from;    ///< days like 2026-11-22, both count; empty: no end
  std::string to;
  bool json = false;
  bool csv = false;
};

/// `clubtill replay`: judges every recorded sale again under the version that it names; `other`
/// when one comes out with other bytes. With one file and without `prove`: what the recorded
/// baskets would have cost under it; sales that name this very version are proved on the way. Reads
/// only; a till may be running. journal_broken when a sale is not as it was sealed.
[[nodiscard]] core::ExitCode replay(const StatePaths& paths, const ReplayOptions& options,
                                    std::ostream& out, std::ostream& err);

}  // namespace pos::terminal
