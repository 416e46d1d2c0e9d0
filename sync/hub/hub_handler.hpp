#pragma once

#include <iosfwd>

#include "sync/hub/hub.hpp"
#include "sync/net/hub_server.hpp"

namespace club::hub {

/// Joins a hub to a server: its calls, and between them its work. On the server's thread; hub and
/// `err`, where it says that it cannot apply, outlive it.
class HubHandler final : public net::CallHandler {
 public:
  HubHandler(Hub& hub, std::ostream& err) : hub_(hub), err_(err) {}

  [[nodiscard]] Reply handle(const wire::Request& request, pos::core::Tick now) override;
  [[nodiscard]] std::optional<wire::Response> resume(const Pending& pending,
                                                     pos::core::Tick now) override;
  [[nodiscard]] std::uint64_t news() override { return hub_.news(); }
  [[nodiscard]] bool work() override;

 private:
  Hub& hub_;
  std::ostream& err_;
  bool said_ = false;
};

}  // namespace club::hub
