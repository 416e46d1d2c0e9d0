#pragma once

#include "pos/core/sqlite/database.hpp"
#include "sync/hub/stream_store.hpp"

namespace club::hub {

/// Runs `work` in one durable transaction with the heads that it moves; on any failure nothing has
/// happened, in the file or in memory.
template <class Work>
[[nodiscard]] auto changing(pos::core::Database& db, StreamStore& streams, Work&& work) {
  auto result = pos::core::guarded([&] {
    pos::core::Transaction transaction(db);
    // Another program may have moved the heads since the last look; inside the lock none can.
    streams.forget_heads();
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      streams.flush_heads();
      transaction.commit();
    } else {
      auto value = work();
      streams.flush_heads();
      transaction.commit();
      return value;
    }
  });
  if (!result) streams.forget_heads();
  return result;
}

}  // namespace club::hub
