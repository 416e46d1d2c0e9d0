#include "pos/programme/earn.hpp"

#include <span>

namespace pos::programme {
namespace {

using domain::kAmountMax;
using domain::Money;
using domain::Points;
using domain::Ratio;
using domain::Rounding;

Points points_on(Money basis, std::int64_t points, std::int64_t per) {
  return Points::of(
      domain::scale_at_most(basis.units(), {points, per}, Rounding::down, kAmountMax));
}

class Earner {
 public:
  Earner(const Worktop& top, Workroom& room, Quote& quote)
      : top_(top), room_(room), quote_(quote) {}

  void base() {
    const ClubRules& rules = top_.programme.rules;
    if (rules.earn_per.is_zero()) return;
    Money basis;
    top_.earning.each([&](std::size_t i) { basis += quote_.lines[i].payable; });
    lay_points(points_on(basis, rules.earn_points.units(), rules.earn_per.units()), top_.earning);
  }

  void benefit(Judged& judged) {
    const Benefit& benefit = top_.programme.benefits[judged.benefit];
    if (judged.state != BenefitState::applied || !benefit.give.earns()) return;
    const LineSet lines = earning_lines(top_, benefit);
    // Articles that a later benefit made cheaper are no longer undiscounted.
    Earned earned;
    if (!lines.empty()) {
      earned = earned_by(top_, benefit, [&](std::size_t i) { return quote_.lines[i].payable; });
    }
    judged.effect.points = lay_points(earned.points, lines);
    judged.effect.value = lay_value(earned.value, lines);
    judged.settled = true;
  }

 private:
  /// What the record has room for.
  Points lay_points(Points points, const LineSet& lines) {
    points = std::min(points, Points::of(kAmountMax) - quote_.earned);
    if (points.is_zero()) return points;
    quote_.earned += points;
    lay(points.units(), lines,
        [](QuotedLine& line, std::int64_t part) { line.earned += Points::of(part); });
    return points;
  }

  Money lay_value(Money value, const LineSet& lines) {
    value = std::min(value, Money::of(kAmountMax) - quote_.value_earned);
    if (value.is_zero()) return value;
    quote_.value_earned += value;
    lay(value.units(), lines,
        [](QuotedLine& line, std::int64_t part) { line.value_earned += Money::of(part); });
    return value;
  }

  template <class Put>
  void lay(std::int64_t total, const LineSet& lines, const Put& put) {
    Money paid;
    Money shelf;
    lines.each([&](std::size_t i) {
      paid += quote_.lines[i].payable;
      shelf += quote_.lines[i].shelf;
    });
    room_.weights.clear();
    lines.each([&](std::size_t i) {
      const QuotedLine& line = quote_.lines[i];
      const std::int64_t weight = !paid.is_zero()    ? line.payable.units()
                                  : !shelf.is_zero() ? line.shelf.units()
                                                     : 1;
      room_.weights.push_back({weight, top_.lines[i].rank});
    });
    const std::span<const std::int64_t> parts = room_.allocator.allocate(total, room_.weights);
    std::size_t next = 0;
    lines.each([&](std::size_t i) { put(quote_.lines[i], parts[next++]); });
  }

  const Worktop& top_;
  Workroom& room_;
  Quote& quote_;
};

}  // namespace

Earned earned_for(const ClubRules& rules, const Give& give, Money basis, std::int64_t pieces) {
  Earned earned;
  switch (give.kind) {
    case Give::Kind::points:
      earned.points = give.points;
      break;
    case Give::Kind::points_each:
      earned.points = give.points * std::min(pieces, give.max_pieces.value_or(pieces));
      break;
    case Give::Kind::points_per:
      earned.points = points_on(basis, give.points.units(), give.per.units());
      break;
    case Give::Kind::earn_percent:
      // The usual points come by themselves.
      if (!rules.earn_per.is_zero()) {
        earned.points = points_on(basis, rules.earn_points.units() * (give.per_mille - 1000),
                                  rules.earn_per.units() * 1000);
      }
      break;
    default:
      earned.value = domain::scale(basis, {give.per_mille, 1000}, Rounding::half_up);
      if (give.at_least) earned.value = std::max(earned.value, *give.at_least);
      if (give.at_most) earned.value = std::min(earned.value, *give.at_most);
      earned.value = std::min(earned.value, basis);  // nobody is paid for buying
      break;
  }
  if (give.points_max) earned.points = std::min(earned.points, *give.points_max);
  return earned;
}

LineSet earning_lines(const Worktop& top, const Benefit& benefit) {
  LineSet lines = lines_of(top, benefit.on);
  LineSet earning = lines;
  earning &= top.earning;
  // A gift of points is for the sale; it only has to lie somewhere.
  return benefit.give.kind == Give::Kind::points && earning.empty() ? lines : earning;
}

namespace {

/// What is paid for a gift card is kept for later, whoever the account is of.
void load_gift_cards(const Worktop& top, Quote& quote) {
  for (std::size_t i = 0; i < top.lines.size(); ++i) {
    if (!top.lines[i].gift_card) continue;
    quote.lines[i].value_earned = quote.lines[i].payable;
    quote.value_earned += quote.lines[i].payable;
  }
}

}  // namespace

void earn(const Worktop& top, std::vector<Judged>& judged, Workroom& room, Quote& quote) {
  if (!has_account(top.input)) return;
  load_gift_cards(top, quote);
  if (top.input.member && top.member == nullptr) return;  // waits for membership
  Earner earner(top, room, quote);
  earner.base();
  for (Judged& one : judged) earner.benefit(one);
}

}  // namespace pos::programme
