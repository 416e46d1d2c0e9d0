#pragma once

#include <optional>

#include "pos/core/sqlite/database.hpp"
#include "sync/wire/messages.hpp"

namespace pos::disk {

/// What the cache keeps of one stream beside its rows, in the transaction of the rows: the life in
/// which rows were last seen, and what a complete page is held against.
struct StreamLife {
  std::int64_t generation = 0;
  bool restarting = false;
  std::uint64_t count = 0;  ///< rows of this generation that came from the hub
  core::Digest digest;      ///< XOR of row_digest() over them

  /// Before a row is written: counts it, in the place of the one that it replaces.
  void take(core::Database& database, const core::SymmetricKey& key, const club::wire::Row& row,
            club::wire::StreamNumber stream);
  [[nodiscard]] bool fits(const club::wire::Page& page) const {
    return count == page.count && digest == page.digest;
  }
};

[[nodiscard]] StreamLife life_of(core::Database& database, club::wire::StreamNumber stream);
void keep_life(core::Database& database, const club::wire::Cursor& cursor, const StreamLife& life);

}  // namespace pos::disk
