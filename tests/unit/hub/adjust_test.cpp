#include <fstream>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using club::hub::Adjustment;
using club::ledger::Unit;

/// What Dana at headquarters gives, or takes.
Adjustment adjusting(const pos::domain::MemberFacts& member, std::int64_t amount,
                     Unit unit = Unit::points) {
  Adjustment adjustment;
  adjustment.member = member.id;
  adjustment.account = member.account;
  adjustment.unit = unit;
  adjustment.amount = amount;
  adjustment.words = {"Coffee machine out of order", "Dana", ""};
  return adjustment;
}

TEST_CASE("Adjustment: what headquarters gives and takes is in the books and at every till",
          "[hub][adjust]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", "2000000000015"});
  till.sell(noa);
  (void)till.push();
  club.settle();
  CHECK(club.hub->adjust(adjusting(noa, 500)) == true);
  CHECK(club.hub->adjust(adjusting(noa, -30)) == true);
  CHECK(club.hub->adjust(adjusting(noa, 1290, Unit::value)) == true);
  club.settle();
  till.pull();
  CHECK(till.member(noa.id)->balance.units() == 46 + 500 - 30);
  CHECK(till.member(noa.id)->value.units() == 1290);
  CHECK(club.count("SELECT sum(points) FROM account WHERE kind = 8") == -470);
  CHECK(club.count("SELECT sum(value) FROM account WHERE kind = 8") == -1290);
  CHECK(till.member(noa.id)->visits == 1);
  CHECK(club.broken_laws().empty());
  REQUIRE(club.hub->rebuild());
  CHECK(club.points(noa.account) == 516);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Adjustment: the same one is one on its day, with another reference it is another",
          "[hub][adjust]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  (void)till.push();
  club.settle();
  auto gift = adjusting(noa, 100);
  CHECK(club.hub->adjust(gift) == true);
  CHECK(club.hub->adjust(gift) == false);
  club.settle();
  CHECK(club.hub->adjust(gift) == false);
  gift.words.reference = "letter 7";
  CHECK(club.hub->adjust(gift) == true);
  club.settle();
  CHECK(club.points(noa.account) == 200);
  club.clock.pass(std::chrono::hours(24));
  CHECK(club.hub->adjust(gift) == true);
  club.settle();
  CHECK(club.points(noa.account) == 300);
}

TEST_CASE(
    "Adjustment: what is taken beyond the balance leaves it below nothing, and is filled first",
    "[hub][adjust]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  till.sell(noa);
  (void)till.push();
  club.settle();
  REQUIRE(club.hub->adjust(adjusting(noa, -100)));
  club.settle();
  CHECK(club.points(noa.account) == -54);
  till.pull();
  CHECK(till.member(noa.id)->balance.units() == -54);
  till.sell(noa, 2);
  (void)till.push();
  club.settle();
  CHECK(club.points(noa.account) == 38);
  CHECK(club.broken_laws().empty());
}

TEST_CASE(
    "Adjustment: what was given until a day expires behind it, and what is taken goes first "
    "from what expires soonest",
    "[hub][adjust]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  till.sell(noa);
  (void)till.push();
  club.settle();
  auto gift = adjusting(noa, 100);
  const auto today = pos::core::local_day({club.clock.now(), std::chrono::minutes(120)});
  gift.last = today + std::chrono::days(1);
  REQUIRE(club.hub->adjust(gift));
  club.settle();
  REQUIRE(club.hub->adjust(adjusting(noa, -40)));
  club.settle();
  CHECK(club.points(noa.account) == 46 + 60);
  club.clock.pass(std::chrono::hours(24));
  club.settle();
  CHECK(club.points(noa.account) == 46 + 60);
  club.clock.pass(std::chrono::hours(24));
  club.settle();
  CHECK(club.points(noa.account) == 46);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Adjustment: one for an account that was closed meanwhile reaches its heir",
          "[hub][adjust]") {
  HubClub club;
  HandTill till(club);
  const auto avi = till.join({"+972500000007", "Avi", ""});
  const auto rachel = till.join({"+972500000008", "Rachel", ""});
  (void)till.push();
  club.settle();
  REQUIRE(club.hub->join_household(rachel.account, avi.account));
  REQUIRE(club.hub->adjust(adjusting(rachel, 70)));
  club.settle();
  CHECK(club.points(avi.account) == 70);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Adjustment: its reason and name are readable in no file, and the audit sees one altered",
          "[hub][adjust]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  (void)till.push();
  club.settle();
  REQUIRE(club.hub->adjust(adjusting(noa, 100)));
  club.settle();
  club.hub->database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
  std::ifstream in(club.folder.file("hub.db"), std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  CHECK(bytes.str().find("Dana") == std::string::npos);
  CHECK(bytes.str().find("out of order") == std::string::npos);
  club.hub->database().execute(
      "UPDATE posting SET amount = amount * 2 WHERE uid IN (SELECT uid FROM inbox"
      " WHERE kind = 'adjust');"
      "UPDATE account SET points = points * 2 WHERE kind IN (0, 8);"
      "UPDATE lot SET amount = amount * 2");
  const auto broken = club.broken_laws();
  CHECK(std::ranges::count_if(broken, [](const std::string& line) {
          return line.starts_with("adjustments: fact ");
        }) == 1);
}

}  // namespace
