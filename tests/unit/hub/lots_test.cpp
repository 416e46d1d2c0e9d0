#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using pos::domain::MemberFacts;
using pos::domain::Points;

constexpr pos::core::Millis kDay = std::chrono::hours(24);

/// A point for each 1.00, worth 0.10; the rest as `terms` say.
pos::programme::Programme lasting(const std::string& terms) {
  const std::string text = R"({"format": "clubtill-programme/1", "version": "lasting",
    "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "points": {"earn": {"points": 1, "per": 100}, "spend": {"step": 1, "worth": 10},
      "offline": {"per_till": 60000, "per_member": 60000}, )" +
                           terms + R"(},
    "classes": [{"code": "regular", "name": {"en": "r"}}],
    "benefits": [{"id": "back", "name": {"en": "b"}, "when": {"coupon": {"code": "BACK10"}},
                  "give": {"cash_back": {"percent": 10}}}]})";
  auto programme = pos::programme::Programme::parse(pos::core::bytes_of(text));
  REQUIRE(programme.has_value());
  return *programme;
}
constexpr const char* kMonth = R"("expire": {"days": 30})";

/// Noa, who joined on 18 November at a till that has told the hub.
struct Noas {
  explicit Noas(const std::string& terms = kMonth) : programme(lasting(terms)), till(club) {
    noa = till.join({"+972500000001", "Noa", "2000000000015"});
    bring();
  }
  void pass(int days) { club.clock.pass(kDay * days); }
  /// The till delivers, the hub applies, the till hears of it.
  void bring() {
    (void)till.push();
    hear();
  }
  void hear() {
    club.settle();
    till.pull();
    noa = till.member(noa.id).value_or(noa);
  }
  /// Goods for 46.10, of which points pay what they can up to `wish`.
  pos::domain::FactId buy(std::int64_t wish = 0) {
    return till.sell_under(programme, noa, Points::of(wish));
  }
  /// "46 first 2026-11-23 last 2026-12-18 | ", of all lots of the hub that hold something.
  std::string lots() {
    auto read = club.hub->database().prepare(
        "SELECT amount, coalesce('first ' || date(first * 86400, 'unixepoch') || ' ', '') ||"
        " coalesce('last ' || date(last * 86400, 'unixepoch') || ' ', '') FROM lot"
        " WHERE amount <> 0 ORDER BY last, amount");
    std::string text;
    while (read.step()) text += std::to_string(read.integer(0)) + " " + read.text(1) + "| ";
    return text;
  }
  std::int64_t points() { return club.points(noa.account); }
  std::int64_t expired() {
    return club.count("SELECT coalesce(sum(points), 0) FROM account WHERE kind = 7");
  }

  HubClub club;
  pos::programme::Programme programme;
  HandTill till;
  MemberFacts noa;
};

TEST_CASE("Lots: a till hears what can be spent later and what expires next", "[hub][lots]") {
  Noas at(R"("available": {"days": 5}, "expire": {"days": 30})");
  at.buy();
  at.bring();
  CHECK(at.lots() == "46 first 2026-11-23 last 2026-12-18 | ");
  REQUIRE(at.noa.point_lots.size() == 1);
  CHECK(at.noa.point_lots.front().amount == 46);
  const auto day = [](const char* text) { return *pos::domain::parse_day(text); };
  CHECK(at.noa.balance.units() == 46);
  CHECK(at.noa.spendable_on(day("2026-11-22")).units() == 0);
  CHECK(at.noa.spendable_on(day("2026-11-23")).units() == 46);
  CHECK(at.noa.spendable_on(day("2026-12-18")).units() == 46);
  CHECK(at.noa.balance_on(day("2026-12-19")).units() == 0);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: what is not spent in time expires, once", "[hub][lots]") {
  Noas at;
  at.buy();
  at.bring();
  at.pass(30);
  at.hear();
  CHECK(at.points() == 46);  // the last day counts
  at.pass(1);
  at.hear();
  CHECK(at.points() == 0);
  CHECK(at.expired() == 46);
  CHECK(at.noa.balance.units() == 0);
  CHECK(at.noa.point_lots.empty());
  const auto facts = at.club.count("SELECT count(*) FROM inbox");
  at.club.restart();
  (void)at.till.hello();
  at.hear();
  at.pass(1);
  at.hear();
  CHECK(at.club.count("SELECT count(*) FROM inbox") == facts);
  CHECK(at.expired() == 46);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: a spend uses up what expires soonest, and a return gives it back there",
          "[hub][lots]") {
  Noas at;
  at.buy();
  at.bring();
  at.pass(10);
  at.buy();
  at.bring();
  const std::string before = at.lots();
  CHECK(before == "46 last 2026-12-18 | 46 last 2026-12-28 | ");
  at.pass(2);
  const auto sale = at.buy(60);  // 6.00 of 46.10 are paid with points: 40 earned
  at.bring();
  CHECK(at.lots() == "32 last 2026-12-28 | 40 last 2026-12-30 | ");
  SECTION("what is left lives as long as it would have") {
    at.pass(19);  // 19 December
    at.hear();
    CHECK(at.points() == 72);
    CHECK(at.expired() == 0);
  }
  SECTION("the parts of a return bring back the lots as they were") {
    (void)at.till.give_back(sale, 0, 1);
    at.bring();
    CHECK(at.points() == 72 + 8 - 5);  // 6.20 of 46.10 carry 8 of the 60 spent, 5 of the 40 earned
    (void)at.till.give_back(sale, 1, 1);
    at.bring();
    CHECK(at.lots() == before);
  }
  SECTION("what comes back to a lot that has expired meanwhile is gone the next day") {
    at.pass(19);
    at.hear();
    (void)at.till.give_back(sale, 0, 1);
    (void)at.till.give_back(sale, 1, 1);
    at.bring();
    CHECK(at.points() == 92);
    CHECK(at.noa.balance_on(*pos::domain::parse_day("2026-12-19")).units() == 46);
    at.pass(1);
    at.hear();
    CHECK(at.points() == 46);
    CHECK(at.expired() == 46);
  }
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: points that were spent in time are not lost when the till tells it late",
          "[hub][lots]") {
  Noas at;
  at.buy();
  at.bring();
  at.pass(30);
  at.buy(46);  // on their last day: 4.60 of 46.10, 41 earned
  at.pass(3);
  at.hear();
  CHECK(at.points() == 0);
  CHECK(at.expired() == 46);
  at.bring();
  CHECK(at.points() == 41);
  CHECK(at.expired() == 0);
  CHECK(at.lots() == "41 last 2027-01-17 | ");
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: a return takes what a sale earned once, also when it has expired", "[hub][lots]") {
  Noas at;
  const auto first = at.buy();
  at.bring();
  at.pass(10);
  at.buy();
  at.bring();
  SECTION("out of the lot that the sale made") {
    (void)at.till.give_back(first, 0, 1);
    (void)at.till.give_back(first, 1, 1);
    at.bring();
    CHECK(at.lots() == "46 last 2026-12-28 | ");
  }
  SECTION("not out of another when the lot has expired") {
    at.pass(25);
    at.hear();
    CHECK(at.expired() == 46);
    (void)at.till.give_back(first, 0, 1);
    (void)at.till.give_back(first, 1, 1);
    at.bring();
    CHECK(at.lots() == "46 last 2026-12-28 | ");
    CHECK(at.expired() == 0);
  }
  SECTION("out of others when it was spent") {
    at.pass(1);
    at.buy(46);
    at.bring();
    (void)at.till.give_back(first, 0, 1);
    (void)at.till.give_back(first, 1, 1);
    at.bring();
    CHECK(at.lots() == "41 last 2026-12-29 | ");
  }
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: what two tills spend of the same points is a debt, which later earnings fill",
          "[hub][lots]") {
  Noas at;
  HandTill other(at.club);
  at.buy();
  at.bring();
  (void)other.sell_under(at.programme, at.noa, Points::of(46));
  const auto second = at.buy(46);
  (void)other.push();
  at.club.settle();
  at.bring();
  CHECK(at.points() == 46 - 46 + 41 - 46 + 41);
  CHECK(at.club.broken_laws().empty());
  (void)at.till.give_back(second, 0, 1);
  (void)at.till.give_back(second, 1, 1);
  at.bring();
  CHECK(at.points() == 41);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: stored value expires by its own terms", "[hub][lots]") {
  Noas at(R"("value": {"expire": {"days": 7}})");
  (void)at.till.sell_under(at.programme, at.noa, {}, "BACK10");
  at.bring();
  CHECK(at.noa.value.units() == 461);
  REQUIRE(at.noa.value_lots.size() == 1);
  at.pass(8);
  at.hear();
  CHECK(at.noa.value.units() == 0);
  CHECK(at.points() == 46);
  CHECK(at.club.count("SELECT sum(value) FROM account WHERE kind = 7") == 461);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: the points of one person under two numbers keep their days", "[hub][lots]") {
  Noas at;
  at.buy();
  at.bring();
  HandTill other(at.club);
  const auto twin = other.join({"+972500000001", "noa", ""});
  at.pass(10);
  const auto sale = other.sell_under(at.programme, twin);
  (void)other.push();
  at.hear();
  CHECK(at.lots() == "46 last 2026-12-18 | 46 last 2026-12-28 | ");
  SECTION("and what came back of them is theirs") {
    (void)other.give_back(sale, 0, 1);
    (void)other.give_back(sale, 1, 1);
    (void)other.push();
    at.hear();
    CHECK(at.lots() == "46 last 2026-12-18 | ");
  }
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: a till's clock that runs ahead does not lengthen their life", "[hub][lots]") {
  Noas at;
  at.pass(100);
  at.buy();
  at.pass(-100);
  at.bring();
  CHECK(at.lots() == "46 last 2026-12-18 | ");
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: the inbox read again gives the same books", "[hub][lots]") {
  Noas at(R"("available": {"days": 3}, "expire": {"days": 30})");
  const auto first = at.buy();
  at.bring();
  at.pass(12);
  at.buy(20);
  at.bring();
  at.pass(20);
  at.hear();
  (void)at.till.give_back(first, 1, 1);
  at.buy(10);
  at.bring();
  at.pass(40);
  at.hear();
  const auto books = [&] {
    std::string text = at.lots();
    auto read = at.club.hub->database().prepare(
        "SELECT bucket || hex(uid) || leg || unit || kind || hex(account) || amount FROM posting"
        " ORDER BY bucket, uid, leg");
    while (read.step()) text += read.text(0) + "\n";
    auto lots = at.club.hub->database().prepare(
        "SELECT hex(account) || unit || hex(origin) || amount || ' ' || lapsed FROM lot"
        " ORDER BY account, unit, origin");
    while (lots.step()) text += lots.text(0) + "\n";
    return text;
  };
  const std::string before = books();
  CHECK(at.expired() > 0);
  REQUIRE(at.club.hub->rebuild());
  CHECK(books() == before);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Lots: any mixture of sales, spends, returns and days keeps every law", "[hub][lots]") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    HubClub club(seed);
    const auto programme =
        lasting(seed % 2 == 0 ? R"("available": {"days": 2}, "expire": {"days": 9})"
                              : R"("expire": {"days": 5})");
    std::vector<HandTill> tills;
    tills.emplace_back(club);
    tills.emplace_back(club);
    std::vector<MemberFacts> members;
    for (int i = 0; i < 3; ++i) {
      members.push_back(tills[0].join({"+97250000000" + std::to_string(i), "Noa", ""}));
    }
    std::vector<std::pair<std::size_t, pos::domain::FactId>> sales;
    for (int step = 0; step < 80; ++step) {
      const auto at = static_cast<std::size_t>(club.chance.below(2));
      HandTill& till = tills[at];
      const auto dice = club.chance.below(10);
      if (dice < 4) {
        const MemberFacts& asked = members[club.chance.below(members.size())];
        const auto known = till.member(asked.id).value_or(asked);
        const auto wish = static_cast<std::int64_t>(club.chance.below(3) * 30);
        sales.emplace_back(at, till.sell_under(programme, known, Points::of(wish)));
      } else if (dice == 4 && !sales.empty()) {
        const auto [where, sale] = sales.back();
        sales.pop_back();
        for (const std::size_t line : {0U, 1U}) (void)tills[where].give_back(sale, line, 1);
      } else if (dice < 7) {
        (void)till.push();
      } else if (dice == 7) {
        club.clock.pass(kDay);
      } else {
        (void)club.hub->run_once(1 + club.chance.below(5));
        till.pull();
      }
    }
    for (HandTill& till : tills) (void)till.push();
    club.settle();
    INFO("seed " << seed);
    CHECK(club.broken_laws().empty());
    CHECK(club.count("SELECT count(*) FROM message WHERE lost IS NOT NULL") == 0);
    CHECK(club.count("SELECT count(*) FROM parked") == 0);
  }
}

}  // namespace
