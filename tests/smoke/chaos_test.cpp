#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include "tests/smoke/chaos.hpp"
#include "tests/smoke/sockets.hpp"
#include "tests/support/catch.hpp"

using namespace tests::smoke;

namespace {

/// A hub that counts what reaches it whole and answers "ok".
class CountingHub {
 public:
  CountingHub() : listener_(listen_on_loopback(0)) {
    REQUIRE(listener_.has_value());
    REQUIRE(::pipe(wake_) == 0);
    thread_ = std::thread([this] {
      while (auto till = accept_one(listener_->socket, wake_[0])) {
        MessageReader reader(*till);
        if (!reader.read(MessageReader::Kind::request)) continue;
        ++requests;
        static_cast<void>(write_all(*till, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
      }
    });
  }
  ~CountingHub() {
    static_cast<void>(::write(wake_[1], "q", 1));
    thread_.join();
  }
  CountingHub(const CountingHub&) = delete;
  CountingHub& operator=(const CountingHub&) = delete;

  [[nodiscard]] std::uint16_t port() const { return listener_->port; }
  std::atomic<int> requests = 0;

 private:
  std::optional<Listener> listener_;
  int wake_[2] = {-1, -1};
  std::thread thread_;
};

/// One request through the proxy on a connection of its own.
std::optional<std::string> push_through(Proxy& proxy) {
  auto listener = listen_on_loopback(0);
  REQUIRE(listener.has_value());
  auto till = connect_to_loopback(listener->port);
  REQUIRE(till.has_value());
  auto other = accept_one(listener->socket, -1);
  REQUIRE(other.has_value());
  std::thread serving([&] { proxy.serve(other->release()); });
  REQUIRE(write_all(*till, "POST /push HTTP/1.1\r\nContent-Length: 4\r\n\r\nfact"));
  auto answer = MessageReader(*till).read(MessageReader::Kind::response);
  till->close();
  serving.join();
  return answer;
}

}  // namespace

TEST_CASE("Bad line: calm, every request arrives once and is answered", "[smoke]") {
  CountingHub hub;
  Chaos chaos(1);
  Proxy proxy(chaos, hub.port());
  for (int i = 0; i < 20; ++i) CHECK(push_through(proxy).has_value());
  CHECK(hub.requests == 20);
}

TEST_CASE("Bad line: wild, some requests are cut, doubled, or done and not answered", "[smoke]") {
  CountingHub hub;
  Chaos chaos(7);
  chaos.set(Chaos::Mode::wild);
  Proxy proxy(chaos, hub.port());
  int answered = 0;
  for (int i = 0; i < 100; ++i) answered += push_through(proxy).has_value() ? 1 : 0;
  CHECK(answered < 80);
  CHECK(answered > 30);
  CHECK(hub.requests > answered);
  CHECK(chaos.account().find("\"requests\":100") != std::string::npos);
}

TEST_CASE("Bad line: the same seed does the same", "[smoke]") {
  Chaos one(42);
  Chaos two(42);
  one.set(Chaos::Mode::wild);
  two.set(Chaos::Mode::wild);
  for (int i = 0; i < 50; ++i) CHECK(one.pick() == two.pick());
}

TEST_CASE("Bad line: messages are cut out of the stream by their length or their chunks",
          "[smoke]") {
  auto listener = listen_on_loopback(0);
  auto sender = connect_to_loopback(listener->port);
  auto receiver = accept_one(listener->socket, -1);
  REQUIRE(write_all(*sender,
                    "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "2\r\nde\r\n0\r\n\r\n"
                    "HTTP/1.1 204 No Content\r\n\r\n"));
  MessageReader reader(*receiver);
  CHECK(reader.read(MessageReader::Kind::response)->ends_with("abc"));
  CHECK(reader.read(MessageReader::Kind::response)->ends_with("0\r\n\r\n"));
  CHECK(reader.read(MessageReader::Kind::response)->starts_with("HTTP/1.1 204"));
}
