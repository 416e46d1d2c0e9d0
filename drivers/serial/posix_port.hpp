#pragma once

#include "drivers/serial/serial_port.hpp"

namespace drivers::serial {

/// Any terminal device, a pseudo-terminal too, by POSIX calls alone.
[[nodiscard]] OpenedPort open_posix_port(const std::string& path, const LineSettings& settings);

/// What the last failed system call says about a port.
[[nodiscard]] PortError error_from_errno(int code);

/// Waits until `handle` can be read or `wait_max` is over. True: there are bytes. Fails with gone
/// on a hang-up.
[[nodiscard]] pos::core::Expected<bool, PortError> wait_readable(int handle,
                                                                 pos::core::Millis wait_max);

/// read() without blocking, after wait_readable().
[[nodiscard]] pos::core::Expected<std::size_t, PortError> read_available(
    int handle, std::span<std::uint8_t> into);

/// Writes all of it to a handle that does not block.
[[nodiscard]] pos::core::Expected<void, PortError> write_all(int handle, pos::core::BytesView bytes,
                                                             pos::core::Millis wait_max);

}  // namespace drivers::serial
