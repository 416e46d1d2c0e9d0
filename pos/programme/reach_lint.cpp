#include <algorithm>
#include <array>

#include "pos/programme/programme_lint.hpp"

/// Benefits that can never apply.
namespace pos::programme {
namespace {

using domain::Day;
using Kind = Condition::Kind;

bool counts(Kind kind) {
  return kind == Kind::amount || kind == Kind::quantity || kind == Kind::distinct ||
         kind == Kind::month_days || kind == Kind::visits || kind == Kind::spend ||
         kind == Kind::balance || kind == Kind::absence;
}

/// Each is compared with each: more than anybody writes by hand would take too long.
constexpr std::size_t kComparedMax = 64;

/// Two conditions on one count, of which the one begins where the other has ended.
void judge_ranges(const Benefit& benefit, const std::vector<const Condition*>& needed,
                  Findings& findings) {
  if (needed.size() > kComparedMax) return;
  for (const Condition* low : needed) {
    if (!counts(low->kind)) continue;
    for (const Condition* high : needed) {
      if (high == low || high->kind != low->kind || !high->limit ||
          high->after_discounts != low->after_discounts || high->selection != low->selection) {
        continue;
      }
      if (low->threshold <= *high->limit) continue;
      add_error(findings, benefit.line, place_of(benefit, "when"),
                fmt::format("can never hold: from {} and up to {} exclude each other",
                            low->threshold, *high->limit),
                "write one condition with \"from\" and \"to\"");
    }
  }
}

/// The days on which all of the needed conditions of the calendar may hold.
struct CalendarRoom {
  std::optional<Day> first;
  std::optional<Day> last;
  unsigned months = 0xFFF;
  unsigned weekdays = 0x7F;
  unsigned month_day_first = 1;
  unsigned month_day_last = 31;

  void narrow(std::optional<Day> from, std::optional<Day> to) {
    if (from && (!first || *from > *first)) first = from;
    if (to && (!last || *to < *last)) last = to;
  }

  void narrow(const Condition& condition) {
    if (condition.kind == Kind::dates) narrow(condition.first, condition.last);
    // The reader names an empty list, and words that it does not know.
    if (condition.calendar_bits != 0) {
      unsigned& bits = condition.kind == Kind::months ? months : weekdays;
      bits &= condition.calendar_bits;
    }
    if (condition.kind == Kind::month_days) {
      month_day_first = std::max(month_day_first, static_cast<unsigned>(condition.threshold));
      month_day_last =
          std::min(month_day_last, static_cast<unsigned>(condition.limit.value_or(31)));
    }
  }

  [[nodiscard]] bool has(Day day) const {
    const std::chrono::year_month_day date(day);
    const auto number = static_cast<unsigned>(date.day());
    return (months >> (static_cast<unsigned>(date.month()) - 1) & 1U) != 0 &&
           (weekdays >> std::chrono::weekday(day).c_encoding() & 1U) != 0 &&
           number >= month_day_first && number <= month_day_last;
  }

  /// Some month of some year has such a day.
  [[nodiscard]] bool has_any_day() const {
    static constexpr std::array<unsigned, 12> kDays = {31, 29, 31, 30, 31, 30,
                                                       31, 31, 30, 31, 30, 31};
    for (std::size_t month = 0; month < kDays.size(); ++month) {
      if ((months >> month & 1U) != 0 && kDays[month] >= month_day_first) return weekdays != 0;
    }
    return false;
  }

  /// Beyond this many days every day of the year, and every weekday of a month, comes round.
  static constexpr int kWalkedDaysMax = 400;

  [[nodiscard]] bool is_empty() const {
    if (first && last && *first > *last) return true;
    if (!has_any_day()) return true;
    if (!first || !last || *last - *first > std::chrono::days(kWalkedDaysMax)) return false;
    for (Day day = *first; day <= *last; day += std::chrono::days(1)) {
      if (has(day)) return false;
    }
    return true;
  }
};

void judge_days(const Benefit& benefit, const std::vector<const Condition*>& needed,
                Findings& findings) {
  // The reader names a last day before the first where it stands.
  if (benefit.first && benefit.last && *benefit.last < *benefit.first) return;
  CalendarRoom room;
  room.narrow(benefit.first, benefit.last);
  bool of_calendar = false;
  for (const Condition* condition : needed) {
    room.narrow(*condition);
    of_calendar = of_calendar || condition->kind == Kind::dates ||
                  condition->kind == Kind::months || condition->kind == Kind::weekdays ||
                  condition->kind == Kind::month_days;
  }
  if (!of_calendar || !room.is_empty()) return;
  add_error(findings, benefit.line, place_of(benefit, "when"),
            "can never hold: no day is in all of its days, months and weekdays",
            "look at \"first\" and \"last\" of the benefit and of its conditions");
}

/// All that it names is excepted.
bool is_empty(const Selection& selection) {
  const auto all_among = [](const std::vector<WordIndex>& words,
                            const std::vector<WordIndex>& excepted) {
    return std::includes(excepted.begin(), excepted.end(), words.begin(), words.end());
  };
  return (!selection.codes.empty() || !selection.categories.empty()) &&
         all_among(selection.codes, selection.except_codes) &&
         all_among(selection.categories, selection.except_categories);
}

void judge_articles(const Benefit& benefit, Findings& findings) {
  const auto complain = [&](std::string_view key) {
    add_error(findings, benefit.line, place_of(benefit, key),
              "fits no article: all that it names is excepted",
              "take them out of \"except\", or name others");
  };
  if (is_empty(benefit.on)) complain("on");
  walk(benefit.when, [&](const Condition& condition) {
    if (is_empty(condition.selection)) complain("when");
  });
  for (const Pieces& one : benefit.give.needs) {
    if (is_empty(one.selection)) complain("give");
  }
}

/// A step that gives no more than the one below it is there for nothing.
void judge_steps(const Benefit& benefit, Findings& findings) {
  const std::vector<GradedStep>& steps = benefit.give.steps;
  const bool of_pieces = benefit.give.kind == Give::Kind::by_quantity;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const Reduction& below = steps[i - 1].reduction;
    const Reduction& step = steps[i].reduction;
    if (step.kind != below.kind) continue;
    const bool better = step.kind == Reduction::Kind::price    ? step.money < below.money
                        : step.kind == Reduction::Kind::amount ? step.money > below.money
                                                               : step.per_mille > below.per_mille;
    if (better) continue;
    add_warning(findings, benefit.line,
                place_of(benefit, fmt::format("give.{}.steps[{}]",
                                              of_pieces ? "by_quantity" : "by_amount", i)),
                "gives no more than the step before it", "remove it, or let it give more");
  }
}

/// Points and rights that the club does not have.
void judge_means(const CompiledBenefits& programme, const Benefit& benefit, Findings& findings) {
  const ClubRules& rules = programme.rules;
  if (!benefit.cost.is_zero() && rules.spend_step.is_zero()) {
    add_error(findings, benefit.line, place_of(benefit, "cost"), "the points have no worth",
              "add \"spend\" to \"points\", or remove \"cost\"");
  }
  // A club may close its rights for a while and keep the programme.
  if (benefit.offline == Offline::up_to &&
      (rules.pool_per_till.is_zero() || rules.pool_per_member.is_zero())) {
    add_warning(findings, benefit.line, place_of(benefit, "offline"),
                "there are no rights that it could be given out of",
                "let \"offline\" of \"points\" allow some, or write \"online_only\"");
  }
}

}  // namespace

void judge_reach(const CompiledBenefits& programme, Findings& findings) {
  for (const Benefit& benefit : programme.benefits) {
    std::vector<const Condition*> needed;
    walk_needed(benefit.when, [&](const Condition& condition) { needed.push_back(&condition); });
    const std::size_t before = findings.size();
    judge_ranges(benefit, needed, findings);
    judge_days(benefit, needed, findings);
    // These two say what exactly; once is enough.
    if (findings.size() == before) judge_contradictions(benefit, findings);
    judge_articles(benefit, findings);
    judge_steps(benefit, findings);
    judge_means(programme, benefit, findings);
  }
}

}  // namespace pos::programme
