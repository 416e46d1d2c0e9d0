#include "pos/programme/benefit_parse.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace pos::programme {
namespace {

using core::Json;
using domain::Money;
using domain::Points;

constexpr std::array<std::string_view, 8> kGives = {"percent", "per_mille",   "percent_by_class",
                                                    "amount",  "fixed_price", "nth_percent",
                                                    "points",  "task"};
constexpr std::array<std::string_view, 3> kSteps = {"lines", "class", "basket"};
constexpr std::array<std::string_view, 2> kAudiences = {"members", "everyone"};
constexpr std::array<std::string_view, 2> kOffline = {"free", "online_only"};

void read_by_class(ObjectReader& reader, Give& give, const CompiledBenefits& programme) {
  ObjectReader classes = reader.object("percent_by_class");
  for (const NamedClass& one : programme.classes) {
    if (!classes.has(one.code.text())) continue;
    give.per_mille_by_class.emplace_back(one.code.text(),
                                         classes.integer(one.code.text(), 1, 100) * 10);
  }
  if (give.per_mille_by_class.empty()) {
    reader.complain("percent_by_class", "names no class", "write {\"regular\": 10, ...}");
  }
  classes.finish();
}

void read_nth(ObjectReader& reader, Give& give) {
  ObjectReader nth = reader.object("nth_percent");
  give.every = nth.integer("every", 2, 1'000);
  give.per_mille = nth.integer("percent", 1, 100) * 10;
  static constexpr std::array<std::string_view, 2> kOf = {"same", "any"};
  give.same_article = nth.word("of", kOf, std::size_t{0}) == 0;
  nth.finish();
}

void read_limits(ObjectReader& reader, Give& give) {
  const bool takes = give.kind != Give::Kind::points && give.kind != Give::Kind::task;
  const bool counts_pieces =
      give.kind == Give::Kind::fixed_price || give.kind == Give::Kind::nth_percent;
  if (takes && reader.has("at_most")) {
    give.at_most = Money::of(reader.integer("at_most", 1, domain::kAmountMax));
  }
  if (counts_pieces && reader.has("max_pieces")) {
    give.max_pieces = reader.integer("max_pieces", 1, 1'000'000);
  }
}

void read_give_kind(ObjectReader& reader, std::string_view kind, Give& give,
                    const CompiledBenefits& programme) {
  if (kind == "percent") {
    give.kind = Give::Kind::percent;
    give.per_mille = reader.integer(kind, 1, 100) * 10;
  } else if (kind == "per_mille") {
    give.kind = Give::Kind::percent;
    give.per_mille = reader.integer(kind, 1, 1000);
  } else if (kind == "percent_by_class") {
    give.kind = Give::Kind::class_percent;
    read_by_class(reader, give, programme);
  } else if (kind == "amount") {
    give.kind = Give::Kind::amount;
    give.amount = Money::of(reader.integer(kind, 1, domain::kAmountMax));
  } else if (kind == "fixed_price") {
    give.kind = Give::Kind::fixed_price;
    give.amount = Money::of(reader.integer(kind, 0, domain::kAmountMax));
  } else if (kind == "nth_percent") {
    give.kind = Give::Kind::nth_percent;
    read_nth(reader, give);
  } else if (kind == "points") {
    give.kind = Give::Kind::points;
    give.points = Points::of(reader.integer(kind, 1, 1'000'000'000));
  } else {
    give.kind = Give::Kind::task;
    if (!reader.boolean_or(kind, false)) reader.complain(kind, "is not true", "write true");
  }
}

Give read_give(ObjectReader& outer, const CompiledBenefits& programme) {
  Give give;
  ObjectReader reader = outer.object("give");
  if (!outer.has("give")) return give;
  std::vector<std::string_view> named;
  for (const std::string_view kind : kGives) {
    if (reader.has(kind)) named.push_back(kind);
  }
  if (named.size() != 1) {
    outer.complain("give", named.empty() ? "gives nothing" : "gives more than one thing",
                   mend_word("", kGives) + "; exactly one");
  } else {
    read_give_kind(reader, named.front(), give, programme);
  }
  read_limits(reader, give);
  reader.finish();
  return give;
}

Step natural_step(const Benefit& benefit) {
  switch (benefit.give.kind) {
    case Give::Kind::class_percent:
      return Step::member_class;
    case Give::Kind::fixed_price:
    case Give::Kind::nth_percent:
      return Step::lines;
    case Give::Kind::percent:
    case Give::Kind::amount:
      return benefit.on.codes.empty() && benefit.on.categories.empty() ? Step::basket : Step::lines;
    case Give::Kind::points:
    case Give::Kind::task:
      return Step::basket;
  }
  return Step::basket;
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
  benefit.first = reader.day("first");
  benefit.last = reader.day("last");
  if (benefit.first && benefit.last && *benefit.last < *benefit.first) {
    reader.complain("last", "lies before the first day", "swap the two days");
  }
  benefit.members_only = reader.word("for", kAudiences, std::size_t{0}) == 0;
  benefit.online_only = reader.word("offline", kOffline, std::size_t{0}) == 1;
  benefit.asks = reader.boolean_or("ask", false);
  if (reader.has("when")) {
    benefit.when =
        read_condition(*reader.member("when"), reader.place_of("when"), programme, findings, 0);
  }
  if (reader.has("on")) {
    ObjectReader on = reader.object("on");
    benefit.on = read_selection(on, programme);
    on.finish();
  }
  benefit.give = read_give(reader, programme);
  const auto natural = static_cast<std::size_t>(natural_step(benefit));
  benefit.step = static_cast<Step>(reader.word("step", kSteps, natural));
  benefit.priority = reader.integer_or("priority", 0, 1'000'000, 0);
  read_group(reader, benefit, programme);
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
