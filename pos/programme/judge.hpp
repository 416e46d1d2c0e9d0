#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "pos/programme/benefit.hpp"
#include "pos/programme/quote.hpp"

/// The judge's own vocabulary: a basket laid out for calculation, and what came of each benefit.
namespace pos::programme {

struct WorkLine {
  std::string_view article_code;  // of the input, or empty for the article of a trial
  WordIndex code = kNoWord;
  WordIndex category = kNoWord;
  bool demand = false;
  bool earns = true;
  std::int64_t quantity = 1;
  domain::Money price;
  domain::Money shelf;
  domain::Money remaining;  // shelf minus what benefits took so far
  std::size_t rank = 0;     // order that breaks ties: code, price, quantity, line
};

/// Everything a benefit may look at. The references outlive it.
struct Worktop {
  const CompiledBenefits& programme;
  const QuoteInput& input;
  const domain::MemberFacts* member;  // null: none, unknown or blocked
  domain::Day today;
  int minute;
  unsigned weekday;  // 0: Sunday
  std::vector<WorkLine> lines;
};

[[nodiscard]] Worktop lay_out(const CompiledBenefits& programme, const QuoteInput& input);
/// Gives every line its rank; needed again when a line was added.
void rank_lines(std::vector<WorkLine>& lines);

[[nodiscard]] inline bool among(const std::vector<WordIndex>& sorted, WordIndex word) {
  return word != kNoWord && !sorted.empty() &&
         std::binary_search(sorted.begin(), sorted.end(), word);
}

/// In the header because it is asked for every line of every benefit.
[[nodiscard]] inline bool fits(const Selection& selection, const WorkLine& line) {
  if (selection.demand_only && !line.demand) return false;
  if (selection.earning_only && !line.earns) return false;
  const bool named = (selection.codes.empty() && selection.categories.empty()) ||
                     among(selection.codes, line.code) ||
                     among(selection.categories, line.category);
  return named && !among(selection.except_codes, line.code) &&
         !among(selection.except_categories, line.category);
}

/// The benefits that this basket and member reach, in the order of execution.
[[nodiscard]] std::vector<std::uint32_t> reached(const Worktop& top);

/// A change of the basket: so many more pieces of a line, or one more article of that price.
struct BasketChange {
  bool adds_article = false;
  std::size_t line = 0;
  std::int64_t pieces = 0;
  domain::Money price;
  bool demand = false;  // the added article has to be a demand product
  bool earns = true;    // the added article has to be one that earns
};

/// Whether a condition holds, and if not, why, and which single change would make it hold.
struct Verdict {
  Reason reason = Reason::none;
  OutcomeData data;
  std::optional<BasketChange> change;

  [[nodiscard]] bool holds() const { return reason == Reason::none; }
};

[[nodiscard]] Verdict check_condition(const Worktop& top, const Condition& condition);
/// Everything but what the benefit gives: member, dates, conditions, connection, a refusal.
[[nodiscard]] Verdict check_benefit(const Worktop& top, const Benefit& benefit);
[[nodiscard]] const Answer* answer_to(const QuoteInput& input, const Benefit& benefit);

/// The cheapest way to reach `pieces` more of what fits, by an article that is in the basket.
[[nodiscard]] std::optional<BasketChange> more_pieces(const Worktop& top,
                                                      const Selection& selection,
                                                      std::int64_t pieces);

}  // namespace pos::programme
