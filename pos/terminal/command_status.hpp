#pragma once

#include <iosfwd>

#include "pos/core/exit_code.hpp"
#include "pos/terminal/state_paths.hpp"

namespace pos::terminal {

/// `clubtill status`: what this till has sealed, sent and received, and what it may still give out
/// alone. Reads only; a till may be running.
[[nodiscard]] core::ExitCode till_status(const StatePaths& paths, bool json, std::ostream& out,
                                         std::ostream& err);

/// `clubtill receipt UID`: the slip of a sale, return or void of this till, printed again.
struct ReceiptForm {
  bool text = true;
  std::string png_file;     ///< empty: no picture
  std::string escpos_file;  ///< empty: no printer bytes
};
[[nodiscard]] core::ExitCode print_receipt(const StatePaths& paths, const std::string& uid,
                                           const ReceiptForm& form, std::ostream& out,
                                           std::ostream& err);

}  // namespace pos::terminal
