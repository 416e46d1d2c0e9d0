#pragma once

#include <optional>
#include <string_view>

#include "pos/core/json/json.hpp"

namespace pos::core {

/// Reads what Json::dump() writes (no blanks, no escapes but those of quote and backslash), which
/// is nearly all that a journal, a hub or a till ever reads, several times as fast as the general
/// parser. Nothing for any other text, good or bad: the general parser then says what it is. What
/// it gives is what the general parser would give.
[[nodiscard]] std::optional<Json> read_canonical(std::string_view text, int depth_max);

}  // namespace pos::core
