#include "pos/core/zstd/zstd.hpp"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "pos/core/check.hpp"

namespace pos::core {

Bytes zstd_compress(BytesView bytes) {
  constexpr int kLevel = 3;
  Bytes out(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kLevel);
  CLUBTILL_CHECK(!ZSTD_isError(size));
  out.resize(size);
  return out;
}

Expected<Bytes, ZstdError> zstd_decompress(BytesView bytes, std::size_t size_max) {
  const std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream(ZSTD_createDStream(),
                                                                             ZSTD_freeDStream);
  CLUBTILL_CHECK(stream != nullptr);
  constexpr int kWindowLogMax = 23;  // 8 MiB, what our own compressor needs at most
  ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, kWindowLogMax);
  ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
  Bytes out;
  Bytes chunk(ZSTD_DStreamOutSize());
  for (;;) {
    ZSTD_outBuffer output{chunk.data(), chunk.size(), 0};
    const std::size_t left = ZSTD_decompressStream(stream.get(), &output, &input);
    if (ZSTD_isError(left)) return fail(ZstdError::damaged);
    if (out.size() + output.pos > size_max) return fail(ZstdError::too_large);
    out.insert(out.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(output.pos));
    if (left == 0 && input.pos == input.size) return out;
    const bool starved = input.pos == input.size && output.pos < output.size;
    if (starved) return fail(ZstdError::damaged);
  }
}

}  // namespace pos::core
