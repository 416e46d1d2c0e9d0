#pragma once

#include <memory>

#include "sync/wire/call.hpp"

namespace club::net {

/// A till's way to its hub over HTTP. Keeps its connection between calls. Plain http:// is accepted
/// for loopback addresses only. Used by one thread; cancel() may come from another.
class CurlLink final : public wire::Link {
 public:
  /// "http://127.0.0.1:8137"; a trailing slash does not matter. Fails with bad_answer when the
  /// address cannot be used.
  [[nodiscard]] static pos::core::Expected<std::unique_ptr<CurlLink>, wire::LinkFault> open(
      const std::string& url);
  ~CurlLink() override;

  [[nodiscard]] pos::core::Expected<wire::Response, wire::LinkFault> call(
      const wire::Request& request, pos::core::Millis timeout) override;

  /// Ends a call that waits, and every later one, with LinkFault::stopped.
  void cancel();

 private:
  struct State;
  explicit CurlLink(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace club::net
