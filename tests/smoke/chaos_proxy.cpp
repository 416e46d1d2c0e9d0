// A bad line between tills and hub: cuts connections, doubles requests, drops the answer after the
// hub has committed. Commands on stdin: "calm", "wild", "down", "account", "quit".
//   chaos_proxy HUB_PORT SEED
// The first line on stdout is the port to connect to.
#include <unistd.h>

#include <charconv>
#include <iostream>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "tests/smoke/chaos.hpp"
#include "tests/smoke/sockets.hpp"

namespace {

template <class Number>
std::optional<Number> parse(std::string_view text) {
  Number value{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Reads commands until "quit" or the end of the input.
void obey(tests::smoke::Chaos& chaos, tests::smoke::Proxy& proxy) {
  using Mode = tests::smoke::Chaos::Mode;
  for (std::string command; std::getline(std::cin, command) && command != "quit";) {
    if (command == "calm") chaos.set(Mode::calm);
    if (command == "wild") chaos.set(Mode::wild);
    if (command == "down") chaos.set(Mode::down), proxy.cut_all();
    if (command == "account") std::cout << chaos.account() << std::endl;
  }
}

}  // namespace

int main(int count, char** words) {
  const auto hub = count == 3 ? parse<std::uint16_t>(words[1]) : std::nullopt;
  const auto seed = count == 3 ? parse<std::uint64_t>(words[2]) : std::nullopt;
  if (!hub || !seed) {
    std::cerr << "usage: chaos_proxy HUB_PORT SEED\n";
    return 2;
  }
  auto listener = tests::smoke::listen_on_loopback(0);
  int wake[2] = {-1, -1};
  if (!listener || ::pipe(wake) != 0) {
    std::cerr << "chaos_proxy: no free port\n";
    return 1;
  }
  tests::smoke::Chaos chaos(*seed);
  tests::smoke::Proxy proxy(chaos, *hub);
  std::cout << listener->port << std::endl;

  std::thread accepting([&] {
    while (auto till = tests::smoke::accept_one(listener->socket, wake[0])) {
      if (chaos.down()) continue;
      // A connection ends with its till or its hub; the process does not wait for those.
      std::thread([&proxy, socket = std::move(*till)]() mutable {
        proxy.serve(socket.release());
      }).detach();
    }
  });
  obey(chaos, proxy);
  std::cout << chaos.account() << std::endl;
  static_cast<void>(::write(wake[1], "q", 1));
  accepting.join();
  std::_Exit(0);
}
