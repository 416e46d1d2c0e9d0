#pragma once

#include <functional>
#include <vector>

#include "drivers/keyboard/wedge_detector.hpp"
#include "drivers/port/scan_event.hpp"
#include "drivers/scan/scan_gate.hpp"
#include "pos/ui/input.hpp"
#include "pos/ui/keys.hpp"

namespace pos::terminal {

/// Stands between the window's keys and everything else: a scanner's burst becomes a scan, what a
/// person typed goes on to the screen in its order. Main thread.
class KeyboardRouter final : public ui::KeyboardSink {
 public:
  using OnScan = std::function<void(const drivers::port::ScanEvent&)>;
  /// `input` and what `on_scan` refers to outlive the router.
  KeyboardRouter(ui::Input& input, drivers::port::ScanSource source, OnScan on_scan);

  void on_key(const ui::RawKey& key) override;
  void on_character(char32_t character, core::Tick at) override;
  void on_focus_lost() override;

  /// After the window's events of a turn: keys that no further one followed were typed.
  void poll(core::Tick now);
  /// When poll() has something to do; nothing while no key is held.
  [[nodiscard]] std::optional<core::Tick> next_deadline() const { return wedge_.next_deadline(); }
  /// The last turn took so long that keys waited in the window system meanwhile.
  void not_listening(core::Micros span) { wedge_.not_listening(span); }

 private:
  void pass_on(const std::vector<drivers::keyboard::Keyed>& keyed);

  ui::Input& input_;
  drivers::port::ScanSource source_;
  OnScan on_scan_;
  drivers::keyboard::WedgeDetector wedge_;
  drivers::scan::ScanGate gate_;
};

}  // namespace pos::terminal
