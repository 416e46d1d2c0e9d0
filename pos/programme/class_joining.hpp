#pragma once

#include "pos/programme/quote.hpp"

namespace pos::programme {

/// The highest class above the member's own to which a way leads: by the fee that lies in the
/// basket, or by what counted before this sale. Nothing without a member, or for a blocked one.
[[nodiscard]] std::optional<Joining> joining_of(const Programme& programme,
                                                const QuoteInput& input);

/// The same input for a member who has that class, and that time of the subscription.
[[nodiscard]] QuoteInput as_judged(QuoteInput input, const std::optional<Joining>& joined,
                                   const std::optional<Subscribed>& bought);
/// The input in the terms of which the quote was judged: what its sentences speak of.
[[nodiscard]] QuoteInput as_judged(QuoteInput input, const Quote& quote);
/// The class in which a member was judged.
[[nodiscard]] domain::ClassCode class_judged(const domain::MemberFacts& facts, const Quote& quote);

/// The class above a member's own, and what it takes.
struct NextClass {
  const NamedClass* named = nullptr;     ///< lives as long as the programme
  std::vector<domain::MissingWay> ways;  ///< the nearest first, beside its fee
};
/// Nothing when there is none that can be joined.
[[nodiscard]] std::optional<NextClass> next_class(const Programme& programme,
                                                  const domain::MemberFacts& facts,
                                                  domain::Day day);

/// Whether the member only waits for membership.
[[nodiscard]] bool waits(const std::vector<NamedClass>& classes, const domain::MemberFacts& facts);

}  // namespace pos::programme
