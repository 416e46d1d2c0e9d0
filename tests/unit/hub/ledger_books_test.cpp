#include <fstream>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using club::wire::OutcomeRow;
using pos::domain::AccountId;

std::int64_t flags(HubClub& club, const std::string& word) {
  return club.count("SELECT count(*) FROM flag WHERE word = '" + word + "'");
}

TEST_CASE("Ledger: somebody who joined at one till is found at the other by phone and card",
          "[hub][ledger]") {
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  const auto noa = here.join({"+972500000001", "Noa", "2000000000015"});
  (void)here.push();
  club.settle();
  there.pull();
  REQUIRE(there.member(noa.id));
  CHECK(there.member(noa.id)->form_of_address == "Noa");
  CHECK(there.rows().contains("phone:" + there.phone_hash("+972500000001").hex()));
  CHECK(there.rows().contains("card:" + there.card_hash("2000000000015").hex()));
  CHECK_FALSE(there.rows().contains("outcome:" + here.facts().back().fields.uid.hex()));
}

TEST_CASE("Ledger: names, phones and cards are in no file of the hub", "[hub][ledger]") {
  HubClub club;
  HandTill till(club);
  auto noa = till.join({"+972500000001", "Vashti", "2000000000015"});
  (void)till.push();
  club.settle();
  club.hub->database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
  std::ifstream in(club.folder.file("hub.db"), std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  CHECK(bytes.str().find("500000001") == std::string::npos);
  CHECK(bytes.str().find("2000000000015") == std::string::npos);
  pos::core::SystemChance chance;
  club::hub::PersonStore persons(club.hub->database(), club.keys, chance);
  CHECK(persons.find(club::wire::bucket_of(noa.account), noa.id)->first_name == "Vashti");
}

TEST_CASE("Ledger: an unknown card earns, and its points join the member who gets it",
          "[hub][ledger]") {
  HubClub club;
  HandTill till(club);
  till.sell(std::nullopt, 2, "2000000000015");
  (void)till.push();
  club.settle();
  const auto unknown = *AccountId::from_bytes(till.card_hash("2000000000015").bytes());
  CHECK(club.points(unknown) == 92);
  const auto noa = till.join({"+972500000001", "Noa", "2000000000015"});
  till.sell(noa);
  till.sell(std::nullopt, 1, "2000000000015");  // a till that has not heard of her yet
  (void)till.push();
  club.settle();
  CHECK(club.points(unknown) == 0);
  CHECK(club.points(noa.account) == 92 + 46 + 46);
  till.pull();
  CHECK(till.member(noa.id)->balance.units() == 184);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Ledger: the same phone and first name is the same person", "[hub][ledger]") {
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  const auto first = here.join({"+972500000001", "Noa", "2000000000015"});
  here.sell(first);
  const auto second = there.join({"+972500000001", "noa ", ""});
  there.sell(second);
  (void)here.push();
  club.settle();
  (void)there.push();
  club.settle();
  there.pull();
  CHECK(club.points(first.account) == 92);
  CHECK(club.points(second.account) == 0);
  CHECK(there.member(second.id)->account == first.account);
  CHECK(there.member(first.id)->balance.units() == 92);
  CHECK(there.member(second.id)->balance.units() == 92);
  // The till that knows nothing of it still names the closed account; the one that does, the heir.
  there.sell(second);
  there.sell(there.member(second.id));
  (void)there.push();
  club.settle();
  there.pull();
  CHECK(club.points(first.account) == 184);
  CHECK(there.member(second.id)->visits == 3);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Ledger: a household shares one balance, and each of its people knows how many they are",
          "[hub][ledger]") {
  HubClub club;
  HandTill till(club);
  const auto avi = till.join({"+972500000007", "Avi", "2000000000077"});
  const auto rachel = till.join({"+972500000008", "Rachel", "2000000000084"});
  till.sell(avi);
  till.sell(rachel);
  // Rachel joined twice, which makes one person of her.
  const auto again = till.join({"+972500000008", "Rachel", ""});
  (void)till.push();
  club.settle();
  till.pull();
  CHECK(till.member(rachel.id)->household == 1);
  CHECK(till.member(again.id)->account == rachel.account);

  REQUIRE(club.hub->join_household(rachel.account, avi.account));
  REQUIRE(club.hub->join_household(rachel.account, avi.account));
  till.sell(rachel);  // as a till does that has not heard of it
  (void)till.push();
  club.settle();
  till.pull();
  CHECK(club.points(avi.account) == 3 * 46);
  for (const auto& one : {avi, rachel, again}) {
    CHECK(till.member(one.id)->account == avi.account);
    CHECK(till.member(one.id)->balance.units() == 3 * 46);
    CHECK(till.member(one.id)->household == 2);
  }
  CHECK(till.member(avi.id)->visits == 1);
  CHECK(till.member(rachel.id)->visits == 2);
  CHECK(flags(club, "account_closed_twice") == 0);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Ledger: one phone with two names goes to people; a card never merges", "[hub][ledger]") {
  HubClub club;
  HandTill till(club);
  const auto avi = till.join({"+972500000001", "Avi", "2000000000015"});
  const auto rachel = till.join({"+972500000001", "Rachel", ""});
  const auto thief = till.join({"+972500000002", "Avi", "2000000000015"});
  till.sell(rachel);
  till.sell(thief);
  (void)till.push();
  club.settle();
  CHECK(flags(club, "phone_taken") == 1);
  CHECK(flags(club, "card_taken") == 1);
  CHECK(club.points(avi.account) == 0);
  CHECK(club.points(rachel.account) == 46);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Ledger: a blocked card stays blocked whoever holds it, until it is freed",
          "[hub][ledger]") {
  HubClub club;
  HandTill till(club);
  HandTill other(club);
  const std::string lost = "2000000000107";
  const auto card_row = [&](HandTill& reader) {
    reader.pull();
    return std::get<club::wire::CardRow>(
        reader.rows().at("card:" + reader.card_hash(lost).hex()).body);
  };
  SECTION("blocked while a member has it") {
    const auto kobra = till.join({"+972500000007", "Kobra", lost});
    (void)till.push();
    club.settle();
    REQUIRE_FALSE(card_row(other).blocked);
    REQUIRE(club.hub->block_card(till.card_hash(lost), true));
    club.settle();
    CHECK(card_row(other).blocked);
    CHECK(card_row(other).member == kobra.id);
  }
  SECTION("blocked before anybody has it") {
    REQUIRE(club.hub->block_card(till.card_hash(lost), true));
    club.settle();
    const auto kobra = till.join({"+972500000007", "Kobra", lost});
    (void)till.push();
    club.settle();
    CHECK(card_row(other).blocked);
    CHECK(card_row(other).member == kobra.id);
  }
  SECTION("blocked twice, and the books made again") {
    REQUIRE(club.hub->block_card(till.card_hash(lost), true));
    REQUIRE(club.hub->block_card(till.card_hash(lost), true));
    club.settle();
    REQUIRE(club.hub->rebuild());
    CHECK(card_row(other).blocked);
  }
  REQUIRE(club.hub->block_card(till.card_hash(lost), false));
  club.settle();
  CHECK_FALSE(card_row(other).blocked);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Ledger: returns take back what the sale gave; more than was sold is a loss, and flagged",
          "[hub][ledger]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  const auto sale = till.sell(noa, 2);
  (void)till.give_back(sale, 0, 1);
  (void)till.push();
  club.settle();
  CHECK(club.points(noa.account) == 92 - 6);
  HandTill copy = till;  // does not know what the other gives back
  const auto all = till.give_back(sale, 1, 2);
  (void)till.push();
  (void)copy.hello();
  const auto again = copy.give_back(sale, 1, 2);
  CHECK(copy.push().word == club::wire::PushAnswer::Word::fork);
  club.settle();
  till.pull();
  CHECK(till.outcome(all) == OutcomeRow::Result::applied);
  CHECK(till.outcome(again) == OutcomeRow::Result::flagged);
  CHECK(flags(club, "returned_beyond_sold") == 1);
  const auto loss = club.count("SELECT sum(points) FROM account WHERE kind = 4");
  CHECK(loss == 80);
  CHECK(club.count("SELECT sum(value) FROM account WHERE kind = 4") == 7980);
  CHECK(club.points(noa.account) == 92 - 6 - 80 - 80);
  CHECK(club.broken_laws().empty());
}

pos::programme::Programme programme_with(const std::string& benefits) {
  const std::string text = R"({"format": "clubtill-programme/1", "version": "remembering",
    "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "points": {"spend": {"step": 50, "worth": 500}, "offline": {"per_till": 60000, "per_member": 60000}},
    "classes": [{"code": "regular", "name": {"en": "r"}}],
    "benefits": [)" + benefits +
                           "]}";
  auto programme = pos::programme::Programme::parse(pos::core::bytes_of(text));
  REQUIRE(programme.has_value());
  return *programme;
}

/// 10 % back, 1.00 off once a member, and the first purchase brings 5.00 off the next.
pos::programme::Programme remembering_programme() {
  return programme_with(R"(
      {"id": "back", "name": {"en": "b"}, "give": {"cash_back": {"percent": 10}}},
      {"id": "once", "name": {"en": "o"}, "give": {"amount": 100}, "limit": {"member": 1}},
      {"id": "welcome", "name": {"en": "w"}, "when": {"visits": {"to": 0}},
       "give": {"coupon": {"code": "NEXT5", "days": 30}}},
      {"id": "next", "name": {"en": "n"}, "when": {"coupon": {"code": "NEXT5", "personal": true}},
       "give": {"amount": 500}, "offline": "up_to"})");
}

TEST_CASE(
    "Ledger: stored value, limited benefits and issued coupons are with the member afterwards",
    "[hub][ledger]") {
  HubClub club;
  HandTill till(club);
  HandTill other(club);
  const auto programme = remembering_programme();
  auto noa = till.join({"+972500000001", "Noa", ""});
  noa.member_class = *pos::domain::ClassCode::parse("regular");
  const auto first = till.sell_under(programme, noa);  // 46.10 - 1.00: 4.51 back, and NEXT5
  (void)till.push();
  club.settle();
  other.pull();
  noa = *other.member(noa.id);
  CHECK(noa.value.units() == 451);
  REQUIRE(noa.uses.size() == 1);
  CHECK(noa.uses.front().total == 1);
  REQUIRE(noa.coupons.size() == 1);
  noa.member_class = *pos::domain::ClassCode::parse("regular");

  SECTION("the next sale spends them, at another till") {
    (void)other.sell_under(programme, noa);  // 46.10 - 5.00 - 4.51 = 36.59: 3.66 back
    (void)other.push();
    club.settle();
    till.pull();
    CHECK(till.member(noa.id)->value.units() == 366);
    CHECK(till.member(noa.id)->coupons.empty());
    CHECK(till.member(noa.id)->uses.front().total == 1);
  }
  SECTION("what two tills give for one coupon is flagged, and a loss") {
    (void)till.sell_under(programme, noa);
    const auto second = other.sell_under(programme, noa);
    (void)till.push();
    club.settle();
    (void)other.push();
    club.settle();
    other.pull();
    CHECK(other.outcome(second) == club::wire::OutcomeRow::Result::flagged);
    CHECK(club.count("SELECT count(*) FROM flag WHERE word='coupon_used_twice'") == 1);
    // Both spent the same 4.51; a balance is never clipped.
    CHECK(other.member(noa.id)->value.units() == 2 * 366 - 451);
  }
  SECTION("a return of everything takes back what the sale gave, and lets it be had again") {
    (void)till.give_back(first, 0, 1);
    (void)till.push();
    club.settle();
    till.pull();
    CHECK(till.member(noa.id)->uses == noa.uses);
    (void)till.give_back(first, 1, 1);
    (void)till.push();
    club.settle();
    till.pull();
    CHECK(till.member(noa.id)->value.units() == 0);
    CHECK(till.member(noa.id)->uses.empty());
    CHECK(till.member(noa.id)->coupons.empty());
  }
  SECTION("a coupon that was used before the sale which issued it came back is flagged") {
    (void)other.sell_under(programme, noa);
    (void)other.push();
    club.settle();
    (void)till.give_back(first, 0, 1);
    const auto last = till.give_back(first, 1, 1);
    (void)till.push();
    club.settle();
    till.pull();
    CHECK(till.outcome(last) == club::wire::OutcomeRow::Result::flagged);
    CHECK(club.count("SELECT count(*) FROM flag WHERE word='coupon_of_returned_sale'") == 1);
  }
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Ledger: what all tills give of a budget is counted, and every till hears of it",
          "[hub][ledger]") {
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  const auto programme = programme_with(R"({"id": "gift", "name": {"en": "g"},
    "give": {"amount": 100}, "budget": 1000, "offline": "up_to"})");
  auto noa = here.join({"+972500000001", "Noa", ""});
  noa.member_class = *pos::domain::ClassCode::parse("regular");
  (void)here.sell_under(programme, noa);
  (void)here.push();
  club.settle();
  (void)there.sell_under(programme, noa);
  (void)there.push();
  club.settle();
  const auto given = [&](HandTill& till) {
    till.pull();
    return std::get<club::wire::BudgetRow>(till.rows().at("budget:gift").body).given.units();
  };
  CHECK(given(here) == 200);
  REQUIRE(club.hub->rebuild());
  CHECK(given(there) == 200);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Ledger: the books can be made again from the inbox and are the same", "[hub][ledger]") {
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  const auto noa = here.join({"+972500000001", "Noa", "2000000000015"});
  const auto twin = there.join({"+972500000001", "Noa", ""});
  there.sell(std::nullopt, 1, "2000000000015");
  const auto sale = here.sell(noa, 3);
  (void)here.give_back(sale, 0, 2);
  there.sell(twin, 2);
  (void)there.push();
  (void)here.push();
  club.settle();
  const auto books = [&] {
    std::string text;
    auto read = club.hub->database().prepare(
        "SELECT bucket || hex(uid) || leg || unit || kind || hex(account) || amount FROM posting"
        " ORDER BY bucket, uid, leg");
    while (read.step()) text += read.text(0) + "\n";
    return text;
  };
  const std::string before = books();
  here.pull();
  REQUIRE(club.hub->rebuild());
  CHECK(books() == before);
  CHECK(club.broken_laws().empty());
  const auto pages = here.pull().pages;
  CHECK(std::any_of(pages.begin(), pages.end(), [](const auto& page) { return page.restart; }));
}

TEST_CASE("Audit: an altered posting, balance, row or envelope is named", "[hub][ledger]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  till.sell(noa);
  (void)till.push();
  club.settle();
  REQUIRE(club.broken_laws().empty());
  const auto broken_by = [&](const char* damage) {
    auto& db = club.hub->database();
    db.execute("SAVEPOINT damage");
    db.execute(damage);
    const auto broken = club.broken_laws();
    db.execute("ROLLBACK TO damage; RELEASE damage");
    std::string names;
    for (const auto& line : broken) names += line.substr(0, line.find(':')) + " ";
    return names;
  };
  CHECK(broken_by("UPDATE posting SET amount = amount + 1 WHERE kind = 0") ==
        "sums_zero balance_is_sum ");
  CHECK(broken_by("UPDATE account SET points = points + 1 WHERE kind = 0") ==
        "balance_is_sum lots member_balance ");
  CHECK(broken_by("UPDATE lot SET amount = amount - 1") == "lots ");
  CHECK(broken_by("INSERT INTO account_member SELECT bucket, account, zeroblob(16), home, 0"
                  " FROM account_member") == "member_balance ");
  CHECK(broken_by("DELETE FROM outcome") == "all_applied ");
  CHECK(broken_by("UPDATE row SET line = line || ' ' WHERE bucket < 256") == "digests ");
  CHECK(broken_by("DELETE FROM inbox WHERE seq = 2") == "dense chains ");
  CHECK(broken_by("UPDATE inbox SET kind = 'void' WHERE kind = 'sale'") == "chains ");
}

TEST_CASE("Ledger: any mixture of sales, returns, joinings and repeats keeps every law",
          "[hub][ledger]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    HubClub club(seed);
    std::vector<HandTill> tills;
    tills.emplace_back(club);
    tills.emplace_back(club);
    std::vector<pos::domain::MemberFacts> members;
    std::vector<std::pair<std::size_t, pos::domain::FactId>> sales;
    for (int step = 0; step < 60; ++step) {
      const auto at = static_cast<std::size_t>(club.chance.below(2));
      HandTill& till = tills[at];
      const auto dice = club.chance.below(10);
      if (dice < 2) {
        members.push_back(till.join({"+97250000000" + std::to_string(club.chance.below(5)),
                                     club.chance.below(2) == 0 ? "Noa" : "Avi",
                                     club.chance.below(2) == 0 ? "2000000000015" : ""}));
      } else if (dice < 7) {
        const bool known = !members.empty() && club.chance.below(3) != 0;
        const auto times = static_cast<std::int64_t>(1 + club.chance.below(3));
        const auto sale = known ? till.sell(members[club.chance.below(members.size())], times)
                                : till.sell(std::nullopt, times, "2000000000015");
        sales.emplace_back(at, sale);
      } else if (dice == 7 && !sales.empty()) {
        const auto [where, sale] = sales.back();
        sales.pop_back();
        (void)tills[where].give_back(sale, club.chance.below(2), 1);
      } else if (dice == 8) {
        (void)till.push();
      } else {
        (void)club.hub->run_once(1 + club.chance.below(5));
      }
    }
    for (HandTill& till : tills) CHECK(till.push().word == club::wire::PushAnswer::Word::accepted);
    club.settle();
    INFO("seed " << seed);
    CHECK(club.broken_laws().empty());
    CHECK(club.count("SELECT count(*) FROM message WHERE lost IS NOT NULL") == 0);
  }
}

}  // namespace
