#pragma once

#include "sync/wire/field_reader.hpp"
#include "sync/wire/line_reader.hpp"
#include "sync/wire/messages.hpp"

namespace club::wire {

/// Pieces that the codecs of this folder share.
[[nodiscard]] pos::core::Json mark_json(const JournalMark& mark);
[[nodiscard]] JournalMark read_mark(FieldReader& outer, std::string_view key);

/// Under "right"; nothing is written or read where there is none.
void set_right(pos::core::Json& json, const std::optional<IssuedRight>& right);
[[nodiscard]] std::optional<IssuedRight> read_right(FieldReader& outer);

/// The first line of every message holds {"name": version}. Nothing when it fits.
[[nodiscard]] std::optional<WireError> version_error(const LineReader& reader,
                                                     const pos::core::Json& json,
                                                     std::string_view name);

}  // namespace club::wire
