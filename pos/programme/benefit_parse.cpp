#include "pos/programme/benefit_parse.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace pos::programme {
namespace {

using core::Json;
using domain::Points;

constexpr std::array<std::string_view, 3> kSteps = {"lines", "class", "basket"};
constexpr std::array<std::string_view, 2> kAudiences = {"members", "everyone"};
constexpr std::array<std::string_view, 3> kOffline = {"free", "up_to", "online_only"};

Step natural_step(const Benefit& benefit) {
  switch (benefit.give.kind) {
    case Give::Kind::class_percent:
    case Give::Kind::tier_percent:
      return Step::member_class;
    case Give::Kind::percent:
    case Give::Kind::amount:
    case Give::Kind::by_amount:
    case Give::Kind::for_each:
      return benefit.on.codes.empty() && benefit.on.categories.empty() ? Step::basket : Step::lines;
    case Give::Kind::amount_each:
    case Give::Kind::fixed_price:
    case Give::Kind::nth_percent:
    case Give::Kind::pick:
    case Give::Kind::get:
    case Give::Kind::set:
    case Give::Kind::by_quantity:
      return Step::lines;
    default:
      return Step::basket;
  }
}

void read_limit(ObjectReader& reader, Benefit& benefit) {
  if (!reader.has("limit")) return;
  ObjectReader limit = reader.object("limit");
  benefit.limit.per_member = limit.integer_or("member", 1, 1'000'000, 0);
  constexpr auto kInPeriod = static_cast<std::int64_t>(domain::kUseDaysMax);
  benefit.limit.per_day = limit.integer_or("day", 1, kInPeriod, 0);
  benefit.limit.per_month = limit.integer_or("month", 1, kInPeriod, 0);
  benefit.limit.per_year = limit.integer_or("year", 1, kInPeriod, 0);
  benefit.limit.gap_days = limit.integer_or("gap_days", 1, 3'650, 0);
  if (benefit.limit.none()) {
    reader.complain("limit", "limits nothing", "write {\"member\": 1}, {\"day\": 1} or the like");
  }
  limit.finish();
}

/// Who gets it, when, and what it asks of the member.
void read_terms(ObjectReader& reader, Benefit& benefit) {
  benefit.first = reader.day("first");
  benefit.last = reader.day("last");
  if (benefit.first && benefit.last && *benefit.last < *benefit.first) {
    reader.complain("last", "lies before the first day", "swap the two days");
  }
  benefit.members_only = reader.word("for", kAudiences, std::size_t{0}) == 0;
  benefit.offline = static_cast<Offline>(reader.word("offline", kOffline, std::size_t{0}));
  benefit.asks = reader.boolean_or("ask", false);
  benefit.budget = domain::Money::of(reader.integer_or("budget", 1, domain::kAmountMax, 0));
  benefit.cost = Points::of(reader.integer_or("cost", 1, 1'000'000'000, 0));
  // Nobody's points are taken without a word.
  benefit.asks = benefit.asks || !benefit.cost.is_zero();
  benefit.control_percent = reader.integer_or("control_percent", 1, 99, 0);
  read_limit(reader, benefit);
}

void read_group(ObjectReader& reader, Benefit& benefit, CompiledBenefits& programme) {
  if (!reader.has("group")) return;
  const std::string name = reader.code<domain::CategoryCode>("group").text();
  auto& groups = programme.groups;
  const auto found = std::find_if(groups.begin(), groups.end(),
                                  [&](const ExclusiveGroup& g) { return g.name == name; });
  benefit.group = static_cast<std::int32_t>(found - groups.begin());
  if (found == groups.end()) groups.push_back({name, {}, true});
}

void read_surprise(ObjectReader& reader, Benefit& benefit, CompiledBenefits& programme) {
  if (!reader.has("surprise")) return;
  const std::string name = reader.code<domain::CategoryCode>("surprise").text();
  auto& all = programme.surprises;
  const auto found = std::ranges::find(all, name, &Surprise::name);
  benefit.surprise = static_cast<std::int32_t>(found - all.begin());
  if (found == all.end()) all.push_back({name, {}});
}

void read_words_of(ObjectReader& reader, Benefit& benefit, const CompiledBenefits& programme) {
  benefit.name = reader.texts("name", kNameBytesMax, true);
  benefit.detail = reader.texts("detail", kDetailBytesMax, false);
  if (!reader.has("name_by_class")) return;
  ObjectReader names = reader.object("name_by_class");
  for (const NamedClass& one : programme.classes) {
    if (!names.has(one.code.text())) continue;
    benefit.name_by_class[one.code.text()] = names.texts(one.code.text(), kNameBytesMax, true);
  }
  names.finish();
}

Benefit read_benefit(const Json& json, const std::string& place, CompiledBenefits& programme,
                     Findings& findings) {
  Benefit benefit;
  ObjectReader reader(json, place, findings);
  if (!json.is_object()) return benefit;
  benefit.line = json.line();
  benefit.id = reader.code<domain::BenefitId>("id");
  read_words_of(reader, benefit, programme);
  read_terms(reader, benefit);
  if (reader.has("when")) {
    benefit.when =
        read_condition(*reader.member("when"), reader.place_of("when"), programme, findings, 0);
  }
  if (reader.has("on")) {
    ObjectReader on = reader.object("on");
    benefit.on = read_selection(on, programme);
    benefit.on.undiscounted_only = on.boolean_or("undiscounted", false);
    on.finish();
  }
  benefit.give = read_give(reader, programme);
  // Who has answered is not asked again.
  const bool asks_member = benefit.give.soft() == Soft::question && benefit.members_only;
  if (asks_member && benefit.limit.none()) benefit.limit.per_member = 1;
  const auto natural = static_cast<std::size_t>(natural_step(benefit));
  benefit.step = static_cast<Step>(reader.word("step", kSteps, natural));
  benefit.priority = reader.integer_or("priority", 0, 1'000'000, 0);
  read_group(reader, benefit, programme);
  read_surprise(reader, benefit, programme);
  reader.finish();
  return benefit;
}

}  // namespace

void read_benefits(ObjectReader& document, CompiledBenefits& programme) {
  std::size_t position = 0;
  for (const Json& item : document.items("benefits", kBenefitsMax, true)) {
    Benefit benefit =
        read_benefit(item, fmt::format("benefits[{}]", position), programme, document.findings());
    benefit.position = position++;
    programme.benefits.push_back(std::move(benefit));
  }
}

}  // namespace pos::programme
