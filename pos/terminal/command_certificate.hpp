#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "pos/core/exit_code.hpp"
#include "pos/terminal/state_paths.hpp"

namespace pos::terminal {

/// `clubtill certificate`: what this till sealed on a day beside what its hub holds of it, signed
/// by both; what is missing is named. ExitCode::ok when both say the same, other when they do not,
/// hub_unreachable when the hub's half is missing. Reads only; a till may be running.
struct CertificateOptions {
  std::string day;  ///< like 2026-11-28; empty: today
  bool json = false;
  std::optional<std::string> hub_url;  ///< in place of the one that the till was paired with
};
[[nodiscard]] core::ExitCode certificate(const StatePaths& paths, const CertificateOptions& options,
                                         std::ostream& out, std::ostream& err);

}  // namespace pos::terminal
