#include <algorithm>

#include "pos/core/bytes.hpp"
#include "pos/programme/benefit_text.hpp"
#include "pos/programme/class_joining.hpp"
#include "pos/programme/member_change.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/programme/sample_basket.hpp"

/// How classes are joined and gift cards named, what the lint says of them, and what a joining
/// changes of a member. What it gives is in tests/data/certified/joining.json and gift_cards.json.
namespace {

using namespace pos::programme;
using pos::domain::ClassCode;
using pos::domain::MemberFacts;
using pos::domain::MissingWay;
using pos::domain::TierWay;

std::string joinable(const std::string& classes, const std::string& more = "",
                     const std::string& benefits = "") {
  return R"({"format": "clubtill-programme/1", "version": "1",
    "club": {"name": {"en": "Club"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "classes": [)" +
         classes + "]" + more + R"(, "benefits": [)" + benefits + "]}";
}

std::string one_class(const std::string& code, const std::string& more = "") {
  return R"({"code": ")" + code + R"(", "name": {"en": ")" + code + "\"}" + more + "}";
}

const std::string kGuest = one_class("guest", R"(, "waits": true)");

/// The first error, as "place: reason"; empty: none.
std::string error_in(const std::string& text) {
  for (const Finding& finding : lint(pos::core::bytes_of(text))) {
    if (finding.severity != Finding::Severity::error) continue;
    CHECK(finding.line > 0);
    CHECK_FALSE(finding.mend.empty());
    return finding.place + ": " + finding.reason;
  }
  return {};
}

std::string joined_by(const std::string& list) { return R"(, "joined_by": [)" + list + "]"; }

TEST_CASE("Joining: a class that nobody can join, or wait for, is an error",
          "[programme][lint][joining]") {
  const std::string member = one_class("member", joined_by(R"({"fee": "join"}, {"visits": 3})"));
  CHECK(error_in(joinable(kGuest + "," + member)).empty());
  CHECK(error_in(joinable(kGuest)) ==
        "classes[0].waits: nobody ever becomes a member: no class can be joined");
  CHECK(error_in(joinable(member + "," + kGuest)) ==
        "classes[0].joined_by: the first class is that of whoever joins, at once and for nothing");
  CHECK(error_in(joinable(one_class("a") + "," + kGuest)) ==
        "classes[1].waits: only who has just joined can wait for membership");
  CHECK(error_in(joinable(kGuest + "," + one_class("b", joined_by(R"({"visits": 5})")) + "," +
                          one_class("c", joined_by(R"({"visits": 5})")))) ==
        "classes[1].joined_by: b can never be joined: who comes that far joins c");
  CHECK(error_in(joinable(kGuest + "," + one_class("b", joined_by(R"({"visits": 4})")) + "," +
                          one_class("c", joined_by(R"({"visits": 5})"))))
            .empty());
  CHECK(error_in(joinable(kGuest + "," + one_class("b", joined_by(R"({"referrals": 2})")))) ==
        "classes[1].joined_by[0]: can never be gone: the programme has no referral");
}

TEST_CASE("Joining: ways and fees that do not read are named", "[programme][lint][joining]") {
  const auto with = [](const std::string& list) {
    return error_in(joinable(kGuest + "," + one_class("b", joined_by(list))));
  };
  CHECK(with("").starts_with("classes[1].joined_by: is an empty list"));
  CHECK(with("{}").starts_with("classes[1].joined_by[0]: names no way"));
  CHECK(with(R"({"fee": "a"}, {"fee": "b"})") == "classes[1].joined_by[1].fee: is a second one");
  CHECK(with(R"({"fee": "no code"})").starts_with("classes[1].joined_by[0].fee: "));
  CHECK(with(R"({"fee": "a", "visits": 3})").starts_with("classes[1].joined_by[0].visits: "));
  CHECK(error_in(joinable(kGuest + "," + one_class("b", joined_by(R"({"fee": "a"})")) + "," +
                          one_class("c", joined_by(R"({"fee": "a"})")))) ==
        "classes[1].joined_by: a is the fee of another class, too");
}

TEST_CASE("Joining: no benefit for those who wait, and none on gift cards and fees",
          "[programme][lint][joining]") {
  const std::string classes = kGuest + "," + one_class("member", joined_by(R"({"fee": "join"})"));
  const std::string cards = R"(, "gift_cards": {"codes": ["voucher"], "categories": ["cards"]})";
  const auto with = [&](const std::string& keys) {
    return error_in(joinable(classes, cards, R"({"id": "a", "name": {"en": "N"}, )" + keys + "}"));
  };
  CHECK(with(R"("on": {"earning": true}, "give": {"percent": 10})").empty());
  CHECK(with(R"("when": {"class": ["guest"]}, "give": {"task": true})") ==
        "benefits[0].when: guest only waits for membership and gets nothing");
  CHECK(
      with(R"("on": {"demand": true}, "give": {"percent_by_class": {"guest": 5, "member": 9}})") ==
      "benefits[0].give.percent_by_class: guest only waits for membership and gets nothing");
  const std::string apart =
      "benefits[0].on: names a gift card, a fee or a subscription, which no benefit sees";
  CHECK(with(R"("on": {"codes": ["voucher"]}, "give": {"percent": 10})") == apart);
  CHECK(with(R"("on": {"categories": ["cards"]}, "give": {"percent": 10})") == apart);
  CHECK(with(R"("on": {"codes": ["join"]}, "give": {"fixed_price": 10})") == apart);
  CHECK(with(R"("when": {"quantity": {"from": 1, "codes": ["join"]}}, "give": {"task": true})") ==
        apart);
  CHECK(error_in(joinable(classes, R"(, "gift_cards": {"codes": ["join"]})")) ==
        "classes[1].joined_by: join is a gift card");
  CHECK(error_in(joinable(classes, R"(, "gift_cards": {})")) == "gift_cards: names no article");
}

TEST_CASE("Subscription: an article is one length of time, and nothing else", "[programme][lint]") {
  const std::string classes = kGuest + "," + one_class("member", joined_by(R"({"fee": "join"})"));
  const auto with = [&](const std::string& list, const std::string& benefits = "") {
    return error_in(joinable(
        classes, R"(, "gift_cards": {"codes": ["voucher"]}, "subscriptions": [)" + list + "]",
        benefits));
  };
  CHECK(with(R"({"article": "m", "months": 1}, {"article": "y", "years": 1})").empty());
  CHECK(with(R"({"article": "m"})") ==
        "subscriptions[0].months: is one of \"months\" and \"years\"");
  CHECK(with(R"({"article": "m", "months": 1, "years": 1})") ==
        "subscriptions[0].months: is one of \"months\" and \"years\"");
  CHECK(with(R"({"article": "m", "months": 121})").starts_with("subscriptions[0].months: "));
  CHECK(with(R"({"article": "m", "days": 3})").starts_with("subscriptions[0]."));
  CHECK(with(R"({"article": "m", "months": 1}, {"article": "m", "years": 1})") ==
        "subscriptions[0].article: m is there twice");
  CHECK(with(R"({"article": "join", "months": 1})") ==
        "subscriptions[0].article: join is the fee of a class");
  CHECK(with(R"({"article": "voucher", "months": 1})") ==
        "subscriptions[0].article: voucher is a gift card");
  CHECK(
      with(R"({"article": "m", "months": 1})",
           R"({"id": "a", "name": {"en": "N"}, "on": {"codes": ["m"]}, "give": {"percent": 5}})") ==
      "benefits[0].on: names a gift card, a fee or a subscription, which no benefit sees");
}

TEST_CASE("Joining: whoever waits need not be graded", "[programme][lint][joining]") {
  const std::string classes = kGuest + "," + one_class("member", joined_by(R"({"fee": "join"})"));
  const std::string graded =
      R"({"id": "a", "name": {"en": "N"}, "on": {"demand": true}, "give": {"percent_by_class": {"member": 9}}})";
  CHECK(lint(pos::core::bytes_of(joinable(classes, "", graded))).empty());
}

TEST_CASE("Joining: what the next class takes, and what is missing", "[programme][joining]") {
  const auto programme = Programme::parse(pos::core::bytes_of(joinable(
      kGuest + "," + one_class("member", joined_by(R"({"fee": "join"}, {"visits": 3})")))));
  REQUIRE(programme);
  MemberFacts facts = tests::programme::noa();
  facts.member_class = *ClassCode::parse("guest");
  facts.visits = 1;
  const auto day = *pos::domain::parse_day("2026-11-22");
  const auto next = next_class(*programme, facts, day);
  REQUIRE(next);
  CHECK(next->named->fee == "join");
  CHECK(next->ways == std::vector<MissingWay>{{TierWay::visits, 2}});
  CHECK(waits(programme->classes(), facts));
  facts.member_class = *ClassCode::parse("member");
  CHECK_FALSE(next_class(*programme, facts, day));
  CHECK_FALSE(waits(programme->classes(), facts));
  const std::string told = describe_programme(*programme, pos::domain::Language::en);
  CHECK(told.find("guest: waits for membership") != std::string::npos);
  CHECK(told.find("number of purchases: ") != std::string::npos);
}

TEST_CASE("Joining: a move goes from its class alone, and so does its way back",
          "[programme][joining]") {
  const ClassCode guest = *ClassCode::parse("guest");
  const ClassCode member = *ClassCode::parse("member");
  const ClassCode vip = *ClassCode::parse("vip");
  MemberChange change;
  change.moved = {guest, member};
  CHECK_FALSE(change.empty());
  const auto day = *pos::domain::parse_day("2026-11-22");
  const auto after = [&](const ClassCode& before) {
    MemberFacts facts = tests::programme::noa();
    facts.member_class = before;
    CHECK(apply_change(facts, change, day).empty());
    return facts.member_class;
  };
  CHECK(after(guest) == member);
  CHECK(after(vip) == vip);
  change.undone = day;
  CHECK(after(member) == guest);
  // Headquarters made a VIP of them meanwhile.
  CHECK(after(vip) == vip);
  const auto read = parse_change(to_json(change));
  REQUIRE(read);
  CHECK(*read == change);
}

}  // namespace
