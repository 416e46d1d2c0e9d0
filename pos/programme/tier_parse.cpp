#include <fmt/core.h>

#include <array>

#include "pos/programme/benefit_parse.hpp"

namespace pos::programme {
namespace {

using core::Json;
using domain::TierWay;

struct Way {
  std::string_view key;
  TierWay by;
  std::int64_t most;  // of its goal
  bool timed;         // may be within a period
};

constexpr std::array kWays = {
    Way{"spend", TierWay::spend, domain::kAmountMax, true},
    Way{"visits", TierWay::visits, 100'000, true},
    Way{"years", TierWay::years, 100, false},
    Way{"referrals", TierWay::referrals, 10'000, false},
    Way{"one_sale", TierWay::one_sale, domain::kAmountMax, false},
};
constexpr std::string_view kWayWords =
    "\"spend\", \"visits\", \"years\", \"referrals\", \"one_sale\"";
constexpr std::string_view kJoinWords =
    "\"fee\", \"spend\", \"visits\", \"years\", \"referrals\", \"one_sale\"";

void read_period(ObjectReader& reader, const Way& way, TierRule& rule) {
  for (const std::string_view key : {"months", "calendar_year"}) {
    if (way.timed || !reader.has(key)) continue;
    reader.complain(key, fmt::format("\"{}\" is counted in all", way.key), "remove it");
  }
  if (!way.timed) return;
  rule.months = static_cast<int>(reader.integer_or("months", 1, domain::kStatusMonthsMax, 0));
  rule.calendar_year = reader.boolean_or("calendar_year", false);
  if (rule.calendar_year && rule.months != 0) {
    reader.complain("months", "is given beside \"calendar_year\"", "keep one of the two");
    rule.months = 0;
  }
}

std::optional<TierRule> read_rule(ObjectReader& reader, std::string_view known) {
  const Way* chosen = nullptr;
  for (const Way& way : kWays) {
    if (!reader.has(way.key)) continue;
    if (chosen != nullptr) {
      reader.complain(way.key, fmt::format("is given beside \"{}\"", chosen->key),
                      "write each way as an entry of its own: any one of them suffices");
      return std::nullopt;
    }
    chosen = &way;
  }
  if (chosen == nullptr) {
    reader.complain("", "names no way", fmt::format("write one of {}", known));
    return std::nullopt;
  }
  TierRule rule;
  rule.by = chosen->by;
  rule.goal = reader.integer(chosen->key, 1, chosen->most);
  read_period(reader, *chosen, rule);
  return rule;
}

template <class Read>
void read_ways(ObjectReader& reader, std::string_view key, std::string_view without,
               const Read& read) {
  if (!reader.has(key)) return;
  std::size_t position = 0;
  for (const Json& item : reader.items(key, kWaysMax, true)) {
    ObjectReader way(item, fmt::format("{}[{}]", reader.place_of(key), position++),
                     reader.findings());
    if (!item.is_object()) continue;
    read(way);
    way.finish();
  }
  if (position == 0) {
    reader.complain(key, "is an empty list",
                    fmt::format("name at least one way, or remove it: {}", without));
  }
}

}  // namespace

void read_rules(ObjectReader& reader, NamedTier& tier) {
  tier.line = reader.line();
  tier.base = reader.boolean_or("base", false);
  tier.keep_months =
      static_cast<int>(reader.integer_or("keep_months", 1, domain::kStatusMonthsMax - 1, 0));
  read_ways(reader, "reached_by", "then only the club gives the tier", [&](ObjectReader& way) {
    if (const auto rule = read_rule(way, kWayWords)) tier.reached_by.push_back(*rule);
  });
}

void read_rules(ObjectReader& reader, NamedClass& one) {
  one.line = reader.line();
  one.waits = reader.boolean_or("waits", false);
  read_ways(reader, "joined_by", "then only the club gives the class", [&](ObjectReader& way) {
    if (!way.has("fee")) {
      if (const auto rule = read_rule(way, kJoinWords)) one.joined_by.push_back(*rule);
      return;
    }
    if (!one.fee.empty()) way.complain("fee", "is a second one", "name one article");
    one.fee = way.code<domain::CategoryCode>("fee").text();
  });
}

}  // namespace pos::programme
