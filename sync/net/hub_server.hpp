#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pos/core/clock.hpp"
#include "sync/net/tls_certificate.hpp"
#include "sync/wire/call.hpp"

namespace club::net {

/// What the server asks. All calls come from the server's thread. `Pending` is whatever a waiting
/// call must remember.
class CallHandler {
 public:
  virtual ~CallHandler() = default;

  struct Pending {
    virtual ~Pending() = default;
    pos::core::Tick deadline;
  };
  struct Reply {
    wire::Response response;           ///< now, or when the pending call's time is up
    std::unique_ptr<Pending> pending;  ///< null: answered
  };
  [[nodiscard]] virtual Reply handle(const wire::Request& request, pos::core::Tick now) = 0;
  /// Asked when news() has changed.
  [[nodiscard]] virtual std::optional<wire::Response> resume(const Pending& pending,
                                                             pos::core::Tick now) = 0;
  [[nodiscard]] virtual std::uint64_t news() = 0;
  /// Background work, between calls. True: there is more, ask again soon.
  [[nodiscard]] virtual bool work() = 0;
};

struct ServerOptions {
  /// TLS 1.3 (RFC 8446).
  struct Tls {
    std::string
        authority;  ///< PEM; anybody may fetch it (kAuthorityPath) and judge its fingerprint
    /// Asked by listen() and every thirty days by run(): what new connections are shown, good for
    /// longer than that. May throw std::runtime_error: then listen() fails, and run() goes on with
    /// the last one.
    std::function<Certified()> certificate;
  };
  std::optional<Tls> tls;
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
  std::size_t connections_max = 2'500;
  pos::core::Millis header_deadline{10'000};
  pos::core::Millis body_deadline{30'000};
  pos::core::Millis idle_deadline{120'000};  ///< between the calls of a kept connection
};

/// False also for what is no address.
[[nodiscard]] bool is_loopback(const std::string& address);

struct ServerError {
  std::string detail;
};

/// HTTP/1.1 on one thread: many kept connections, waiting calls cost no thread, limits on
/// everything. Without TLS it refuses every address that is not loopback.
class HubServer {
 public:
  /// Binds at once, so that port() is known. Clock and handler must outlive the server.
  [[nodiscard]] static pos::core::Expected<std::unique_ptr<HubServer>, ServerError> listen(
      const ServerOptions& options, CallHandler& handler, const pos::core::Clock& clock);

  virtual ~HubServer() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  /// Serves until stop(). Answers what is waiting, then closes.
  virtual void run() = 0;
  /// From any thread, and from nowhere near a signal handler.
  virtual void stop() = 0;
  /// Stops run() when the process receives SIGTERM or SIGINT.
  virtual void stop_on_signals() = 0;
};

}  // namespace club::net
