#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

/// Tiers at the hub: they rise, fall, come back and are the same when the books are made again.
namespace {

using namespace tests::support;
using pos::domain::MemberFacts;
using pos::domain::TierCode;
using pos::domain::TierWay;

constexpr pos::core::Millis kOneDay = std::chrono::hours(24);

/// The clock stands on 18 November 2026; the programme is the sample club's.
struct TierClub : HubClub {
  using HubClub::HubClub;
  std::string tier_at(HandTill& till, const MemberFacts& member) {
    (void)till.push();
    settle();
    till.pull();
    const auto facts = till.member(member.id);
    REQUIRE(facts);
    return facts->tier ? facts->tier->text() : "none";
  }
  std::map<std::string, std::string> rows() {
    std::map<std::string, std::string> found;
    auto read = hub->database().prepare(
        "SELECT key, json_remove(line, '$.seq', '$.member.version') FROM row"
        " WHERE bucket < 256 AND key LIKE 'member:%'");
    while (read.step()) found[read.text(0)] = read.text(1);
    return found;
  }
};

TEST_CASE("Tiers: a purchase of 1,200 brings gold, and its return takes it back", "[hub][tier]") {
  TierClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  CHECK(club.tier_at(till, noa) == "member");
  REQUIRE(till.member(noa.id)->next_tier);
  CHECK(till.member(noa.id)->next_tier->tier.text() == "silver");
  const auto sale = till.sell(noa, 40);
  CHECK(club.tier_at(till, noa) == "gold");
  CHECK_FALSE(till.member(noa.id)->next_tier);
  till.give_back(sale, 1, 40);
  CHECK(club.tier_at(till, noa) == "member");
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Tiers: twelve purchases at two tills bring silver, though it counts a household apart",
          "[hub][tier]") {
  TierClub club;
  HandTill here(club);
  HandTill there(club);
  const auto noa = here.join({"+972500000001", "Noa", ""});
  const auto avi = here.join({"+972500000002", "Avi", ""});
  CHECK(club.tier_at(here, noa) == "member");
  for (int i = 0; i < 6; ++i) here.sell(noa);
  for (int i = 0; i < 5; ++i) there.sell(noa);
  (void)there.push();
  CHECK(club.tier_at(here, noa) == "member");
  CHECK(here.member(noa.id)->next_tier->ways.front() ==
        pos::domain::MissingWay{TierWay::visits, 1});
  there.sell(noa);
  CHECK(club.tier_at(there, noa) == "silver");
  there.pull();
  CHECK(there.member(avi.id)->tier == pos::domain::TierCode::parse("member"));
}

TEST_CASE("Tiers: one falls when its period has run out, without anything being sold",
          "[hub][tier]") {
  TierClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  for (int i = 0; i < 12; ++i) till.sell(noa);
  CHECK(club.tier_at(till, noa) == "silver");
  club.clock.pass(kOneDay * 700);  // 18 October 2028: kept through that month
  CHECK(club.tier_at(till, noa) == "silver");
  club.clock.pass(kOneDay * 14);  // 1 November
  CHECK(club.tier_at(till, noa) == "member");
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Tiers: five years of membership bring gold on their day", "[hub][tier]") {
  TierClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  CHECK(club.tier_at(till, noa) == "member");
  club.clock.pass(kOneDay * 1825);
  CHECK(club.tier_at(till, noa) == "member");
  club.clock.pass(kOneDay);
  CHECK(club.tier_at(till, noa) == "gold");
}

TEST_CASE("Tiers: a new programme moves every member at once", "[hub][tier]") {
  TierClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  till.sell(noa);
  CHECK(club.tier_at(till, noa) == "member");
  std::string document = club_programme_text();
  const std::string asked = R"({"spend": 150000, "months": 12})";
  REQUIRE(document.find(asked) != std::string::npos);
  document.replace(document.find(asked), asked.size(), R"({"spend": 4000, "months": 12})");
  REQUIRE(club.hub->publish(document));
  CHECK(club.tier_at(till, noa) == "silver");
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Tiers: the audit names a member whose tier its counters do not bear out",
          "[hub][tier]") {
  TierClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  CHECK(club.tier_at(till, noa) == "member");
  club.hub->database().execute(
      "UPDATE row SET line = json_set(line, '$.member.tier', 'gold') WHERE key LIKE 'member:%'");
  const auto broken = club.broken_laws();
  CHECK(std::ranges::any_of(
      broken, [&](const std::string& law) { return law == "tiers: member:" + noa.id.hex(); }));
}

TEST_CASE("Tiers: made again from the inbox the members are the same, tiers and all",
          "[hub][tier]") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    INFO("seed " << seed);
    TierClub club(seed);
    std::vector<std::unique_ptr<HandTill>> tills;
    std::vector<MemberFacts> members;
    for (int i = 0; i < 3; ++i) tills.push_back(std::make_unique<HandTill>(club));
    for (int i = 0; i < 3; ++i) {
      members.push_back(tills[0]->join({"+97250000000" + std::to_string(i), "Noa", ""}));
    }
    (void)tills[0]->push();
    club.settle();
    for (int i = 0; i < 90; ++i) {
      HandTill& till = *tills[club.chance.below(tills.size())];
      const auto sale = till.sell(members[club.chance.below(members.size())],
                                  1 + static_cast<std::int64_t>(club.chance.below(30)));
      if (club.chance.below(4) == 0) till.give_back(sale, club.chance.below(2), 1);
      if (club.chance.below(5) == 0) (void)till.push();
      if (club.chance.below(9) == 0) club.settle();
      if (club.chance.below(3) == 0)
        club.clock.pass(kOneDay * static_cast<int>(club.chance.below(40)));
    }
    for (auto& till : tills) (void)till->push();
    club.settle();
    const auto before = club.rows();
    REQUIRE(before.size() == members.size());
    REQUIRE(club.hub->rebuild());
    CHECK(club.rows() == before);
    CHECK(club.broken_laws().empty());
  }
}

}  // namespace
