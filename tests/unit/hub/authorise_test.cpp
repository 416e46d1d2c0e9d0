#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using club::wire::AuthoriseRequest;
using pos::domain::CouponCode;
using pos::domain::FactId;
using pos::domain::Points;
using Word = club::wire::AuthoriseAnswer::Word;
using Wish = AuthoriseRequest::Wish;

/// A club of two tills, and Noa with 460 points.
struct TwoTills {
  HubClub club;
  HandTill here{club};
  HandTill there{club};
  pos::domain::MemberFacts noa = here.join({"+972500000001", "Noa", ""});

  TwoTills() {
    here.sell(noa, 10);
    (void)here.push();
    club.settle();
    REQUIRE(club.points(noa.account) == 461);
  }
  [[nodiscard]] Wish wish(std::int64_t points) {
    return {FactId::mint(club.chance), noa.account, Points::of(points), {}, {}};
  }
  [[nodiscard]] Wish coffee() {
    return {FactId::mint(club.chance), std::nullopt, {}, {}, {*CouponCode::parse("COFFEE")}};
  }
  [[nodiscard]] std::int64_t flags(const std::string& word) {
    return club.count("SELECT count(*) FROM flag WHERE word = '" + word + "'");
  }
};

TEST_CASE("Authorise: what is kept for one sale is not there for another", "[hub][authorise]") {
  TwoTills tills;
  const Wish first = tills.wish(400);
  const auto granted = tills.here.authorise({first, {}});
  CHECK(granted.word == Word::granted);
  CHECK(granted.points.units() == 461);
  CHECK(granted.open == std::vector{first.uid});
  const auto refused = tills.there.authorise({tills.wish(100), {}});
  CHECK(refused.word == Word::short_of);
  CHECK(refused.points.units() == 61);
  CHECK(refused.open.empty());
  CHECK(tills.there.authorise({tills.wish(50), {}}).word == Word::granted);
}

TEST_CASE("Authorise: the sale that arrives takes its reservation with it", "[hub][authorise]") {
  TwoTills tills;
  const Wish wish = tills.wish(400);
  REQUIRE(tills.here.authorise({wish, {}}).word == Word::granted);
  tills.here.sell_reserved(wish, tills.noa);
  (void)tills.here.push(4);
  tills.club.settle();
  CHECK(tills.club.count("SELECT count(*) FROM reservation") == 0);
  const std::int64_t left = tills.club.points(tills.noa.account);
  CHECK(left < 461);
  CHECK(tills.there.authorise({tills.wish(left), {}}).word == Word::granted);
  CHECK(tills.club.broken_laws().empty());
}

TEST_CASE("Authorise: has no lease, and ends when the till hands it back", "[hub][authorise]") {
  TwoTills tills;
  const Wish wish = tills.wish(400);
  REQUIRE(tills.here.authorise({wish, {}}).word == Word::granted);
  tills.club.clock.pass(pos::core::Millis(100LL * 24 * 3'600'000));
  tills.club.restart();
  (void)tills.here.hello();
  (void)tills.there.hello();
  CHECK(tills.there.authorise({tills.wish(400), {}}).word == Word::short_of);
  // Another till cannot hand it back.
  (void)tills.there.authorise({std::nullopt, {wish.uid}});
  CHECK(tills.there.authorise({tills.wish(400), {}}).word == Word::short_of);
  CHECK(tills.here.authorise({std::nullopt, {}}).open == std::vector{wish.uid});
  CHECK(tills.here.authorise({std::nullopt, {wish.uid}}).open.empty());
  CHECK(tills.there.authorise({tills.wish(400), {}}).word == Word::granted);
}

TEST_CASE("Authorise: a second wish of the same sale replaces the first", "[hub][authorise]") {
  TwoTills tills;
  Wish wish = tills.wish(400);
  REQUIRE(tills.here.authorise({wish, {}}).word == Word::granted);
  wish.points = Points::of(450);
  CHECK(tills.here.authorise({wish, {}}).word == Word::granted);
  CHECK(tills.club.count("SELECT sum(points) FROM reservation") == 450);
}

TEST_CASE("Authorise: a call that comes late is refused, and keeps nothing", "[hub][authorise]") {
  TwoTills tills;
  const Wish wish = tills.wish(400);
  const auto late = tills.here.signed_request(club::wire::kAuthorisePath,
                                              club::wire::encode(AuthoriseRequest{wish, {}}));
  REQUIRE(tills.here.authorise({std::nullopt, {wish.uid}}).word == Word::granted);
  const auto reply = tills.club.hub->handle(late, tills.club.clock.tick());
  CHECK(club::wire::read_refusal(reply.response).word == club::wire::Refusal::Word::replayed);
  CHECK(tills.club.count("SELECT count(*) FROM reservation") == 0);
}

TEST_CASE("Authorise: no yes on books that are behind: what has arrived is applied first",
          "[hub][authorise]") {
  TwoTills tills;
  tills.here.sell(tills.noa, 10);
  (void)tills.here.push(4);  // accepted, not applied
  CHECK(tills.there.authorise({tills.wish(900), {}}).word == Word::granted);
}

TEST_CASE("Authorise: a coupon that is good once is had once in the whole chain",
          "[hub][authorise]") {
  TwoTills tills;
  const Wish first = tills.coffee();
  CHECK(tills.here.authorise({first, {}}).word == Word::granted);
  const auto refused = tills.there.authorise({tills.coffee(), {}});
  CHECK(refused.word == Word::coupon_used);
  CHECK(refused.coupon == CouponCode::parse("COFFEE"));
  const auto sale = tills.here.sell_reserved(first, tills.noa);
  (void)tills.here.push(4);
  tills.club.settle();
  CHECK(tills.there.authorise({tills.coffee(), {}}).word == Word::coupon_used);
  CHECK(tills.club.broken_laws().empty());
  // The whole sale comes back, and the coupon with it.
  for (const std::size_t line : {0, 1, 2}) (void)tills.here.give_back(sale, line, 1);
  (void)tills.here.push(4);
  tills.club.settle();
  CHECK(tills.there.authorise({tills.coffee(), {}}).word == Word::granted);
  CHECK(tills.club.broken_laws().empty());
}

TEST_CASE("Authorise: a coupon is free again when its sale comes without it", "[hub][authorise]") {
  TwoTills tills;
  Wish wish = tills.coffee();
  REQUIRE(tills.here.authorise({wish, {}}).word == Word::granted);
  // The yes was lost on the way, and the sale was sealed by the rights.
  wish.coupons.clear();
  tills.here.sell_reserved(wish, tills.noa);
  (void)tills.here.push(4);
  tills.club.settle();
  CHECK(tills.there.authorise({tills.coffee(), {}}).word == Word::granted);
  CHECK(tills.club.broken_laws().empty());
}

TEST_CASE("Authorise: a coupon that was used twice all the same stands, and is a loss",
          "[hub][authorise]") {
  TwoTills tills;
  tills.here.sell_reserved(tills.coffee(), tills.noa);
  (void)tills.here.push(4);
  const auto dan = tills.there.join({"+972500000002", "Dan", ""});
  tills.there.sell_reserved(tills.coffee(), dan);
  (void)tills.there.push();
  tills.club.settle();
  CHECK(tills.flags("coupon_used_twice") == 1);
  CHECK(tills.club.count("SELECT sum(value) FROM account WHERE kind = 4") == 1'500);
  CHECK(tills.club.broken_laws().empty());
}

TEST_CASE("Authorise: the books are the same when they are made again", "[hub][authorise]") {
  TwoTills tills;
  const Wish used = tills.coffee();
  const Wish kept = tills.wish(100);
  REQUIRE(tills.here.authorise({used, {}}).word == Word::granted);
  tills.here.sell_reserved(used, tills.noa);
  (void)tills.here.push(4);
  tills.club.settle();
  REQUIRE(tills.there.authorise({kept, {}}).word == Word::granted);
  REQUIRE(tills.club.hub->rebuild().has_value());
  CHECK(tills.club.count("SELECT count(*) FROM coupon WHERE used = 1") == 1);
  CHECK(tills.club.count("SELECT count(*) FROM reservation") == 1);
  CHECK(tills.club.broken_laws().empty());
}

TEST_CASE("Authorise: the last of a budget is had once, whichever of two tills asks first",
          "[hub][authorise]") {
  TwoTills tills;
  const std::string document = R"({"format": "clubtill-programme/1", "version": "gift",
    "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "points": {"earn": {"points": 1, "per": 100}, "spend": {"step": 1, "worth": 10},
      "offline": {"per_till": 60000, "per_member": 60000}},
    "classes": [{"code": "regular", "name": {"en": "r"}}],
    "benefits": [{"id": "gift", "name": {"en": "g"}, "give": {"amount": 700}, "budget": 1000,
                  "offline": "up_to"}]})";
  const auto programme = pos::programme::Programme::parse(pos::core::bytes_of(document));
  REQUIRE(programme.has_value());
  REQUIRE(tills.club.hub->publish(document));
  const auto gift = *pos::domain::BenefitId::parse("gift");
  const auto wish = [&](std::int64_t amount) {
    return Wish{FactId::mint(tills.club.chance),         std::nullopt, {}, {}, {},
                {{gift, pos::domain::Money::of(amount)}}};
  };
  const auto is_short = [&](const Wish& asked) {
    const auto answer = tills.there.authorise({asked, {}});
    CHECK(answer.word == Word::budget_used);
    CHECK(answer.benefit == gift);
    CHECK(answer.left.units() == 300);
    CHECK(answer.open.empty());
  };
  const Wish first = wish(700);
  const auto granted = tills.here.authorise({first, {}});
  CHECK(granted.word == Word::granted);
  CHECK(granted.open == std::vector{first.uid});
  is_short(wish(700));
  const auto kept = [&] { return tills.club.count("SELECT count(*) FROM kept_budget"); };

  SECTION("the sale arrives, and has it") {
    auto noa = tills.noa;
    noa.member_class = *pos::domain::ClassCode::parse("regular");
    tills.here.mint_next(first.uid);
    (void)tills.here.sell_under(*programme, noa);
    (void)tills.here.push(3);
    tills.club.settle();
    CHECK(kept() == 0);
    is_short(wish(700));
    const Wish rest = wish(300);
    CHECK(tills.there.authorise({rest, {}}).word == Word::granted);
    CHECK(tills.here.authorise({wish(1), {}}).word == Word::budget_used);
    CHECK(tills.there.authorise({std::nullopt, {rest.uid}}).open.empty());
    CHECK(tills.here.authorise({wish(300), {}}).word == Word::granted);
  }
  SECTION("the till hands it back") {
    CHECK(tills.here.authorise({std::nullopt, {first.uid}}).open.empty());
    CHECK(tills.there.authorise({wish(1000), {}}).word == Word::granted);
  }
  SECTION("the till is gone for good") {
    REQUIRE(tills.club.hub->write_off(1));
    CHECK(kept() == 0);
  }
  SECTION("the hub starts again and the books are made again") {
    tills.club.restart();
    REQUIRE(tills.club.hub->rebuild());
    (void)tills.there.hello();
    is_short(wish(700));
  }
  SECTION("a benefit that has no budget here is no reason to refuse") {
    Wish other = wish(5'000);
    other.budgets.front().benefit = *pos::domain::BenefitId::parse("other");
    CHECK(tills.there.authorise({other, {}}).word == Word::granted);
  }
  CHECK(tills.club.broken_laws().empty());
}

}  // namespace
