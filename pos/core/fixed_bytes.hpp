#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>

#include "pos/core/bytes.hpp"
#include "pos/core/chance.hpp"

namespace pos::core {

/// A fixed number of bytes with a meaning. Two tags never mix: `member == account` does not
/// compile.
template <class Tag, std::size_t Size>
class FixedBytes {
 public:
  static constexpr std::size_t kSize = Size;

  constexpr FixedBytes() = default;
  explicit constexpr FixedBytes(const std::array<std::uint8_t, Size>& bytes) : bytes_(bytes) {}

  /// Nothing when the length is not exactly Size.
  [[nodiscard]] static std::optional<FixedBytes> from_bytes(BytesView bytes) {
    if (bytes.size() != Size) return std::nullopt;
    FixedBytes value;
    for (std::size_t i = 0; i < Size; ++i) value.bytes_[i] = bytes[i];
    return value;
  }

  /// Nothing unless the text is exactly 2 x Size hexadecimal digits.
  [[nodiscard]] static std::optional<FixedBytes> parse(std::string_view hex) {
    const auto bytes = from_hex(hex);
    return bytes ? from_bytes(*bytes) : std::nullopt;
  }

  [[nodiscard]] static FixedBytes mint(Chance& chance) {
    FixedBytes value;
    chance.fill(value.bytes_);
    return value;
  }

  [[nodiscard]] BytesView bytes() const { return bytes_; }
  [[nodiscard]] std::string hex() const { return to_hex(bytes_); }
  [[nodiscard]] bool is_zero() const { return *this == FixedBytes{}; }

  friend constexpr auto operator<=>(const FixedBytes&, const FixedBytes&) = default;

 private:
  std::array<std::uint8_t, Size> bytes_{};
};

/// 16 random bytes minted where the thing is born (design.md, section 6: "Up").
template <class Tag>
using Id = FixedBytes<Tag, 16>;

/// The uid of a fact, minted at the till that seals it.
using FactId = Id<struct FactTag>;

/// BLAKE2b-256.
using Digest = FixedBytes<struct DigestTag, 32>;

}  // namespace pos::core
