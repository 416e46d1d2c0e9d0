#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pos/core/crypto/crypto.hpp"

namespace pos::core {

/// The word that says what a fact is: 1 to 16 small letters, digits or '_'. A word that this
/// program does not know is still a kind: facts of a future version are stored and parked.
class FactKind {
 public:
  static constexpr std::size_t kLengthMax = 16;

  FactKind() = default;  ///< the empty kind, which parse() never gives
  [[nodiscard]] static std::optional<FactKind> parse(std::string_view text);

  [[nodiscard]] std::string_view text() const;
  /// Padded with zeros; this form enters the chain.
  [[nodiscard]] BytesView bytes() const { return bytes_; }
  friend auto operator<=>(const FactKind&, const FactKind&) = default;

 private:
  std::array<std::uint8_t, kLengthMax> bytes_{};
};

/// What every fact carries in front of its body, without the chain value itself.
struct EnvelopeFields {
  std::uint32_t till = 0;         ///< never 0
  std::uint32_t incarnation = 1;  ///< one life of the till's journal, from 1
  std::uint64_t seq = 0;          ///< dense within the incarnation, from 1
  FactId uid;
  FactKind kind;
  std::uint32_t size = 0;  ///< of the body, in bytes
  Digest body_hash;        ///< BLAKE2b-256 of exactly those bytes
  friend bool operator==(const EnvelopeFields&, const EnvelopeFields&) = default;
};

inline constexpr std::uint8_t kChainVersion = 1;

/// What stands before the first fact of every incarnation.
inline constexpr Digest kChainStart{};

/// BLAKE2b-256 over 117 bytes: the previous chain value (32), the version byte (1), then till (4),
/// incarnation (4), seq (8), uid (16), kind (16), size (4) and body hash (32), numbers little
/// endian. Never over JSON. docs/data-model.md holds vectors.
[[nodiscard]] Digest chain_value(const Digest& previous, const EnvelopeFields& fields);

/// A chain value is signed with a word of purpose before it, so that no other signature of the
/// till's key can stand for one.
[[nodiscard]] Signature sign_chain(const SigningKey& key, const Digest& chain);
[[nodiscard]] bool verify_chain(const VerifyKey& key, const Digest& chain,
                                const Signature& signature);

}  // namespace pos::core
