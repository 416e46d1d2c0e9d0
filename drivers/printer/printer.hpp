#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pos/core/bytes.hpp"
#include "pos/core/expected.hpp"
#include "pos/core/time.hpp"

namespace drivers::printer {

/// Every fault leaves the slip unprinted or cut off; printing it again is always safe, for a slip
/// says what it is a copy of.
struct PrintError {
  enum class Fault : std::uint8_t {
    gone,      // no device there, or it went away: plug it in, then print again
    stuck,     // it takes no more bytes: paper, cover, switched off
    refused,   // the system does not let us write
    bad_name,  // the job's name cannot name a file
  };
  Fault fault = Fault::gone;
  std::string detail;  // for the diagnosis: the path and what the system said
};

/// Where finished bytes go. One thread at a time.
class Printer {
 public:
  virtual ~Printer() = default;
  /// Returns when the last byte has been handed over. `name` is the slip's uid: 1 ... 100 letters,
  /// digits, '-' and '_'.
  [[nodiscard]] virtual pos::core::Expected<void, PrintError> print(std::string_view name,
                                                                    pos::core::BytesView bytes) = 0;
};

/// How long a device may take no byte before it counts as stuck: a cutter and a cooling head need
/// some seconds.
constexpr pos::core::Millis kStuckAfter{10'000};

/// A device node such as /dev/usb/lp0 or /dev/ttyUSB0, opened anew for each slip, so that a printer
/// may be plugged in at any time. An existing regular file or pipe does as well and is appended to.
/// The program must ignore SIGPIPE.
[[nodiscard]] std::unique_ptr<Printer> device_printer(std::string path,
                                                      pos::core::Millis stuck_after = kStuckAfter);

/// One file for each slip in that folder, which is made when missing: NAME.escpos, a further print
/// of the same name NAME-2.escpos and so on. A file is there whole or not at all.
[[nodiscard]] std::unique_ptr<Printer> folder_printer(std::string folder,
                                                      std::string extension = "escpos");

}  // namespace drivers::printer
