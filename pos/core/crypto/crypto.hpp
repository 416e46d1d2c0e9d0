#pragma once

#include <initializer_list>
#include <optional>

#include "pos/core/bytes.hpp"
#include "pos/core/chance.hpp"
#include "pos/core/fixed_bytes.hpp"

namespace pos::core {

using Signature = FixedBytes<struct SignatureTag, 64>;  ///< Ed25519
using VerifyKey = FixedBytes<struct VerifyKeyTag, 32>;  ///< Ed25519, public
using SigningKey =
    FixedBytes<struct SigningKeyTag, 64>;  ///< Ed25519, secret: kept in a file of mode 0600
using BoxPublicKey = FixedBytes<struct BoxPublicTag, 32>;  ///< X25519, public
using BoxSecretKey = FixedBytes<struct BoxSecretTag, 32>;  ///< X25519, secret
using SymmetricKey = FixedBytes<struct SymmetricTag, 32>;  ///< XChaCha20-Poly1305 and keyed hashes
using KeyedHash = FixedBytes<struct KeyedHashTag, 16>;  ///< BLAKE2b-128 under the club's index key

struct SigningPair {
  SigningKey secret;
  VerifyKey open;
};

struct BoxPair {
  BoxSecretKey secret;
  BoxPublicKey open;
};

/// BLAKE2b-256 of the parts, one after the other.
[[nodiscard]] Digest blake2b(std::initializer_list<BytesView> parts);
[[nodiscard]] inline Digest blake2b(BytesView bytes) { return blake2b({bytes}); }

/// The only form in which a phone or a card number is kept or sent as a key (law 14). `kind`
/// separates the uses: the same digits as a phone and as a card give different hashes.
[[nodiscard]] KeyedHash keyed_hash(const SymmetricKey& key, std::string_view kind,
                                   std::string_view value);

[[nodiscard]] SigningPair make_signing_pair(Chance& chance);
[[nodiscard]] Signature sign(const SigningKey& key, BytesView message);
[[nodiscard]] bool verify(const VerifyKey& key, BytesView message, const Signature& signature);

/// XChaCha20-Poly1305: 24 bytes of nonce, then the text with its tag. `context` is authenticated,
/// not stored.
[[nodiscard]] Bytes encrypt(const SymmetricKey& key, BytesView text, BytesView context,
                            Chance& chance);
[[nodiscard]] std::optional<Bytes> decrypt(const SymmetricKey& key, BytesView sealed,
                                           BytesView context);

/// libsodium's sealed box (ephemeral X25519 key, then the box), with the ephemeral key drawn from
/// `chance`.
[[nodiscard]] BoxPair make_box_pair(Chance& chance);
[[nodiscard]] Bytes seal_for(const BoxPublicKey& reader, BytesView text, Chance& chance);
[[nodiscard]] std::optional<Bytes> open_sealed(const BoxPair& reader, BytesView sealed);

/// The operating system's randomness. May be used from any thread.
class SystemChance final : public Chance {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace pos::core
