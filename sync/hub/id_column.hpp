#pragma once

#include <optional>

#include "pos/core/sqlite/database.hpp"

namespace club::hub {

/// Throws DbFailure when it is none.
template <class Id>
[[nodiscard]] Id id_at(const pos::core::Statement& statement, int column) {
  const auto id = Id::from_bytes(statement.blob(column));
  if (!id) {
    throw pos::core::DbFailure(
        {pos::core::DbError::Fault::damaged, 0, "an id in the hub's database has a wrong size"});
  }
  return *id;
}

template <class Id>
[[nodiscard]] std::optional<Id> optional_id_at(const pos::core::Statement& statement, int column) {
  if (statement.is_null(column)) return std::nullopt;
  return id_at<Id>(statement, column);
}

}  // namespace club::hub
