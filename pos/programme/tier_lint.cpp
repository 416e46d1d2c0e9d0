#include <algorithm>

#include "pos/programme/programme_lint.hpp"

/// Tiers that nobody can have, because whoever comes that far has a higher one already.
namespace pos::programme {
namespace {

using domain::TierWay;

/// How many months a way looks back on, the present one included.
int months_counted(const TierRule& rule) { return rule.calendar_year ? 12 : rule.months; }

bool is_in_all(const TierRule& rule) { return rule.months == 0 && !rule.calendar_year; }

/// Whatever is counted in the period of `narrow` is counted in that of `wide`, too.
bool lies_within(const TierRule& narrow, const TierRule& wide) {
  if (is_in_all(wide)) return true;
  if (is_in_all(narrow)) return false;
  if (wide.calendar_year) return narrow.calendar_year || narrow.months == 1;
  return months_counted(narrow) <= wide.months;
}

/// Whoever has come to the one has come to the other.
bool implies(const TierRule& rule, const TierRule& other) {
  const bool enough = rule.goal >= other.goal;
  if (rule.by == TierWay::one_sale && other.by == TierWay::spend) {
    return enough && is_in_all(other);
  }
  return rule.by == other.by && enough && lies_within(rule, other);
}

std::string place_of(std::size_t tier, std::string_view key) {
  return fmt::format("tiers[{}].{}", tier, key);
}

std::string way_place(std::size_t tier, std::size_t way) {
  return fmt::format("tiers[{}].reached_by[{}]", tier, way);
}

/// A way that another one of the same tier makes needless.
void judge_needless(const NamedTier& tier, std::size_t number, Findings& findings) {
  const auto& ways = tier.reached_by;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    for (std::size_t j = 0; j < ways.size(); ++j) {
      // Of two that say the same the later one is needless.
      if (i == j || !implies(ways[i], ways[j]) || (implies(ways[j], ways[i]) && i < j)) continue;
      add_warning(findings, tier.line, way_place(number, i),
                  fmt::format("decides nothing: who comes that far has come as far as {}",
                              way_place(number, j)),
                  "remove it, or ask less");
      break;
    }
  }
}

/// The higher tier that whoever goes this way has already.
const NamedTier* outdone_by(const CompiledBenefits& programme, std::size_t tier,
                            const TierRule& way) {
  const int kept = programme.tiers[tier].keep_months;
  for (std::size_t i = tier + 1; i < programme.tiers.size(); ++i) {
    const NamedTier& higher = programme.tiers[i];
    if (higher.keep_months < kept) continue;  // the lower one may be left when it has gone
    const auto& ways = higher.reached_by;
    if (std::ranges::any_of(ways, [&](const auto& other) { return implies(way, other); })) {
      return &higher;
    }
  }
  return nullptr;
}

/// Thresholds must rise from tier to tier, else the lower tier is nobody's.
void judge_rising(const CompiledBenefits& programme, std::size_t number, Findings& findings) {
  const NamedTier& tier = programme.tiers[number];
  std::vector<std::pair<std::size_t, const NamedTier*>> outdone;
  for (std::size_t i = 0; i < tier.reached_by.size(); ++i) {
    if (const auto* higher = outdone_by(programme, number, tier.reached_by[i])) {
      outdone.emplace_back(i, higher);
    }
  }
  if (!outdone.empty() && outdone.size() == tier.reached_by.size()) {
    add_error(
        findings, tier.line, place_of(number, "reached_by"),
        fmt::format("{} can never be reached: who comes that far has {} already", tier.code.text(),
                    outdone.front().second->code.text()),
        "order the tiers from the lowest to the highest, each asking more than the one before");
    return;
  }
  for (const auto& [way, higher] : outdone) {
    add_warning(
        findings, tier.line, way_place(number, way),
        fmt::format("decides nothing: who comes that far has {} already", higher->code.text()),
        fmt::format("ask less than for {}", higher->code.text()));
  }
}

/// Nobody can be brought to a club that does not ask who did.
void judge_referrals(const CompiledBenefits& programme, std::size_t number, Findings& findings) {
  const NamedTier& tier = programme.tiers[number];
  if (programme.rules.has_referral) return;
  for (std::size_t i = 0; i < tier.reached_by.size(); ++i) {
    if (tier.reached_by[i].by != TierWay::referrals) continue;
    add_error(findings, tier.line, way_place(number, i),
              "can never be gone: the programme has no referral",
              "add \"referral\": {\"referrer\": 200, \"joined\": 200} to the programme, or remove "
              "the way");
  }
}

/// What is kept must still be counted.
void judge_kept(const NamedTier& tier, std::size_t number, Findings& findings) {
  bool timed = false;
  for (std::size_t i = 0; i < tier.reached_by.size(); ++i) {
    const TierRule& way = tier.reached_by[i];
    if (is_in_all(way)) continue;
    timed = true;
    if (months_counted(way) + tier.keep_months <= domain::kStatusMonthsMax) {
      if (!way.calendar_year || tier.keep_months != 0) continue;
      add_warning(findings, tier.line, way_place(number, i),
                  fmt::format("who reaches {} in December loses it in January", tier.code.text()),
                  "add \"keep_months\": 12, or count by \"months\"");
      continue;
    }
    add_error(findings, tier.line, way_place(number, i),
              fmt::format("its months and \"keep_months\" come to more than {}, which is as many "
                          "as are counted",
                          domain::kStatusMonthsMax),
              "shorten one of the two");
  }
  if (timed || tier.keep_months == 0) return;
  add_warning(findings, tier.line, place_of(number, "keep_months"),
              "changes nothing: no way to this tier has a period that could run out", "remove it");
}

std::string class_place(std::size_t number, std::string_view key) {
  return fmt::format("classes[{}].{}", number, key);
}

/// Who waits must have something to wait for.
void judge_waiting(const CompiledBenefits& programme, std::size_t number, Findings& findings) {
  const NamedClass& one = programme.classes[number];
  if (one.waits && number != 0) {
    add_error(findings, one.line, class_place(number, "waits"),
              "only who has just joined can wait for membership", "set it for the first class");
  } else if (one.waits && std::ranges::none_of(programme.classes, &NamedClass::can_be_joined)) {
    add_error(findings, one.line, class_place(number, "waits"),
              "nobody ever becomes a member: no class can be joined",
              "add \"joined_by\" to the next class");
  }
  if (number == 0 && one.can_be_joined()) {
    add_error(findings, one.line, class_place(number, "joined_by"),
              "the first class is that of whoever joins, at once and for nothing",
              "put a class before it, with \"waits\": true");
  }
}

void judge_fee(const CompiledBenefits& programme, std::size_t number, Findings& findings) {
  const NamedClass& one = programme.classes[number];
  const auto same = [&](const NamedClass& other) { return other.fee == one.fee; };
  if (one.fee.empty()) return;
  if (std::ranges::count_if(programme.classes, same) > 1) {
    add_error(findings, one.line, class_place(number, "joined_by"),
              fmt::format("{} is the fee of another class, too", one.fee),
              "give each class an article of its own");
  }
  const WordIndex word = programme.codes.find(one.fee)->second;
  if (std::ranges::binary_search(programme.gift_cards.codes, word)) {
    add_error(findings, one.line, class_place(number, "joined_by"),
              fmt::format("{} is a gift card", one.fee), "name another article");
  }
}

/// One article is one thing.
void judge_subscription(const CompiledBenefits& programme, std::size_t number, Findings& findings) {
  const SubscriptionArticle& one = programme.subscriptions[number];
  if (one.code.empty()) return;
  const std::string place = fmt::format("subscriptions[{}].article", number);
  if (std::ranges::count(programme.subscriptions, one.code, &SubscriptionArticle::code) > 1) {
    add_error(findings, one.line, place, fmt::format("{} is there twice", one.code),
              "give each length an article of its own");
  }
  if (std::ranges::count(programme.classes, one.code, &NamedClass::fee) != 0) {
    add_error(findings, one.line, place, fmt::format("{} is the fee of a class", one.code),
              "name another article");
  }
  const WordIndex word = programme.codes.find(one.code)->second;
  if (std::ranges::binary_search(programme.gift_cards.codes, word)) {
    add_error(findings, one.line, place, fmt::format("{} is a gift card", one.code),
              "name another article");
  }
}

/// A class without a fee which whoever could join it passes by.
void judge_joined(const CompiledBenefits& programme, std::size_t number, Findings& findings) {
  const NamedClass& one = programme.classes[number];
  for (std::size_t i = 0; i < one.joined_by.size(); ++i) {
    if (one.joined_by[i].by != TierWay::referrals || programme.rules.has_referral) continue;
    add_error(findings, one.line, class_place(number, fmt::format("joined_by[{}]", i)),
              "can never be gone: the programme has no referral",
              "add \"referral\": {\"referrer\": 200, \"joined\": 200}, or remove the way");
  }
  if (!one.fee.empty() || one.joined_by.empty()) return;
  for (std::size_t i = number + 1; i < programme.classes.size(); ++i) {
    const NamedClass& higher = programme.classes[i];
    const bool passed = std::ranges::all_of(one.joined_by, [&](const TierRule& way) {
      return std::ranges::any_of(higher.joined_by,
                                 [&](const TierRule& other) { return implies(way, other); });
    });
    if (!passed) continue;
    return add_error(findings, one.line, class_place(number, "joined_by"),
                     fmt::format("{} can never be joined: who comes that far joins {}",
                                 one.code.text(), higher.code.text()),
                     "order the classes from the lowest to the highest, each asking more");
  }
}

/// Nothing is given to who only waits.
void judge_given_to_waiting(const CompiledBenefits& programme, Findings& findings) {
  if (programme.classes.empty() || !programme.classes.front().waits) return;
  const std::string& word = programme.classes.front().code.text();
  const auto complain = [&](const Benefit& benefit, std::string_view key) {
    add_error(findings, benefit.line, place_of(benefit, key),
              fmt::format("{} only waits for membership and gets nothing", word), "leave it out");
  };
  for (const Benefit& benefit : programme.benefits) {
    walk(benefit.when, [&](const Condition& condition) {
      const bool of_class = condition.kind == Condition::Kind::member_class;
      if (of_class && std::ranges::count(condition.words, word) != 0) complain(benefit, "when");
    });
    if (benefit.give.kind != Give::Kind::class_percent) continue;
    const auto& graded = benefit.give.per_mille_by_word;
    if (std::ranges::count(graded, word, &std::pair<std::string, std::int64_t>::first) != 0) {
      complain(benefit, "give.percent_by_class");
    }
  }
}

/// Gift cards and fees stand apart.
void judge_apart(const CompiledBenefits& programme, Findings& findings) {
  const auto touch = [](const std::vector<WordIndex>& a, const std::vector<WordIndex>& b) {
    return std::ranges::any_of(a,
                               [&](WordIndex word) { return std::ranges::binary_search(b, word); });
  };
  const Selection& cards = programme.gift_cards;
  for (const Benefit& benefit : programme.benefits) {
    const auto names_apart = [&](const Selection& on) {
      return touch(on.codes, cards.codes) || touch(on.codes, programme.fees) ||
             touch(on.categories, cards.categories);
    };
    bool named = names_apart(benefit.on) || names_apart(benefit.give.suggested);
    for (const Pieces& one : benefit.give.needs) named = named || names_apart(one.selection);
    walk(benefit.when,
         [&](const Condition& condition) { named = named || names_apart(condition.selection); });
    if (!named) continue;
    add_error(findings, benefit.line, place_of(benefit, "on"),
              "names a gift card, a fee or a subscription, which no benefit sees", "leave it out");
  }
}

/// Whoever has no other tier has the first one.
void judge_base(const NamedTier& tier, std::size_t number, Findings& findings) {
  if (!tier.base) return;
  if (number != 0) {
    add_error(findings, tier.line, place_of(number, "base"),
              "whoever has no tier has the lowest one", "set it for the first tier");
  }
  if (!tier.reached_by.empty() || tier.keep_months != 0) {
    add_error(findings, tier.line, place_of(number, "base"),
              "everyone has it: there is nothing to reach or to keep",
              "remove \"reached_by\" and \"keep_months\"");
  }
}

}  // namespace

void judge_joining(const CompiledBenefits& programme, Findings& findings) {
  for (std::size_t i = 0; i < programme.classes.size(); ++i) {
    judge_waiting(programme, i, findings);
    judge_fee(programme, i, findings);
    judge_joined(programme, i, findings);
  }
  for (std::size_t i = 0; i < programme.subscriptions.size(); ++i) {
    judge_subscription(programme, i, findings);
  }
  judge_given_to_waiting(programme, findings);
  judge_apart(programme, findings);
}

void judge_tiers(const CompiledBenefits& programme, Findings& findings) {
  for (std::size_t i = 0; i < programme.tiers.size(); ++i) {
    judge_needless(programme.tiers[i], i, findings);
    judge_rising(programme, i, findings);
    judge_base(programme.tiers[i], i, findings);
    judge_kept(programme.tiers[i], i, findings);
    judge_referrals(programme, i, findings);
  }
}

}  // namespace pos::programme
