#include "sync/hub/fact_reader.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;

constexpr pos::core::Millis kOneDay = std::chrono::hours(24);

/// A point for each 1.00, for thirty days.
pos::programme::Programme month_programme() {
  const auto programme = pos::programme::Programme::parse(pos::core::bytes_of(std::string_view(R"(
    {"format": "clubtill-programme/1", "version": "month",
     "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
     "points": {"earn": {"points": 1, "per": 100}, "expire": {"days": 30}},
     "classes": [{"code": "regular", "name": {"en": "r"}}], "benefits": []})")));
  REQUIRE(programme.has_value());
  return *programme;
}

/// Noa's till sold right, on 18 November, and then its clock was set back by a year.
struct SetBack {
  SetBack() {
    noa = till.join({"+972500000001", "Noa", ""});
    (void)till.sell_under(programme, noa);
    till.set_clock_wrong(-365 * kOneDay);
  }
  void bring() {
    (void)till.push();
    club.settle();
    till.pull();
    noa = *till.member(noa.id);
  }
  std::vector<std::string> days() {
    std::vector<std::string> days;
    REQUIRE(club::hub::for_each_fact(*club.hub, [&](const club::hub::BookedFact& booked) {
      if (booked.row.kind == "sale" || booked.row.kind == "return") {
        days.push_back(pos::domain::day_text(pos::core::local_day(booked.moment)));
      }
    }));
    return days;
  }

  HubClub club;
  pos::programme::Programme programme = month_programme();
  HandTill till{club};
  pos::domain::MemberFacts noa;
};

TEST_CASE("Clock: what a till sealed after its clock went back does not expire early",
          "[hub][law10]") {
  SetBack at;
  (void)at.till.sell_under(at.programme, at.noa);
  at.bring();
  CHECK(at.club.points(at.noa.account) == 92);
  at.club.clock.pass(30 * kOneDay);
  at.club.settle();
  CHECK(at.club.points(at.noa.account) == 92);  // its last day is that of the sale before it
  at.club.clock.pass(kOneDay);
  at.club.settle();
  CHECK(at.club.points(at.noa.account) == 0);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Clock: a till whose clock went back puts no sale into last year's report or month",
          "[hub][law10]") {
  SetBack at;
  (void)at.till.sell_under(at.programme, at.noa);
  const auto sale = at.till.sell_under(at.programme, at.noa);
  at.bring();
  CHECK(at.days() == std::vector<std::string>(3, "2026-11-18"));
  CHECK(at.noa.first_visit == pos::domain::parse_day("2026-11-18"));
  REQUIRE(at.noa.status.months.size() == 1);
  CHECK(at.noa.status.months.front().visits == 3);
  // What comes back comes out of the month in which its sale counted.
  (void)at.till.give_back(sale, 0, 1);
  (void)at.till.give_back(sale, 1, 1);
  at.bring();
  REQUIRE(at.noa.status.months.size() == 1);
  CHECK(at.noa.status.months.front().spend.units() == 2 * 4'610);
  REQUIRE(at.club.hub->rebuild());
  at.till.pull();
  CHECK(at.till.member(at.noa.id)->status == at.noa.status);
}

TEST_CASE("Clock: it is the latest moment before that counts, however often the clock goes back",
          "[hub][law10]") {
  SetBack at;
  at.bring();
  for (int i = 0; i < 3; ++i) {
    at.club.clock.pass(kOneDay);
    (void)at.till.sell_under(at.programme, at.noa);  // each later than the one before it
    at.bring();
  }
  CHECK(at.days() == std::vector<std::string>(4, "2026-11-18"));
  at.till.set_clock_wrong({});
  (void)at.till.sell_under(at.programme, at.noa);
  at.bring();
  CHECK(at.days().back() == "2026-11-21");
}

TEST_CASE("Clock: a till that was ahead holds nothing back once it is right again",
          "[hub][law10]") {
  SetBack at;
  at.till.set_clock_wrong(365 * kOneDay);
  (void)at.till.sell_under(at.programme, at.noa);
  at.bring();
  at.club.clock.pass(kOneDay);
  at.till.set_clock_wrong({});
  (void)at.till.sell_under(at.programme, at.noa);
  at.bring();
  CHECK(at.days() == std::vector<std::string>{"2026-11-18", "2026-11-18", "2026-11-19"});
}

TEST_CASE("Clock: another till, and the next life of a journal, have a past of their own",
          "[hub][law10]") {
  SetBack at;
  HandTill other(at.club);
  other.set_clock_wrong(-2 * kOneDay);
  (void)other.sell_under(at.programme, at.noa);
  at.bring();
  (void)other.push();
  at.club.settle();
  CHECK(at.days() == std::vector<std::string>{"2026-11-18", "2026-11-16"});
  at.till.begin_incarnation();
  (void)at.till.sell_under(at.programme, at.noa);
  (void)at.till.push();
  at.club.settle();
  CHECK(at.days().back() == "2026-11-18");  // behind the life before it
}

TEST_CASE("Clock: a return that waited counts by what its till had said before it",
          "[hub][law10]") {
  SetBack at;
  HandTill other(at.club);
  other.set_clock_wrong(-2 * kOneDay);
  const auto sale = other.sell_under(at.programme, at.noa);
  (void)at.till.give_back_elsewhere(other.slip_of(sale), 1, 1);
  at.bring();
  (void)other.push();
  at.club.settle();
  CHECK(at.days() == std::vector<std::string>{"2026-11-18", "2026-11-18", "2026-11-16"});
  CHECK(at.club.broken_laws().empty());
}

}  // namespace
