#pragma once

#include "pos/domain/day_sums.hpp"
#include "pos/programme/facts.hpp"

namespace pos::programme {

/// When a fact was sealed, by its own clock and zone; nothing for what has no scene.
[[nodiscard]] std::optional<core::Moment> moment_of(const Fact& fact);
/// The day that a fact was sealed on, by its own clock and zone; nothing for what has none.
[[nodiscard]] std::optional<domain::Day> day_of(const Fact& fact);
/// Of whichever day.
void add(domain::DaySums& sums, const Fact& fact);

}  // namespace pos::programme
