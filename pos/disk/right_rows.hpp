#pragma once

#include <optional>

#include "pos/core/sqlite/database.hpp"
#include "pos/programme/facts.hpp"

namespace pos::disk {

/// The right that a journal holds, and what its spends have left of it (never stored).
struct RightLeft {
  domain::RightId id;
  std::uint64_t number = 0;
  domain::Money amount;
  domain::Money per_member_max;
  domain::Money spent;                ///< behind the fact that the right names as settled
  std::int64_t settled_position = 0;  ///< of that fact
  [[nodiscard]] domain::Money left() const {
    return spent < amount ? amount - spent : domain::Money{};
  }
};

/// The reads and writes of rights that writer and readers of journal.db share. All throw DbFailure.

/// The newest one: it took the place of all before it.
[[nodiscard]] std::optional<RightLeft> current_right(core::Database& database);
/// Of what it spent: for one account.
[[nodiscard]] domain::Money spent_for(core::Database& database, const RightLeft& right,
                                      const domain::AccountId& account);
/// Where the fact that the right names as settled lies here; nothing when this journal holds
/// another one in its place, or none.
[[nodiscard]] std::optional<std::int64_t> settled_position(core::Database& database,
                                                           const programme::RightFact& right);

void write_right(core::Database& database, std::int64_t position,
                 const programme::RightFact& right);
[[nodiscard]] bool right_fits(core::Database& database, std::int64_t position,
                              const programme::RightFact& right);

}  // namespace pos::disk
