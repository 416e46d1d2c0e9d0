#pragma once

#include <string>

#include "pos/programme/quote.hpp"

namespace pos::programme {

/// One outcome in words: what - why - amount. Made from data alone, so that screen, slip and hub
/// say the same. Numbers are in the language's digits and stand between isolates.
struct OutcomeText {
  std::string what;    ///< the benefit's name for this member: "VIP 15% on demand products"
  std::string why;     ///< "15% of 78.30", "30.90 more", "needs its coupon"; may be empty
  std::string amount;  ///< "−11.75" without isolates, for a column; empty when nothing is taken
};

[[nodiscard]] OutcomeText outcome_text(const Programme& programme, const QuoteInput& input,
                                       const BenefitOutcome& outcome, domain::Language language);

/// Whom the days concern that a benefit waits for, and what they like: "daughter, likes yellow". In
/// the words in which it was told to the club; empty when none of its windows runs today.
[[nodiscard]] std::string occasion_text(const Programme& programme, const QuoteInput& input,
                                        const domain::BenefitId& id, domain::Language language);

/// The same as one sentence: "VIP 15% on demand products: 15% of 78.30, −11.75".
[[nodiscard]] std::string outcome_sentence(const Programme& programme, const QuoteInput& input,
                                           const BenefitOutcome& outcome,
                                           domain::Language language);

}  // namespace pos::programme
