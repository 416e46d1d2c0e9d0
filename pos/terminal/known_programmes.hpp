#pragma once

#include <map>
#include <optional>

#include "pos/disk/journal_reader.hpp"
#include "pos/programme/programme.hpp"
#include "pos/terminal/state_paths.hpp"

namespace pos::terminal {

/// The versions of the programme that recorded sales can be judged under: files that were named,
/// those that the journal keeps, and the one in force. Each is read once. One thread.
class KnownProgrammes {
 public:
  struct Version {
    std::optional<programme::Programme> programme;
    bool kept = false;  ///< without a programme: its document is here, but not for this program
  };

  /// `journal` is not in use by anybody else for as long as this lives.
  KnownProgrammes(disk::JournalReader journal, StatePaths paths)
      : journal_(std::move(journal)), paths_(std::move(paths)) {}

  void add(programme::Programme programme);
  [[nodiscard]] const Version& find(const domain::ProgrammeHash& hash);
  [[nodiscard]] const std::map<domain::ProgrammeHash, Version>& found() const { return versions_; }

 private:
  [[nodiscard]] std::optional<core::Bytes> document_of(const domain::ProgrammeHash& hash);

  disk::JournalReader journal_;
  StatePaths paths_;
  std::map<domain::ProgrammeHash, Version> versions_;
};

}  // namespace pos::terminal
