#include "sync/net/curl_link.hpp"
#include "sync/wire/pairing_code.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/loopback_socket.hpp"
#include "tests/unit/hub/echo_server.hpp"

namespace {

using namespace club::net;
using namespace tests;
using club::wire::LinkFault;
using club::wire::PairingCode;
using std::chrono::milliseconds;

const club::hub::MachineClock kClock;

CertificateTerms terms_for(std::vector<std::string> names) {
  return {std::move(names), kClock.now() - std::chrono::hours(1),
          kClock.now() + std::chrono::hours(24)};
}

/// The hub of a club: its authority, and a server that shows what it is given.
struct SecureServer {
  explicit SecureServer(const Certified& shown, const std::string& authority)
      : running(options_of(shown, authority)) {}

  static ServerOptions options_of(const Certified& shown, const std::string& authority) {
    ServerOptions options;
    options.tls = ServerOptions::Tls{authority, [shown] { return shown; }};
    return options;
  }
  [[nodiscard]] std::string url(const std::string& host = "localhost") const {
    return "https://" + host + ":" + std::to_string(running.server->port());
  }
  RunningServer running;
};

LinkFault fault_of(const std::string& url, const std::string& authority) {
  const auto link = CurlLink::open(url, authority);
  REQUIRE(link);
  const auto answer = (*link)->call(request_for("/v1/hello", "x"), milliseconds(3000));
  REQUIRE_FALSE(answer);
  return answer.error();
}

TEST_CASE("TLS: a till that knows the club's authority is served, over one kept connection",
          "[net][tls]") {
  const Certified authority = make_authority(kClock.now());
  SecureServer hub(issue(authority, terms_for({"localhost", "127.0.0.1"})), authority.certificate);
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const auto link = CurlLink::open(hub.url(host), authority.certificate);
    REQUIRE(link);
    for (int i = 0; i < 3; ++i) {
      const auto answer = (*link)->call(request_for("/v1/push", "x"), milliseconds(3000));
      REQUIRE(answer);
      CHECK(answer->body == request_for("", "x").body);
    }
  }
  CHECK(hub.running.echo.calls_ == 6);
}

TEST_CASE("TLS: a waiting call is answered by news or by time there, too", "[net][tls]") {
  const Certified authority = make_authority(kClock.now());
  SecureServer hub(issue(authority, terms_for({"localhost"})), authority.certificate);
  const auto link = CurlLink::open(hub.url(), authority.certificate);
  const auto late = (*link)->call(request_for("/wait", "late"), milliseconds(3000));
  REQUIRE(late);
  CHECK(late->body == request_for("", "late").body);
}

TEST_CASE("TLS: whoever is not the club's hub is refused before anything is sent", "[net][tls]") {
  const Certified authority = make_authority(kClock.now());
  const Certified stranger = make_authority(kClock.now());
  const auto now = kClock.now();
  const Certified hub = issue(authority, terms_for({"localhost"}));
  Certified by_hub = issue(hub, terms_for({"localhost"}));
  by_hub.certificate += hub.certificate;
  Certified with_stranger = issue(stranger, terms_for({"localhost"}));
  with_stranger.certificate += stranger.certificate;
  struct Case {
    const char* what;
    Certified shown;
  };
  const std::vector<Case> cases = {
      {"another authority", issue(stranger, terms_for({"localhost"}))},
      {"another authority, shown along", with_stranger},
      {"another authority itself", stranger},
      {"a hub that plays the authority", by_hub},
      {"expired",
       issue(authority,
             {{"localhost"}, now - std::chrono::hours(48), now - std::chrono::hours(24)})},
      {"not yet good",
       issue(authority,
             {{"localhost"}, now + std::chrono::hours(24), now + std::chrono::hours(48)})},
      {"another host", issue(authority, terms_for({"example.com"}))},
      {"a host below it", issue(authority, terms_for({"hub.localhost"}))},
      {"an address for a name", issue(authority, terms_for({"127.0.0.1"}))},
      {"no name", issue(authority, terms_for({}))},
  };
  for (const Case& one : cases) {
    INFO(one.what);
    SecureServer server(one.shown, authority.certificate);
    CHECK(fault_of(server.url(), authority.certificate).kind == LinkFault::Kind::untrusted);
    CHECK(server.running.echo.calls_ == 0);
  }
}

TEST_CASE("TLS: there is no way round it", "[net][tls]") {
  const Certified authority = make_authority(kClock.now());
  SecureServer hub(issue(authority, terms_for({"localhost"})), authority.certificate);
  CHECK_FALSE(CurlLink::open(hub.url()).has_value());
  CHECK(fault_of(hub.url(), "no certificate at all").kind == LinkFault::Kind::untrusted);
  RunningServer plain;
  const std::string port = std::to_string(plain.server->port());
  CHECK_FALSE(CurlLink::open("http://192.0.2.1:" + port, authority.certificate).has_value());
  CHECK(fault_of("https://localhost:" + port, authority.certificate).kind ==
        LinkFault::Kind::untrusted);
  CHECK(plain.echo.calls_ == 0);
  // TLS 1.2 at most (RFC 8446, section 4.2.1: no supported_versions), and plain HTTP.
  const std::string old_hello("\x16\x03\x01\0\x2f\x01\0\0\x2b\x03\x03" + std::string(32, 'r') +
                              std::string("\0\0\x04\xc0\x2f\0\xff\x01\0", 9));
  for (const std::string& bytes : {old_hello, std::string("POST /v1/hello HTTP/1.1\r\n\r\n")}) {
    tests::support::LoopbackSocket socket;
    REQUIRE(socket.connect(hub.running.server->port()));
    socket.send(bytes);
    CHECK(socket.read_to_end(milliseconds(3000)));
  }
  CHECK(hub.running.echo.calls_ == 0);
}

TEST_CASE("TLS: the authority is shown to anybody and known by its fingerprint", "[net][tls]") {
  const Certified authority = make_authority(kClock.now());
  SecureServer hub(issue(authority, terms_for({"hub.example"})), authority.certificate);
  const auto shown = CurlLink::fetch_authority(hub.url(), milliseconds(3000));
  REQUIRE(shown);
  CHECK(*shown == authority.certificate);
  CHECK(club::wire::fingerprint_of(*shown).size() == 20);
  CHECK(club::wire::fingerprint_of(*shown) !=
        club::wire::fingerprint_of(make_authority(kClock.now()).certificate));
  CHECK(hub.running.echo.calls_ == 0);
  RunningServer plain;
  CHECK_FALSE(CurlLink::fetch_authority(plain.url(), milliseconds(1000)));
}

TEST_CASE("Pairing code: it is read as people type it", "[net]") {
  const auto known = club::wire::fingerprint_of("one authority");
  const PairingCode code{"5V4J50GNG8", known};
  REQUIRE(PairingCode::parse(code.text()));
  CHECK(*PairingCode::parse(code.text()) == code);
  CHECK(*PairingCode::parse("5v4j5-Ogng8") == PairingCode{"5V4J50GNG8", ""});
  CHECK(PairingCode::parse("iL4J5 0GNG8")->once == "114J50GNG8");
  CHECK(PairingCode::parse("5V4J5").error() == PairingCode::Fault::length);
  CHECK(PairingCode::parse("").error() == PairingCode::Fault::length);
  CHECK(PairingCode::parse(code.text() + "A").error() == PairingCode::Fault::length);
  CHECK(PairingCode::parse("5V4J5-0GNG?").error() == PairingCode::Fault::symbol);
  CHECK(PairingCode::parse("5V4J5-0GNGU").error() == PairingCode::Fault::symbol);
}

}  // namespace
