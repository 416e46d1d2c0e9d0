#pragma once

#include <optional>

#include "pos/app/ports.hpp"
#include "pos/app/state.hpp"

namespace pos::app {

/// The open basket as the journal's mutable table keeps it; empty bytes for an empty basket. No
/// name, phone or card number is in it: the member is named by id, an unknown card by its keyed
/// hash (law 14).
[[nodiscard]] core::Bytes encode_basket(const Basket& basket);

/// Nothing when the bytes are damaged or hold more than a basket may; the till then starts with an
/// empty one. A member who is no longer known is left out.
[[nodiscard]] std::optional<Basket> decode_basket(core::BytesView bytes,
                                                  const Directory& directory);

}  // namespace pos::app
