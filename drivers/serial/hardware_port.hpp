#pragma once

#include "drivers/serial/serial_port.hpp"

namespace drivers::serial {

/// A port that libserialport knows, which needs a device of the kernel's with modem lines.
[[nodiscard]] OpenedPort open_hardware_port(const std::string& path, const LineSettings& settings);

/// True when the path names a device that libserialport can open.
[[nodiscard]] bool is_hardware_port(const std::string& path);

[[nodiscard]] std::vector<PortInfo> list_hardware_ports();

}  // namespace drivers::serial
