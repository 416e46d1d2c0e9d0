#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>

#include "pos/programme/facts.hpp"

namespace pos::programme {

/// What of a sale can come out otherwise when its sealed input is judged again.
enum class ReplayPart : std::uint8_t {
  payable,
  discount,
  points_spent,
  points_value,
  value_spent,
  earned,
  value_earned,
  lines,
  outcomes,
  shelf,
  points_offer,
  vat,
  drawn,
  programme,  ///< it was judged under another version than it names
  record,     ///< the result is equal, its bytes are not
};
inline constexpr std::size_t kReplayParts = 15;
[[nodiscard]] std::string_view to_text(ReplayPart part);

/// Bit n is ReplayPart n.
using ReplayDifference = std::bitset<kReplayParts>;

/// Judges the sealed input of a sale under `programme` and names what differs from the sealed
/// result; none when the record would have the very same bytes. `body` is what was sealed, and
/// `sale` what decode_fact() made of it.
[[nodiscard]] ReplayDifference replay_difference(const Programme& programme, const SaleFact& sale,
                                                 core::BytesView body);

}  // namespace pos::programme
