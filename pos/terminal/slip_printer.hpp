#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drivers/port/bounded_queue.hpp"
#include "drivers/printer/printer.hpp"
#include "pos/app/effects.hpp"
#include "pos/app/events.hpp"
#include "pos/core/expected.hpp"
#include "pos/text/shaper.hpp"

namespace pos::terminal {

/// A slip in all its forms.
struct PrintedForms {
  std::string text;
  core::Bytes png;
  core::Bytes escpos;
};
[[nodiscard]] PrintedForms print_forms(const app::SlipView& slip, const text::Shaper& shaper);

/// Lays slips out and hands them to the printer, on a worker of its own: a slow printer never holds
/// up the screen.
class SlipPrinter {
 public:
  using Inbox = drivers::port::BoundedQueue<app::Event>;
  struct Settings {
    std::optional<std::string> device;  ///< takes ESC/POS bytes
    std::optional<std::string> folder;  ///< one .txt, .png and .escpos a slip
    /// While this file exists nothing is printed: lets a test kill the till between commit and
    /// print.
    std::optional<std::string> hold_file;
  };

  /// The fonts must be installed. `inbox` outlives the printer.
  [[nodiscard]] static core::Expected<std::unique_ptr<SlipPrinter>, text::FontError> open(
      Settings settings, Inbox& inbox);

  /// Any thread.
  void print(const app::PrintSlip& slip) { slips_.push(slip); }

  /// Prints what waits; answers with Printed or PrintFailed. Returns how long to rest.
  [[nodiscard]] core::Micros run_once();

 private:
  SlipPrinter(Settings settings, Inbox& inbox, text::FontSet fonts);
  [[nodiscard]] bool print_one(const app::PrintSlip& slip);

  static constexpr std::size_t kWaitingMax = 256;

  Settings settings_;
  Inbox& inbox_;
  text::FontSet fonts_;
  text::Shaper shaper_{fonts_};
  std::unique_ptr<drivers::printer::Printer> device_;
  std::vector<std::unique_ptr<drivers::printer::Printer>>
      folders_;  ///< text, picture, printer bytes
  drivers::port::BoundedQueue<app::PrintSlip> slips_{kWaitingMax};
};

}  // namespace pos::terminal
