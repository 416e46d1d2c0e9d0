#pragma once

#include <string>
#include <vector>

#include "pos/app/wording.hpp"
#include "pos/domain/member_facts.hpp"

namespace pos::app {

/// What of points and stored value becomes available next, and what expires next, each in a
/// sentence with its day; what expires only when it is no more than `notice` away.
[[nodiscard]] std::vector<std::string> lot_lines(const Wording& words,
                                                 const domain::MemberFacts& facts,
                                                 domain::Day today, std::chrono::days notice);

/// The same of stored value alone.
[[nodiscard]] std::vector<std::string> value_lot_lines(const Wording& words,
                                                       const std::vector<domain::Lot>& lots,
                                                       domain::Day today, std::chrono::days notice);

/// So long before it expires a member is told without asking.
inline constexpr std::chrono::days kExpiryNotice{35};

}  // namespace pos::app
