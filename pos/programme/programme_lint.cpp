#include "pos/programme/programme_lint.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pos::programme {
namespace {

using Kind = Condition::Kind;

void judge_ids(const CompiledBenefits& programme, Findings& findings) {
  std::map<std::string_view, const Benefit*> seen;
  for (const Benefit& benefit : programme.benefits) {
    if (benefit.id.empty()) continue;
    const auto [found, fresh] = seen.emplace(benefit.id.text(), &benefit);
    if (fresh) continue;
    add_error(findings, benefit.line, place_of(benefit, "id"),
              fmt::format("\"{}\" is the id of benefits[{}] too", benefit.id.text(),
                          found->second->position),
              "give each benefit an id of its own");
  }
}

void judge_coupons(const CompiledBenefits& programme, Findings& findings) {
  std::map<std::string, const Benefit*> seen;
  for (const Benefit& benefit : programme.benefits) {
    walk(benefit.when, [&](const Condition& condition) {
      if (condition.kind != Kind::coupon || condition.words.front().empty()) return;
      const auto [found, fresh] = seen.emplace(condition.words.front(), &benefit);
      if (!fresh && found->second != &benefit) {
        add_error(findings, benefit.line, place_of(benefit, "when"),
                  fmt::format("coupon code {} belongs to \"{}\" already", condition.words.front(),
                              found->second->id.text()),
                  "use another code");
      }
      if ((condition.personal || condition.single_use) && benefit.offline == Offline::free) {
        add_error(findings, benefit.line, place_of(benefit, "offline"),
                  "a coupon for one use could be used at every till while they are apart",
                  "add \"offline\": \"online_only\", or \"up_to\" to draw it from the rights");
      }
    });
  }
}

/// Coupons that a benefit issues, and how they are taken later.
void judge_issued(const CompiledBenefits& programme, Findings& findings) {
  std::set<std::string> held;
  for (const Benefit& benefit : programme.benefits) {
    walk(benefit.when, [&](const Condition& condition) {
      if (condition.kind == Kind::coupon && condition.personal)
        held.insert(condition.words.front());
    });
  }
  for (const Benefit& benefit : programme.benefits) {
    const std::string& code = benefit.give.coupon.text();
    if (benefit.give.kind != Give::Kind::coupon || code.empty() || held.contains(code)) continue;
    add_warning(findings, benefit.line, place_of(benefit, "give.coupon.code"),
                fmt::format("no benefit takes the coupon {} from the member who holds it", code),
                fmt::format("add a benefit with \"when\": {{\"coupon\": {{\"code\": \"{}\", "
                            "\"personal\": true}}}}",
                            code));
  }
}

/// A till alone does not know how often other tills have given it meanwhile.
void judge_limits(const CompiledBenefits& programme, Findings& findings) {
  for (const Benefit& benefit : programme.benefits) {
    // Words that are said once too often cost nothing.
    if (benefit.limit.none() || benefit.offline != Offline::free || benefit.give.is_soft())
      continue;
    add_warning(findings, benefit.line, place_of(benefit, "limit"),
                "lies outside the bound: tills that are apart can each give it up to the limit",
                "add \"offline\": \"up_to\" to draw it from the rights, or \"online_only\"");
  }
}

/// Surprises take turns: there are several, and one is drawn before anything is compared.
void judge_surprises(const CompiledBenefits& programme, Findings& findings) {
  std::map<std::int32_t, std::int64_t> counts;
  for (const Benefit& benefit : programme.benefits) ++counts[benefit.surprise];
  for (const Benefit& benefit : programme.benefits) {
    if (benefit.surprise < 0) continue;
    if (counts[benefit.surprise] == 1) {
      add_error(findings, benefit.line, place_of(benefit, "surprise"),
                "is the only one of its surprises, and would be the same each time",
                "name it in another benefit, too");
    }
    if (benefit.group >= 0) {
      add_error(findings, benefit.line, place_of(benefit, "group"),
                "a surprise is drawn by lot and does not compete", "remove the group");
    }
    if (!benefit.members_only) {
      add_error(findings, benefit.line, place_of(benefit, "surprise"),
                "only a member can be surprised by something else than the last time",
                "remove \"for\": \"everyone\"");
    }
  }
}

/// What moves no money has no price, and asks by itself.
void judge_soft(const CompiledBenefits& programme, Findings& findings) {
  for (const Benefit& benefit : programme.benefits) {
    if (!benefit.give.is_soft()) continue;
    if (!benefit.cost.is_zero()) {
      add_error(findings, benefit.line, place_of(benefit, "cost"),
                "takes points for something that the cashier does or says", "remove \"cost\"");
    } else if (benefit.asks) {
      add_error(findings, benefit.line, place_of(benefit, "ask"),
                "is shown to the cashier and waits by itself", "remove \"ask\"");
    }
    const bool said = benefit.give.soft() == Soft::prompt || benefit.give.soft() == Soft::suggest;
    if (said && benefit.limit.none()) {
      add_warning(findings, benefit.line, place_of(benefit, "limit"),
                  "is said at every purchase while it applies",
                  "add a limit, such as {\"gap_days\": 7}");
    }
  }
}

/// Two that could be put in one sale, and nothing but their ids says which of them is.
void judge_one_of(const CompiledBenefits& programme, Soft kind, Findings& findings) {
  std::map<std::int64_t, const Benefit*> first;
  for (const Benefit& benefit : programme.benefits) {
    if (benefit.give.soft() != kind) continue;
    const auto [found, fresh] = first.emplace(benefit.priority, &benefit);
    if (fresh) continue;
    add_warning(
        findings, benefit.line, place_of(benefit, "priority"),
        fmt::format("\"{}\" and \"{}\" could both be put, and one is in a sale: the first by id",
                    found->second->id.text(), benefit.id.text()),
        "give them different priorities");
  }
}

void judge_groups(const CompiledBenefits& programme, Findings& findings) {
  std::map<std::int32_t, std::vector<const Benefit*>> groups;
  for (const Benefit& benefit : programme.benefits) {
    if (benefit.group >= 0) groups[benefit.group].push_back(&benefit);
  }
  for (const auto& [number, members] : groups) {
    const std::string& name = programme.groups[static_cast<std::size_t>(number)].name;
    if (members.size() == 1) {
      add_warning(findings, members.front()->line, place_of(*members.front(), "group"),
                  fmt::format("group \"{}\" has one member", name),
                  "remove it, or name it in the benefits that exclude each other");
    }
    for (const Benefit* member : members) {
      if (member->step != members.front()->step) {
        add_error(findings, member->line, place_of(*member, "group"),
                  fmt::format("group \"{}\" reaches over two steps", name),
                  "give all its benefits the same \"step\"");
      }
      if (member->asks || member->give.is_soft()) {
        add_error(findings, member->line, place_of(*member, "group"),
                  "a benefit that waits for an answer cannot compete",
                  "remove the group, or remove \"ask\"");
      }
    }
  }
}

/// Early access is a door, not a gift: it names articles, and is open or shut.
void judge_early_access(const Benefit& benefit, Findings& findings) {
  if (benefit.give.kind != Give::Kind::early_access) return;
  const auto complain = [&](std::string_view key, std::string reason, std::string mend) {
    add_error(findings, benefit.line, place_of(benefit, key), std::move(reason), std::move(mend));
  };
  if (benefit.on.codes.empty() && benefit.on.categories.empty()) {
    complain("on", "early access to no article", "name the articles by codes or categories");
  }
  const auto& on_sale = benefit.give.on_sale;
  if (benefit.first && on_sale && *on_sale <= *benefit.first) {
    complain("give.early_access.on_sale", "is not after the first day of the benefit",
             "let the benefit begin before everyone may buy");
  }
  const std::pair<bool, std::string_view> foreign[] = {
      {benefit.asks, "ask"},
      {benefit.group >= 0, "group"},
      {!benefit.limit.none(), "limit"},
      {benefit.control_percent != 0, "control_percent"},
      {benefit.offline != Offline::free, "offline"},
      {!benefit.budget.is_zero(), "budget"},
      {benefit.on.undiscounted_only, "on.undiscounted"}};
  for (const auto& [is_there, key] : foreign) {
    if (is_there) complain(key, "has no meaning for early access", "remove it");
  }
}

/// A budget ends where tills that are apart share it out: their rights bound what goes beyond.
void judge_budget(const Benefit& benefit, Findings& findings) {
  if (benefit.budget.is_zero()) return;
  const Give& give = benefit.give;
  if (!give.takes_money() && !give.earns()) {
    add_error(findings, benefit.line, place_of(benefit, "budget"),
              "a budget counts money, points and stored value, and this gives none",
              "remove \"budget\"");
  } else if (benefit.offline == Offline::free) {
    add_error(findings, benefit.line, place_of(benefit, "budget"),
              "tills that are apart could each give all of it",
              "add \"offline\": \"up_to\", or \"online_only\"");
  }
}

/// What only a member can have, or remember.
void judge_for_everyone(const Benefit& benefit, Findings& findings) {
  const auto complain = [&](std::string_view key, std::string reason) {
    add_error(findings, benefit.line, place_of(benefit, key), std::move(reason),
              "remove \"for\": \"everyone\"");
  };
  const Give& give = benefit.give;
  if (give.earns() || give.kind == Give::Kind::coupon) {
    complain("for", "points, stored value and coupons need a member to hold them");
  }
  if (give.kind == Give::Kind::class_percent || give.kind == Give::Kind::tier_percent) {
    complain("for", "a percentage by class or tier needs a member");
  }
  if (!benefit.limit.none()) complain("limit", "a limit by the member needs a member");
  if (!benefit.cost.is_zero()) complain("cost", "points need a member who gives them");
  if (benefit.control_percent != 0) {
    complain("control_percent", "a control group is one of members");
  }
}

void judge_gifts(const CompiledBenefits& programme, Findings& findings) {
  for (const Benefit& benefit : programme.benefits) {
    const bool reaches_excluded = !benefit.on.earning_only && !benefit.on.demand_only &&
                                  benefit.on.codes.empty() && benefit.on.categories.empty();
    const bool names_parts = benefit.give.kind == Give::Kind::set;
    if (benefit.give.takes_money() && !names_parts && reaches_excluded) {
      add_warning(findings, benefit.line, place_of(benefit, "on"),
                  "makes gift cards and newspapers cheaper too",
                  "add \"on\": {\"earning\": true}, or name the articles");
    }
    if (benefit.give.kind == Give::Kind::percent && benefit.give.per_mille == 1000 &&
        benefit.step == Step::basket && !benefit.give.at_most) {
      add_warning(findings, benefit.line, place_of(benefit, "give.percent"),
                  "gives the whole basket away", "add \"at_most\"");
    }
    if (!benefit.members_only) judge_for_everyone(benefit, findings);
    judge_early_access(benefit, findings);
    judge_budget(benefit, findings);
  }
}

bool gets_nothing(const NamedClass& one) { return one.waits; }
bool gets_nothing(const NamedTier&) { return false; }

/// Who would get the benefit but is left out of what it grades by.
template <class Named>
void judge_left_out(const Benefit& benefit, const std::vector<Named>& known, Kind kind,
                    std::string_view key, Findings& findings) {
  const auto& graded = benefit.give.per_mille_by_word;
  bool below = true;  // no class up to here is graded
  for (const Named& one : known) {
    const std::string& word = one.code.text();
    bool meant = !gets_nothing(one);
    walk_needed(benefit.when, [&](const Condition& condition) {
      const auto& words = condition.words;
      if (condition.kind != kind) return;
      meant = meant && std::find(words.begin(), words.end(), word) != words.end();
    });
    const bool named = std::any_of(graded.begin(), graded.end(),
                                   [&](const auto& grade) { return grade.first == word; });
    below = below && !named;
    // A tier is something to reach: the lower ones may get nothing.
    if (named || !meant || (kind == Kind::tier && below)) continue;
    add_warning(findings, benefit.line, place_of(benefit, key),
                fmt::format("{} gets nothing", word),
                "give it a percentage, or name those that are meant in \"when\"");
  }
}

void judge_graded(const CompiledBenefits& programme, const Benefit& benefit, Findings& findings) {
  const auto& graded = benefit.give.per_mille_by_word;
  if (graded.empty()) return;
  const bool of_class = benefit.give.kind == Give::Kind::class_percent;
  const std::string_view key = of_class ? "give.percent_by_class" : "give.percent_by_tier";
  for (std::size_t i = 1; i < graded.size(); ++i) {
    if (graded[i].second >= graded[i - 1].second) continue;
    add_warning(findings, benefit.line, place_of(benefit, key),
                fmt::format("{} gets less than {}", graded[i].first, graded[i - 1].first),
                "order them from the lowest to the highest, or mend the figures");
  }
  if (of_class) {
    judge_left_out(benefit, programme.classes, Kind::member_class, key, findings);
  } else {
    judge_left_out(benefit, programme.tiers, Kind::tier, key, findings);
  }
}

void judge_classes(const CompiledBenefits& programme, Findings& findings) {
  std::set<std::string> seen;
  const auto once = [&](const std::string& code, std::string_view list) {
    if (code.empty() || seen.insert(fmt::format("{}/{}", list, code)).second) return;
    add_error(findings, 0, std::string(list), fmt::format("\"{}\" is there twice", code),
              "remove one of them");
  };
  for (const NamedClass& one : programme.classes) once(one.code.text(), "classes");
  for (const NamedTier& one : programme.tiers) once(one.code.text(), "tiers");
  for (const Benefit& benefit : programme.benefits) judge_graded(programme, benefit, findings);
}

}  // namespace

void judge_programme(const CompiledBenefits& programme, Findings& findings) {
  judge_ids(programme, findings);
  judge_coupons(programme, findings);
  judge_issued(programme, findings);
  judge_limits(programme, findings);
  judge_soft(programme, findings);
  judge_surprises(programme, findings);
  judge_one_of(programme, Soft::question, findings);
  judge_one_of(programme, Soft::suggest, findings);
  judge_groups(programme, findings);
  judge_gifts(programme, findings);
  judge_reach(programme, findings);
  judge_classes(programme, findings);
  judge_tiers(programme, findings);
  judge_joining(programme, findings);
  judge_worth(programme, findings);
}

}  // namespace pos::programme
