#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "sync/net/curl_link.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/loopback_socket.hpp"
#include "tests/unit/hub/echo_server.hpp"

namespace {

using namespace club::net;
using namespace tests;
using club::wire::LinkFault;
using club::wire::Request;
using std::chrono::milliseconds;

TEST_CASE("Server: a call arrives as it was signed and its answer comes back", "[net]") {
  RunningServer running;
  auto link = CurlLink::open(running.url() + "/");
  REQUIRE(link);
  pos::core::SeededChance chance(1);
  Request request = request_for("/v1/push", std::string("\0\xff body", 7));
  club::wire::sign_call(request, 7, club::wire::Nonce::mint(chance), 42,
                        pos::core::make_signing_pair(chance).secret);
  for (int i = 0; i < 3; ++i) {
    const auto answer = (*link)->call(request, milliseconds(2000));
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->body == request.body);
  }
  CHECK(running.echo.last_ == request);
  CHECK(running.echo.calls_ == 3);
}

TEST_CASE("Server: many waiting calls cost no thread and are answered by news or by time",
          "[net]") {
  RunningServer running;
  std::vector<tests::support::LoopbackSocket> waiting(60);
  for (auto& socket : waiting) {
    REQUIRE(socket.connect(running.server->port()));
    socket.send("POST /wait HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nlate");
  }
  auto link = CurlLink::open(running.url());
  CHECK((*link)->call(request_for("/now", "x"), milliseconds(2000))->status == 200);
  for (std::size_t i = 0; i < 30; ++i) {
    CHECK(waiting[i].read_until("late", milliseconds(3000)));
  }
  tests::support::LoopbackSocket patient;
  REQUIRE(patient.connect(running.server->port()));
  patient.send("POST /wait HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nlate");
  while (running.echo.calls_ < 62) std::this_thread::yield();
  ++running.echo.news_;
  CHECK(patient.read_until("news", milliseconds(3000)));
}

TEST_CASE("Server: garbage, endless headers and large bodies are refused; others go on", "[net]") {
  ServerOptions options;
  options.header_deadline = milliseconds(200);
  options.body_deadline = milliseconds(300);
  RunningServer running(options);
  const auto port = running.server->port();
  const std::string bad[] = {std::string("\x16\x03\x01\0\0", 5) + "\r\n\r\n",
                             "\r\n\r\n\r\n",
                             "GET\r\n\r\n",
                             "POST /x HTTP/9.9\r\n\r\n",
                             "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                             "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
                             "POST / HTTP/1.1\r\nA: " + std::string(40'000, 'a')};
  for (const std::string& bytes : bad) {
    tests::support::LoopbackSocket socket;
    REQUIRE(socket.connect(port));
    socket.send(bytes);
    INFO(bytes.substr(0, 60));
    CHECK(socket.read_to_end(milliseconds(3000)));
  }
  tests::support::LoopbackSocket slow;
  REQUIRE(slow.connect(port));
  slow.send("POST / HTTP/1.1\r\nHost:");
  tests::support::LoopbackSocket half;
  REQUIRE(half.connect(port));
  half.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
  CHECK(slow.read_to_end(milliseconds(3000)));
  CHECK(half.read_to_end(milliseconds(3000)));
  auto link = CurlLink::open(running.url());
  CHECK((*link)->call(request_for("/x", "y"), milliseconds(2000))->status == 200);
  CHECK(running.echo.calls_ == 1);
}

TEST_CASE("Link: what goes wrong has a name", "[net]") {
  CHECK(CurlLink::open("http://example.com").error().kind == LinkFault::Kind::bad_answer);
  CHECK(CurlLink::open("http://127.0.0.1.example.com").has_value() == false);
  CHECK(CurlLink::open("file:///etc/passwd").has_value() == false);
  std::string dead_url;
  {
    RunningServer running;
    dead_url = running.url();
    auto link = CurlLink::open(running.url());
    const auto late = (*link)->call(request_for("/wait", "x"), milliseconds(50));
    CHECK(late.error().kind == LinkFault::Kind::timeout);
    (*link)->cancel();
    CHECK((*link)->call(request_for("/x", ""), milliseconds(50)).error().kind ==
          LinkFault::Kind::stopped);
  }
  auto link = CurlLink::open(dead_url);
  CHECK((*link)->call(request_for("/x", ""), milliseconds(500)).error().kind ==
        LinkFault::Kind::unreachable);
}

TEST_CASE("Server: it serves plain HTTP on the loopback address only", "[net]") {
  Echo echo;
  const club::hub::MachineClock clock;
  ServerOptions options;
  options.address = "0.0.0.0";
  CHECK_FALSE(HubServer::listen(options, echo, clock).has_value());
  options.address = "not an address";
  CHECK_FALSE(HubServer::listen(options, echo, clock).has_value());
}

}  // namespace
