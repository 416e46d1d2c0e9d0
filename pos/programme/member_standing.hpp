#pragma once

#include "pos/domain/member_facts.hpp"
#include "pos/programme/programme.hpp"

namespace pos::programme {

struct SaleFact;
struct ReturnFact;

/// What a fact adds to what counts for its member; what comes back is negative, and belongs to the
/// month of its sale.
struct Purchase {
  domain::FactId sale;
  domain::Day day{};  ///< of the sale
  domain::Money paid;
  std::int64_t visits = 0;
  friend bool operator==(const Purchase&, const Purchase&) = default;
};

/// `latest`: a sale counts on no later day than that, whatever the till's clock said (law 10).
[[nodiscard]] Purchase purchase_of(const domain::FactId& uid, const SaleFact& sale,
                                   domain::Day latest = domain::Day::max());
[[nodiscard]] Purchase purchase_of(const ReturnFact& back, domain::Day latest = domain::Day::max());

/// Adds it up: in all, by the month, among the largest. The order does not matter, as long as a
/// sale comes before what comes back of it. Hub and till count by this same function.
void count_purchase(domain::MemberFacts& facts, const Purchase& purchase);

/// Adds what a member brings along from an earlier system: it counts from that month on.
void count_history(domain::MemberFacts& facts, domain::Day day, domain::Money spend,
                   std::int64_t visits);

/// What is missing on each of the ways on that day, the nearest first; a way that the member cannot
/// go is not among them. 0: it is reached.
[[nodiscard]] std::vector<domain::MissingWay> missing_on(const std::vector<TierRule>& rules,
                                                         const domain::MemberFacts& facts,
                                                         domain::Day day);

/// The tier that somebody has on a day, and what is missing to the one above.
struct Standing {
  std::optional<domain::TierCode> tier;
  std::optional<domain::NextTier> next;
  friend bool operator==(const Standing&, const Standing&) = default;
};

/// Follows from the counters, the ladder and the day alone: the highest tier that one of its ways
/// leads to, and never one below that which the club gave.
[[nodiscard]] Standing standing_on(const std::vector<NamedTier>& tiers,
                                   const domain::MemberFacts& facts, domain::Day day);

/// Some tier can be reached, so that a member's tier follows from the counters.
[[nodiscard]] bool has_ladder(const std::vector<NamedTier>& tiers);

/// Writes the standing into the facts. A programme without a ladder leaves the tier as the club
/// gave it.
void set_standing(domain::MemberFacts& facts, const std::vector<NamedTier>& tiers, domain::Day day);

/// True when `tier` stands above `other` (nothing: none) on the ladder.
[[nodiscard]] bool is_above(const std::vector<NamedTier>& tiers,
                            const std::optional<domain::TierCode>& tier,
                            const std::optional<domain::TierCode>& other);

}  // namespace pos::programme
