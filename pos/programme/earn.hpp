#pragma once

#include <algorithm>

#include "pos/domain/rounding.hpp"
#include "pos/programme/steps.hpp"

/// What a sale gives for later: points and stored value, counted on what is paid in money.
namespace pos::programme {

struct Earned {
  domain::Points points;
  domain::Money value;
};

/// What a benefit gives for `basis` money and `pieces` of its articles.
[[nodiscard]] Earned earned_for(const ClubRules& rules, const Give& give, domain::Money basis,
                                std::int64_t pieces);

/// The lines that count for it: those that fit, and of rates on money only such as earn.
[[nodiscard]] LineSet earning_lines(const Worktop& top, const Benefit& benefit);

/// `cost_of` a line is what is paid for it, or as good a guess.
template <class Cost>
[[nodiscard]] Earned earned_by(const Worktop& top, const Benefit& benefit, const Cost& cost_of) {
  domain::Money basis;
  std::int64_t pieces = 0;
  earning_lines(top, benefit).each([&](std::size_t i) {
    basis += cost_of(i);
    pieces += top.lines[i].quantity;
  });
  return earned_for(top.programme.rules, benefit.give, basis, pieces);
}

/// Fills what is earned, in all and by line, and settles what each benefit gave. Floor of what is
/// paid in money; laid over the lines that brought it, by shelf price where nothing is paid.
void earn(const Worktop& top, std::vector<Judged>& judged, Workroom& room, Quote& quote);

}  // namespace pos::programme
