#include "drivers/serial/posix_port.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace drivers::serial {

namespace {

using pos::core::fail;
using pos::core::Millis;
using Fault = PortError::Fault;

struct Speed {
  int baud;
  speed_t code;
};
constexpr std::array kSpeeds = {
    Speed{1200, B1200},   Speed{2400, B2400},     Speed{4800, B4800},
    Speed{9600, B9600},   Speed{19200, B19200},   Speed{38400, B38400},
    Speed{57600, B57600}, Speed{115200, B115200}, Speed{230400, B230400}};

std::optional<speed_t> speed_code(int baud) {
  for (const Speed& speed : kSpeeds) {
    if (speed.baud == baud) return speed.code;
  }
  return std::nullopt;
}

/// Owns a file descriptor.
class Handle {
 public:
  explicit Handle(int value) : value_(value) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Handle& operator=(Handle&&) = delete;
  ~Handle() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

class PosixPort final : public SerialPort {
 public:
  explicit PosixPort(Handle handle) : handle_(std::move(handle)) {}

  pos::core::Expected<std::size_t, PortError> read(std::span<std::uint8_t> into,
                                                   Millis wait_max) override {
    const auto ready = wait_readable(handle_.get(), wait_max);
    if (!ready) return fail(ready.error());
    if (!*ready) return std::size_t{0};
    return read_available(handle_.get(), into);
  }

  pos::core::Expected<void, PortError> write(pos::core::BytesView bytes, Millis wait_max) override {
    return write_all(handle_.get(), bytes, wait_max);
  }

 private:
  Handle handle_;
};

void set_format(termios& line, const LineSettings& settings) {
  // Raw: no echo, no line editing, no signals, no translation of any byte.
  ::cfmakeraw(&line);
  line.c_cflag |= static_cast<tcflag_t>(CLOCAL | CREAD);
  line.c_cflag &= ~static_cast<tcflag_t>(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
  line.c_cflag |= settings.data_bits == 7 ? CS7 : CS8;
  if (settings.parity != Parity::none) line.c_cflag |= PARENB;
  if (settings.parity == Parity::odd) line.c_cflag |= PARODD;
  if (settings.stop_bits == 2) line.c_cflag |= CSTOPB;
  if (settings.flow == FlowControl::rts_cts) line.c_cflag |= CRTSCTS;
  if (settings.flow == FlowControl::xon_xoff) line.c_iflag |= IXON | IXOFF;
  line.c_cc[VMIN] = 0;
  line.c_cc[VTIME] = 0;
}

}  // namespace

std::string_view to_text(PortError::Fault fault) {
  switch (fault) {
    case Fault::not_found:
      return "no such device";
    case Fault::denied:
      return "no permission";
    case Fault::busy:
      return "used by another program";
    case Fault::not_a_port:
      return "not a serial port";
    case Fault::bad_settings:
      return "the device refuses these settings";
    case Fault::gone:
      return "unplugged";
    case Fault::other:
      return "cannot be used";
  }
  return "?";
}

PortError error_from_errno(int code) {
  const auto fault = [code] {
    switch (code) {
      case ENOENT:
      case ENODEV:
        return Fault::not_found;
      case EACCES:
      case EPERM:
        return Fault::denied;
      case EBUSY:
        return Fault::busy;
      case ENOTTY:
      case EISDIR:
        return Fault::not_a_port;
      case EIO:
      case ENXIO:
      case EBADF:
        return Fault::gone;
      default:
        return Fault::other;
    }
  }();
  return {fault, std::strerror(code)};
}

pos::core::Expected<bool, PortError> wait_readable(int handle, Millis wait_max) {
  pollfd entry{handle, POLLIN, 0};
  const int ready = ::poll(&entry, 1, static_cast<int>(wait_max.count()));
  if (ready < 0 && errno == EINTR) return false;
  if (ready < 0) return fail(error_from_errno(errno));
  if (ready == 0) return false;
  // A hang-up may come together with the last bytes: they are read first.
  if ((entry.revents & POLLIN) != 0) return true;
  return fail(PortError{Fault::gone, "hung up"});
}

pos::core::Expected<std::size_t, PortError> read_available(int handle,
                                                           std::span<std::uint8_t> into) {
  const ssize_t count = ::read(handle, into.data(), into.size());
  if (count > 0) return static_cast<std::size_t>(count);
  if (count == 0) return fail(PortError{Fault::gone, "end of stream"});
  if (errno == EAGAIN || errno == EINTR) return std::size_t{0};
  return fail(error_from_errno(errno));
}

pos::core::Expected<void, PortError> write_all(int handle, pos::core::BytesView bytes,
                                               Millis wait_max) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(handle, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return fail(error_from_errno(errno));
    pollfd entry{handle, POLLOUT, 0};
    if (::poll(&entry, 1, static_cast<int>(wait_max.count())) <= 0) {
      return fail(PortError{Fault::busy, "takes no bytes"});
    }
    if ((entry.revents & POLLOUT) == 0) return fail(PortError{Fault::gone, "hung up"});
  }
  return {};
}

OpenedPort open_posix_port(const std::string& path, const LineSettings& settings) {
  const auto speed = speed_code(settings.baud);
  if (!speed) {
    return fail(PortError{Fault::bad_settings, "speed " + std::to_string(settings.baud)});
  }
  Handle handle(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (handle.get() < 0) return fail(error_from_errno(errno));
  termios line{};
  if (::tcgetattr(handle.get(), &line) != 0) return fail(error_from_errno(errno));
  set_format(line, settings);
  if (::cfsetispeed(&line, *speed) != 0 || ::cfsetospeed(&line, *speed) != 0 ||
      ::tcsetattr(handle.get(), TCSANOW, &line) != 0) {
    return fail(PortError{Fault::bad_settings, std::strerror(errno)});
  }
  return std::make_unique<PosixPort>(std::move(handle));
}

}  // namespace drivers::serial
