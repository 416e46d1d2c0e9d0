#pragma once

#include "pos/core/sqlite/database.hpp"

namespace club::hub {

inline constexpr std::int64_t kHubApplicationId = 0x636c7562;  ///< "club"
inline constexpr std::int64_t kHubSchema = 2;

/// Creates the tables in a new file, brings those of an older one up to date; Fault::newer_schema
/// when the file comes from a later program. An older file is copied first, to
/// "<path>.schema-<number>" beside it; when that fails nothing is changed.
void ensure_schema(pos::core::Database& db);

}  // namespace club::hub
