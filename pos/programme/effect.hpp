#pragma once

#include "pos/domain/rounding.hpp"
#include "pos/programme/judge.hpp"

namespace pos::programme {

/// What a benefit would take off or give at this point of the calculation.
struct Effect {
  domain::Money amount;
  domain::Points points;  // an estimate until it is known what is paid
  domain::Money value;    // likewise
  domain::Money basis;    // what it was calculated on
  std::uint32_t first_share = 0;
  std::uint32_t share_count = 0;
  Verdict verdict;  // why it is nothing; holds() when there is an effect

  [[nodiscard]] bool gives() const { return verdict.holds(); }
};

/// A line and the part of it that a benefit works on.
struct LinePart {
  std::size_t line = 0;
  domain::Money base;
  std::int64_t off = 0;    // what the benefit takes from it, in thousandths of a minor unit
  std::int64_t count = 0;  // pieces of the line, where they are counted
};

/// A line by what one of its pieces costs now.
struct PieceOrder {
  std::size_t line = 0;
  std::int64_t piece = 0;  // minor units, rounded down
  std::int64_t count = 0;  // of its pieces, those that are meant
};

/// What came of one benefit.
struct Judged {
  std::uint32_t benefit = 0;
  BenefitState state = BenefitState::not_now;
  Effect effect;           // applied: what was taken; else its verdict says why not
  bool done = false;       // soft: ticked
  domain::Money drawn;     // of the rights
  domain::Money reserved;  // used of what the hub reserves
  LineSet seen;            // the lines on which the effect rests
  bool settled = false;    // the effect is no longer what was found out about the benefit alone
};

/// The room that a whole quote calculates in, so that no benefit asks the heap for its own.
struct Workroom {
  std::vector<LineShare> shares;  // of all effects, one run behind the other
  std::vector<LinePart> parts;
  std::vector<PieceOrder> order;
  std::vector<std::int64_t> rounded;
  std::vector<domain::AllocationShare> weights;
  domain::Allocator allocator;
  std::vector<Judged> trial;  // of the last one, and room for longer ones

  [[nodiscard]] std::span<const LineShare> shares_of(const Effect& effect) const {
    return std::span(shares).subspan(effect.first_share, effect.share_count);
  }
};

/// The member took the article that was suggested: it was named in the answer, and is bought.
[[nodiscard]] bool took_suggestion(const Worktop& top, const Benefit& benefit);

/// Takes nothing from the lines yet. Rounds half up once, then allocates by largest remainder.
[[nodiscard]] Effect effect_of(const Worktop& top, const Benefit& benefit, Workroom& room);

/// Of each line the pieces that the benefit would give away, into `out`; nothing when it gives
/// none.
void pieces_given(const Worktop& top, const Benefit& benefit, Workroom& room,
                  std::vector<std::int64_t>& out);

}  // namespace pos::programme
