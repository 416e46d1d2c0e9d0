#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tests::smoke {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) close(), fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  [[nodiscard]] bool open() const { return fd_ >= 0; }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  void close();

 private:
  int fd_ = -1;
};

/// Listens on 127.0.0.1; port 0 takes a free one. Nothing when the port is taken.
struct Listener {
  Descriptor socket;
  std::uint16_t port = 0;
};
[[nodiscard]] std::optional<Listener> listen_on_loopback(std::uint16_t port);

/// Waits until somebody connects or `wake` becomes readable; nothing then or on a fault.
[[nodiscard]] std::optional<Descriptor> accept_one(const Descriptor& listener, int wake);

/// Nothing when nobody listens there.
[[nodiscard]] std::optional<Descriptor> connect_to_loopback(std::uint16_t port);

/// False when the other side is gone.
[[nodiscard]] bool write_all(const Descriptor& socket, std::string_view bytes);

/// Reads HTTP/1.1 messages off one connection, bytes as they are.
class MessageReader {
 public:
  explicit MessageReader(const Descriptor& socket) : socket_(socket) {}

  enum class Kind { request, response };
  /// One whole message: head and body (by content-length, chunks, or to the end of a response).
  /// Nothing when the connection ends before it is whole or it is larger than 16 MiB. Waits for
  /// 60 s at most.
  [[nodiscard]] std::optional<std::string> read(Kind kind);

 private:
  [[nodiscard]] bool fill();
  [[nodiscard]] std::optional<std::size_t> body_end(std::size_t body, Kind kind);
  [[nodiscard]] std::optional<std::size_t> end_of_chunks(std::size_t body);

  const Descriptor& socket_;
  std::string bytes_;
};

/// "POST /push HTTP/1.1" -> "/push".
[[nodiscard]] std::string_view target_of(std::string_view request);
[[nodiscard]] std::optional<std::string_view> header_of(std::string_view message,
                                                        std::string_view name);

}  // namespace tests::smoke
