#include "drivers/serial/serial_port.hpp"

#include "drivers/serial/hardware_port.hpp"
#include "drivers/serial/posix_port.hpp"

namespace drivers::serial {

OpenedPort open_port(const std::string& path, const LineSettings& settings) {
  if (is_hardware_port(path)) return open_hardware_port(path, settings);
  return open_posix_port(path, settings);
}

std::vector<PortInfo> list_ports() { return list_hardware_ports(); }

}  // namespace drivers::serial
