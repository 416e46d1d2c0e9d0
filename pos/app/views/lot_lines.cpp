#include "pos/app/views/lot_lines.hpp"

#include <algorithm>
#include <optional>

namespace pos::app {
namespace {

using domain::Day;
using domain::Lot;

struct DayAmount {
  Day day{};
  std::int64_t amount = 0;
};

/// The nearest day that `day_of` gives, and what all lots of that day hold.
template <class DayOf>
std::optional<DayAmount> nearest(const std::vector<Lot>& lots, const DayOf& day_of) {
  std::optional<DayAmount> found;
  for (const Lot& lot : lots) {
    const std::optional<Day> day = day_of(lot.terms);
    if (!day || (found && *day > found->day)) continue;
    if (!found || *day < found->day) found = DayAmount{*day, 0};
    found->amount += lot.amount;
  }
  return found;
}

}  // namespace

std::vector<std::string> lot_lines(const Wording& words, const domain::MemberFacts& facts,
                                   Day today, std::chrono::days notice) {
  const auto first = [&](const domain::LotTerms& terms) {
    return terms.is_pending(today) ? terms.first : std::nullopt;
  };
  const auto last = [&](const domain::LotTerms& terms) {
    const bool soon = terms.last && !terms.has_expired(today) && *terms.last - today <= notice;
    return soon && !terms.is_pending(today) ? terms.last : std::nullopt;
  };
  std::vector<std::string> lines;
  const auto points = [&](Text text, const std::optional<DayAmount>& one) {
    if (one) lines.push_back(words.count(text, one->amount, {words.date(one->day)}));
  };
  const auto value = [&](Text text, const std::optional<DayAmount>& one) {
    if (!one) return;
    const std::string money = words.money(domain::Money::of(one->amount));
    lines.push_back(words.say(text, {money, words.date(one->day)}));
  };
  points(Text::points_from, nearest(facts.point_lots, first));
  points(Text::points_until, nearest(facts.point_lots, last));
  value(Text::value_from, nearest(facts.value_lots, first));
  value(Text::value_until, nearest(facts.value_lots, last));
  return lines;
}

}  // namespace pos::app
