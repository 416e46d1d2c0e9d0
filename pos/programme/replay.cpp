#include "pos/programme/replay.hpp"

#include <algorithm>
#include <array>

namespace pos::programme {

std::string_view to_text(ReplayPart part) {
  constexpr std::array<std::string_view, kReplayParts> kWords = {
      "payable",      "discount",     "points_spent", "points_value", "value_spent",
      "earned",       "value_earned", "lines",        "outcomes",     "shelf",
      "points_offer", "vat",          "drawn",        "programme",    "record"};
  return kWords[static_cast<std::size_t>(part)];
}

ReplayDifference replay_difference(const Programme& programme, const SaleFact& sale,
                                   core::BytesView body) {
  SaleFact again = sale;
  again.result = quote(programme, sale.input);
  ReplayDifference difference;
  if (std::ranges::equal(encode_fact(again), body)) return difference;
  const Quote& now = again.result;
  const Quote& then = sale.result;
  const auto compare = [&](ReplayPart part, const auto& a, const auto& b) {
    difference.set(static_cast<std::size_t>(part), !(a == b));
  };
  compare(ReplayPart::payable, now.payable, then.payable);
  compare(ReplayPart::discount, now.discount, then.discount);
  compare(ReplayPart::points_spent, now.points_spent, then.points_spent);
  compare(ReplayPart::points_value, now.points_value, then.points_value);
  compare(ReplayPart::value_spent, now.value_spent, then.value_spent);
  compare(ReplayPart::earned, now.earned, then.earned);
  compare(ReplayPart::value_earned, now.value_earned, then.value_earned);
  compare(ReplayPart::lines, now.lines, then.lines);
  compare(ReplayPart::outcomes, now.outcomes, then.outcomes);
  compare(ReplayPart::shelf, now.shelf, then.shelf);
  compare(ReplayPart::points_offer, now.points_offer, then.points_offer);
  compare(ReplayPart::vat, now.vat, then.vat);
  compare(ReplayPart::drawn, now.drawn, then.drawn);
  compare(ReplayPart::programme, now.programme, then.programme);
  difference.set(static_cast<std::size_t>(ReplayPart::record), difference.none());
  return difference;
}

}  // namespace pos::programme
