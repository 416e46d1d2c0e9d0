#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "pos/core/exit_code.hpp"
#include "pos/domain/language.hpp"
#include "pos/programme/programme.hpp"

namespace pos::terminal {

/// Reads and parses a programme; nothing when it is refused, with each finding as a line on `err`.
[[nodiscard]] std::optional<programme::Programme> load_programme(const std::string& file,
                                                                 std::ostream& err);

/// `clubtill programme lint FILE`: errors and warnings, each with line, place, reason and mend;
/// with `json` as one JSON list on `out`. ok without errors (warnings may be there), else
/// configuration.
[[nodiscard]] core::ExitCode programme_lint(const std::string& file, bool json, std::ostream& out,
                                            std::ostream& err);

/// `clubtill programme explain FILE [--lang he]`: the programme in words, for a cashier.
[[nodiscard]] core::ExitCode programme_explain(const std::string& file, domain::Language language,
                                               std::ostream& out, std::ostream& err);

}  // namespace pos::terminal
