#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "drivers/printer/printer.hpp"

namespace drivers::printer {
namespace {

using Fault = PrintError::Fault;
using Outcome = pos::core::Expected<void, PrintError>;

class OpenDevice {
 public:
  explicit OpenDevice(const std::string& path)
      : handle_(::open(path.c_str(), O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) {}
  OpenDevice(const OpenDevice&) = delete;
  OpenDevice& operator=(const OpenDevice&) = delete;
  ~OpenDevice() {
    if (handle_ >= 0) ::close(handle_);
  }
  [[nodiscard]] int handle() const { return handle_; }

 private:
  int handle_;
};

Fault fault_of(int system_error) {
  switch (system_error) {
    case ENOENT:
    case ENODEV:
    case ENXIO:  // a pipe that nobody reads
    case EPIPE:
    case EIO:
      return Fault::gone;
    case EACCES:
    case EPERM:
    case EISDIR:
    case EROFS:
    case EBUSY:
      return Fault::refused;
    default:
      return Fault::stuck;
  }
}

class DevicePrinter final : public Printer {
 public:
  DevicePrinter(std::string path, pos::core::Millis stuck_after)
      : path_(std::move(path)), stuck_after_(stuck_after) {}

  Outcome print(std::string_view /*name*/, pos::core::BytesView bytes) override {
    const OpenDevice device(path_);
    if (device.handle() < 0) return failed(errno);
    while (!bytes.empty()) {
      const ssize_t taken = ::write(device.handle(), bytes.data(), bytes.size());
      if (taken > 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(taken));
        continue;
      }
      if (taken < 0 && errno == EINTR) continue;
      if (taken < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return failed(errno);
      if (auto ready = wait(device.handle()); !ready) return ready;
    }
    return {};
  }

 private:
  [[nodiscard]] Outcome wait(int handle) const {
    pollfd waiting{handle, POLLOUT, 0};
    const int count = ::poll(&waiting, 1, static_cast<int>(stuck_after_.count()));
    if (count < 0 && errno != EINTR) return failed(errno);
    if (count == 0) {
      return pos::core::fail(PrintError{Fault::stuck, path_ + ": takes no more bytes"});
    }
    if (count > 0 && (waiting.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) return failed(EPIPE);
    return {};
  }

  [[nodiscard]] Outcome failed(int system_error) const {
    const std::string words = std::generic_category().message(system_error);
    return pos::core::fail(PrintError{fault_of(system_error), path_ + ": " + words});
  }

  std::string path_;
  pos::core::Millis stuck_after_;
};

}  // namespace

std::unique_ptr<Printer> device_printer(std::string path, pos::core::Millis stuck_after) {
  return std::make_unique<DevicePrinter>(std::move(path), stuck_after);
}

}  // namespace drivers::printer
