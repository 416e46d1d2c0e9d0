#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pos::core {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

/// Both views live only as long as what they look at.
[[nodiscard]] BytesView bytes_of(std::string_view text);
[[nodiscard]] std::string_view text_of(BytesView bytes);

[[nodiscard]] Bytes copy_of(BytesView bytes);

/// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::string to_hex(BytesView bytes);

/// Accepts both cases; nothing on an odd length or a foreign character.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

}  // namespace pos::core
