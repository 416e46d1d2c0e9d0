#pragma once

#include <algorithm>
#include <array>
#include <bit>
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
  bool gift_card = false;
  bool apart = false;  // a gift card or a fee: paid in money, and nothing of benefits or points
  std::int64_t quantity = 1;
  domain::Money price;
  domain::Money shelf;
  domain::Money remaining;  // shelf minus what benefits took so far
  std::size_t rank = 0;     // order that breaks ties: code, price, quantity, line; from 1
};

/// Some of the lines of one basket. Sized for kLinesMax and the added line of a trial.
class LineSet {
 public:
  void insert(std::size_t line) { words_[line / 64] |= std::uint64_t{1} << (line % 64); }
  void remove(std::size_t line) { words_[line / 64] &= ~(std::uint64_t{1} << (line % 64)); }
  [[nodiscard]] bool contains(std::size_t line) const {
    return (words_[line / 64] >> (line % 64) & 1U) != 0;
  }
  [[nodiscard]] bool empty() const { return (words_[0] | words_[1]) == 0; }
  [[nodiscard]] bool touches(const LineSet& other) const {
    return ((words_[0] & other.words_[0]) | (words_[1] & other.words_[1])) != 0;
  }
  LineSet& operator|=(const LineSet& other) {
    words_[0] |= other.words_[0];
    words_[1] |= other.words_[1];
    return *this;
  }
  LineSet& operator&=(const LineSet& other) {
    words_[0] &= other.words_[0];
    words_[1] &= other.words_[1];
    return *this;
  }
  LineSet& operator-=(const LineSet& other) {
    words_[0] &= ~other.words_[0];
    words_[1] &= ~other.words_[1];
    return *this;
  }
  /// In ascending order.
  template <class Visit>
  void each(const Visit& visit) const {
    for (std::size_t word = 0; word < words_.size(); ++word) {
      for (std::uint64_t bits = words_[word]; bits != 0; bits &= bits - 1) {
        visit(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }

 private:
  std::array<std::uint64_t, 2> words_{};
};

/// Stands in a set of what was looked at for an article of that sort which is not in the basket and
/// of which no benefit says a word: it would have been looked at, too.
[[nodiscard]] constexpr std::size_t unnamed_article(bool demand, bool earns) {
  return kLinesMax + 1 + (demand ? 1U : 0U) + (earns ? 2U : 0U);
}
static_assert(unnamed_article(true, true) < 128);

/// The lines that have one word of the programme.
struct LinesOfWord {
  WordIndex word = kNoWord;
  LineSet lines;
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
  LineSet all;  // but those that stand apart; so in the sets below
  LineSet demand;
  LineSet earning;
  std::vector<LinesOfWord> by_code;      // sorted by word
  std::vector<LinesOfWord> by_category;  // sorted by word
  /// Of each line the pieces that the benefit under judgement would give away: they do not count
  /// towards its own conditions. Empty: none.
  std::vector<std::int64_t> set_aside;
  /// The lines that were looked at since somebody last cleared it: what a verdict rests on.
  mutable LineSet seen;
  domain::Points points_left;  // of the balance, can be spent today and is not claimed yet
  domain::Money right_left;    // of the rights, not drawn yet
  domain::Money reserve_left;  // of what the hub reserves for points and value
};

/// Whether the sale is booked to an account: a blocked member's has none.
[[nodiscard]] bool has_account(const QuoteInput& input);

[[nodiscard]] Worktop lay_out(const CompiledBenefits& programme, const QuoteInput& input);
/// As laid out: nothing is taken from the lines and the rights yet.
void restart(Worktop& top);
/// Leaves the ranks as they are; one without a rank stands before all.
void add_line(Worktop& top, const WorkLine& line);
/// One that has no word of the programme.
void remove_last_line(Worktop& top);
/// Gives every line its rank; needed again when a line of an article that has several was changed.
void rank_lines(std::vector<WorkLine>& lines);

/// The lines that fit a selection.
[[nodiscard]] LineSet lines_of(const Worktop& top, const Selection& selection);

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
  friend bool operator==(const BasketChange&, const BasketChange&) = default;
};

inline constexpr std::uint32_t kNoBenefit = UINT32_MAX;

/// Whether a condition holds, and if not, why, and which single change would make it hold.
struct Verdict {
  Reason reason = Reason::none;
  std::uint32_t winner = kNoBenefit;  // chosen_instead
  // As in OutcomeData, but nothing here needs the heap.
  domain::Money missing;
  std::int64_t missing_quantity = 0;
  std::string_view article;  // of the input
  std::optional<domain::Day> day;
  domain::Money goal;
  std::optional<BasketChange> change;

  [[nodiscard]] bool holds() const { return reason == Reason::none; }
};

/// Whether such articles are worth so much at the shelf, and what is missing.
[[nodiscard]] Verdict check_worth(const Worktop& top, const Selection& selection,
                                  std::int64_t threshold, bool after_discounts);
[[nodiscard]] Verdict check_condition(const Worktop& top, const Condition& condition);
/// Everything but what the benefit gives: member, dates, conditions, connection, a refusal.
[[nodiscard]] Verdict check_benefit(const Worktop& top, const Benefit& benefit);
/// How often the member had any of these surprises, and on which days, latest first.
[[nodiscard]] domain::BenefitUse surprise_use(const Worktop& top, const Surprise& surprise);
/// The member is in the control group of the benefit and must not hear of it, or it is a surprise
/// for another day.
[[nodiscard]] bool is_hidden(const Worktop& top, const Benefit& benefit);
[[nodiscard]] const Answer* answer_to(const QuoteInput& input, const Benefit& benefit);

/// The cheapest way to reach `pieces` more of what fits, by an article that is in the basket.
[[nodiscard]] std::optional<BasketChange> more_pieces(const Worktop& top,
                                                      const Selection& selection,
                                                      std::int64_t pieces);

}  // namespace pos::programme
