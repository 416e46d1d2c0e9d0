#pragma once

#include <optional>
#include <vector>

#include "pos/core/bytes.hpp"

namespace pos::slip {

/// side x side modules, row by row, true is dark; without the quiet zone.
struct QrMatrix {
  int side = 0;
  std::vector<bool> dark;
};

/// Byte mode. As much error correction as the smallest symbol allows, at least medium where it
/// fits. Nothing for an empty payload or one that no symbol holds (2,953 bytes).
[[nodiscard]] std::optional<QrMatrix> qr_matrix(pos::core::BytesView payload);

}  // namespace pos::slip
