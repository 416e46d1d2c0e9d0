#pragma once

#include "pos/core/bytes.hpp"
#include "pos/core/expected.hpp"

namespace pos::core {

enum class ZstdError { damaged, too_large };

[[nodiscard]] Bytes zstd_compress(BytesView bytes);

/// Never allocates more than `size_max` bytes, whatever the frame claims.
[[nodiscard]] Expected<Bytes, ZstdError> zstd_decompress(BytesView bytes, std::size_t size_max);

}  // namespace pos::core
