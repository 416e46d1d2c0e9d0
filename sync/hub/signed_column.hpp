#pragma once

#include <cstdint>

namespace club::hub {

/// SQLite's integers are signed; sequence numbers and epochs keep their bits in them.
[[nodiscard]] constexpr std::int64_t signed_of(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}
[[nodiscard]] constexpr std::uint64_t unsigned_of(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

}  // namespace club::hub
