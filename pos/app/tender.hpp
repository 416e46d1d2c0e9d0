#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pos/programme/facts.hpp"
#include "pos/programme/programme.hpp"

namespace pos::app {

/// "93.9", "100", with any script's digits; nothing when it is no amount or more than kAmountMax.
/// decimals: of the form that money is typed in.
[[nodiscard]] std::optional<domain::Money> parse_money(std::string_view typed, int decimals);

/// What the tender has to cover: cash is rounded to the club's step, the rest is exact. received
/// and change are those of an exact payment.
[[nodiscard]] programme::Tender tender_for(programme::Tender::Kind kind, domain::Money payable,
                                           const programme::ClubRules& rules);

/// What a customer is likely to hand over: the amount itself, then the next round ones; at most
/// four.
[[nodiscard]] std::vector<domain::Money> likely_amounts(domain::Money due, int decimals);

}  // namespace pos::app
