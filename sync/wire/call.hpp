#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pos/core/crypto/crypto.hpp"
#include "pos/core/expected.hpp"
#include "pos/core/time.hpp"

namespace club::wire {

using pos::core::Bytes;
using pos::core::BytesView;

/// 32 bytes that the hub gives in its answer to hello. They bind the counters of this till's calls
/// to this life of the hub.
using Nonce = pos::core::FixedBytes<struct NonceTag, 32>;
/// 16 bytes that the till draws for each hello.
using CallRandom = pos::core::FixedBytes<struct CallRandomTag, 16>;

inline constexpr std::string_view kRegisterPath = "/v1/register";
inline constexpr std::string_view kHelloPath = "/v1/hello";
inline constexpr std::string_view kPushPath = "/v1/push";
inline constexpr std::string_view kPullPath = "/v1/pull";
inline constexpr std::string_view kAuthorisePath = "/v1/authorise";
inline constexpr std::string_view kCertifyPath = "/v1/certify";
inline constexpr std::string_view kReceiptPath = "/v1/receipt";

/// Who calls, and the proof. On HTTP: the headers Clubtill-Till, Clubtill-Nonce, Clubtill-Counter,
/// Clubtill-Signature.
struct CallAuth {
  std::uint32_t till = 0;
  Nonce nonce;                ///< zero in hello
  std::uint64_t counter = 0;  ///< from 1 under each nonce, never the same twice; 0 in hello
  pos::core::Signature signature;
  friend bool operator==(const CallAuth&, const CallAuth&) = default;
};

/// One call, independent of what carries it. Method is always POST today, and is signed.
struct Request {
  std::string method = "POST";
  std::string path;
  std::optional<CallAuth> auth;  ///< every call but register
  Bytes body;                    ///< packed, see pack()
  friend bool operator==(const Request&, const Request&) = default;
};

/// 200 with a body of the call's own; anything else with a Refusal.
struct Response {
  int status = 0;
  Bytes body;
  friend bool operator==(const Response&, const Response&) = default;
};

struct LinkFault {
  /// `untrusted`: what answers cannot show that it is the club's hub.
  enum class Kind { unreachable, timeout, cut, too_large, bad_answer, untrusted, stopped };
  Kind kind = Kind::unreachable;
  std::string detail;
};

/// The port through which a till reaches its hub. One object belongs to one thread; a call blocks
/// at most `timeout`. A fault says nothing about whether the hub received the call.
class Link {
 public:
  virtual ~Link() = default;
  [[nodiscard]] virtual pos::core::Expected<Response, LinkFault> call(
      const Request& request, pos::core::Millis timeout) = 0;
};

/// Signs method, path, hash of the packed body, till, nonce and counter.
void sign_call(Request& request, std::uint32_t till, const Nonce& nonce, std::uint64_t counter,
               const pos::core::SigningKey& key);
/// False also when the request carries no proof at all.
[[nodiscard]] bool verify_call(const Request& request, const pos::core::VerifyKey& key);

struct WireError {
  enum class Kind {
    too_large,  ///< a limit of limits.hpp
    bad_pack,   ///< not zstd, or more than it said
    bad_json,
    bad_shape,  ///< a key is missing or of the wrong kind
    bad_frame,  ///< sizes, line ends or counts do not fit
    bad_version,
  };
  Kind kind = Kind::bad_shape;
  std::size_t line = 0;  ///< of the unpacked body, from 1; 0: the body as a whole
  std::string detail;
};

template <class Value>
using Read = pos::core::Expected<Value, WireError>;

/// zstd around the lines of a body.
[[nodiscard]] Bytes pack(BytesView lines);
/// Refuses more than kBodyBytesMax in and more than kDecodedBytesMax out.
[[nodiscard]] Read<Bytes> unpack(BytesView packed);

}  // namespace club::wire
