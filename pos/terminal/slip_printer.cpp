#include "pos/terminal/slip_printer.hpp"

#include <filesystem>

#include "pos/slip/receipt.hpp"
#include "pos/slip/slip_formats.hpp"

namespace pos::terminal {

PrintedForms print_forms(const app::SlipView& slip, const text::Shaper& shaper) {
  const slip::Raster raster = slip::draw_receipt(slip, shaper);
  return {slip::receipt_text(slip), slip::png_of(raster).value_or(core::Bytes{}),
          slip::escpos_of(raster)};
}

core::Expected<std::unique_ptr<SlipPrinter>, text::FontError> SlipPrinter::open(Settings settings,
                                                                                Inbox& inbox) {
  auto fonts = text::FontSet::open_installed();
  if (!fonts) return core::fail(fonts.error());
  return std::unique_ptr<SlipPrinter>(
      new SlipPrinter(std::move(settings), inbox, std::move(*fonts)));
}

SlipPrinter::SlipPrinter(Settings settings, Inbox& inbox, text::FontSet fonts)
    : settings_(std::move(settings)), inbox_(inbox), fonts_(std::move(fonts)) {
  if (settings_.device) device_ = drivers::printer::device_printer(*settings_.device);
  if (settings_.folder) {
    for (const char* extension : {"txt", "png", "escpos"}) {
      folders_.push_back(drivers::printer::folder_printer(*settings_.folder, extension));
    }
  }
}

core::Micros SlipPrinter::run_once() {
  constexpr core::Micros kIdle{3'600'000'000};  // woken by the next slip
  constexpr core::Micros kHeld{20'000};
  std::error_code ignored;
  if (settings_.hold_file && std::filesystem::exists(*settings_.hold_file, ignored)) return kHeld;
  for (const app::PrintSlip& slip : slips_.drain(kWaitingMax)) {
    if (print_one(slip))
      inbox_.push(app::Printed{slip.uid});
    else
      inbox_.push(app::PrintFailed{slip.uid});
  }
  return kIdle;
}

bool SlipPrinter::print_one(const app::PrintSlip& slip) {
  const PrintedForms forms = print_forms(slip.slip, shaper_);
  const std::string name = slip.uid.hex();
  if (device_ && !device_->print(name, forms.escpos)) return false;
  if (folders_.empty()) return true;
  return folders_[0]->print(name, core::bytes_of(forms.text)) &&
         folders_[1]->print(name, forms.png) && folders_[2]->print(name, forms.escpos);
}

}  // namespace pos::terminal
