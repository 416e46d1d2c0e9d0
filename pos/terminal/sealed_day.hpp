#pragma once

#include "pos/disk/journal_reader.hpp"
#include "sync/wire/certificate.hpp"

namespace pos::terminal {

/// What the journal says that was sealed on that day. Walks over all of it.
[[nodiscard]] disk::Disk<club::wire::SealedDay> sealed_day(disk::JournalReader& journal,
                                                           domain::TillNumber till,
                                                           domain::Day day);

}  // namespace pos::terminal
