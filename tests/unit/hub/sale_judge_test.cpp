#include "sync/hub/sale_judge.hpp"

#include "sync/hub/audit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using club::hub::SaleJudge;
using Word = SaleJudge::Word;

struct JudgedClub {
  HubClub club;
  HandTill till{club};
  pos::domain::MemberFacts noa = till.join({"+972500000001", "Noa", ""});

  JudgedClub() { noa.version = 0; }
  club::hub::Hub::Judged judged() {
    (void)till.push();
    club.settle();
    while (true) {
      const auto some = club.hub->judge_once(2);
      REQUIRE(some);
      if (*some == 0) break;
    }
    auto result = club.hub->judged();
    REQUIRE(result);
    return std::move(*result);
  }
  club::hub::AuditLine line() {
    const auto lines = club::hub::audit(*club.hub);
    REQUIRE(lines);
    for (const auto& one : *lines) {
      if (one.name == "recompute") return one;
    }
    FAIL("no such line");
    return {};
  }
};

/// The club's own document, with one benefit that gives more.
std::string altered_document() {
  std::string document = club_programme_text();
  const auto coupon = document.find("\"code\": \"RIMON10\"");
  REQUIRE(coupon != std::string::npos);
  const auto at = document.find("\"percent\": 10", coupon);
  REQUIRE(at != std::string::npos);
  return document.replace(at, 13, "\"percent\": 55");
}

pos::programme::Programme parsed(const std::string& document) {
  auto programme = pos::programme::Programme::parse(pos::core::bytes_of(document));
  REQUIRE(programme);
  return std::move(*programme);
}

TEST_CASE("Recompute: honest sales come out the same", "[hub][judge][law5]") {
  JudgedClub at;
  for (int i = 0; i < 5; ++i) (void)at.till.sell(at.noa, 1 + i);
  const auto judged = at.judged();
  CHECK(judged.sales == 5);
  CHECK(judged.findings.empty());
  CHECK(at.line().holds);
  CHECK(at.line().detail == "5 sales judged");
  CHECK(at.judged().sales == 5);  // each once
}

TEST_CASE("Recompute: a till whose benefit was altered is named, with the sale and what differs",
          "[hub][judge][law5]") {
  JudgedClub at;
  (void)at.till.sell(at.noa);
  const auto bad =
      at.till.sell_tampered(parsed(altered_document()), at.noa, club_programme().hash());
  const auto judged = at.judged();
  REQUIRE(judged.findings.size() == 1);
  const auto& one = judged.findings[0];
  CHECK(one.till == at.till.paired().till.value);
  CHECK(one.word == Word::differs);
  CHECK(one.sales == 1);
  CHECK(one.first == bad);
  CHECK(one.detail.find("payable") != std::string::npos);
  CHECK_FALSE(at.line().holds);
  CHECK(at.line().detail.find("till 1: 1 sales, first " + bad.hex()) == 0);
  // The sale stands as it was printed (law 1): nothing else complains.
  const auto broken = at.club.broken_laws();
  REQUIRE(broken.size() == 1);
  CHECK(broken[0].starts_with("recompute"));
}

TEST_CASE("Recompute: a version that nobody published is a reason of its own, until it is",
          "[hub][judge]") {
  JudgedClub at;
  const std::string other = altered_document();
  (void)at.till.sell(at.noa);
  const auto sale = at.till.sell_under(parsed(other), at.noa);
  (void)at.till.sell(at.noa);
  auto judged = at.judged();
  REQUIRE(judged.findings.size() == 1);
  CHECK(judged.findings[0].word == Word::unknown_version);
  CHECK(judged.findings[0].first == sale);
  CHECK(judged.findings[0].detail == parsed(other).hash().hex());
  CHECK(at.line().holds);
  CHECK(at.line().detail == "3 sales judged, 1 of versions unknown here");
  REQUIRE(at.club.hub->publish(other));
  judged = at.judged();
  CHECK(judged.findings.empty());
  CHECK(judged.sales == 3);
}

TEST_CASE("Recompute: sales of earlier versions are judged by theirs, also after a restart",
          "[hub][judge]") {
  JudgedClub at;
  (void)at.till.sell(at.noa);
  REQUIRE(at.club.hub->publish(altered_document()));
  at.club.restart();
  (void)at.till.sell_under(parsed(altered_document()), at.noa);
  const auto judged = at.judged();
  CHECK(judged.sales == 2);
  CHECK(judged.findings.empty());
}

TEST_CASE("Recompute: a member of another class than headquarters gave is found", "[hub][judge]") {
  JudgedClub at;
  (void)at.judged();
  at.till.pull();
  auto known = at.till.member(at.noa.id);
  REQUIRE(known);
  (void)at.till.sell(*known);
  auto forged = *known;
  forged.member_class = *pos::domain::ClassCode::parse("business");
  const auto bad = at.till.sell(forged);
  const auto judged = at.judged();
  REQUIRE(judged.findings.size() == 1);
  CHECK(judged.findings[0].word == Word::other_facts);
  CHECK(judged.findings[0].first == bad);
  CHECK(judged.findings[0].detail == "class");
}

TEST_CASE("Recompute: a till that has not heard of a new class yet is not blamed", "[hub][judge]") {
  JudgedClub at;
  (void)at.judged();
  at.till.pull();
  const auto stale = at.till.member(at.noa.id);
  REQUIRE(stale);
  auto raised = *stale;
  raised.member_class = *pos::domain::ClassCode::parse("vip");
  REQUIRE(at.club.hub->import_members({{raised, {}, {}, {}}}));
  at.club.settle();
  (void)at.till.sell(*stale);  // offline since
  CHECK(at.judged().findings.empty());
  at.till.pull();
  const auto fresh = at.till.member(at.noa.id);
  REQUIRE(fresh);
  CHECK(fresh->member_class.text() == "vip");
  (void)at.till.sell(*fresh);
  CHECK(at.judged().findings.empty());
  auto back_dated = *stale;
  back_dated.version = fresh->version;
  (void)at.till.sell(back_dated);
  CHECK(at.judged().findings.size() == 1);
}

TEST_CASE("Recompute: a class that a sale of the same till had brought is no difference",
          "[hub][judge]") {
  JudgedClub at;
  (void)at.judged();
  at.till.pull();
  const auto known = at.till.member(at.noa.id);
  REQUIRE(known);
  auto raised = *known;
  raised.member_class = *pos::domain::ClassCode::parse("vip");
  const auto joining = at.till.sell_joining(*known, raised.member_class);
  (void)at.till.sell(raised);
  for (const auto& one : at.judged().findings) {
    CHECK(one.word == Word::differs);  // the joining was made up, and that alone
    CHECK(one.first == joining);
    CHECK(one.sales == 1);
  }
}

TEST_CASE("Recompute: books that are made again are judged again", "[hub][judge]") {
  JudgedClub at;
  (void)at.till.sell_tampered(parsed(altered_document()), at.noa, club_programme().hash());
  (void)at.till.sell(at.noa);
  const auto before = at.judged();
  REQUIRE(at.club.hub->rebuild());
  const auto again = at.judged();
  CHECK(again.sales == before.sales);
  CHECK(again.findings.size() == before.findings.size());
}

}  // namespace
