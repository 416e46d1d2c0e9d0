#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace pos::core {

/// The known word that a mistyped one most likely means: at most two edits away, and nearer than
/// half its length. The first of `known` wins a tie.
[[nodiscard]] std::optional<std::string_view> near_match(std::string_view word,
                                                         std::span<const std::string_view> known);

}  // namespace pos::core
