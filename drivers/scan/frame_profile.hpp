#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "pos/core/time.hpp"

namespace drivers::scan {

/// How a device marks where a scan begins and ends.
struct FrameProfile {
  std::string_view name;
  bool ends_at_line = true;      ///< CR, LF, CR LF or TAB
  bool needs_start = false;      ///< only what follows an STX is data; ETX ends it
  bool ends_by_silence = false;  ///< no suffix: a pause ends the frame
  /// A pause between two bytes that is longer ends or drops what was collected.
  pos::core::Micros byte_gap_max{100'000};
};

/// "generic": CR, LF, TAB or ETX ends. "stx-etx": STX ... ETX. "no-suffix": a pause ends.
inline constexpr std::array kFrameProfiles = {
    FrameProfile{"generic", true, false, false},
    FrameProfile{"stx-etx", false, true, false},
    FrameProfile{"no-suffix", true, false, true},
};

[[nodiscard]] std::optional<FrameProfile> frame_profile(std::string_view name);

}  // namespace drivers::scan
