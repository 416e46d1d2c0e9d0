#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "sync/hub/hub_files.hpp"
#include "sync/net/hub_server.hpp"
#include "tests/support/catch.hpp"

namespace tests {

/// Answers every call with its body; "/wait" waits for news or for 300 ms.
class Echo final : public club::net::CallHandler {
 public:
  struct Wait final : Pending {};

  Reply handle(const club::wire::Request& request, pos::core::Tick now) override {
    calls_ += 1;
    last_ = request;
    Reply reply{{200, request.body}, nullptr};
    if (request.path != "/wait") return reply;
    reply.pending = std::make_unique<Wait>();
    reply.pending->deadline = now + std::chrono::milliseconds(300);
    return reply;
  }
  std::optional<club::wire::Response> resume(const Pending&, pos::core::Tick) override {
    return club::wire::Response{200, {'n', 'e', 'w', 's'}};
  }
  std::uint64_t news() override { return news_; }
  bool work() override { return false; }

  std::atomic<std::uint64_t> news_ = 1;
  std::atomic<int> calls_ = 0;
  club::wire::Request last_;
};

struct RunningServer {
  explicit RunningServer(club::net::ServerOptions options = {}) {
    auto listening = club::net::HubServer::listen(options, echo, clock);
    REQUIRE(listening.has_value());
    server = std::move(*listening);
    thread = std::thread([this] { server->run(); });
  }
  ~RunningServer() {
    server->stop();
    thread.join();
  }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server->port());
  }
  Echo echo;
  club::hub::MachineClock clock;
  std::unique_ptr<club::net::HubServer> server;
  std::thread thread;
};

inline club::wire::Request request_for(const std::string& path, const std::string& body) {
  club::wire::Request request;
  request.path = path;
  request.body = pos::core::copy_of(pos::core::bytes_of(body));
  return request;
}

}  // namespace tests
