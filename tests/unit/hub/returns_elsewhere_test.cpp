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

}  // namespace
