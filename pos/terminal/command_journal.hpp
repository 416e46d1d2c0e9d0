#pragma once

#include <iosfwd>

#include "pos/core/exit_code.hpp"
#include "pos/core/expected.hpp"
#include "pos/disk/disk_error.hpp"
#include "pos/disk/journal_reader.hpp"
#include "pos/disk/state_folder.hpp"
#include "pos/terminal/state_paths.hpp"

namespace pos::terminal {

/// What went wrong with a database, as the contract's exit code.
[[nodiscard]] core::ExitCode exit_code_of(const disk::DiskError& error);
/// The same for the till's own keys and pairing.
[[nodiscard]] core::ExitCode exit_code_of(const disk::FileError& error);
/// One sentence that says what happened and what to do.
[[nodiscard]] std::string sentence_of(const disk::DiskError& error);

/// To read; fails with not_paired where no till was, and says so.
[[nodiscard]] core::Expected<disk::JournalReader, core::ExitCode> open_journal(
    const StatePaths& paths, std::ostream& err);

/// `clubtill journal verify`: walks the whole chain and names the first altered record. Reads only;
/// a till may be running.
[[nodiscard]] core::ExitCode journal_verify(const StatePaths& paths, bool json, std::ostream& out,
                                            std::ostream& err);

/// `clubtill journal show`: the newest facts, a line each.
[[nodiscard]] core::ExitCode journal_show(const StatePaths& paths, std::size_t count, bool json,
                                          std::ostream& out, std::ostream& err);

/// `clubtill journal export`: every fact in its order, one JSON line each with envelope and body.
[[nodiscard]] core::ExitCode journal_export(const StatePaths& paths, std::ostream& out,
                                            std::ostream& err);

}  // namespace pos::terminal
