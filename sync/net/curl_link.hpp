#pragma once

#include <memory>

#include "sync/wire/call.hpp"

namespace club::net {

/// A till's way to its hub over HTTP. Keeps its connection between calls. Plain http:// is accepted
/// for loopback addresses only; elsewhere TLS 1.3, and the hub's certificate must be signed by the
/// authority given and name the host of the URL. No other authority of this machine counts, and
/// nothing switches that off. Used by one thread; cancel() may come from another.
class CurlLink final : public wire::Link {
 public:
  /// "https://hub.example:8443"; a trailing slash does not matter. `authority` is PEM text, needed
  /// with https. Fails with bad_answer when the address cannot be used.
  [[nodiscard]] static pos::core::Expected<std::unique_ptr<CurlLink>, wire::LinkFault> open(
      const std::string& url, const std::string& authority = {});
  ~CurlLink() override;

  [[nodiscard]] pos::core::Expected<wire::Response, wire::LinkFault> call(
      const wire::Request& request, pos::core::Millis timeout) override;

  /// The authority that whatever answers there says is the club's: PEM text, at most 16 KiB, from a
  /// server that nothing is known of. Sends nothing of the till's. Whoever uses it compares
  /// wire::fingerprint_of() first.
  [[nodiscard]] static pos::core::Expected<std::string, wire::LinkFault> fetch_authority(
      const std::string& url, pos::core::Millis timeout);

  /// Ends a call that waits, and every later one, with LinkFault::stopped.
  void cancel();

 private:
  struct State;
  explicit CurlLink(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace club::net
