#pragma once

#include "sync/wire/field_reader.hpp"
#include "sync/wire/line_reader.hpp"
#include "sync/wire/messages.hpp"

namespace club::wire {

/// Pieces that the codecs of this folder share.
[[nodiscard]] pos::core::Json mark_json(const JournalMark& mark);
[[nodiscard]] JournalMark read_mark(FieldReader& outer, std::string_view key);

/// The first line of every message holds {"name": version}. Nothing when it fits.
[[nodiscard]] std::optional<WireError> version_error(const LineReader& reader,
                                                     const pos::core::Json& json,
                                                     std::string_view name);

}  // namespace club::wire
