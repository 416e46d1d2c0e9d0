#include "drivers/serial/serial_port.hpp"

#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "drivers/serial/serial_scanner.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/drivers/manual_clock.hpp"

using namespace drivers::serial;
using drivers::port::ScanSource;
using drivers_test::ManualClock;
using pos::core::Millis;
using Fault = PortError::Fault;

namespace {

/// A pseudo-terminal whose far end the test holds, as a scanner does.
class FarEnd {
 public:
  FarEnd() {
    char name[128] = {};
    int near = -1;
    REQUIRE(::openpty(&handle_, &near, name, nullptr, nullptr) == 0);
    ::close(near);
    path_ = name;
  }
  FarEnd(const FarEnd&) = delete;
  FarEnd& operator=(const FarEnd&) = delete;
  ~FarEnd() { unplug(); }

  void send(std::string_view bytes) const {
    REQUIRE(::write(handle_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  void unplug() {
    if (handle_ >= 0) ::close(std::exchange(handle_, -1));
  }
  [[nodiscard]] std::string receive() const {
    char bytes[64] = {};
    const ssize_t count = ::read(handle_, bytes, sizeof bytes);
    return count > 0 ? std::string(bytes, static_cast<std::size_t>(count)) : "";
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  int handle_ = -1;
  std::string path_;
};

/// Reads until that many bytes are there or nothing comes any more.
std::string read_bytes(SerialPort& port, std::size_t count) {
  std::string text;
  while (text.size() < count) {
    std::uint8_t bytes[16];
    const auto got = port.read(bytes, Millis(2000));
    if (!got || *got == 0) break;
    text.append(pos::core::text_of(pos::core::BytesView(bytes).first(*got)));
  }
  return text;
}

}  // namespace

TEST_CASE("Serial: bytes arrive as they were sent, nothing is translated", "[drivers][serial]") {
  const FarEnd far;
  const auto port = open_port(far.path(), {});
  REQUIRE(port);
  const std::string bytes = "123\r\n\x02\x03\x11\x13\x7f\xd7\x90\t\x1d\x04 end";
  far.send(bytes);
  CHECK(read_bytes(**port, bytes.size()) == bytes);
}

TEST_CASE("Serial: what is written reaches the device", "[drivers][serial]") {
  const FarEnd far;
  const auto port = open_port(far.path(), {});
  REQUIRE(port);
  REQUIRE((*port)->write(pos::core::bytes_of("\x07"), Millis(1000)));
  CHECK(far.receive() == "\x07");
}

TEST_CASE("Serial: silence is no bytes, a hang-up is gone", "[drivers][serial]") {
  FarEnd far;
  const auto port = open_port(far.path(), {});
  REQUIRE(port);
  std::uint8_t bytes[16];
  CHECK((*port)->read(bytes, Millis(0)) == 0U);
  far.unplug();
  const auto after = (*port)->read(bytes, Millis(2000));
  REQUIRE_FALSE(after);
  CHECK(after.error().fault == Fault::gone);
}

TEST_CASE("Serial: what cannot be opened says why", "[drivers][serial]") {
  CHECK(open_port("/dev/no-such-scanner", {}).error().fault == Fault::not_found);
  CHECK(open_port("/dev/null", {}).error().fault == Fault::not_a_port);
  CHECK(open_port("/dev", {}).error().fault == Fault::not_a_port);
  const FarEnd far;
  LineSettings odd;
  odd.baud = 12345;
  CHECK(open_port(far.path(), odd).error().fault == Fault::bad_settings);
}

TEST_CASE("Serial: listing ports works without any", "[drivers][serial]") {
  for (const PortInfo& port : list_ports()) CHECK_FALSE(port.path.empty());
}

TEST_CASE("Scanner: a scan on the wire is one event with its identifier", "[drivers][serial]") {
  const FarEnd far;
  ManualClock clock;
  SerialScanner::Queue queue(8);
  SerialScanner scanner({ScanSource{7}, far.path(), {}}, clock, queue);
  far.send("]E02000000000015\r\n");
  while (queue.size() == 0) scanner.run_once();
  const auto scans = queue.drain(8);
  REQUIRE(scans.size() == 1);
  CHECK(scans[0].text == "2000000000015");
  CHECK(scans[0].aim == "]E0");
  CHECK(scans[0].source == ScanSource{7});
  CHECK(scans[0].seen_at == clock.tick());
  CHECK(scanner.status().connected);
  CHECK(scanner.status().scans == 1);
}

TEST_CASE("Scanner: the same code again within half a second is one scan", "[drivers][serial]") {
  const FarEnd far;
  ManualClock clock;
  SerialScanner::Queue queue(8);
  SerialScanner scanner({ScanSource{1}, far.path(), {}}, clock, queue);
  far.send("111\r111\r222\r");
  while (queue.size() < 2) scanner.run_once();
  clock.advance(Millis(600));
  far.send("222\r333\r");
  while (queue.size() < 4) scanner.run_once();
  std::string all;
  for (const auto& scan : queue.drain(8)) all += scan.text + " ";
  CHECK(all == "111 222 222 333 ");
}

TEST_CASE("Scanner: unplugged and back, half a scan is not glued to the next",
          "[drivers][serial]") {
  const auto link =
      std::filesystem::temp_directory_path() / ("clubtill-scanner-" + std::to_string(::getpid()));
  std::filesystem::remove(link);
  FarEnd first;
  std::filesystem::create_symlink(first.path(), link);
  ManualClock clock;
  SerialScanner::Queue queue(8);
  SerialScanner scanner({ScanSource{1}, link.string(), {}}, clock, queue, open_port,
                        [&](Millis span) { clock.advance(span); });
  first.send("111\r20000");
  while (queue.size() == 0) scanner.run_once();
  first.unplug();
  std::filesystem::remove(link);
  while (scanner.status().connected) scanner.run_once();
  CHECK(scanner.status().why_not->fault == Fault::gone);
  for (int i = 0; i < 30; ++i) scanner.run_once();
  CHECK(scanner.status().why_not->fault == Fault::not_found);

  const FarEnd second;
  std::filesystem::create_symlink(second.path(), link);
  while (!scanner.status().connected) scanner.run_once();
  second.send("2000000000015\r");
  while (queue.size() < 2) scanner.run_once();
  CHECK(queue.drain(8).back().text == "2000000000015");
  std::filesystem::remove(link);
}

TEST_CASE("Scanner: noise is counted, never delivered", "[drivers][serial]") {
  const FarEnd far;
  ManualClock clock;
  SerialScanner::Queue queue(8);
  SerialScanner scanner({ScanSource{1}, far.path(), {}}, clock, queue);
  far.send("12\x1b[A\rok1\r");
  while (queue.size() == 0) scanner.run_once();
  CHECK(queue.drain(8).front().text == "ok1");
  CHECK(scanner.status().faulty == 1);
}
