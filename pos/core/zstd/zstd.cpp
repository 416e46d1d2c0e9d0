#include "pos/core/zstd/zstd.hpp"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "pos/core/check.hpp"

namespace pos::core {

namespace {

/// A context is dear to make and carries nothing from one use to the next: one for each thread.
ZSTD_CCtx* compressor() {
  thread_local const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(
      ZSTD_createCCtx(), ZSTD_freeCCtx);
  CLUBTILL_CHECK(context != nullptr);
  return context.get();
}

ZSTD_DCtx* decompressor() {
  constexpr int kWindowLogMax = 23;  // 8 MiB, what our own compressor needs at most
  thread_local const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(
      ZSTD_createDCtx(), ZSTD_freeDCtx);
  CLUBTILL_CHECK(context != nullptr);
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kWindowLogMax);
  return context.get();
}

}  // namespace

Bytes zstd_compress(BytesView bytes) {
  constexpr int kLevel = 3;
  Bytes out(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compressCCtx(compressor(), out.data(), out.size(), bytes.data(), bytes.size(), kLevel);
  CLUBTILL_CHECK(!ZSTD_isError(size));
  out.resize(size);
  return out;
}

Expected<Bytes, ZstdError> zstd_decompress(BytesView bytes, std::size_t size_max) {
  ZSTD_DCtx* const context = decompressor();
  ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
  Bytes out;
  thread_local Bytes chunk(ZSTD_DStreamOutSize());
  for (;;) {
    ZSTD_outBuffer output{chunk.data(), chunk.size(), 0};
    const std::size_t left = ZSTD_decompressStream(context, &output, &input);
    if (ZSTD_isError(left)) return fail(ZstdError::damaged);
    if (out.size() + output.pos > size_max) return fail(ZstdError::too_large);
    out.insert(out.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(output.pos));
    if (left == 0 && input.pos == input.size) return out;
    const bool starved = input.pos == input.size && output.pos < output.size;
    if (starved) return fail(ZstdError::damaged);
  }
}

}  // namespace pos::core
