#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

using pos::domain::CouponCode;
using pos::domain::FactId;
using pos::domain::Money;
using tests::support::HandTill;
using tests::support::HubClub;
using Word = club::wire::AuthoriseAnswer::Word;
using Wish = club::wire::AuthoriseRequest::Wish;

namespace {

/// A club with a till that has received its pool: 600.00, of which 30.00 a member.
struct PoolRig {
  HubClub club;
  HandTill till{club};
  club::wire::IssuedRight pool = till.hello().right.value();

  PoolRig() {
    till.receive(pool);
    (void)till.push();
    club.settle();
  }
  [[nodiscard]] std::uint64_t newest() { return till.facts().back().fields.seq; }
  FactId draw(std::int64_t amount) { return till.sell_drawing(pool.id, Money::of(amount)); }
  [[nodiscard]] std::int64_t worst() {
    std::int64_t sum = 0;
    const auto exposure = club.hub->exposure();
    REQUIRE(exposure.has_value());
    for (const auto& one : *exposure) sum += one.left.units();
    return sum;
  }
  [[nodiscard]] club::hub::RightStore::Exposure exposure() {
    return club.hub->exposure().value().front();
  }
};

TEST_CASE("Rights: a till hears of its pool until the right is in its journal", "[hub][rights]") {
  HubClub club;
  HandTill till(club);
  const auto first = till.hello();
  REQUIRE(first.right);
  CHECK(first.right->amount.units() == 60000);
  CHECK(first.right->per_member_max.units() == 3000);
  CHECK(first.right->number == 1);
  CHECK(first.right->settled.seq == 0);
  CHECK(till.hello().right == first.right);
  till.receive(*first.right);
  (void)till.push();
  CHECK_FALSE(till.hello().right);
}

TEST_CASE("Rights: a pool is whole again once what was drawn is applied, and not before",
          "[hub][rights]") {
  PoolRig rig;
  rig.draw(2'500);
  rig.draw(400);
  for (int i = 0; i < 2; ++i) (void)rig.till.push(3);  // once, however often it is sent
  CHECK_FALSE(rig.till.pull().right);
  CHECK(rig.worst() == 57'100);
  rig.club.settle();
  const auto refill = rig.till.pull().right;
  REQUIRE(refill);
  CHECK(refill->number == 2);
  CHECK(refill->amount == rig.pool.amount);
  CHECK(refill->settled.seq == rig.newest());
  CHECK(refill->settled.chain == rig.till.facts().back().chain);
  CHECK(rig.worst() == 60'000);  // what the till can do from here on
  CHECK(rig.exposure().drawn.units() == 2'900);
  CHECK(rig.club.broken_laws().empty());
}

TEST_CASE("Rights: what was drawn before a right that was received is one row, and counts as ever",
          "[hub][rights]") {
  PoolRig rig;
  const auto rows = [&] { return rig.club.count("SELECT count(*) FROM draw"); };
  std::uint64_t sent = 3;
  for (const std::int64_t rows_then : {1, 2, 3}) {
    rig.draw(2'500);
    rig.draw(400);
    rig.draw(100);
    (void)rig.till.push(sent);
    rig.club.settle();
    const auto refill = rig.till.pull().right;
    REQUIRE(refill);
    CHECK(rows() == rows_then + 2);
    const std::int64_t worst = rig.worst();
    rig.till.receive(*refill);
    rig.pool = *refill;
    (void)rig.till.push(rig.newest());
    sent = rig.newest() + 1;
    CHECK(rows() == rows_then);
    CHECK(rig.worst() == worst);
    CHECK(rig.exposure().drawn.units() == 3'000 * rows_then);
  }
  rig.club.settle();
  CHECK(rig.club.broken_laws().empty());
  // Who draws too much on an old right, as a copy of the disk may, is still named.
  rig.club.hub->database().execute(
      "INSERT INTO draw SELECT max(inbox_id) + 1, till, right_id, 57001 FROM draw"
      " WHERE right_id = (SELECT id FROM issued_right WHERE number = 1)");
  CHECK(rig.club.broken_laws() == std::vector<std::string>{"rights: till 1"});
}

TEST_CASE("Rights: nothing is issued while nothing was drawn", "[hub][rights]") {
  PoolRig rig;
  rig.till.sell(std::nullopt);
  (void)rig.till.push(3);
  rig.club.settle();
  CHECK_FALSE(rig.till.pull().right);
  CHECK(rig.club.count("SELECT count(*) FROM issued_right") == 1);
}

TEST_CASE("Rights: what was drawn before the refill reached the till counts on it",
          "[hub][rights]") {
  PoolRig rig;
  rig.draw(2'500);
  (void)rig.till.push(3);
  rig.club.settle();
  const auto refill = rig.till.pull().right.value();
  rig.draw(700);  // on the old one: the answer is on its way
  rig.till.receive(refill);
  (void)rig.till.push(4);
  CHECK(rig.worst() == 59'300);
  rig.club.settle();
  CHECK(rig.till.pull().right.value().number == 3);
}

TEST_CASE("Rights: a till that waits for news is told of its refill at once", "[hub][rights]") {
  PoolRig rig;
  while (!rig.till.pull().pages.empty()) {
  }
  auto request = rig.till.pull_request();
  request.wait = std::chrono::seconds(20);
  rig.draw(100);
  (void)rig.till.push(3);
  auto reply = rig.till.call(club::wire::kPullPath, club::wire::encode(request));
  REQUIRE(reply.waiting);
  const auto news = rig.club.hub->news();
  rig.club.settle();
  CHECK(rig.club.hub->news() != news);
  const auto told = rig.club.hub->resume(*reply.waiting, rig.club.clock.tick());
  REQUIRE(told);
  const auto answer = club::wire::decode_pull_answer(told->body);
  REQUIRE((answer && answer->right));
  CHECK(answer->right->number == 2);
}

TEST_CASE("Rights: a till that was told and declined is not told again in the same breath",
          "[hub][rights]") {
  PoolRig rig;
  rig.draw(100);
  (void)rig.till.push(3);
  rig.club.settle();
  REQUIRE(rig.till.pull().right);
  CHECK_FALSE(rig.till.pull().right);
  CHECK(rig.till.hello().right);  // until it is in the journal
}

TEST_CASE("Rights: a journal of which a part is missing gets nothing", "[hub][rights]") {
  PoolRig rig;
  rig.draw(900);  // never sent
  rig.till.begin_incarnation();
  rig.draw(100);
  (void)rig.till.push();
  rig.club.settle();
  CHECK_FALSE(rig.till.pull().right);
  CHECK(rig.club.count("SELECT count(*) FROM issued_right") == 1);
}

TEST_CASE("Rights: a new life of a journal that is here in full is refilled", "[hub][rights]") {
  PoolRig rig;
  rig.draw(900);
  (void)rig.till.push(3);
  rig.till.begin_incarnation();
  rig.draw(100);
  (void)rig.till.push();
  rig.club.settle();
  const auto refill = rig.till.pull().right;
  REQUIRE(refill);
  CHECK(refill->settled.incarnation == 2);
  CHECK(rig.worst() == 60'000);
}

TEST_CASE("Rights: another pool in the programme reaches a till as another right",
          "[hub][rights]") {
  PoolRig rig;
  std::string document = tests::support::club_programme_text();
  const std::string pool = "\"per_till\": 60000";
  REQUIRE(document.find(pool) != std::string::npos);
  document.replace(document.find(pool), pool.size(), "\"per_till\": 20000");
  REQUIRE(rig.club.hub->publish(document));
  const auto smaller = rig.till.pull().right.value();
  CHECK(smaller.amount.units() == 20'000);
  CHECK(rig.worst() == 60'000);  // until the till's journal says so
  rig.till.receive(smaller);
  (void)rig.till.push(3);
  CHECK(rig.worst() == 20'000);
}

TEST_CASE("Rights: a recall counts when the till's journal says so", "[hub][rights]") {
  PoolRig rig;
  REQUIRE(rig.club.hub->recall(1, true));
  CHECK(rig.worst() == 60'000);
  CHECK(rig.exposure().recalled);
  CHECK_FALSE(rig.exposure().received);
  rig.draw(1'500);  // the till is offline and does not know
  (void)rig.till.push(3);
  CHECK(rig.worst() == 58'500);
  rig.club.settle();
  const auto nothing = rig.till.hello().right.value();
  CHECK(nothing.amount.is_zero());
  CHECK(rig.worst() == 58'500);
  rig.till.receive(nothing);
  (void)rig.till.push(4);
  CHECK(rig.worst() == 0);
  CHECK(rig.exposure().received);
  REQUIRE(rig.club.hub->recall(1, false));
  rig.club.settle();
  CHECK(rig.till.pull().right.value().amount == rig.pool.amount);
  CHECK(rig.worst() == 60'000);
  CHECK_FALSE(rig.club.hub->recall(99, true));
  CHECK(rig.club.broken_laws().empty());
}

TEST_CASE("Rights: a till that was written off and calls all the same gets nothing more",
          "[hub][rights]") {
  PoolRig rig;
  REQUIRE(rig.club.hub->write_off(1));
  rig.draw(1'500);
  (void)rig.till.push(3);
  rig.club.settle();
  CHECK(rig.till.hello().right.value().amount.is_zero());
  CHECK(rig.worst() == 0);
}

/// A hub of which a copy was taken before the till's last sale, and put back.
struct RestoredRig : PoolRig {
  HandTill other{club};
  RestoredRig() {
    (void)other.push();
    club.settle();
    const std::string file = club.folder.file("hub.db");
    const std::string copy = club.folder.file("copy.db");
    club.hub->database().execute(("VACUUM INTO '" + copy + "'").c_str());
    draw(900);
    (void)till.push(3);
    club.settle();
    club.hub.reset();
    std::filesystem::remove(file + "-wal");
    std::filesystem::remove(file + "-shm");
    std::filesystem::copy_file(copy, file, std::filesystem::copy_options::overwrite_existing);
    club.restart();
  }
  [[nodiscard]] std::vector<std::uint32_t> awaited() { return club.hub->awaited().value(); }
  /// Whether the hub says yes to a sale that wants nothing of the books but a coupon.
  [[nodiscard]] bool says_yes() {
    const Wish wish{
        FactId::mint(club.chance), std::nullopt, {}, {}, {*CouponCode::parse("COFFEE")}};
    return other.authorise({wish, {}}).word == Word::granted;
  }
};

TEST_CASE("Restored hub: no right and no yes until every till was heard", "[hub][rights]") {
  RestoredRig rig;
  REQUIRE(rig.club.hub->await_tills());
  CHECK(rig.awaited() == std::vector<std::uint32_t>{1, 2});
  (void)rig.other.hello();
  rig.other.pull();
  CHECK(rig.awaited() == std::vector<std::uint32_t>{1});
  CHECK_FALSE(rig.says_yes());
  SECTION("the till calls and sends again what the hub lost") {
    (void)rig.till.hello();
    rig.till.pull();  // what it did is not here yet
    CHECK(rig.awaited() == std::vector<std::uint32_t>{1});
    (void)rig.till.push(3);
    rig.till.pull();
    CHECK(rig.awaited().empty());
    rig.club.settle();
    CHECK(rig.till.pull().right.value().settled.seq == rig.newest());
  }
  SECTION("the till is written off") { REQUIRE(rig.club.hub->write_off(1)); }
  CHECK(rig.awaited().empty());
  CHECK(rig.says_yes());
}

TEST_CASE("Restored hub: issues no right even where one is due", "[hub][rights]") {
  RestoredRig rig;
  REQUIRE(rig.club.hub->await_tills());
  (void)rig.till.hello();
  (void)rig.till.push(3);
  rig.club.settle();
  CHECK_FALSE(rig.till.pull().right);
  rig.club.restart();  // a plain restart ends no waiting
  CHECK(rig.awaited() == std::vector<std::uint32_t>{2});
  (void)rig.other.hello();
  rig.other.pull();
  CHECK(rig.awaited().empty());
  CHECK(rig.till.hello().right);
}

TEST_CASE("Restored hub: a till that is ahead of it shows it", "[hub][rights]") {
  RestoredRig rig;
  CHECK(rig.awaited().empty());
  (void)rig.other.hello();
  CHECK(rig.awaited().empty());
  (void)rig.till.hello();
  CHECK(rig.awaited() == std::vector<std::uint32_t>{1, 2});
  CHECK_FALSE(rig.says_yes());
}

TEST_CASE("Restored hub: learns of rights that it issued in its lost life", "[hub][rights]") {
  RestoredRig rig;
  REQUIRE(rig.club.hub->await_tills());
  club::wire::IssuedRight lost;
  lost.id = pos::domain::RightId::mint(rig.club.chance);
  lost.number = 7;
  lost.amount = Money::of(60'000);
  lost.per_member_max = Money::of(3'000);
  lost.settled = {1, rig.newest(), rig.till.facts().back().chain};
  rig.till.receive(lost);
  rig.till.sell_drawing(lost.id, Money::of(800));
  (void)rig.till.hello();
  (void)rig.till.push(3);
  (void)rig.other.hello();
  rig.other.pull();
  rig.till.pull();
  CHECK(rig.worst() == 119'200);
  rig.club.settle();
  CHECK(rig.till.pull().right.value().number == 8);
  CHECK(rig.club.broken_laws().empty());
}

TEST_CASE("Rights: the worst loss is known in advance, and falls by what is drawn",
          "[hub][rights]") {
  PoolRig rig;
  HandTill there(rig.club);
  CHECK(rig.worst() == 120'000);  // the other one before it has received its own, too
  rig.draw(2'500);
  (void)rig.till.push(3);
  CHECK(rig.worst() == 117'500);

  // A till that dies with a yes in its hands.
  const auto coffee = CouponCode::parse("COFFEE");
  const Wish wish{FactId::mint(rig.club.chance), std::nullopt, {}, {}, {*coffee}};
  rig.club.settle();
  REQUIRE(there.authorise({wish, {}}).word == Word::granted);
  CHECK(rig.club.hub->write_off(there.paired().till.value)->units() == 60'000);
  CHECK(rig.worst() == 60'000);
  CHECK(
      rig.till.authorise({Wish{FactId::mint(rig.club.chance), std::nullopt, {}, {}, {*coffee}}, {}})
          .word == Word::granted);
  CHECK_FALSE(rig.club.hub->write_off(99).has_value());
}

TEST_CASE("Rights: a till that draws more than it was given is named by the audit",
          "[hub][rights]") {
  PoolRig rig;
  SECTION("more than the right") { rig.draw(60'001); }
  SECTION("on a right that nobody issued") {
    rig.till.sell_drawing(pos::domain::RightId::mint(rig.club.chance), Money::of(1));
  }
  (void)rig.till.push(3);
  rig.club.settle();
  CHECK(rig.club.broken_laws() == std::vector<std::string>{"rights: till 1"});
}

}  // namespace
