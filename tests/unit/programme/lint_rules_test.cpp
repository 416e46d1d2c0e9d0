#include <algorithm>

#include "pos/core/bytes.hpp"
#include "pos/programme/programme.hpp"
#include "tests/support/catch.hpp"

/// What the lint says about benefits that cannot be read on their own: whether they can ever apply,
/// and what they give together.
namespace {

using namespace pos::programme;
using Severity = Finding::Severity;

constexpr std::string_view kPoints =
    R"({"earn": {"points": 1, "per": 100}, "spend": {"step": 50, "worth": 500, "max_percent": 50},
        "offline": {"per_till": 60000, "per_member": 3000}})";

std::vector<Finding> lint_benefits(const std::string& benefits, std::string_view points = kPoints) {
  std::string document = R"({"format": "clubtill-programme/1", "version": "1",
    "club": {"name": {"en": "Club"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "classes": [{"code": "regular", "name": {"en": "R"}}, {"code": "vip", "name": {"en": "V"}}],
    "tiers": [{"code": "silver", "name": {"en": "S"}}, {"code": "gold", "name": {"en": "G"}}],
    "points": )";
  document += std::string(points) + ", \"benefits\": [" + benefits + "]}";
  return lint(pos::core::bytes_of(document));
}

/// A benefit with these keys beside its id and name.
std::string benefit(const std::string& id, const std::string& keys) {
  return R"({"id": ")" + id + R"(", "name": {"en": "N"}, )" + keys + "}";
}

/// On articles that earn, so that only the rule under test speaks.
std::string ten_with(const std::string& keys) {
  return benefit("ten", R"("on": {"earning": true}, "give": {"percent": 10}, )" + keys);
}

bool says(const std::vector<Finding>& findings, Severity severity, std::string_view place,
          std::string_view reason, std::string_view mend) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.severity == severity && finding.place == place && finding.line > 0 &&
           finding.reason.find(reason) != std::string::npos &&
           finding.mend.find(mend) != std::string::npos;
  });
}

bool never_holds(const std::vector<Finding>& findings) {
  return says(findings, Severity::error, "benefits[0].when", "can never hold", "");
}

TEST_CASE("Lint: days of a benefit and of its condition that do not meet", "[programme][lint]") {
  const std::string when = R"("when": {"dates": {"first": "2026-06-01", "last": "2026-06-30"}})";
  CHECK(never_holds(lint_benefits(ten_with(R"("first": "2026-07-01", )" + when))));
  CHECK(never_holds(lint_benefits(ten_with(R"("last": "2026-05-31", )" + when))));
  CHECK(lint_benefits(ten_with(R"("last": "2026-06-01", )" + when)).empty());
  CHECK(lint_benefits(ten_with(R"("first": "2026-06-30", )" + when)).empty());
}

/// What is wrong with this condition of a benefit; empty: nothing.
std::string wrong_with(const std::string& when) {
  const auto findings = lint_benefits(ten_with(R"("when": )" + when));
  if (findings.empty()) return {};
  CHECK(findings.size() == 1);
  CHECK(findings.front().severity == Severity::error);
  CHECK(findings.front().place == "benefits[0].when");
  return findings.front().reason;
}

constexpr std::string_view kExclude = "can never hold: its conditions exclude each other";

TEST_CASE("Lint: hours that do not meet, also over midnight", "[programme][lint]") {
  const auto both = [](const std::string& one, const std::string& other) {
    return wrong_with(R"({"all": [{"hours": )" + one + R"(}, {"hours": )" + other + "}]}");
  };
  const std::string morning = R"({"from": "08:00", "to": "10:00"})";
  CHECK(both(morning, R"({"from": "10:00", "to": "12:00"})") == kExclude);
  CHECK(both(morning, R"({"from": "09:59", "to": "12:00"})").empty());
  CHECK(both(morning, R"({"from": "22:00", "to": "08:00"})") == kExclude);
  CHECK(both(morning, R"({"from": "22:00", "to": "08:01"})").empty());
}

TEST_CASE("Lint: what \"not\" takes away, and what it leaves", "[programme][lint]") {
  CHECK(wrong_with(R"({"all": [{"class": ["vip"]}, {"not": {"class": ["vip", "regular"]}}]})") ==
        kExclude);
  CHECK(wrong_with(R"({"all": [{"class": ["vip"]}, {"not": {"class": ["regular"]}}]})").empty());
  CHECK(wrong_with(R"({"all": [{"window": "birthday"}, {"not": {"window": "birthday"}}]})") ==
        kExclude);
  CHECK(wrong_with(R"({"all": [{"window": "birthday"}, {"not": {"window": "anniversary"}}]})")
            .empty());
  CHECK(wrong_with(R"({"all": [{"visits": {"from": 3}}, {"not": {"visits": {"from": 2}}}]})") ==
        kExclude);
  CHECK(wrong_with(R"({"all": [{"visits": {"from": 2}}, {"not": {"visits": {"from": 3}}}]})")
            .empty());
  CHECK(wrong_with(R"({"not": {"any": [{"weekdays": ["sunday", "monday", "tuesday", "wednesday"]},
                                       {"weekdays": ["thursday", "friday", "saturday"]}]}})") ==
        kExclude);
  CHECK(wrong_with(R"({"not": {"all": [{"tier": ["gold"]}, {"tier": ["silver"]}]}})") ==
        "\"not\" says nothing: what it names can never be");
  CHECK(wrong_with(R"({"not": {"not": {"all": [{"tier": ["gold"]}, {"tier": ["silver"]}]}}})") ==
        kExclude);
}

TEST_CASE("Lint: an alternative that can never be, beside one that can", "[programme][lint]") {
  const std::string never = R"({"all": [{"class": ["vip"]}, {"class": ["regular"]}]})";
  CHECK(wrong_with(R"({"any": [{"tier": ["gold"]}, )" + never + "]}") ==
        "one of the alternatives of \"any\" can never hold: its conditions exclude each other");
  CHECK(wrong_with(R"({"any": [)" + never + ", " + never + "]}") == kExclude);
  CHECK(wrong_with(R"({"all": [{"class": ["vip"]},
                               {"any": [{"class": ["regular"]}, {"tier": ["gold"]}]}]})")
            .empty());
}

TEST_CASE("Lint: more alternatives than anybody looks through are let be", "[programme][lint]") {
  std::string all;
  for (int i = 0; i < 8; ++i) {
    all += (i == 0 ? "" : ", ") +
           std::string(R"({"any": [{"class": ["vip"]}, {"tier": ["gold"]}, {"store": ["a"]}]})");
  }
  CHECK(wrong_with(R"({"all": [)" + all + "]}").empty());
}

TEST_CASE("Lint: a budget counts something, and ends where tills that are apart share it out",
          "[programme][lint]") {
  const auto with = [](const std::string& keys) {
    return lint_benefits(benefit("gift", R"("on": {"earning": true}, "budget": 50000, )" + keys));
  };
  CHECK(says(with(R"("give": {"amount": 100})"), Severity::error, "benefits[0].budget",
             "tills that are apart", "up_to"));
  CHECK(says(with(R"("give": {"task": true})"), Severity::error, "benefits[0].budget",
             "this gives none", "remove"));
  CHECK(with(R"("give": {"amount": 100}, "offline": "up_to")").empty());
  CHECK(with(R"("give": {"amount": 100}, "offline": "online_only")").empty());
}

TEST_CASE("Lint: early access names articles, begins before the sale and is nothing but a door",
          "[programme][lint]") {
  const auto early = [](const std::string& keys) {
    return lint_benefits(
        benefit("early", R"("give": {"early_access": {"on_sale": "2026-12-08"}}, )" + keys));
  };
  const std::string rocket = R"("on": {"codes": ["rocket"]})";
  CHECK(early(rocket + R"(, "first": "2026-12-07")").empty());
  CHECK(says(early(R"("on": {"demand": true})"), Severity::error, "benefits[0].on",
             "early access to no article", "codes"));
  CHECK(says(early(rocket + R"(, "first": "2026-12-08")"), Severity::error,
             "benefits[0].give.early_access.on_sale", "not after the first day", "begin before"));
  for (const std::string key : {R"("ask": true)", R"("group": "g")", R"("limit": {"member": 1})",
                                R"("control_percent": 5)", R"("offline": "online_only")"}) {
    const std::string name = key.substr(1, key.find('"', 1) - 1);
    CHECK(says(early(rocket + ", " + key), Severity::error, "benefits[0]." + name,
               "has no meaning for early access", "remove it"));
  }
  CHECK(says(lint_benefits(benefit("early", rocket + R"(, "give": {"early_access": {}})")),
             Severity::error, "benefits[0].give.early_access.on_sale", "is missing", ""));
}

TEST_CASE("Lint: months, days of the month and weekdays without a common day",
          "[programme][lint]") {
  const auto when = [](const std::string& conditions, const std::string& days = "") {
    return lint_benefits(ten_with(days + R"("when": {"all": [)" + conditions + "]}"));
  };
  CHECK(never_holds(when(R"({"months": ["february"]}, {"month_days": {"from": 30}})")));
  CHECK(when(R"({"months": ["february"]}, {"month_days": {"from": 29}})").empty());
  CHECK(when(R"({"months": ["february", "march"]}, {"month_days": {"from": 30}})").empty());
  CHECK(never_holds(when(R"({"months": ["june"]}, {"months": ["july"]})")));
  CHECK(never_holds(when(R"({"weekdays": ["monday"]}, {"weekdays": ["friday"]})")));
  CHECK(never_holds(when(R"({"month_days": {"to": 7}}, {"month_days": {"from": 8}})")));
  const std::string week = R"("first": "2026-11-23", "last": "2026-11-29", )";
  CHECK(never_holds(when(R"({"months": ["december"]})", week)));
  CHECK(never_holds(when(R"({"month_days": {"from": 30}})", week)));
  CHECK(never_holds(when(R"({"weekdays": ["monday"]}, {"month_days": {"from": 24}})", week)));
  CHECK(when(R"({"weekdays": ["tuesday"]}, {"month_days": {"from": 24}})", week).empty());
}

TEST_CASE("Lint: a count from more than it may be", "[programme][lint]") {
  CHECK(says(lint_benefits(ten_with(R"("when": {"amount": {"from": 200, "to": 100}})")),
             Severity::error, "benefits[0].when.amount.to", "below \"from\"", "swap"));
  const auto both = [](const std::string& a, const std::string& b) {
    return lint_benefits(ten_with(R"("when": {"all": [)" + a + ", " + b + "]}"));
  };
  CHECK(never_holds(both(R"({"visits": {"from": 3}})", R"({"visits": {"to": 2}})")));
  CHECK(both(R"({"visits": {"from": 2}})", R"({"visits": {"to": 2}})").empty());
  const std::string few = R"({"quantity": {"to": 2, "codes": ["a"]}})";
  CHECK(never_holds(both(R"({"quantity": {"from": 3, "codes": ["a"]}})", few)));
  CHECK_FALSE(never_holds(both(R"({"quantity": {"from": 3, "codes": ["b"]}})", few)));
}

TEST_CASE("Lint: articles that are named and all excepted", "[programme][lint]") {
  const std::string nothing = R"("codes": ["a"], "except": {"codes": ["a", "b"]})";
  const auto refused = [](const std::string& keys, std::string_view place) {
    return says(lint_benefits(benefit("x", keys)), Severity::error, place, "fits no article",
                "except");
  };
  CHECK(refused(R"("on": {)" + nothing + R"(}, "give": {"percent": 10})", "benefits[0].on"));
  CHECK(refused(R"("when": {"quantity": {"from": 2, )" + nothing + R"(}}, "give": {"points": 5})",
                "benefits[0].when"));
  CHECK(refused(
      R"("on": {"codes": ["c"]}, "give": {"get": {"buy": {)" + nothing + R"(}, "percent": 50}})",
      "benefits[0].give"));
  CHECK_FALSE(refused(R"("on": {"codes": ["a", "c"], "except": {"codes": ["a"]}},
                         "give": {"percent": 10})",
                      "benefits[0].on"));
}

TEST_CASE("Lint: a step that gives no more than the one before it", "[programme][lint]") {
  const auto steps = [](const std::string& list) {
    return lint_benefits(benefit(
        "x", R"("on": {"codes": ["a"]}, "give": {"by_quantity": {"steps": [)" + list + "]}}"));
  };
  constexpr std::string_view kPlace = "benefits[0].give.by_quantity.steps[1]";
  const auto warned = [&](const std::string& list) {
    return says(steps(list), Severity::warning, kPlace, "no more than the step before", "remove");
  };
  CHECK(warned(R"({"from": 2, "percent": 10}, {"from": 4, "percent": 10})"));
  CHECK(warned(R"({"from": 2, "price": 800}, {"from": 4, "price": 900})"));
  CHECK(warned(R"({"from": 2, "amount": 50}, {"from": 4, "amount": 40})"));
  CHECK(steps(R"({"from": 2, "price": 900}, {"from": 4, "price": 800})").empty());
}

TEST_CASE("Lint: a coupon that is issued and that nothing takes", "[programme][lint]") {
  const std::string issue =
      benefit("issue", R"("give": {"coupon": {"code": "LATER", "days": 30}})");
  constexpr std::string_view kPlace = "benefits[0].give.coupon.code";
  CHECK(says(lint_benefits(issue), Severity::warning, kPlace, "no benefit takes", "personal"));
  const auto use = [](const std::string& coupon, const std::string& keys = "") {
    return ten_with(R"("when": {"coupon": {"code": "LATER")" + coupon + "}}" + keys);
  };
  // Said aloud by anybody it is not the coupon of the member who holds it.
  CHECK(
      says(lint_benefits(issue + ", " + use("")), Severity::warning, kPlace, "LATER", "personal"));
  const std::string personal = use(R"(, "personal": true)", R"(, "offline": "up_to")");
  CHECK(lint_benefits(issue + ", " + personal).empty());
  CHECK(lint_benefits(personal).empty());
  CHECK(says(lint_benefits(issue + ", " + use(R"(, "personal": true)")), Severity::error,
             "benefits[1].offline", "while they are apart", "up_to"));
}

TEST_CASE("Lint: what is done or said moves no money", "[programme][lint]") {
  const auto soft = [](const std::string& keys) {
    return lint_benefits(benefit("soft", R"("give": {"task": true}, )" + keys));
  };
  CHECK(
      says(soft(R"("cost": 100)"), Severity::error, "benefits[0].cost", "takes points", "remove"));
  CHECK(says(soft(R"("ask": true)"), Severity::error, "benefits[0].ask", "waits by itself",
             "remove"));
  CHECK(soft(R"("limit": {"day": 1})").empty());
  const auto said = [](const std::string& keys) {
    return lint_benefits(benefit("said", R"("give": {"prompt": true})" + keys));
  };
  CHECK(says(said(""), Severity::warning, "benefits[0].limit", "every purchase", "gap_days"));
  CHECK(said(R"(, "limit": {"gap_days": 7})").empty());
}

TEST_CASE("Lint: a question with answers that differ, and one at a time", "[programme][lint]") {
  const auto asked = [](const std::string& id, const std::string& answers) {
    return benefit(id, R"("give": {"question": {"answers": [)" + answers + "]}}");
  };
  const std::string yes = R"({"code": "yes", "text": {"en": "Yes"}})";
  const std::string no = R"({"code": "no", "text": {"en": "No"}})";
  const std::string place = "benefits[0].give.question.answers";
  CHECK(says(lint_benefits(asked("a", yes)), Severity::error, place, "nothing to choose", "two"));
  CHECK(says(lint_benefits(asked("a", yes + "," + yes)), Severity::error, place + "[1].code",
             "two answers", "its own"));
  CHECK(lint_benefits(asked("a", yes + "," + no)).empty());
  const std::string both = asked("a", yes + "," + no) + "," + asked("b", yes + "," + no);
  CHECK(says(lint_benefits(both), Severity::warning, "benefits[1].priority", "could both be put",
             "different priorities"));
}

TEST_CASE("Lint: surprises take turns", "[programme][lint]") {
  const auto treat = [](const std::string& id, const std::string& more) {
    return benefit(id, R"("surprise": "treat", "give": {"points": 10})" + more);
  };
  CHECK(says(lint_benefits(treat("a", "")), Severity::error, "benefits[0].surprise", "the only one",
             "another"));
  CHECK(lint_benefits(treat("a", "") + "," + treat("b", "")).empty());
  const std::string compared =
      treat("a", R"(, "group": "g")") + "," + treat("b", R"(, "group": "g")");
  CHECK(says(lint_benefits(compared), Severity::error, "benefits[1].group", "by lot", "remove"));
}

TEST_CASE("Lint: a limit outside the bound", "[programme][lint]") {
  CHECK(says(lint_benefits(ten_with(R"("limit": {"member": 1})")), Severity::warning,
             "benefits[0].limit", "outside the bound", "up_to"));
  CHECK(lint_benefits(ten_with(R"("limit": {"day": 1}, "offline": "up_to")")).empty());
  CHECK(lint_benefits(ten_with(R"("limit": {"day": 1}, "offline": "online_only")")).empty());
}

TEST_CASE("Lint: a cost in points that have no worth, and rights that are not there",
          "[programme][lint]") {
  constexpr std::string_view kEarnOnly = R"({"earn": {"points": 1, "per": 100}})";
  CHECK(says(lint_benefits(ten_with(R"("cost": 100)"), kEarnOnly), Severity::error,
             "benefits[0].cost", "no worth", "spend"));
  CHECK(lint_benefits(ten_with(R"("cost": 100)")).empty());
  CHECK(says(lint_benefits(ten_with(R"("offline": "up_to")"), kEarnOnly), Severity::warning,
             "benefits[0].offline", "no rights", "online_only"));
  CHECK(lint_benefits(ten_with(R"("offline": "up_to")"),
                      R"({"offline": {"per_till": 60000, "per_member": 3000}})")
            .empty());
}

TEST_CASE("Lint: points and value that can come to more than what is paid", "[programme][lint]") {
  // A point is worth a tenth of what brings it: 10 % as usual, 90 % more for ten times the points.
  const auto times = [](const std::string& id, int percent, const std::string& keys = "") {
    return benefit(id, keys + R"("give": {"earn_percent": )" + std::to_string(percent) + "}");
  };
  const auto stacks = [](const std::string& benefits, std::string_view place) {
    return says(lint_benefits(benefits), Severity::warning, place, "unlimited stack", "group");
  };
  CHECK(lint_benefits(times("a", 1000)).empty());
  CHECK(stacks(times("a", 1001), "benefits[0].give"));
  const std::string back = benefit("back", R"("give": {"cash_back": {"percent": 5}})");
  CHECK(stacks(times("a", 1000) + ", " + back, "benefits[0].give"));
  CHECK(lint_benefits(times("a", 950) + ", " + back).empty());
  const std::string per = benefit("per", R"("give": {"points_per": {"points": 91, "per": 1000}})");
  CHECK(says(lint_benefits(per), Severity::warning, "benefits[0].give", "101%", "max_points"));
  // What is bounded, excludes the other, or lies on another article, does not stack.
  CHECK(lint_benefits(benefit("a", R"("give": {"earn_percent": 5000, "max_points": 50})")).empty());
  const std::string group = R"("group": "g", )";
  CHECK(lint_benefits(times("a", 900, group) + ", " + times("b", 900, group)).empty());
  CHECK(lint_benefits(times("a", 900, R"("on": {"codes": ["a"]}, )") + ", " +
                      times("b", 900, R"("on": {"codes": ["b"]}, )"))
            .empty());
  CHECK(stacks(times("a", 900, R"("on": {"codes": ["a"]}, )") + ", " +
                   times("b", 900, R"("on": {"codes": ["a", "b"]}, )"),
               "benefits[0].give"));
  CHECK(lint_benefits(times("a", 900, R"("when": {"class": ["vip"]}, )") + ", " +
                      times("b", 900, R"("when": {"class": ["regular"]}, )"))
            .empty());
  CHECK(lint_benefits(times("a", 900, R"("when": {"tier": ["gold"]}, )") + ", " +
                      times("b", 900, R"("when": {"tier": ["silver"]}, )"))
            .empty());
}

TEST_CASE("Lint: percentages on the basket that come to more than all of it", "[programme][lint]") {
  const auto off = [](const std::string& id, const std::string& code, const std::string& keys) {
    return benefit(id, R"("on": {"earning": true}, "when": {"coupon": {"code": ")" + code +
                           R"("}}, "give": {)" + keys + "}");
  };
  const std::string sixty = off("a", "SIXTY", R"("percent": 60)");
  CHECK(says(lint_benefits(sixty + ", " + off("b", "FIFTY", R"("percent": 50)")), Severity::warning,
             "benefits[0].give", "110%", "at_most"));
  CHECK(lint_benefits(sixty + ", " + off("b", "FORTY", R"("percent": 40)")).empty());
  CHECK(
      lint_benefits(sixty + ", " + off("b", "FIFTY", R"("percent": 50, "at_most": 900)")).empty());
  CHECK(says(lint_benefits(sixty + ", " +
                           off("b", "STEPS", R"("by_amount": {"steps": [{"from": 1, "percent": 5},
                                                {"from": 9, "percent": 45}]})")),
             Severity::warning, "benefits[0].give", "105%", "group"));
}

TEST_CASE("Lint: a class that a graded percentage leaves out", "[programme][lint]") {
  const auto graded = [](const std::string& give, const std::string& keys = "") {
    return lint_benefits(
        benefit("x", keys + R"("on": {"earning": true}, "give": {"percent_by_)" + give + "}"));
  };
  CHECK(says(graded(R"(class": {"regular": 10})"), Severity::warning,
             "benefits[0].give.percent_by_class", "vip gets nothing", "when"));
  CHECK(graded(R"(class": {"regular": 10, "vip": 15})").empty());
  CHECK(graded(R"(class": {"regular": 10})", R"("when": {"class": ["regular"]}, )").empty());
  CHECK(says(graded(R"(tier": {"silver": 10})"), Severity::warning,
             "benefits[0].give.percent_by_tier", "gold gets nothing", "when"));
  CHECK(graded(R"(tier": {"gold": 10})").empty());
  CHECK(says(graded(R"(tier": {"silver": 10, "gold": 5})"), Severity::warning,
             "benefits[0].give.percent_by_tier", "gold gets less than silver", "figures"));
}

}  // namespace
