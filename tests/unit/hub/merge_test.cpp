#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using pos::domain::MemberFacts;
using pos::domain::Points;

/// A point for each 1.00, worth 0.10, and as long as `lasting` says.
pos::programme::Programme points_programme(const std::string& lasting) {
  const std::string text = R"({"format": "clubtill-programme/1", "version": "merge",
    "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "points": {"earn": {"points": 1, "per": 100}, "spend": {"step": 1, "worth": 10},
      "offline": {"per_till": 60000, "per_member": 60000})" +
                           lasting + R"(},
    "classes": [{"code": "regular", "name": {"en": "r"}}], "benefits": []})";
  auto programme = pos::programme::Programme::parse(pos::core::bytes_of(text));
  REQUIRE(programme.has_value());
  return *programme;
}

/// Noa joined at one till, and again at another under the same phone: as the same person, or in a
/// world beside it as Avi, who stays apart.
struct TwoOfThem {
  TwoOfThem(std::uint64_t seed, bool merged, const std::string& lasting)
      : club(seed), programme(points_programme(lasting)), here(club), there(club) {
    first = here.join({"+972500000001", "Noa", "2000000000015"});
    second = there.join({"+972500000001", merged ? "Noa" : "Avi", "2000000000022"});
  }

  void settle() {
    REQUIRE(here.push().word == club::wire::PushAnswer::Word::accepted);
    REQUIRE(there.push().word == club::wire::PushAnswer::Word::accepted);
    club.settle();
  }
  /// What the till knows of the balance does not matter: it may be wrong.
  MemberFacts shown(bool is_second, bool under_heir) const {
    MemberFacts member = is_second ? second : first;
    if (is_second && under_heir) member.account = first.account;
    member.balance = Points::of(1'000);
    return member;
  }
  std::pair<std::int64_t, std::int64_t> balances() {
    return {club.points(first.account), club.points(second.account)};
  }

  HubClub club;
  pos::programme::Programme programme;
  HandTill here;
  HandTill there;
  MemberFacts first;
  MemberFacts second;
  std::vector<pos::domain::FactId> sales;  ///< all at `there`
};

struct Draw {
  bool is_second = false;
  bool under_heir = false;  ///< the till has heard of the merge, or has not heard of its end
  std::int64_t wish = 0;    ///< points to pay with
  std::optional<std::size_t> given_back;
  int days = 0;
  bool delivered = false;
};

std::vector<Draw> draws(pos::core::Chance& chance, bool with_spends) {
  std::vector<Draw> all(2 + chance.below(8));
  for (Draw& one : all) {
    one.is_second = chance.below(2) == 0;
    one.under_heir = chance.below(2) == 0;
    if (with_spends && chance.below(3) == 0) {
      one.wish = static_cast<std::int64_t>(chance.below(80));
    }
    if (chance.below(4) == 0) one.given_back = chance.below(40);
    if (chance.below(3) == 0) one.days = static_cast<int>(chance.below(12));
    one.delivered = chance.below(2) == 0;
  }
  return all;
}

/// Before the merge nobody names the heir.
void play(TwoOfThem& world, const std::vector<Draw>& all, bool may_name_heir) {
  for (const Draw& one : all) {
    const auto member = world.shown(one.is_second, may_name_heir && one.under_heir);
    world.sales.push_back(world.there.sell_under(world.programme, member, Points::of(one.wish)));
    if (one.given_back && *one.given_back < world.sales.size()) {
      const auto sale = world.sales.begin() + static_cast<std::ptrdiff_t>(*one.given_back);
      (void)world.there.give_back(*sale, 0, 1);
      (void)world.there.give_back(*sale, 1, 1);
      world.sales.erase(sale);
    }
    if (one.delivered) world.settle();
    world.club.clock.pass(std::chrono::hours(24 * one.days));
    if (one.delivered) world.settle();
  }
}

/// Plays the same in both worlds, in one of which they were merged for a while.
void compare(std::uint64_t seed, bool with_spends, const std::string& lasting) {
  INFO("seed " << seed);
  pos::core::SeededChance chance(seed);
  TwoOfThem merged(seed, true, lasting);
  TwoOfThem apart(seed, false, lasting);
  for (TwoOfThem* world : {&merged, &apart}) {
    REQUIRE(world->here.push().word == club::wire::PushAnswer::Word::accepted);
    world->club.settle();
  }
  const auto before = draws(chance, with_spends);
  const auto between = draws(chance, with_spends);
  const auto after = draws(chance, with_spends);
  // Sales of somebody whose joining has not arrived are not the subject.
  merged.settle();
  apart.settle();
  REQUIRE(merged.club.count("SELECT count(*) FROM account WHERE closed_into IS NOT NULL") >= 1);
  play(merged, before, false);
  play(apart, before, false);
  merged.settle();
  apart.settle();
  play(merged, between, true);
  play(apart, between, false);
  merged.settle();
  apart.settle();
  REQUIRE(merged.club.hub->separate(merged.second.account));
  REQUIRE(merged.club.hub->separate(merged.second.account));
  merged.settle();
  CHECK(merged.balances() == apart.balances());
  CHECK(merged.club.broken_laws().empty());
  play(merged, after, true);
  play(apart, after, false);
  merged.settle();
  apart.settle();
  CHECK(merged.balances() == apart.balances());
  CHECK(merged.club.broken_laws().empty());
  const auto shown = merged.balances();
  REQUIRE(merged.club.hub->rebuild());
  CHECK(merged.balances() == shown);
  CHECK(merged.club.broken_laws().empty());
}

TEST_CASE("Merge: undone, each has what each would have had, whatever was earned and spent",
          "[hub][merge]") {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) compare(seed, true, "");
}

TEST_CASE("Merge: undone, each bears what expired of what each had earned", "[hub][merge]") {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    compare(seed, false, R"(, "expire": {"days": 30})");
  }
}

TEST_CASE("Merge: undone with spends and expiry mixed, nothing is gained or lost", "[hub][merge]") {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    INFO("seed " << seed);
    pos::core::SeededChance chance(seed);
    TwoOfThem world(seed, true, R"(, "expire": {"days": 20})");
    world.settle();
    play(world, draws(chance, true), true);
    play(world, draws(chance, true), true);
    world.settle();
    const std::int64_t joint = world.club.points(world.first.account);
    REQUIRE(world.club.hub->separate(world.second.account));
    world.settle();
    const auto [first, second] = world.balances();
    CHECK(first + second == joint);
    play(world, draws(chance, true), true);
    world.settle();
    CHECK(world.club.broken_laws().empty());
  }
}

std::int64_t raised(HubClub& club, const std::string& word) {
  return club.count("SELECT count(*) FROM flag WHERE word = '" + word + "'");
}

TEST_CASE("Merge: undone, both are found as before, and no later sheet merges them again",
          "[hub][merge]") {
  HubClub club;
  HandTill till(club);
  const auto first = till.join({"+972500000001", "Noa", "2000000000015"});
  const auto second = till.join({"+972500000001", "Noa", "2000000000022"});
  till.sell(first);
  till.sell(second);
  (void)till.push();
  club.settle();
  till.pull();
  REQUIRE(till.member(second.id)->account == first.account);
  REQUIRE(club.hub->merges()->size() == 1);
  CHECK(club.hub->merges()->front().members.front().member == second.id);
  CHECK(club.hub->merges()->front().members.front().duplicate);

  REQUIRE(club.hub->separate(second.account));
  club.settle();
  till.pull();
  CHECK(club.hub->merges()->empty());
  for (const auto& one : {first, second}) {
    CHECK(till.member(one.id)->account == one.account);
    CHECK(till.member(one.id)->balance.units() == 46);
    CHECK(till.member(one.id)->visits == 1);
    CHECK(till.member(one.id)->household == 1);
  }
  const auto holder = [&](const std::string& key) {
    const auto& body = till.rows().at(key).body;
    if (const auto* card = std::get_if<club::wire::CardRow>(&body)) return card->member;
    return std::get<club::wire::PhoneRow>(body).member;
  };
  CHECK(holder("card:" + till.card_hash("2000000000015").hex()) == first.id);
  CHECK(holder("card:" + till.card_hash("2000000000022").hex()) == second.id);
  CHECK(holder("phone:" + till.phone_hash("+972500000001").hex()) == first.id);

  club::hub::Hub::ImportedMember row;
  row.member = *till.member(second.id);
  row.person.phone = "+972500000001";
  row.person.first_name = "Noa";
  row.person.card = "2000000000022";
  REQUIRE(club.hub->import_members({row}));
  club.settle();
  CHECK(club.hub->merges()->empty());
  CHECK(club.hub->undecided_pairs()->empty());
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Merge: a visit under the account that a member has left counts for the member",
          "[hub][merge]") {
  HubClub club;
  HandTill till(club);
  till.join({"+972500000001", "Noa", ""});
  auto second = till.join({"+972500000001", "Noa", ""});
  (void)till.push();
  club.settle();
  till.pull();
  const auto merged = *till.member(second.id);
  REQUIRE(club.hub->separate(second.account));
  club.settle();
  till.sell(merged);  // a till that has not heard of it
  (void)till.push();
  club.settle();
  till.pull();
  CHECK(till.member(second.id)->visits == 1);
  CHECK(till.member(second.id)->balance.units() == 46);
  CHECK(club.points(merged.account) == 0);
  CHECK(raised(club, "unknown_member") == 0);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Merge: two names under one phone wait for a decision, and either is kept",
          "[hub][merge]") {
  HubClub club;
  HandTill till(club);
  const auto avi = till.join({"+972500000001", "Avi", ""});
  const auto rachel = till.join({"+972500000001", "Rachel", ""});
  const auto aviv = till.join({"+972500000001", "Aviv", ""});
  till.sell(aviv);
  (void)till.push();
  club.settle();
  auto pairs = club.hub->undecided_pairs();
  REQUIRE(pairs->size() == 2);
  const auto of = [&](const pos::domain::MemberId& member) {
    return *std::ranges::find(*pairs, member, &club::hub::Hub::Pair::later);
  };
  CHECK(of(rachel.id).earlier == avi.id);
  CHECK(of(rachel.id).later_person->first_name == "Rachel");
  CHECK(of(rachel.id).earlier_person->first_name == "Avi");

  REQUIRE(club.hub->keep_apart(of(rachel.id)));
  CHECK(club.hub->merge(of(aviv.id)) == true);
  club.settle();
  CHECK(club.hub->undecided_pairs()->empty());
  till.pull();
  CHECK(till.member(rachel.id)->account == rachel.account);
  CHECK(till.member(aviv.id)->account == avi.account);
  CHECK(till.member(avi.id)->balance.units() == 46);
  CHECK(till.member(avi.id)->household == 1);
  CHECK(club.hub->merge(of(aviv.id)) == false);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Merge: of accounts closed one into the other only the last is undone", "[hub][merge]") {
  HubClub club;
  HandTill till(club);
  const auto avi = till.join({"+972500000007", "Avi", ""});
  const auto noa = till.join({"+972500000008", "Noa", ""});
  const auto again = till.join({"+972500000008", "Noa", ""});
  till.sell(again);
  (void)till.push();
  club.settle();
  REQUIRE(club.hub->join_household(noa.account, avi.account));
  club.settle();
  CHECK(club.points(avi.account) == 46);
  REQUIRE(club.hub->separate(again.account));
  club.settle();
  CHECK(raised(club, "heir_is_closed") == 1);
  CHECK(club.points(avi.account) == 46);
  REQUIRE(club.hub->separate(noa.account));
  club.settle();
  CHECK(club.points(noa.account) == 46);
  REQUIRE(club.hub->separate(again.account));
  club.settle();
  CHECK(club.points(again.account) == 46);
  CHECK(club.points(noa.account) == 0);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Merge: one that an older clubhub made is undone as well", "[hub][merge]") {
  HubClub club;
  HandTill till(club);
  const auto first = till.join({"+972500000001", "Noa", ""});
  const auto second = till.join({"+972500000001", "Noa", ""});
  till.sell(first, 2);
  till.sell(second);
  (void)till.push();
  club.settle();
  club.hub->database().execute("DROP TABLE moved");  // it had no such table
  club.restart();
  (void)till.hello();
  REQUIRE(club.hub->separate(second.account));
  club.settle();
  CHECK(club.points(first.account) == 92);
  CHECK(club.points(second.account) == 46);
  CHECK(club.broken_laws().empty());
}

}  // namespace
