#include <algorithm>
#include <bitset>
#include <optional>
#include <set>

#include "pos/programme/programme_lint.hpp"

/// Conditions that can never hold, whatever member, basket and moment.
namespace pos::programme {
namespace {

using domain::Day;
using Kind = Condition::Kind;

/// A condition without children, or that it does not hold.
struct Atom {
  const Condition* condition = nullptr;
  bool holds = true;
};

/// Atoms of one way in which a condition could hold.
using Way = std::vector<Atom>;

/// Beyond so many ways, or atoms of one, nobody is told anything: the rest may hold.
constexpr std::size_t kWaysTriedMax = 64;
constexpr std::size_t kAtomsMax = 64;

bool same_count(const Condition& a, const Condition& b) {
  return a.kind == b.kind && a.selection == b.selection && a.after_discounts == b.after_discounts;
}

bool same(const Condition& a, const Condition& b) {
  return same_count(a, b) && a.words == b.words && a.first == b.first && a.last == b.last &&
         a.calendar_bits == b.calendar_bits && a.from_minute == b.from_minute &&
         a.to_minute == b.to_minute && a.personal == b.personal && a.window == b.window &&
         a.threshold == b.threshold && a.limit == b.limit;
}

bool denies_itself(const Way& way) {
  return std::ranges::any_of(way, [&](const Atom& one) {
    return one.holds && std::ranges::any_of(way, [&](const Atom& other) {
             return !other.holds && same(*one.condition, *other.condition);
           });
  });
}

/// A member has one class, a sale one store: no word is left.
bool words_exclude(const Way& way, Kind kind) {
  std::optional<std::set<std::string>> left;
  for (const Atom& atom : way) {
    if (atom.condition->kind != kind || !atom.holds) continue;
    std::set<std::string> words(atom.condition->words.begin(), atom.condition->words.end());
    if (left) std::erase_if(words, [&](const auto& word) { return !left->contains(word); });
    left = std::move(words);
  }
  if (!left) return false;
  for (const Atom& atom : way) {
    if (atom.condition->kind != kind || atom.holds) continue;
    for (const std::string& word : atom.condition->words) left->erase(word);
  }
  return left->empty();
}

bool bits_exclude(const Way& way, Kind kind, unsigned all) {
  unsigned left = all;
  for (const Atom& atom : way) {
    // The reader names an empty list, and words that it does not know.
    if (atom.condition->kind != kind || atom.condition->calendar_bits == 0) continue;
    left &= atom.holds ? atom.condition->calendar_bits : ~atom.condition->calendar_bits;
  }
  return (left & all) == 0;
}

bool hours_exclude(const Way& way) {
  constexpr int kMinutes = 24 * 60;
  std::bitset<kMinutes> left;
  left.set();
  for (const Atom& atom : way) {
    const Condition& hours = *atom.condition;
    if (hours.kind != Kind::hours) continue;
    std::bitset<kMinutes> named;
    const int end =
        hours.to_minute > hours.from_minute ? hours.to_minute : hours.to_minute + kMinutes;
    for (int minute = hours.from_minute; minute < end; ++minute) {
      named.set(static_cast<std::size_t>(minute % kMinutes));
    }
    left &= atom.holds ? named : ~named;
  }
  return left.none();
}

bool is_counted(Kind kind) {
  return kind == Kind::amount || kind == Kind::quantity || kind == Kind::distinct ||
         kind == Kind::month_days || kind == Kind::visits || kind == Kind::spend ||
         kind == Kind::balance || kind == Kind::absence || kind == Kind::household;
}

/// What is counted lies in all of the ranges that hold, and in none of the others.
bool counts_exclude(const Way& way, const Condition& counted) {
  std::int64_t low = counted.threshold;
  std::int64_t high = counted.limit.value_or(INT64_MAX);
  for (const Atom& atom : way) {
    if (!atom.holds || !same_count(*atom.condition, counted)) continue;
    low = std::max(low, atom.condition->threshold);
    high = std::min(high, atom.condition->limit.value_or(INT64_MAX));
  }
  if (low > high) return true;
  return std::ranges::any_of(way, [&](const Atom& atom) {
    const Condition& other = *atom.condition;
    return !atom.holds && same_count(other, counted) && other.threshold <= low &&
           high <= other.limit.value_or(INT64_MAX);
  });
}

bool days_exclude(const Way& way) {
  Day first = Day::min();
  Day last = Day::max();
  for (const Atom& atom : way) {
    if (atom.condition->kind != Kind::dates || !atom.holds) continue;
    first = std::max(first, atom.condition->first.value_or(Day::min()));
    last = std::min(last, atom.condition->last.value_or(Day::max()));
  }
  if (first > last) return true;
  return std::ranges::any_of(way, [&](const Atom& atom) {
    const Condition& other = *atom.condition;
    return other.kind == Kind::dates && !atom.holds && other.first.value_or(Day::min()) <= first &&
           last <= other.last.value_or(Day::max());
  });
}

bool is_impossible(const Way& way) {
  for (const Kind kind : {Kind::member_class, Kind::tier, Kind::store, Kind::region}) {
    if (words_exclude(way, kind)) return true;
  }
  return denies_itself(way) || bits_exclude(way, Kind::weekdays, 0x7F) ||
         bits_exclude(way, Kind::months, 0xFFF) || hours_exclude(way) || days_exclude(way) ||
         std::ranges::any_of(way, [&](const Atom& atom) {
           return atom.holds && is_counted(atom.condition->kind) &&
                  counts_exclude(way, *atom.condition);
         });
}

/// The ways in which a condition could hold, or not hold; nothing when there are too many.
class Ways {
 public:
  [[nodiscard]] static std::optional<std::vector<Way>> of(const Condition& condition, bool holds) {
    // One that could not be read has no child.
    const bool negates = condition.kind == Kind::none_of && !condition.children.empty();
    if (negates) return of(condition.children.front(), !holds);
    if (condition.kind != Kind::all && condition.kind != Kind::any) {
      Way way{{&condition, holds}};
      if (is_impossible(way)) return std::vector<Way>{};
      return std::vector<Way>{std::move(way)};
    }
    const bool together = (condition.kind == Kind::all) == holds;
    return together ? product(condition.children, holds) : sum(condition.children, holds);
  }

 private:
  static std::optional<std::vector<Way>> sum(const std::vector<Condition>& children, bool holds) {
    std::vector<Way> ways;
    for (const Condition& child : children) {
      auto more = of(child, holds);
      if (!more || ways.size() + more->size() > kWaysTriedMax) return std::nullopt;
      std::ranges::move(*more, std::back_inserter(ways));
    }
    return ways;
  }

  static std::optional<std::vector<Way>> product(const std::vector<Condition>& children,
                                                 bool holds) {
    std::vector<Way> ways(1);
    for (const Condition& child : children) {
      const auto more = of(child, holds);
      if (!more || ways.size() * more->size() > kWaysTriedMax) return std::nullopt;
      std::vector<Way> joined;
      for (const Way& one : ways) {
        for (const Way& other : *more) {
          Way both = one;
          both.insert(both.end(), other.begin(), other.end());
          if (both.size() > kAtomsMax) return std::nullopt;
          if (!is_impossible(both)) joined.push_back(std::move(both));
        }
      }
      ways = std::move(joined);
    }
    return ways;
  }
};

bool never_holds(const Condition& condition) {
  const auto ways = Ways::of(condition, true);
  return ways && ways->empty();
}

/// What lies within a condition that can hold.
void judge_parts(const Benefit& benefit, const Condition& condition, bool negated,
                 Findings& findings) {
  const bool alternatives = condition.kind == Kind::any && !negated;
  for (const Condition& child : condition.children) {
    const bool flips = condition.kind == Kind::none_of;
    if (alternatives && never_holds(child)) {
      add_error(
          findings, benefit.line, place_of(benefit, "when"),
          "one of the alternatives of \"any\" can never hold: its conditions exclude each other",
          "mend it, or take it out");
    } else if (flips && never_holds(child)) {
      add_error(findings, benefit.line, place_of(benefit, "when"),
                "\"not\" says nothing: what it names can never be", "mend it, or take it out");
    } else {
      judge_parts(benefit, child, negated != flips, findings);
    }
  }
}

}  // namespace

void judge_contradictions(const Benefit& benefit, Findings& findings) {
  if (never_holds(benefit.when)) {
    add_error(findings, benefit.line, place_of(benefit, "when"),
              "can never hold: its conditions exclude each other",
              "look for two of which the one is out where the other is in");
  } else {
    judge_parts(benefit, benefit.when, false, findings);
  }
}

}  // namespace pos::programme
