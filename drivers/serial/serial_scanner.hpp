#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "drivers/port/bounded_queue.hpp"
#include "drivers/port/scan_event.hpp"
#include "drivers/port/worker.hpp"
#include "drivers/scan/framer.hpp"
#include "drivers/scan/scan_gate.hpp"
#include "drivers/serial/serial_port.hpp"
#include "pos/core/clock.hpp"

namespace drivers::serial {

/// What the status page shows of one scanner.
struct ScannerStatus {
  bool connected = false;
  std::optional<PortError> why_not;  ///< of the last attempt
  std::uint64_t scans = 0;
  std::uint64_t faulty = 0;  ///< incomplete, noisy or too long
  std::optional<scan::FrameFault::Kind> last_fault;
};

struct SerialScannerSettings {
  port::ScanSource source;
  std::string path;
  LineSettings line;
  scan::FrameProfile profile = scan::kFrameProfiles[0];
};

/// Reads one scanner: opens its port, opens it again after it was unplugged, and puts each scan
/// into the queue.
class SerialScanner final : public port::Worker {
 public:
  using Queue = port::BoundedQueue<port::ScanEvent>;
  /// Longest wait in run_once(), for bytes and for a missing device.
  static constexpr pos::core::Millis kWaitMax{50};
  static constexpr pos::core::Micros kReopenAfter{500'000};

  /// `pause` waits while no device is there. The clock and the queue outlive the scanner.
  SerialScanner(SerialScannerSettings settings, const pos::core::Clock& clock, Queue& queue,
                PortOpener opener = open_port,
                std::function<void(pos::core::Millis)> pause = pause_thread);

  void run_once() override;

  /// Any thread.
  [[nodiscard]] ScannerStatus status() const;

  static void pause_thread(pos::core::Millis span);

 private:
  void open();
  void lose(PortError error);
  void deliver(const std::vector<scan::Framed>& frames);
  [[nodiscard]] pos::core::Millis wait_now() const;

  const SerialScannerSettings settings_;
  const pos::core::Clock& clock_;
  Queue& queue_;
  const PortOpener opener_;
  const std::function<void(pos::core::Millis)> pause_;
  std::unique_ptr<SerialPort> port_;
  std::optional<pos::core::Tick> tried_at_;
  scan::Framer framer_;
  scan::ScanGate gate_;
  mutable std::mutex mutex_;
  ScannerStatus status_;
};

}  // namespace drivers::serial
