#include "sync/hub/audit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using club::wire::OutcomeRow;
using pos::domain::FactId;
using pos::domain::Money;

/// Two tills of one club, and Noa, who is a member at both.
struct SlipTills {
  HubClub club;
  HandTill here{club};
  HandTill there{club};
  pos::domain::MemberFacts noa = there.join({"+972500000001", "Noa", ""});

  /// What `till` sealed reaches the hub, and has its effect there.
  void deliver(HandTill& till) {
    (void)till.push();
    club.settle();
  }
  [[nodiscard]] std::int64_t flags(const std::string& word) {
    return club.count("SELECT count(*) FROM flag WHERE word = '" + word + "'");
  }
  [[nodiscard]] std::int64_t waiting() { return club.count("SELECT count(*) FROM waiting_return"); }
  [[nodiscard]] std::int64_t points() { return club.points(noa.account); }
};

TEST_CASE("Returns elsewhere: what one till sold another gives back, and the books know the sale",
          "[hub][ledger][law7]") {
  SlipTills at;
  const auto sale = at.there.sell(at.noa, 2);
  at.deliver(at.there);
  REQUIRE(at.points() == 92);
  const auto back = at.here.give_back_elsewhere(at.there.slip_of(sale), 1, 2);
  at.deliver(at.here);
  at.here.pull();
  CHECK(at.here.outcome(back) == OutcomeRow::Result::applied);
  CHECK(at.points() == 92 - 80);
  CHECK(at.club.count("SELECT count(*) FROM flag") == 0);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Returns elsewhere: a return that comes before its sale waits, and counts when it comes",
          "[hub][ledger][law1]") {
  SlipTills at;
  at.deliver(at.there);  // Noa's joining
  const auto sale = at.there.sell(at.noa, 2);
  const auto first = at.here.give_back_elsewhere(at.there.slip_of(sale), 1, 1);
  const auto second = at.here.give_back_elsewhere(at.there.slip_of(sale), 0, 2);
  at.deliver(at.here);
  at.here.pull();
  CHECK(at.waiting() == 2);
  CHECK(at.points() == 0);
  // No outcome: the till goes on counting it itself.
  CHECK_FALSE(at.here.outcome(first));
  CHECK(at.club.broken_laws().empty());
  SECTION("in a batch of its own") { at.deliver(at.there); }
  SECTION("after a restart of the hub") {
    at.club.restart();
    (void)at.there.hello();
    (void)at.here.hello();
    at.deliver(at.there);
  }
  SECTION("and the books made again from the inbox") {
    at.deliver(at.there);
    REQUIRE(at.club.hub->rebuild());
  }
  at.here.pull();
  CHECK(at.waiting() == 0);
  CHECK(at.points() == 92 - 40 - 12);
  CHECK(at.here.outcome(first) == OutcomeRow::Result::applied);
  CHECK(at.here.outcome(second) == OutcomeRow::Result::applied);
  CHECK(at.club.count("SELECT count(*) FROM flag") == 0);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Returns elsewhere: of a card that nobody holds they find their sale, too",
          "[hub][ledger]") {
  SlipTills at;
  const std::string card = "2090000000016";
  const auto sale = at.there.sell(std::nullopt, 1, card);
  (void)at.here.give_back_elsewhere(at.there.slip_of(sale), 1, 1);
  const auto cash = at.there.sell(std::nullopt, 1);
  (void)at.here.give_back_elsewhere(at.there.slip_of(cash), 1, 1);
  at.deliver(at.here);
  CHECK(at.waiting() == 2);
  at.deliver(at.there);
  CHECK(at.waiting() == 0);
  CHECK(at.club.count("SELECT count(*) FROM flag") == 0);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Returns elsewhere: the same goods given back at two tills are a loss, and flagged",
          "[hub][ledger][law1]") {
  SlipTills at;
  const auto sale = at.there.sell(at.noa, 2);
  const auto slip = at.there.slip_of(sale);
  const auto first = at.here.give_back_elsewhere(slip, 1, 2);
  (void)at.there.give_back(sale, 1, 1);
  SECTION("the return elsewhere first") {
    at.deliver(at.here);
    at.deliver(at.there);
  }
  SECTION("the own one first") {
    at.deliver(at.there);
    at.deliver(at.here);
  }
  at.here.pull();
  CHECK(at.here.outcome(first).has_value());
  CHECK(at.flags("returned_beyond_sold") == 1);
  // One piece too many: the lamp's price.
  CHECK(at.club.count("SELECT sum(value) FROM account WHERE kind = 4") == 3'990);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Returns elsewhere: what they draw is drawn at the hub, too", "[hub][law9]") {
  SlipTills at;
  const auto right = at.here.hello().right;
  REQUIRE(right);
  at.here.receive(*right);
  const auto sale = at.there.sell(at.noa, 2);
  (void)at.here.give_back_elsewhere(at.there.slip_of(sale), 1, 1, right->id);
  at.deliver(at.here);
  const auto tills = at.club.hub->exposure();
  REQUIRE(tills);
  CHECK(tills->at(0).drawn == Money::of(3'990));
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Returns elsewhere: of a sale that arrives damaged they stand as a loss",
          "[hub][law11]") {
  SlipTills at;
  at.deliver(at.there);
  const auto sale = at.there.sell(at.noa, 1);
  (void)at.here.give_back_elsewhere(at.there.slip_of(sale), 1, 1);
  at.deliver(at.here);
  CHECK(at.waiting() == 1);
  at.there.facts().back().body[5] ^= 1;
  at.deliver(at.there);
  CHECK(at.waiting() == 0);
  CHECK(at.flags("sale_unknown") == 1);
  CHECK(at.flags("returned_beyond_sold") == 1);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE("Returns elsewhere: when their till is written off they stand as a loss",
          "[hub][ledger][law1]") {
  SlipTills at;
  at.deliver(at.there);
  const auto sale = at.there.sell(at.noa, 2);
  (void)at.here.give_back_elsewhere(at.there.slip_of(sale), 1, 1);
  at.deliver(at.here);
  REQUIRE(at.club.hub->write_off(at.there.paired().till.value));
  at.club.settle();
  CHECK(at.waiting() == 0);
  CHECK(at.flags("sale_unknown") == 1);
  CHECK(at.club.broken_laws().empty());
  SECTION("and it comes back after all") {
    at.deliver(at.there);
    // Two lamps were sold and one came back: one more is no excess, another one is.
    (void)at.there.give_back(sale, 1, 2);
    at.deliver(at.there);
    CHECK(at.club.count("SELECT sum(value) FROM account WHERE kind = 4") == 2 * 3'990);
    CHECK(at.club.broken_laws().empty());
  }
  SECTION("and the books are made again") {
    const auto before = at.points();
    REQUIRE(at.club.hub->rebuild());
    CHECK(at.points() == before);
    CHECK(at.waiting() == 0);
    CHECK(at.flags("sale_unknown") == 1);
  }
}

TEST_CASE("Returns elsewhere: the hub tells what a number stands for, and what is left of it",
          "[hub][receipt]") {
  SlipTills at;
  const auto sale = at.there.sell(at.noa, 2);
  const auto ask = [&](const FactId& uid) {
    const auto reply =
        at.here.call(club::wire::kReceiptPath, club::wire::encode(club::wire::ReceiptRequest{uid}));
    REQUIRE(reply.response.status == 200);
    auto answer = club::wire::decode_receipt_answer(reply.response.body);
    REQUIRE(answer);
    return std::move(*answer);
  };
  using Word = club::wire::ReceiptAnswer::Word;
  CHECK(ask(sale).word == Word::unknown);
  at.deliver(at.there);
  (void)at.there.give_back(sale, 1, 1);
  (void)at.there.push();  // arrived, not applied yet
  const auto answer = ask(sale);
  CHECK(answer.word == Word::found);
  REQUIRE(answer.receipt);
  CHECK(*answer.receipt == at.there.slip_of(sale));
  CHECK(answer.back == std::vector<std::int64_t>{0, 1});
  // No sale is a sale.
  CHECK(ask(at.there.facts().back().fields.uid).word == Word::unknown);
}

TEST_CASE("Returns elsewhere: the audit says how many wait", "[hub][audit]") {
  SlipTills at;
  at.deliver(at.there);
  const auto sale = at.there.sell(at.noa, 1);
  (void)at.here.give_back_elsewhere(at.there.slip_of(sale), 1, 1);
  at.deliver(at.here);
  const auto lines = club::hub::audit(*at.club.hub);
  REQUIRE(lines);
  bool said = false;
  for (const auto& line : *lines) {
    if (line.name != "returns_wait") continue;
    said = line.holds && line.detail == "1 returns wait for sales of other tills";
  }
  CHECK(said);
}

/// 1.00 off once a member, and a coupon for who was never here.
pos::programme::Programme counting_programme() {
  const auto programme = pos::programme::Programme::parse(pos::core::bytes_of(std::string_view(R"(
    {"format": "clubtill-programme/1", "version": "counting",
     "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
     "points": {"earn": {"points": 1, "per": 100}, "spend": {"step": 1, "worth": 10},
       "offline": {"per_till": 60000, "per_member": 60000}},
     "classes": [{"code": "regular", "name": {"en": "r"}}],
     "benefits": [
       {"id": "once", "name": {"en": "o"}, "give": {"amount": 100}, "limit": {"member": 1}},
       {"id": "welcome", "name": {"en": "w"}, "when": {"visits": {"to": 0}},
        "give": {"coupon": {"code": "NEXT5", "days": 30}}},
       {"id": "next", "name": {"en": "n"}, "when": {"coupon": {"code": "NEXT5", "personal": true}},
        "give": {"amount": 500}, "offline": "up_to"}]})")));
  REQUIRE(programme.has_value());
  return *programme;
}

TEST_CASE(
    "Returns elsewhere: with the last piece, wherever it comes back, what the sale counted and "
    "issued is undone, once",
    "[hub][ledger][law7]") {
  SlipTills at;
  const auto programme = counting_programme();
  at.noa.member_class = *pos::domain::ClassCode::parse("regular");
  const bool in_another_bucket = GENERATE(false, true);
  if (in_another_bucket) {
    const auto avi = at.there.join({"+972500000007", "Avi", ""});
    at.deliver(at.there);
    REQUIRE(at.club.hub->join_household(at.noa.account, avi.account));
    at.club.settle();
    at.there.pull();
    at.noa = *at.there.member(at.noa.id);
    at.noa.member_class = *pos::domain::ClassCode::parse("regular");
  }
  at.deliver(at.there);
  const auto noa = [&] {
    at.there.pull();
    return *at.there.member(at.noa.id);
  };
  const auto sale = at.there.sell_under(programme, at.noa);
  const auto slip = at.there.slip_of(sale);
  bool whole = true;
  SECTION("all of it elsewhere") {
    at.deliver(at.there);
    REQUIRE(noa().uses.size() == 1);
    REQUIRE(noa().coupons.size() == 1);
    (void)at.here.give_back_elsewhere(slip, 0, 1);
    at.deliver(at.here);
    CHECK(noa().uses.size() == 1);
    CHECK(noa().coupons.size() == 1);
    (void)at.here.give_back_elsewhere(slip, 1, 1);
    at.deliver(at.here);
  }
  SECTION("elsewhere, before the sale is heard of") {
    (void)at.here.give_back_elsewhere(slip, 1, 1);
    (void)at.here.give_back_elsewhere(slip, 0, 1);
    at.deliver(at.here);
    at.deliver(at.there);
  }
  SECTION("a part elsewhere, then the rest where it was sold") {
    (void)at.here.give_back_elsewhere(slip, 1, 1);
    (void)at.there.give_back(sale, 0, 1);
    at.deliver(at.here);
    at.deliver(at.there);
  }
  SECTION("all of it at both tills") {
    (void)at.here.give_back_elsewhere(slip, 1, 1);
    (void)at.here.give_back_elsewhere(slip, 0, 1);
    (void)at.there.give_back(sale, 0, 1);
    (void)at.there.give_back(sale, 1, 1);
    at.deliver(at.there);
    at.deliver(at.here);
    CHECK(at.flags("returned_beyond_sold") == 2);
  }
  SECTION("but not while a piece is left") {
    (void)at.here.give_back_elsewhere(slip, 1, 1);
    at.deliver(at.there);
    at.deliver(at.here);
    whole = false;
  }
  CHECK(noa().uses.empty() == whole);
  CHECK(noa().coupons.empty() == whole);
  CHECK(noa().visits == 1);
  CHECK(at.flags("coupon_of_returned_sale") == 0);
  CHECK(at.club.broken_laws().empty());
  const auto shown = noa();
  REQUIRE(at.club.hub->rebuild());
  CHECK(noa().uses == shown.uses);
  CHECK(noa().coupons == shown.coupons);
}

TEST_CASE(
    "Returns elsewhere: a coupon of a sale that came back is flagged where it was used before",
    "[hub][ledger]") {
  SlipTills at;
  const auto programme = counting_programme();
  at.noa.member_class = *pos::domain::ClassCode::parse("regular");
  const auto sale = at.there.sell_under(programme, at.noa);
  at.deliver(at.there);
  at.there.pull();
  auto with_coupon = *at.there.member(at.noa.id);
  with_coupon.member_class = at.noa.member_class;
  (void)at.there.sell_under(programme, with_coupon);
  at.deliver(at.there);
  for (const std::size_t line : {0, 1}) {
    (void)at.here.give_back_elsewhere(at.there.slip_of(sale), line, 1);
  }
  at.deliver(at.here);
  CHECK(at.flags("coupon_of_returned_sale") == 1);
  CHECK(at.club.broken_laws().empty());
}

TEST_CASE(
    "Returns elsewhere: a coupon that is good once is good again when its sale came back whole",
    "[hub][ledger]") {
  SlipTills at;
  at.deliver(at.there);
  const auto sale = at.there.sell_reserved({FactId::mint(at.club.chance),
                                            std::nullopt,
                                            {},
                                            {},
                                            {*pos::domain::CouponCode::parse("COFFEE")}},
                                           at.noa);
  at.deliver(at.there);
  const auto used = [&] { return at.club.count("SELECT count(*) FROM coupon WHERE used = 1"); };
  for (const std::size_t line : {0, 1, 2}) {
    CHECK(used() == 1);
    (void)at.here.give_back_elsewhere(at.there.slip_of(sale), line, 1);
    at.deliver(at.here);
  }
  CHECK(used() == 0);
  CHECK(at.club.broken_laws().empty());
}

}  // namespace
