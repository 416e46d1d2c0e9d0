#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pos/core/bytes.hpp"
#include "pos/core/expected.hpp"
#include "pos/core/time.hpp"

namespace drivers::serial {

enum class Parity { none, odd, even };
enum class FlowControl { none, rts_cts, xon_xoff };

struct LineSettings {
  int baud = 9600;
  int data_bits = 8;  ///< 7 or 8
  Parity parity = Parity::none;
  int stop_bits = 1;  ///< 1 or 2
  FlowControl flow = FlowControl::none;
  friend bool operator==(const LineSettings&, const LineSettings&) = default;
};

struct PortError {
  enum class Fault {
    not_found,     ///< no such device now; try again later
    denied,        ///< the user may not open it
    busy,          ///< another program holds it
    not_a_port,    ///< a file, a folder or a device of another kind
    bad_settings,  ///< the device refuses the speed or the format
    gone,          ///< it was there, and was unplugged or hung up; reopen
    other,
  };
  Fault fault = Fault::other;
  std::string detail;
};
[[nodiscard]] std::string_view to_text(PortError::Fault fault);

/// One open port. One thread only. Closes when it is destroyed.
class SerialPort {
 public:
  virtual ~SerialPort() = default;
  /// Waits at most `wait_max` for bytes and takes what is there. 0: nothing came in time. Fails
  /// with gone when the device was unplugged or the other end hung up.
  [[nodiscard]] virtual pos::core::Expected<std::size_t, PortError> read(
      std::span<std::uint8_t> into, pos::core::Millis wait_max) = 0;
  /// Writes all bytes or fails; waits at most `wait_max` for room.
  [[nodiscard]] virtual pos::core::Expected<void, PortError> write(pos::core::BytesView bytes,
                                                                   pos::core::Millis wait_max) = 0;
};

using OpenedPort = pos::core::Expected<std::unique_ptr<SerialPort>, PortError>;
using PortOpener = std::function<OpenedPort(const std::string& path, const LineSettings&)>;

/// Opens a device by its path: real ports through libserialport, pseudo-terminals (which it
/// refuses) by POSIX.
[[nodiscard]] OpenedPort open_port(const std::string& path, const LineSettings& settings);

/// A port that is plugged in now.
struct PortInfo {
  std::string path;
  std::string description;
  std::string usb_id;  ///< "05e0:1701"; empty when it is not on USB
};

/// In the order the system gives. Empty when there are none or they cannot be listed.
[[nodiscard]] std::vector<PortInfo> list_ports();

}  // namespace drivers::serial
