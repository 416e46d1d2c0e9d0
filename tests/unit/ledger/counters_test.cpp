#include "pos/domain/effective_date.hpp"
#include "sync/ledger/ledger.hpp"
#include "sync/ledger/member_counters.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace club::ledger;
using pos::domain::Day;
using pos::domain::day_text;
using pos::domain::MemberFacts;
using pos::domain::Money;
using pos::domain::parse_day;
using pos::domain::windows_of;

Day day(const char* text) { return *parse_day(text); }

using Kind = pos::domain::EffectiveWindow::Kind;

std::string windows(unsigned month, unsigned date, const char* today, Kind kind = Kind::birthday) {
  std::string text;
  for (const auto& window : windows_of({kind, month, date, "", ""}, day(today))) {
    text += day_text(window.first) + ".." + day_text(window.last) + " ";
  }
  return text;
}

TEST_CASE("Windows: a birthday is known from 35 days before it matters until it is over",
          "[ledger]") {
  CHECK(windows(12, 30, "2026-11-21").empty());
  CHECK(windows(12, 30, "2026-11-22") == "2026-12-27..2027-01-02 ");
  CHECK(windows(12, 30, "2027-01-02") == "2026-12-27..2027-01-02 ");
  CHECK(windows(12, 30, "2027-01-03").empty());
  CHECK(windows(1, 1, "2026-12-20") == "2026-12-29..2027-01-04 ");
  CHECK(windows(2, 29, "2027-02-20") == "2027-02-26..2027-03-04 ");
  CHECK(windows(2, 29, "2028-02-20") == "2028-02-26..2028-03-03 ");
  CHECK(windows(2, 30, "2027-02-20").empty());
  CHECK(windows(13, 1, "2027-01-01").empty());
}

TEST_CASE("Windows: a child's birthday matters from three days before it to the day itself",
          "[ledger]") {
  CHECK(windows(6, 12, "2027-05-04", Kind::child_birthday).empty());
  CHECK(windows(6, 12, "2027-05-05", Kind::child_birthday) == "2027-06-09..2027-06-12 ");
  CHECK(windows(6, 12, "2027-06-12", Kind::child_birthday) == "2027-06-09..2027-06-12 ");
  CHECK(windows(6, 12, "2027-06-13", Kind::child_birthday).empty());
}

/// A purchase of that day; of no benefit.
void visit(MemberFacts& facts, const char* date, std::int64_t visits, std::int64_t spent,
           std::vector<std::string> articles) {
  const pos::programme::Purchase purchase{{}, day(date), Money::of(spent), visits};
  CHECK(add_visit(facts, {day(date), purchase, std::move(articles), {}}).empty());
}

/// A visit of that day on which nothing was paid.
Visit bought_on(const char* date, std::int64_t visits) {
  return {day(date), {{}, day(date), {}, visits}, {}, {}};
}

TEST_CASE("Counters: visits, spend, interval and the last three articles", "[ledger]") {
  MemberFacts facts;
  visit(facts, "2026-01-01", 1, 1000, {"1", "2"});
  visit(facts, "2026-01-31", 1, 500, {"3", "1"});
  visit(facts, "2026-03-02", 1, 1, {"9"});
  CHECK(facts.visits == 3);
  CHECK(facts.spend_in_period.units() == 1501);
  CHECK(facts.mean_interval_days == 30);
  CHECK(day_text(*facts.last_visit) == "2026-03-02");
  CHECK(facts.last_articles == std::vector<std::string>{"9", "1", "3"});
  visit(facts, "2026-03-02", -1, -1, {});
  CHECK(facts.visits == 2);
  CHECK(facts.spend_in_period.units() == 1500);
}

TEST_CASE("Counters: uses are counted in all and by day; an own coupon is gone once", "[ledger]") {
  using pos::programme::MemberChange;
  const auto mug = *pos::domain::BenefitId::parse("mug");
  const auto next = *pos::domain::CouponCode::parse("NEXT20");
  MemberFacts facts;
  Visit first = bought_on("2026-01-01", 1);
  first.change.counted = {mug};
  first.change.issued = {{next, day("2026-01-31")}, {next, day("2026-02-20")}};
  CHECK(add_visit(facts, first).empty());
  CHECK(add_visit(facts, first).empty());
  CHECK(facts.coupons.size() == 4);
  Visit later = bought_on("2026-02-01", 1);
  later.change.counted = {mug};
  later.change.used = {{next, Money::of(2000), {}}, {next, Money::of(2000), {}}};
  CHECK(add_visit(facts, later).empty());
  REQUIRE(facts.uses.size() == 1);
  const std::vector days{day("2026-02-01"), day("2026-01-01"), day("2026-01-01")};
  CHECK(facts.uses.front() == pos::domain::BenefitUse{mug, 3, days});
  // Of what is left both ended in January.
  const auto twice = add_visit(facts, later);
  REQUIRE(twice.size() == 2);
  CHECK(twice.front() == MemberChange::UsedCoupon{next, Money::of(2000), {}});
}

TEST_CASE(
    "Counters: a sale of which nothing is left gives back what it used and takes what it gave",
    "[ledger]") {
  const auto mug = *pos::domain::BenefitId::parse("mug");
  const auto next = *pos::domain::CouponCode::parse("NEXT20");
  MemberFacts facts;
  facts.coupons = {{next, day("2026-02-28")}};
  Visit sale = bought_on("2026-02-01", 1);
  sale.change.counted = {mug};
  sale.change.used = {{next, Money::of(2000), {}}};
  sale.change.issued = {{next, day("2026-03-31")}};
  const MemberFacts before = facts;
  CHECK(add_visit(facts, sale).empty());
  CHECK(facts.coupons == sale.change.issued);

  Visit back = bought_on("2026-02-20", 0);
  back.change = sale.change;
  back.change.undone = day("2026-02-01");
  back.change.used.front().last = day("2026-02-28");
  SECTION("as it was before") {
    CHECK(add_visit(facts, back).empty());
    CHECK(facts.uses == before.uses);
    CHECK(facts.coupons == before.coupons);
  }
  SECTION("a coupon that has ended meanwhile is not given back") {
    back.day = day("2026-03-01");
    CHECK(add_visit(facts, back).empty());
    CHECK(facts.coupons.empty());
  }
  SECTION("a coupon that it issued and that is gone is told") {
    facts.coupons.clear();
    REQUIRE(add_visit(facts, back).size() == 1);
    CHECK(facts.coupons == before.coupons);
  }
}

TEST_CASE("Counters: what a visit changes reads back from its message", "[ledger]") {
  pos::core::SeededChance chance(1);
  const auto coupon = *pos::domain::CouponCode::parse("NEXT20");
  Visit visit = bought_on("2026-01-01", 1);
  visit.articles = {"1"};
  visit.purchase = {FactId::mint(chance), day("2025-12-31"), Money::of(7), 1};
  visit.change = {{*pos::domain::BenefitId::parse("mug")},
                  {{coupon, Money::of(5)}},
                  {{coupon, day("2026-02-01")}},
                  {},
                  {}};
  const auto read_back = [&] {
    const auto json = visit_json(MemberId::mint(chance), visit);
    club::wire::FieldReader fields(json);
    auto read = read_visit(fields);
    CHECK_FALSE(fields.error());
    CHECK(read.purchase == visit.purchase);
    return read.change;
  };
  CHECK(read_back() == visit.change);
  visit.change.undone = day("2026-01-01");
  visit.change.used.front().last = day("2026-01-15");
  CHECK(read_back() == visit.change);
}

TEST_CASE("Counters: a till's clock that runs ahead does not move the day of a visit", "[ledger]") {
  pos::programme::SaleFact sale;
  sale.scene.moment.at = pos::core::Instant::from_unix_ms(4'000'000'000'000);
  const auto arrived = pos::core::Instant::from_unix_ms(1'795'000'000'000);
  CHECK(day_text(visit_of(sale, {{}, 1, arrived}).day) == "2026-11-18");
}

TEST_CASE("Counters: a till's clock that went back counts from the fact before, in visit and month",
          "[ledger]") {
  pos::programme::SaleFact sale;
  sale.scene.moment.at = pos::core::Instant::from_unix_ms(1'000'000'000'000);
  const auto before = pos::core::Instant::from_unix_ms(1'794'900'000'000);
  const auto arrived = pos::core::Instant::from_unix_ms(1'795'000'000'000);
  const auto visit = visit_of(sale, {{}, 1, arrived, before});
  CHECK(day_text(visit.day) == "2026-11-17");
  CHECK(visit.purchase.day == visit.day);
  // Nothing is later than its arrival, whatever came before it.
  CHECK(day_text(visit_of(sale, {{}, 1, before, arrived}).day) == "2026-11-17");
}

TEST_CASE("Import: a member's record reads back; damage is a reason", "[ledger]") {
  pos::core::SeededChance chance(1);
  ImportFact fact;
  fact.member.id = MemberId::mint(chance);
  fact.member.account = AccountId::mint(chance);
  fact.member.form_of_address = "Noa L.";
  fact.member.member_class = *pos::domain::ClassCode::parse("vip");
  fact.phone = KeyedHash::mint(chance);
  fact.opening = pos::domain::Points::of(-3);
  const auto bytes = encode_import(fact);
  CHECK(decode_import(bytes) == fact);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    CHECK_FALSE(decode_import(pos::core::BytesView(bytes).first(cut)).has_value());
  }
}

}  // namespace
