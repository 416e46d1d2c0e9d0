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

/// The days on which lots become available and on which they expire, as lot_lines() tells them.
class LotDays {
 public:
  LotDays(Day today, std::chrono::days notice) : today_(today), notice_(notice) {}

  [[nodiscard]] std::optional<DayAmount> first(const std::vector<Lot>& lots) const {
    return nearest(lots, [&](const domain::LotTerms& terms) {
      return terms.is_pending(today_) ? terms.first : std::nullopt;
    });
  }
  [[nodiscard]] std::optional<DayAmount> last(const std::vector<Lot>& lots) const {
    return nearest(lots, [&](const domain::LotTerms& terms) {
      const bool soon = terms.last && !terms.has_expired(today_) && *terms.last - today_ <= notice_;
      return soon && !terms.is_pending(today_) ? terms.last : std::nullopt;
    });
  }

 private:
  Day today_;
  std::chrono::days notice_;
};

}  // namespace

std::vector<std::string> lot_lines(const Wording& words, const domain::MemberFacts& facts,
                                   Day today, std::chrono::days notice) {
  const LotDays days(today, notice);
  std::vector<std::string> lines;
  const auto points = [&](Text text, const std::optional<DayAmount>& one) {
    if (one) lines.push_back(words.count(text, one->amount, {words.date(one->day)}));
  };
  points(Text::points_from, days.first(facts.point_lots));
  points(Text::points_until, days.last(facts.point_lots));
  for (std::string& line : value_lot_lines(words, facts.value_lots, today, notice)) {
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> value_lot_lines(const Wording& words, const std::vector<Lot>& lots,
                                         Day today, std::chrono::days notice) {
  const LotDays days(today, notice);
  std::vector<std::string> lines;
  const auto value = [&](Text text, const std::optional<DayAmount>& one) {
    if (!one) return;
    const std::string money = words.money(domain::Money::of(one->amount));
    lines.push_back(words.say(text, {money, words.date(one->day)}));
  };
  value(Text::value_from, days.first(lots));
  value(Text::value_until, days.last(lots));
  return lines;
}

}  // namespace pos::app
