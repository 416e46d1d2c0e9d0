#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/port/scan_event.hpp"
#include "pos/core/time.hpp"

namespace drivers::scan {

/// A frame taken apart. The views live as long as the frame.
struct AimSplit {
  std::string_view aim;  ///< "]E0", or empty
  std::string_view text;
};

/// Takes a symbology identifier (ISO/IEC 15424) off the very start; anywhere else it is data.
[[nodiscard]] AimSplit split_aim(std::string_view frame);

/// Holds back what one device repeats by itself. Remembers only a fingerprint of the last text.
class DuplicateFilter {
 public:
  struct Windows {
    pos::core::Micros wire{500'000};  ///< keyboard and serial, from the scan that was let through
    pos::core::Micros image{1'500'000};  ///< a code that stays before a camera, from the last sight
  };
  DuplicateFilter() = default;
  explicit DuplicateFilter(Windows windows) : windows_(windows) {}

  /// True when this is a new scan. A different text always is.
  [[nodiscard]] bool is_new(const port::ScanEvent& scan);

 private:
  struct Last {
    std::size_t fingerprint = 0;
    std::size_t length = 0;
    pos::core::Tick at;
  };
  Windows windows_;
  std::map<port::ScanSource, Last> last_;
};

/// What every source of scans passes: identifier off the front, blanks and repetitions out.
class ScanGate {
 public:
  ScanGate() = default;
  explicit ScanGate(DuplicateFilter::Windows windows) : filter_(windows) {}

  /// Nothing for an empty text or a repetition. A non-empty `aim` was found by the reader itself;
  /// then the text is data from its first character.
  [[nodiscard]] std::optional<port::ScanEvent> pass(port::ScanSource source, port::ScanKind kind,
                                                    std::string_view text, std::string_view aim,
                                                    pos::core::Tick seen_at);

 private:
  DuplicateFilter filter_;
};

}  // namespace drivers::scan
