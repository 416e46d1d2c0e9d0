#pragma once

#include <string>
#include <string_view>

#include "pos/core/expected.hpp"

namespace pos::domain {

/// Why a swipe gave no number.
enum class TrackFault {
  empty,
  read_error,   ///< the reader itself says that it could not read
  not_a_track,  ///< no sentinels, or characters that no track has
  too_long,
  bad_checksum,  ///< the character behind the end sentinel is not the right one
  no_number,
  other_document,  ///< a driving licence or the like
  disagree,        ///< two good tracks with different numbers: swipe again
};
[[nodiscard]] std::string_view to_text(TrackFault fault);

/// The number field of a swipe's tracks, as text of a reader (%B...^...?;...=...?). A good track
/// beside an unreadable one is used. The caller judges the number: is_payment_card() first, then
/// CardNumber::parse().
[[nodiscard]] core::Expected<std::string, TrackFault> parse_tracks(std::string_view swipe);

/// The checksum character of a track's text from its start sentinel to its end sentinel.
[[nodiscard]] char track_checksum(std::string_view track);

}  // namespace pos::domain
