#include "tests/unit/disk/disk_fixture.hpp"

namespace tests {
namespace {

using domain::Money;

/// A journal with a member, whose rights name its own facts.
struct RightRig : JournalRig {
  std::unique_ptr<disk::Journal> journal = open();
  domain::MemberFacts member = sample_member(chance);

  /// Of the pool 600.00 with 30.00 a member, settled up to the newest fact.
  [[nodiscard]] programme::RightFact right(std::uint64_t number, std::int64_t amount = 60'000) {
    programme::RightFact right;
    right.id = domain::RightId::mint(chance);
    right.amount = Money::of(amount);
    right.per_member_max = Money::of(3'000);
    right.number = number;
    const auto newest = reader().last_fact();
    REQUIRE((newest && *newest));
    right.settled_incarnation = (*newest)->fields.incarnation;
    right.settled_seq = (*newest)->fields.seq;
    right.settled_chain = (*newest)->chain;
    return right;
  }
  /// A sale that draws so much, named with a right that was seen before it was sealed.
  disk::Disk<disk::SealedFact> draw(std::int64_t amount, const domain::RightId& seen,
                                    const domain::MemberFacts& whose) {
    return journal->seal({mint(), sample_sale(whose, {amount / 10, 0, amount}, seen), {}, {}});
  }
  disk::Disk<disk::SealedFact> draw(std::int64_t amount, const domain::RightId& seen) {
    return draw(amount, seen, sample_member(chance));
  }
  [[nodiscard]] disk::RightLeft held() {
    const auto right = reader().right();
    REQUIRE((right && *right));
    return **right;
  }
};

}  // namespace

TEST_CASE("Journal: what is left of a right follows from the spends") {
  RightRig rig;
  const auto right = rig.right(1);
  CHECK(*rig.journal->receive_right(right));
  CHECK_FALSE(*rig.journal->receive_right(right));
  REQUIRE(rig.draw(1'000, right.id, rig.member));
  REQUIRE(rig.draw(500, right.id, rig.member));
  CHECK(rig.held().left() == Money::of(58'500));
  CHECK(*rig.reader().spent_for(rig.held(), rig.member.account) == Money::of(1'500));
}

TEST_CASE("Journal: a newer right counts only what lies behind the fact that it names") {
  RightRig rig;
  const auto first = rig.right(1);
  REQUIRE(rig.journal->receive_right(first));
  REQUIRE(rig.draw(2'000, first.id, rig.member));
  const auto second = rig.right(2);  // that sale is settled
  REQUIRE(rig.draw(700, first.id));  // this one not yet
  CHECK(*rig.journal->receive_right(second));
  CHECK(rig.held().id == second.id);
  CHECK(rig.held().left() == Money::of(59'300));
  CHECK(*rig.reader().spent_for(rig.held(), rig.member.account) == Money{});
  const auto newest = rig.reader().last_fact();
  const auto fact = programme::decode_fact("right", (*newest)->body);
  REQUIRE(fact);
  CHECK(std::get<programme::RightFact>(*fact).handed_back == Money::of(57'300));
  CHECK_FALSE(rig.reader().verify(rig.keys.open)->flaw);
}

TEST_CASE("Journal: a right that is not newer, or settled in another journal, is declined") {
  RightRig rig;
  const auto old = rig.right(3);
  const auto first = rig.right(4);
  REQUIRE(rig.journal->receive_right(first));
  CHECK_FALSE(*rig.journal->receive_right(old));
  auto foreign = rig.right(5);
  foreign.settled_chain = core::blake2b(core::bytes_of("another copy of this disk"));
  CHECK_FALSE(*rig.journal->receive_right(foreign));
  auto beyond = rig.right(5);
  beyond.settled_seq += 1;
  CHECK_FALSE(*rig.journal->receive_right(beyond));
  CHECK(rig.held().id == first.id);
  CHECK(rig.reader().counts()->facts == 2);
}

TEST_CASE("Journal: a sale is drawn on the right that holds when it is sealed") {
  RightRig rig;
  const auto first = rig.right(1);
  REQUIRE(rig.journal->receive_right(first));
  REQUIRE(rig.journal->receive_right(rig.right(2, 1'000)));
  const auto sealed = rig.draw(900, first.id);
  REQUIRE(sealed);
  const auto fact = programme::decode_fact("sale", sealed->body);
  REQUIRE(fact);
  CHECK(std::get<programme::SaleFact>(*fact).right == rig.held().id);
  SECTION("too little is left of the pool") {
    const auto refused = rig.draw(200, first.id);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == disk::DiskError::Fault::right_ended);
  }
  SECTION("what was recalled gives nothing more") {
    REQUIRE(rig.journal->receive_right(rig.right(3, 0)));
    CHECK_FALSE(rig.draw(1, first.id));
  }
  SECTION("a member's share is used up") {
    REQUIRE(rig.journal->receive_right(rig.right(3)));
    REQUIRE(rig.draw(2'500, first.id, rig.member));
    CHECK_FALSE(rig.draw(600, first.id, rig.member));
    CHECK(rig.draw(600, first.id));
  }
  // What was refused left nothing behind.
  CHECK_FALSE(rig.reader().verify(rig.keys.open)->flaw);
}

TEST_CASE("Journal: a right goes on counting over a new life of the journal") {
  RightRig rig;
  const auto first = rig.right(1);
  REQUIRE(rig.journal->receive_right(first));
  REQUIRE(rig.draw(400, first.id));
  REQUIRE(rig.journal->begin_incarnation(2));
  REQUIRE(rig.draw(500, first.id));
  CHECK(rig.held().left() == Money::of(59'100));
}

}  // namespace tests
