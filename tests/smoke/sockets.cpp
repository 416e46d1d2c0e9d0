#include "tests/smoke/sockets.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>

namespace tests::smoke {
namespace {

constexpr std::size_t kMessageBytesMax = 16U << 20U;
constexpr int kReadTimeoutMs = 60'000;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

bool same_letters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::optional<std::size_t> number(std::string_view text, int base) {
  std::size_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (read.ec != std::errc() || read.ptr == text.data()) return std::nullopt;
  return value;
}

}  // namespace

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::optional<Listener> listen_on_loopback(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  auto address = loopback(port);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket.get(), plain, size) != 0 || ::listen(socket.get(), 64) != 0 ||
      ::getsockname(socket.get(), plain, &size) != 0)
    return std::nullopt;
  return Listener{std::move(socket), ntohs(address.sin_port)};
}

std::optional<Descriptor> accept_one(const Descriptor& listener, int wake) {
  std::array<pollfd, 2> wait{{{listener.get(), POLLIN, 0}, {wake, POLLIN, 0}}};
  if (::poll(wait.data(), wait.size(), -1) < 0 || wait[1].revents != 0) return std::nullopt;
  Descriptor socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!socket.open()) return std::nullopt;
  const int yes = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return socket;
}

std::optional<Descriptor> connect_to_loopback(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = loopback(port);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return std::nullopt;
  const int yes = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return socket;
}

bool write_all(const Descriptor& socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool MessageReader::fill() {
  if (bytes_.size() > kMessageBytesMax) return false;
  pollfd wait{socket_.get(), POLLIN, 0};
  if (::poll(&wait, 1, kReadTimeoutMs) <= 0) return false;
  std::array<char, 64 * 1024> part{};
  const auto got = ::recv(socket_.get(), part.data(), part.size(), 0);
  if (got <= 0) return false;
  bytes_.append(part.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<std::size_t> MessageReader::end_of_chunks(std::size_t body) {
  std::size_t at = body;
  while (true) {
    std::size_t line = 0;
    while ((line = bytes_.find("\r\n", at)) == std::string::npos)
      if (!fill()) return std::nullopt;
    const auto size = number(std::string_view(bytes_).substr(at, line - at), 16);
    if (!size) return std::nullopt;
    at = line + 2 + *size + 2;
    while (bytes_.size() < at)
      if (!fill()) return std::nullopt;
    if (*size == 0) return at;
  }
}

std::optional<std::size_t> MessageReader::body_end(std::size_t body, Kind kind) {
  const std::string head = bytes_.substr(0, body);
  if (const auto coding = header_of(head, "transfer-encoding"); coding && *coding == "chunked")
    return end_of_chunks(body);
  if (const auto length = header_of(head, "content-length")) {
    const auto size = number(*length, 10);
    if (!size || *size > kMessageBytesMax) return std::nullopt;
    while (bytes_.size() < body + *size)
      if (!fill()) return std::nullopt;
    return body + *size;
  }
  const bool bodiless = kind == Kind::request || head.starts_with("HTTP/1.1 1") ||
                        head.starts_with("HTTP/1.1 204") || head.starts_with("HTTP/1.1 304");
  if (bodiless) return body;
  while (fill()) {
  }
  return bytes_.size();
}

std::optional<std::string> MessageReader::read(Kind kind) {
  std::size_t head = 0;
  while ((head = bytes_.find("\r\n\r\n")) == std::string::npos)
    if (!fill()) return std::nullopt;
  const auto end = body_end(head + 4, kind);
  if (!end) return std::nullopt;
  auto message = bytes_.substr(0, *end);
  bytes_.erase(0, *end);
  return message;
}

std::string_view target_of(std::string_view request) {
  const auto from = request.find(' ');
  const auto to = request.find(' ', from + 1);
  if (from == std::string_view::npos || to == std::string_view::npos) return {};
  return request.substr(from + 1, to - from - 1);
}

std::optional<std::string_view> header_of(std::string_view message, std::string_view name) {
  auto at = message.find("\r\n");
  while (at != std::string_view::npos) {
    const auto next = message.find("\r\n", at + 2);
    if (next == std::string_view::npos || next == at + 2) return std::nullopt;
    const auto line = message.substr(at + 2, next - at - 2);
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && same_letters(line.substr(0, colon), name)) {
      auto value = line.substr(colon + 1);
      while (value.starts_with(' ')) value.remove_prefix(1);
      return value;
    }
    at = next;
  }
  return std::nullopt;
}

}  // namespace tests::smoke
