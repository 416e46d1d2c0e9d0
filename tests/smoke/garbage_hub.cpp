// Something that listens where a hub should, and is none. Closes each connection after its answer.
//   garbage_hub page|noise|lines|half|nothing|mute
// The first line on stdout is the port; then a line for each call.
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/smoke/sockets.hpp"

namespace {

using tests::smoke::Descriptor;

std::string with_head(std::string_view type, std::size_t length, std::string_view body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" + std::string(body);
}

std::map<std::string_view, std::string> answers() {
  constexpr std::string_view kPage = "<!DOCTYPE html><title>Welcome to the guest network</title>";
  constexpr std::string_view kLines =
      "{\"hello\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}\n{\"x\":1e999}\n";
  constexpr std::string_view kOurs = "application/x-ndjson+zstd";
  std::string noise;
  std::uint32_t word = 1;
  for (int i = 0; i < 4096; ++i) {
    word = word * 1664525U + 1013904223U;
    noise += static_cast<char>(word >> 24);
  }
  return {{"page", with_head("text/html", kPage.size(), kPage)},
          {"noise", noise},
          {"lines", with_head(kOurs, kLines.size(), kLines)},
          {"half", with_head(kOurs, 5000, noise.substr(0, 100))},
          {"nothing", ""},
          {"mute", ""}};
}

}  // namespace

int main(int count, char** words) {
  const auto known = answers();
  const auto answer = count == 2 ? known.find(words[1]) : known.end();
  const auto listener = tests::smoke::listen_on_loopback(0);
  if (answer == known.end() || !listener) {
    std::cerr << "usage: garbage_hub page|noise|lines|half|nothing|mute\n";
    return 2;
  }
  std::cout << listener->port << std::endl;
  std::vector<Descriptor> kept;
  while (auto caller = tests::smoke::accept_one(listener->socket, -1)) {
    tests::smoke::MessageReader reader(*caller);
    if (!reader.read(tests::smoke::MessageReader::Kind::request)) continue;
    static_cast<void>(tests::smoke::write_all(*caller, answer->second));
    if (answer->first == "mute") kept.push_back(std::move(*caller));
    std::cout << answer->first << std::endl;
  }
  return 1;
}
