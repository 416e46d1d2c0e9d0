#pragma once

#include <iosfwd>
#include <vector>

#include "drivers/serial/serial_port.hpp"
#include "pos/core/exit_code.hpp"

namespace pos::terminal {

/// The serial ports that are plugged in, one a line: path, USB number, description. With `json` a
/// line of JSON each. No port is no failure: words on `err`, and exit code 0.
[[nodiscard]] core::ExitCode list_devices(const std::vector<drivers::serial::PortInfo>& ports,
                                          bool json, std::ostream& out, std::ostream& err);

}  // namespace pos::terminal
