#include "pos/core/chain.hpp"

namespace pos::core {
namespace {

constexpr std::string_view kPurpose = "clubtill fact 1";
constexpr std::size_t kHashedSize = 32 + 1 + 4 + 4 + 8 + 16 + 16 + 4 + 32;

void put_number(Bytes& out, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put_bytes(Bytes& out, BytesView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

Bytes message_of(const Digest& chain) {
  Bytes message = copy_of(bytes_of(kPurpose));
  put_bytes(message, chain.bytes());
  return message;
}

}  // namespace

std::optional<FactKind> FactKind::parse(std::string_view text) {
  if (text.empty() || text.size() > kLengthMax) return std::nullopt;
  FactKind kind;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (!plain) return std::nullopt;
    kind.bytes_[i] = static_cast<std::uint8_t>(c);
  }
  return kind;
}

std::string_view FactKind::text() const {
  std::size_t length = 0;
  while (length < kLengthMax && bytes_[length] != 0) ++length;
  return text_of(BytesView(bytes_).first(length));
}

Digest chain_value(const Digest& previous, const EnvelopeFields& fields) {
  Bytes hashed;
  hashed.reserve(kHashedSize);
  put_bytes(hashed, previous.bytes());
  put_number(hashed, kChainVersion, 1);
  put_number(hashed, fields.till, 4);
  put_number(hashed, fields.incarnation, 4);
  put_number(hashed, fields.seq, 8);
  put_bytes(hashed, fields.uid.bytes());
  put_bytes(hashed, fields.kind.bytes());
  put_number(hashed, fields.size, 4);
  put_bytes(hashed, fields.body_hash.bytes());
  return blake2b(hashed);
}

Signature sign_chain(const SigningKey& key, const Digest& chain) {
  return sign(key, message_of(chain));
}

bool verify_chain(const VerifyKey& key, const Digest& chain, const Signature& signature) {
  return verify(key, message_of(chain), signature);
}

}  // namespace pos::core
