#pragma once

namespace pos::terminal {

/// The whole program `clubtill`: the contract of verbs, options and exit codes. Data goes to
/// standard output, words to standard error.
[[nodiscard]] int run_command_line(int count, char** words);

}  // namespace pos::terminal
