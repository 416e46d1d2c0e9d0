#include "tests/smoke/chaos.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <string_view>

namespace tests::smoke {
namespace {

constexpr int kDelayMs = 1'500;

/// The hub answers each request on a connection of its own, so it is told that this one ends.
std::string with_close(const std::string& request) {
  const auto line = request.find("\r\n");
  return request.substr(0, line) + "\r\nConnection: close" + request.substr(line);
}

}  // namespace

Mischief Chaos::pick() {
  ++requests_;
  if (mode_ == Mode::calm) return Mischief::none;
  const std::lock_guard lock(mutex_);
  switch (chance_.below(10)) {
    case 0:
      return ++cut_, Mischief::cut_before;
    case 1:
      return ++cut_, Mischief::cut_inside;
    case 2:
      return ++doubled_, Mischief::twice_first;
    case 3:
      return ++doubled_, Mischief::twice_second;
    case 4:
      return ++dropped_, Mischief::drop_answer;
    case 5:
      return ++dropped_, Mischief::half_an_answer;
    case 6:
      return ++delayed_, Mischief::delay;
    default:
      return Mischief::none;
  }
}

std::string Chaos::account() const {
  const auto field = [](const char* name, std::uint64_t value) {
    return "\"" + std::string(name) + "\":" + std::to_string(value);
  };
  return "{" + field("requests", requests_) + "," + field("cut", cut_) + "," +
         field("doubled", doubled_) + "," + field("delayed", delayed_) + "," +
         field("answers_dropped", dropped_) + "}";
}

std::optional<std::string> Proxy::ask(const std::string& request) {
  const auto hub = connect_to_loopback(hub_);
  if (!hub || !write_all(*hub, with_close(request))) return std::nullopt;
  return MessageReader(*hub).read(MessageReader::Kind::response);
}

void Proxy::send_half(const std::string& request) {
  if (const auto hub = connect_to_loopback(hub_))
    static_cast<void>(write_all(*hub, request.substr(0, request.size() / 2)));
}

std::optional<std::string> Proxy::forward(const std::string& request, Mischief mischief) {
  switch (mischief) {
    case Mischief::none:
      return ask(request);
    case Mischief::cut_before:
      return std::nullopt;
    case Mischief::cut_inside:
      return send_half(request), std::nullopt;
    case Mischief::twice_first: {
      auto first = ask(request);
      static_cast<void>(ask(request));
      return first;
    }
    case Mischief::twice_second:
      static_cast<void>(ask(request));
      return ask(request);
    case Mischief::drop_answer:
      static_cast<void>(ask(request));
      return std::nullopt;
    case Mischief::delay:
      // Longer than a till waits for the hub's yes.
      static_cast<void>(::poll(nullptr, 0, kDelayMs));
      return ask(request);
    case Mischief::half_an_answer: {
      const auto answer = ask(request);
      if (!answer) return std::nullopt;
      return answer->substr(0, answer->size() / 2);
    }
  }
  return std::nullopt;
}

bool Proxy::answer_one(const Descriptor& till, const std::string& request) {
  auto mischief = chaos_.pick();
  // A long poll that is doubled would only wait twice.
  const bool doubled = mischief == Mischief::twice_first || mischief == Mischief::twice_second;
  if (doubled && target_of(request).find("pull") != std::string_view::npos)
    mischief = Mischief::cut_before;
  const auto answer = forward(request, mischief);
  return answer && write_all(till, *answer) && mischief != Mischief::half_an_answer;
}

void Proxy::serve(int till) {
  const Descriptor socket(till);
  {
    const std::lock_guard lock(mutex_);
    open_.insert(till);
  }
  MessageReader reader(socket);
  while (!chaos_.down()) {
    const auto request = reader.read(MessageReader::Kind::request);
    if (!request || chaos_.down() || !answer_one(socket, *request)) break;
  }
  const std::lock_guard lock(mutex_);
  open_.erase(till);
}

void Proxy::cut_all() {
  const std::lock_guard lock(mutex_);
  for (const int till : open_) ::shutdown(till, SHUT_RDWR);
}

}  // namespace tests::smoke
