#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace tests::support {

/// A raw connection to this machine, for bytes that no client of ours would send.
class LoopbackSocket {
 public:
  LoopbackSocket() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~LoopbackSocket() { ::close(descriptor_); }
  LoopbackSocket(const LoopbackSocket&) = delete;
  LoopbackSocket& operator=(const LoopbackSocket&) = delete;

  [[nodiscard]] bool connect(std::uint16_t port) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(descriptor_, reinterpret_cast<sockaddr*>(&place), sizeof(place)) == 0;
  }
  /// The other side may have hung up already: that is not what these tests ask.
  void send(const std::string& bytes) {
    (void)!::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  /// True when these bytes came within the time.
  [[nodiscard]] bool read_until(const std::string& wanted, std::chrono::milliseconds limit) {
    return read(limit, &wanted);
  }
  /// True when the other side closed within the time.
  [[nodiscard]] bool read_to_end(std::chrono::milliseconds limit) { return read(limit, nullptr); }
  [[nodiscard]] const std::string& received() const { return received_; }

 private:
  bool read(std::chrono::milliseconds limit, const std::string* wanted) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (true) {
      if (wanted != nullptr && received_.find(*wanted) != std::string::npos) return true;
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          end - std::chrono::steady_clock::now());
      pollfd ready{descriptor_, POLLIN, 0};
      if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return false;
      char block[4096];
      const auto count = ::recv(descriptor_, block, sizeof(block), 0);
      if (count <= 0) return wanted == nullptr;
      received_.append(block, static_cast<std::size_t>(count));
    }
  }

  int descriptor_;
  std::string received_;
};

}  // namespace tests::support
