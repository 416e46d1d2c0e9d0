#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/wire/call.hpp"

namespace club::net {

/// GET it from a hub that speaks TLS: the certificate of the club's authority as PEM text.
inline constexpr std::string_view kAuthorityPath = "/v1/authority";

inline constexpr std::string_view kTillHeader = "Clubtill-Till";
inline constexpr std::string_view kNonceHeader = "Clubtill-Nonce";
inline constexpr std::string_view kCounterHeader = "Clubtill-Counter";
inline constexpr std::string_view kSignatureHeader = "Clubtill-Signature";

/// The four headers as text; missing ones are empty.
struct AuthTexts {
  std::string till;
  std::string nonce;
  std::string counter;
  std::string signature;
};

[[nodiscard]] AuthTexts auth_texts(const wire::CallAuth& auth);
/// Nothing unless all four are of their form.
[[nodiscard]] std::optional<wire::CallAuth> parse_auth(const AuthTexts& texts);

}  // namespace club::net
