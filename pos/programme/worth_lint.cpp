#include <algorithm>
#include <set>

#include "pos/domain/rounding.hpp"
#include "pos/programme/programme_lint.hpp"

/// What benefits give together. All rates are parts of a million, and bounds from above: whether
/// two conditions can hold at once is only looked at where it is plain.
namespace pos::programme {
namespace {

using domain::Money;
using domain::Rounding;

constexpr std::int64_t kWhole = 1'000'000;
/// Of one benefit; the sum of all that a programme may hold stays far below 64 bits.
constexpr std::int64_t kRateMax = kWhole * kWhole;

std::int64_t part_of(std::int64_t amount, std::int64_t part, std::int64_t whole) {
  return domain::scale_at_most(amount, {part, whole}, Rounding::down, kRateMax);
}

/// Worth of the points that a million of money brings.
std::int64_t rate_of_points(const ClubRules& rules, std::int64_t points, Money per) {
  if (rules.spend_step.is_zero() || per.is_zero()) return 0;
  const std::int64_t worth = part_of(kWhole, rules.spend_step_worth.units(), per.units());
  return part_of(worth, points, rules.spend_step.units());
}

/// Of what is paid, that the benefit gives back; 0 where a limit bounds it.
std::int64_t rate_of_earning(const ClubRules& rules, const Give& give) {
  const auto usual = [&] {
    return rate_of_points(rules, rules.earn_points.units(), rules.earn_per);
  };
  if (give.points_max || give.at_most) return 0;
  switch (give.kind) {
    case Give::Kind::points_per:
      return rate_of_points(rules, give.points.units(), give.per);
    case Give::Kind::earn_percent:
      return part_of(usual(), give.per_mille - 1000, 1000);
    case Give::Kind::cash_back:
      return give.per_mille * (kWhole / 1000);
    default:
      return 0;
  }
}

/// Of the basket, that the benefit takes off.
std::int64_t rate_of_discount(const Benefit& benefit) {
  const Give& give = benefit.give;
  if (benefit.step != Step::basket || give.at_most) return 0;
  if (give.kind == Give::Kind::percent) return give.per_mille * (kWhole / 1000);
  std::int64_t most = 0;
  if (give.kind != Give::Kind::by_amount) return most;
  for (const GradedStep& step : give.steps) most = std::max(most, step.reduction.per_mille);
  return most * (kWhole / 1000);
}

struct Rated {
  const Benefit* benefit = nullptr;
  std::int64_t rate = 0;
};

/// The rates that may meet at one article. Of a group one member gives; an article has one code and
/// one category.
class Stack {
 public:
  explicit Stack(const CompiledBenefits& programme)
      : of_group_(programme.groups.size()),
        of_code_(programme.codes.size()),
        of_category_(programme.categories.size()) {}

  void add(const Rated& one) {
    const Benefit& benefit = *one.benefit;
    if (benefit.group >= 0) {
      std::int64_t& best = of_group_[static_cast<std::size_t>(benefit.group)];
      everywhere_ += std::max<std::int64_t>(0, one.rate - best);
      best = std::max(best, one.rate);
      return;
    }
    if (benefit.on.codes.empty() && benefit.on.categories.empty()) everywhere_ += one.rate;
    raise(of_code_, benefit.on.codes, one.rate, most_of_code_);
    raise(of_category_, benefit.on.categories, one.rate, most_of_category_);
  }

  [[nodiscard]] std::int64_t most() const {
    return everywhere_ + most_of_code_ + most_of_category_;
  }

 private:
  static void raise(std::vector<std::int64_t>& sums, const std::vector<WordIndex>& words,
                    std::int64_t rate, std::int64_t& most) {
    for (const WordIndex word : words) {
      std::int64_t& sum = sums[static_cast<std::size_t>(word)];
      sum += rate;
      most = std::max(most, sum);
    }
  }

  std::int64_t everywhere_ = 0;
  std::int64_t most_of_code_ = 0;
  std::int64_t most_of_category_ = 0;
  std::vector<std::int64_t> of_group_;
  std::vector<std::int64_t> of_code_;
  std::vector<std::int64_t> of_category_;
};

/// Needs the member to be of a class (or tier), and not of this one.
bool excludes(const Benefit& benefit, Condition::Kind kind, std::string_view word) {
  bool other = false;
  walk_needed(benefit.when, [&](const Condition& condition) {
    if (condition.kind != kind) return;
    const auto& words = condition.words;
    other = other || std::find(words.begin(), words.end(), word) == words.end();
  });
  return other;
}

/// The most that can meet for one member, who is of one class (or tier), or of none.
std::int64_t most_for(const CompiledBenefits& programme, const std::vector<Rated>& rated,
                      Condition::Kind kind) {
  // All words that no benefit asks for are alike.
  std::set<std::string_view> words = {""};
  for (const Rated& one : rated) {
    walk_needed(one.benefit->when, [&](const Condition& condition) {
      if (condition.kind == kind) words.insert(condition.words.begin(), condition.words.end());
    });
  }
  std::int64_t most = 0;
  for (const std::string_view word : words) {
    Stack stack(programme);
    for (const Rated& one : rated) {
      if (!excludes(*one.benefit, kind, word)) stack.add(one);
    }
    most = std::max(most, stack.most());
  }
  return most;
}

std::int64_t most_together(const CompiledBenefits& programme, const std::vector<Rated>& rated) {
  Stack all(programme);
  for (const Rated& one : rated) all.add(one);
  if (all.most() <= kWhole) return all.most();
  return std::min(most_for(programme, rated, Condition::Kind::member_class),
                  most_for(programme, rated, Condition::Kind::tier));
}

const Benefit& largest(const std::vector<Rated>& rated) {
  return *std::max_element(rated.begin(), rated.end(), [](const Rated& a, const Rated& b) {
            return a.rate < b.rate;
          })->benefit;
}

void judge_earning(const CompiledBenefits& programme, Findings& findings) {
  const ClubRules& rules = programme.rules;
  std::vector<Rated> rated;
  for (const Benefit& benefit : programme.benefits) {
    const std::int64_t rate = rate_of_earning(rules, benefit.give);
    if (rate > 0) rated.push_back({&benefit, rate});
  }
  if (rated.empty()) return;
  const std::int64_t usual = rate_of_points(rules, rules.earn_points.units(), rules.earn_per);
  const std::int64_t most = usual + most_together(programme, rated);
  if (most <= kWhole) return;
  const Benefit& benefit = largest(rated);
  add_warning(findings, benefit.line, place_of(benefit, "give"),
              fmt::format("an unlimited stack: with the usual points and the others that give "
                          "points or value, a sale can bring {}% of what is paid",
                          most / (kWhole / 100)),
              "add \"max_points\" or \"at_most\", or put them into one \"group\"");
}

void judge_discounts(const CompiledBenefits& programme, Findings& findings) {
  std::vector<Rated> rated;
  for (const Benefit& benefit : programme.benefits) {
    const std::int64_t rate = rate_of_discount(benefit);
    if (rate > 0) rated.push_back({&benefit, rate});
  }
  // A single one has its own warning.
  if (rated.size() < 2) return;
  const std::int64_t most = most_together(programme, rated);
  if (most <= kWhole) return;
  const Benefit& benefit = largest(rated);
  add_warning(
      findings, benefit.line, place_of(benefit, "give"),
      fmt::format("the percentages on the basket come to {}% together", most / (kWhole / 100)),
      "add \"at_most\", or put them into one \"group\"");
}

}  // namespace

void judge_worth(const CompiledBenefits& programme, Findings& findings) {
  judge_earning(programme, findings);
  judge_discounts(programme, findings);
}

}  // namespace pos::programme
