#include "pos/core/chance.hpp"

#include <array>
#include <limits>

#include "pos/core/check.hpp"

namespace pos::core {

std::uint64_t Chance::below(std::uint64_t bound) {
  CLUBTILL_CHECK(bound > 0);
  // Values above the last whole multiple of the bound are drawn again, so that no remainder is
  // favoured.
  const std::uint64_t whole = std::numeric_limits<std::uint64_t>::max() / bound * bound;
  for (;;) {
    std::array<std::uint8_t, 8> bytes{};
    fill(bytes);
    std::uint64_t drawn = 0;
    for (const std::uint8_t byte : bytes) drawn = drawn << 8 | byte;
    if (drawn < whole) return drawn % bound;
  }
}

std::uint64_t SeededChance::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
  return mixed ^ (mixed >> 31);
}

void SeededChance::fill(std::span<std::uint8_t> bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 8 == 0) word = next();
    bytes[i] = static_cast<std::uint8_t>(word >> (i % 8 * 8));
  }
}

}  // namespace pos::core
