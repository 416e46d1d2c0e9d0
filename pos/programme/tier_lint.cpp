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

}  // namespace

void judge_tiers(const CompiledBenefits& programme, Findings& findings) {
  for (std::size_t i = 0; i < programme.tiers.size(); ++i) {
    judge_needless(programme.tiers[i], i, findings);
    judge_rising(programme, i, findings);
    judge_kept(programme.tiers[i], i, findings);
    judge_referrals(programme, i, findings);
  }
}

}  // namespace pos::programme
