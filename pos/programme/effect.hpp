#pragma once

#include "pos/programme/judge.hpp"

namespace pos::programme {

/// What a benefit would take off or give at this point of the calculation.
struct Effect {
  domain::Money amount;
  domain::Points points;
  domain::Money basis;  // what it was calculated on
  std::vector<LineShare> shares;
  Verdict verdict;  // why it is nothing; holds() when there is an effect

  [[nodiscard]] bool gives() const { return verdict.holds(); }
};

/// Takes nothing from the lines yet. Rounds half up once, then allocates by largest remainder.
[[nodiscard]] Effect effect_of(const Worktop& top, const Benefit& benefit);

}  // namespace pos::programme
