#include "sync/wire/call.hpp"

#include <array>

#include "pos/core/zstd/zstd.hpp"
#include "sync/wire/limits.hpp"

namespace club::wire {
namespace {

constexpr std::string_view kPurpose = "clubtill call 1\n";

template <class Number>
void put(Bytes& out, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  }
}

void put(Bytes& out, BytesView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

/// Fields of varying length end in LF, which neither a method nor a path of ours contains.
Bytes signed_bytes(const Request& request, const CallAuth& auth) {
  Bytes out;
  put(out, pos::core::bytes_of(kPurpose));
  put(out, pos::core::bytes_of(request.method));
  out.push_back('\n');
  put(out, pos::core::bytes_of(request.path));
  out.push_back('\n');
  put(out, pos::core::blake2b(request.body).bytes());
  put(out, auth.till);
  put(out, auth.nonce.bytes());
  put(out, auth.counter);
  return out;
}

}  // namespace

void sign_call(Request& request, std::uint32_t till, const Nonce& nonce, std::uint64_t counter,
               const pos::core::SigningKey& key) {
  CallAuth auth;
  auth.till = till;
  auth.nonce = nonce;
  auth.counter = counter;
  auth.signature = pos::core::sign(key, signed_bytes(request, auth));
  request.auth = auth;
}

bool verify_call(const Request& request, const pos::core::VerifyKey& key) {
  if (!request.auth) return false;
  return pos::core::verify(key, signed_bytes(request, *request.auth), request.auth->signature);
}

Bytes pack(BytesView lines) { return pos::core::zstd_compress(lines); }

Read<Bytes> unpack(BytesView packed) {
  if (packed.size() > kBodyBytesMax) {
    return pos::core::fail(WireError{WireError::Kind::too_large, 0, "the body is over 1 MiB"});
  }
  auto lines = pos::core::zstd_decompress(packed, kDecodedBytesMax);
  if (lines) return std::move(*lines);
  if (lines.error() == pos::core::ZstdError::too_large) {
    return pos::core::fail(
        WireError{WireError::Kind::too_large, 0, "the body unpacks to over 8 MiB"});
  }
  return pos::core::fail(WireError{WireError::Kind::bad_pack, 0, "the body is no zstd frame"});
}

}  // namespace club::wire
