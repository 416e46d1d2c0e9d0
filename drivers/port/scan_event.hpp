#pragma once

#include <cstdint>
#include <string>

#include "pos/core/time.hpp"

namespace drivers::port {

/// Which device a scan came from. Given out by the composition, stable for one run of the program.
struct ScanSource {
  std::uint32_t value = 0;
  friend auto operator<=>(ScanSource, ScanSource) = default;
};

enum class ScanKind { keyboard, serial, image };

/// One complete scan. The text is what the code holds, without frame characters and symbology
/// identifier; it may hold GS, RS and EOT (GS1 and postal codes) and is well-formed UTF-8 of at
/// most 4 KiB.
struct ScanEvent {
  ScanSource source;
  ScanKind kind = ScanKind::keyboard;
  std::string text;
  std::string aim;          ///< "]E0", or empty when the device sends none
  pos::core::Tick seen_at;  ///< when its last byte or key arrived
};

}  // namespace drivers::port
