#include "drivers/serial/hardware_port.hpp"

#include <libserialport.h>

#include <array>
#include <cerrno>
#include <utility>

#include "drivers/serial/posix_port.hpp"

namespace drivers::serial {

namespace {

using pos::core::fail;
using pos::core::Millis;
using Fault = PortError::Fault;

struct FreePort {
  void operator()(sp_port* port) const { sp_free_port(port); }
};
using PortHandle = std::unique_ptr<sp_port, FreePort>;

PortError last_error(sp_return code) {
  if (code == SP_ERR_FAIL) {
    PortError error = error_from_errno(sp_last_error_code());
    return error;
  }
  if (code == SP_ERR_ARG) return {Fault::not_found, "unknown to the system"};
  if (code == SP_ERR_SUPP) return {Fault::bad_settings, "not supported"};
  return {Fault::other, "out of memory"};
}

class HardwarePort final : public SerialPort {
 public:
  HardwarePort(PortHandle port, int handle) : port_(std::move(port)), handle_(handle) {}
  HardwarePort(const HardwarePort&) = delete;
  HardwarePort& operator=(const HardwarePort&) = delete;
  ~HardwarePort() override { sp_close(port_.get()); }

  // libserialport reports an unplugged device as "nothing read": poll its handle instead.
  pos::core::Expected<std::size_t, PortError> read(std::span<std::uint8_t> into,
                                                   Millis wait_max) override {
    const auto ready = wait_readable(handle_, wait_max);
    if (!ready) return fail(ready.error());
    if (!*ready) return std::size_t{0};
    const sp_return count = sp_nonblocking_read(port_.get(), into.data(), into.size());
    if (count < 0) return fail(PortError{Fault::gone, "read failed"});
    if (count == 0) return fail(PortError{Fault::gone, "end of stream"});
    return static_cast<std::size_t>(count);
  }

  pos::core::Expected<void, PortError> write(pos::core::BytesView bytes, Millis wait_max) override {
    const auto wait = static_cast<unsigned>(wait_max.count() > 0 ? wait_max.count() : 1);
    const sp_return count = sp_blocking_write(port_.get(), bytes.data(), bytes.size(), wait);
    if (count < 0) return fail(PortError{Fault::gone, "write failed"});
    if (static_cast<std::size_t>(count) != bytes.size()) {
      return fail(PortError{Fault::busy, "takes no bytes"});
    }
    return {};
  }

 private:
  PortHandle port_;
  int handle_;
};

sp_return set_line(sp_port* port, const LineSettings& settings) {
  const sp_parity parity = settings.parity == Parity::odd    ? SP_PARITY_ODD
                           : settings.parity == Parity::even ? SP_PARITY_EVEN
                                                             : SP_PARITY_NONE;
  const sp_flowcontrol flow = settings.flow == FlowControl::rts_cts    ? SP_FLOWCONTROL_RTSCTS
                              : settings.flow == FlowControl::xon_xoff ? SP_FLOWCONTROL_XONXOFF
                                                                       : SP_FLOWCONTROL_NONE;
  for (const sp_return result :
       {sp_set_baudrate(port, settings.baud), sp_set_bits(port, settings.data_bits),
        sp_set_parity(port, parity), sp_set_stopbits(port, settings.stop_bits),
        sp_set_flowcontrol(port, flow)}) {
    if (result != SP_OK) return result;
  }
  return SP_OK;
}

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

std::string usb_id_of(const sp_port* port) {
  int vendor = 0;
  int product = 0;
  if (sp_get_port_usb_vid_pid(port, &vendor, &product) != SP_OK) return "";
  const auto half = [](int value) {
    std::string hex = pos::core::to_hex(
        std::array{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value & 0xFF)});
    return hex;
  };
  return half(vendor) + ":" + half(product);
}

}  // namespace

bool is_hardware_port(const std::string& path) {
  sp_port* port = nullptr;
  if (sp_get_port_by_name(path.c_str(), &port) != SP_OK) return false;
  const PortHandle owned(port);
  return true;
}

OpenedPort open_hardware_port(const std::string& path, const LineSettings& settings) {
  sp_port* found = nullptr;
  if (const sp_return result = sp_get_port_by_name(path.c_str(), &found); result != SP_OK) {
    return fail(last_error(result));
  }
  PortHandle port(found);
  if (const sp_return result = sp_open(port.get(), SP_MODE_READ_WRITE); result != SP_OK) {
    return fail(last_error(result));
  }
  int handle = -1;
  const sp_return lined = set_line(port.get(), settings);
  const bool usable = lined == SP_OK && sp_get_port_handle(port.get(), &handle) == SP_OK;
  if (!usable) {
    sp_close(port.get());
    return fail(PortError{Fault::bad_settings, "speed " + std::to_string(settings.baud)});
  }
  return std::make_unique<HardwarePort>(std::move(port), handle);
}

std::vector<PortInfo> list_hardware_ports() {
  sp_port** ports = nullptr;
  if (sp_list_ports(&ports) != SP_OK) return {};
  std::vector<PortInfo> listed;
  for (std::size_t i = 0; ports[i] != nullptr; ++i) {
    listed.push_back({text_or_empty(sp_get_port_name(ports[i])),
                      text_or_empty(sp_get_port_description(ports[i])), usb_id_of(ports[i])});
  }
  sp_free_port_list(ports);
  return listed;
}

}  // namespace drivers::serial
