#include "pos/core/crypto/crypto.hpp"

#include <sodium.h>

#include <array>

#include "pos/core/check.hpp"

namespace pos::core {
namespace {

constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

void ready() {
  static const bool done = sodium_init() >= 0;
  CLUBTILL_CHECK(done);
}

/// As crypto_box_seal does it: the nonce is the hash of both public keys.
std::array<std::uint8_t, crypto_box_NONCEBYTES> seal_nonce(BytesView ephemeral, BytesView reader) {
  std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, nonce.size());
  crypto_generichash_update(&state, ephemeral.data(), ephemeral.size());
  crypto_generichash_update(&state, reader.data(), reader.size());
  crypto_generichash_final(&state, nonce.data(), nonce.size());
  return nonce;
}

}  // namespace

Digest blake2b(std::initializer_list<BytesView> parts) {
  ready();
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, Digest::kSize);
  for (const BytesView part : parts) crypto_generichash_update(&state, part.data(), part.size());
  std::array<std::uint8_t, Digest::kSize> out{};
  crypto_generichash_final(&state, out.data(), out.size());
  return Digest(out);
}

KeyedHash keyed_hash(const SymmetricKey& key, std::string_view kind, std::string_view value) {
  ready();
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.bytes().data(), key.bytes().size(), KeyedHash::kSize);
  const std::uint8_t zero = 0;
  crypto_generichash_update(&state, bytes_of(kind).data(), kind.size());
  crypto_generichash_update(&state, &zero, 1);
  crypto_generichash_update(&state, bytes_of(value).data(), value.size());
  std::array<std::uint8_t, KeyedHash::kSize> out{};
  crypto_generichash_final(&state, out.data(), out.size());
  return KeyedHash(out);
}

SigningPair make_signing_pair(Chance& chance) {
  ready();
  std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed{};
  chance.fill(seed);
  std::array<std::uint8_t, VerifyKey::kSize> open{};
  std::array<std::uint8_t, SigningKey::kSize> secret{};
  crypto_sign_seed_keypair(open.data(), secret.data(), seed.data());
  sodium_memzero(seed.data(), seed.size());
  return {SigningKey(secret), VerifyKey(open)};
}

Signature sign(const SigningKey& key, BytesView message) {
  ready();
  std::array<std::uint8_t, Signature::kSize> out{};
  crypto_sign_detached(out.data(), nullptr, message.data(), message.size(), key.bytes().data());
  return Signature(out);
}

bool verify(const VerifyKey& key, BytesView message, const Signature& signature) {
  ready();
  return crypto_sign_verify_detached(signature.bytes().data(), message.data(), message.size(),
                                     key.bytes().data()) == 0;
}

Bytes encrypt(const SymmetricKey& key, BytesView text, BytesView context, Chance& chance) {
  ready();
  Bytes out(kNonceSize + text.size() + kTagSize);
  chance.fill(std::span(out).first(kNonceSize));
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kNonceSize, nullptr, text.data(),
                                             text.size(), context.data(), context.size(), nullptr,
                                             out.data(), key.bytes().data());
  return out;
}

std::optional<Bytes> decrypt(const SymmetricKey& key, BytesView sealed, BytesView context) {
  ready();
  if (sealed.size() < kNonceSize + kTagSize) return std::nullopt;
  Bytes out(sealed.size() - kNonceSize - kTagSize);
  const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(
      out.data(), nullptr, nullptr, sealed.data() + kNonceSize, sealed.size() - kNonceSize,
      context.data(), context.size(), sealed.data(), key.bytes().data());
  return code == 0 ? std::optional(std::move(out)) : std::nullopt;
}

BoxPair make_box_pair(Chance& chance) {
  ready();
  std::array<std::uint8_t, crypto_box_SEEDBYTES> seed{};
  chance.fill(seed);
  std::array<std::uint8_t, BoxPublicKey::kSize> open{};
  std::array<std::uint8_t, BoxSecretKey::kSize> secret{};
  crypto_box_seed_keypair(open.data(), secret.data(), seed.data());
  sodium_memzero(seed.data(), seed.size());
  return {BoxSecretKey(secret), BoxPublicKey(open)};
}

Bytes seal_for(const BoxPublicKey& reader, BytesView text, Chance& chance) {
  const BoxPair ephemeral = make_box_pair(chance);
  const auto nonce = seal_nonce(ephemeral.open.bytes(), reader.bytes());
  Bytes out = copy_of(ephemeral.open.bytes());
  out.resize(crypto_box_PUBLICKEYBYTES + text.size() + crypto_box_MACBYTES);
  const int code =
      crypto_box_easy(out.data() + crypto_box_PUBLICKEYBYTES, text.data(), text.size(),
                      nonce.data(), reader.bytes().data(), ephemeral.secret.bytes().data());
  CLUBTILL_CHECK(code == 0);
  return out;
}

std::optional<Bytes> open_sealed(const BoxPair& reader, BytesView sealed) {
  ready();
  if (sealed.size() < crypto_box_SEALBYTES) return std::nullopt;
  Bytes out(sealed.size() - crypto_box_SEALBYTES);
  const int code = crypto_box_seal_open(out.data(), sealed.data(), sealed.size(),
                                        reader.open.bytes().data(), reader.secret.bytes().data());
  return code == 0 ? std::optional(std::move(out)) : std::nullopt;
}

void SystemChance::fill(std::span<std::uint8_t> bytes) {
  ready();
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace pos::core
