#include "sync/net/http_headers.hpp"

#include <charconv>

namespace club::net {
namespace {

template <class Number>
std::optional<Number> number_of(const std::string& text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, code] = std::from_chars(text.data(), end, value);
  if (text.empty() || code != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

AuthTexts auth_texts(const wire::CallAuth& auth) {
  return {std::to_string(auth.till), auth.nonce.hex(), std::to_string(auth.counter),
          auth.signature.hex()};
}

std::optional<wire::CallAuth> parse_auth(const AuthTexts& texts) {
  const auto till = number_of<std::uint32_t>(texts.till);
  const auto counter = number_of<std::uint64_t>(texts.counter);
  const auto nonce = wire::Nonce::parse(texts.nonce);
  const auto signature = pos::core::Signature::parse(texts.signature);
  if (!till || !counter || !nonce || !signature) return std::nullopt;
  return wire::CallAuth{*till, *nonce, *counter, *signature};
}

}  // namespace club::net
