#include "pos/terminal/command_devices.hpp"

#include <fmt/core.h>

#include <ostream>

#include "pos/core/json/json.hpp"

namespace pos::terminal {
namespace {

using core::Json;
using drivers::serial::PortInfo;

Json to_json(const PortInfo& port) {
  return Json::object()
      .set("kind", "serial")
      .set("path", port.path)
      .set("usb", port.usb_id)
      .set("description", port.description);
}

/// What the operating system calls a device is a stranger's text: no control characters.
std::string printable(std::string_view text) {
  std::string clean;
  for (const char c : text) clean += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  return clean;
}

}  // namespace

core::ExitCode list_devices(const std::vector<PortInfo>& ports, bool json, std::ostream& out,
                            std::ostream& err) {
  for (const PortInfo& port : ports) {
    if (json) {
      out << to_json(port).dump() << '\n';
    } else {
      out << fmt::format("{:<16} {:<10} {}\n", printable(port.path),
                         port.usb_id.empty() ? "-" : printable(port.usb_id),
                         printable(port.description));
    }
  }
  if (ports.empty()) {
    err << "No serial port is plugged in. A scanner that types like a keyboard needs none.\n";
  } else if (!json) {
    err << "Name a scanner's port in the till's settings: [devices] serial = [\"PATH\"]\n";
  }
  return core::ExitCode::ok;
}

}  // namespace pos::terminal
