#include "tests/unit/engine/engine_rig.hpp"

namespace tests {

using Word = wire::Refusal::Word;
using Attention = engine::SyncStatus::Attention;
using Connection = engine::SyncStatus::Connection;

TEST_CASE("Hello: a refusal keeps what waits, says why and pauses", "[engine]") {
  const auto [word, attention] =
      GENERATE(table<Word, std::optional<Attention>>({{Word::unknown_till, Attention::unknown_till},
                                                      {Word::bad_signature, Attention::key_refused},
                                                      {Word::version, Attention::version},
                                                      {Word::busy, std::nullopt},
                                                      {Word::trouble, std::nullopt}}));
  EngineRig rig;
  rig.sell(2);
  rig.link.then(wire::refuse(word, "no"));
  static_cast<void>(rig.worker.run_once());
  const auto& status = rig.worker.status();
  CHECK(status.connection == Connection::offline);
  CHECK(status.waiting == 3);
  CHECK(status.last_error.find("no") != std::string::npos);
  CHECK((status.attention == attention));
}

TEST_CASE("Hello: a till that is taken again after a refusal needs nobody any more", "[engine]") {
  EngineRig rig;
  rig.link.then(wire::refuse(Word::unknown_till, "no"));
  static_cast<void>(rig.worker.run_once());
  REQUIRE(rig.worker.status().attention);
  rig.link.then_answer(rig.welcome(1));
  rig.link.then_answer(wire::PullAnswer{9, false, {}});
  static_cast<void>(rig.worker.run_once());
  CHECK_FALSE(rig.worker.status().attention);
}

TEST_CASE("Hello: a nonce that the hub forgot is mended by a new hello, and nobody notices",
          "[engine]") {
  const auto word = GENERATE(Word::bad_nonce, Word::replayed);
  EngineRig rig;
  rig.link.then_answer(rig.welcome(1));
  rig.link.then_answer(wire::PullAnswer{9, false, {}});
  static_cast<void>(rig.worker.run_once());
  rig.sell();
  rig.link.then(wire::refuse(word, "the hub was restarted"));
  static_cast<void>(rig.worker.run_once());
  CHECK(rig.worker.status().connection == Connection::online);
  const auto fresh = rig.welcome(1);
  rig.link.then_answer(fresh);
  rig.link.then_answer(rig.pushed(wire::PushAnswer::Word::accepted, 2));
  static_cast<void>(rig.worker.run_once());
  CHECK(rig.link.requests[3].path == wire::kHelloPath);
  CHECK(rig.link.requests[4].auth->nonce == fresh.nonce);
  CHECK(rig.link.requests[4].auth->counter == 1);
  CHECK(rig.waiting() == 0);
}

TEST_CASE("Hello: a right is sealed once, however often the hub names it", "[engine]") {
  EngineRig rig;
  auto answer = rig.welcome();
  answer.right =
      wire::IssuedRight{domain::RightId::mint(rig.disk_rig.chance), 1, domain::Money::of(60'000),
                        domain::Money::of(3'000), rig.mark(1)};
  rig.link.then_answer(answer);
  REQUIRE(rig.begin());
  rig.link.then_answer(answer);
  REQUIRE(rig.begin());
  const auto right = rig.disk_rig.reader().right();
  REQUIRE((right && *right));
  CHECK((*right)->amount == domain::Money::of(60'000));
  CHECK(rig.disk_rig.reader().counts()->facts == 2);
}

TEST_CASE("Pull: a newer right takes the place of the one before, and is told of once",
          "[engine]") {
  EngineRig rig;
  rig.sell();
  auto session = rig.session(2);
  const auto right = [&](std::uint64_t number, std::int64_t amount) {
    return wire::IssuedRight{domain::RightId::mint(rig.disk_rig.chance), number,
                             domain::Money::of(amount), domain::Money::of(3'000), rig.mark(2)};
  };
  const auto pull = [&](const wire::IssuedRight& offered) {
    rig.link.then_answer(wire::PullAnswer{9, false, {}, offered});
    const auto pulled = session.pull(false);
    REQUIRE(pulled);
    return pulled->right_received;
  };
  const auto left = [&] { return (*rig.disk_rig.reader().right())->left().units(); };
  const auto older = right(4, 60'000);
  CHECK(pull(right(5, 60'000)));
  CHECK(left() == 60'000);
  CHECK_FALSE(pull(older));
  CHECK(pull(right(6, 0)));  // recalled
  CHECK(left() == 0);
  auto foreign = right(7, 60'000);
  foreign.settled.chain = core::blake2b(core::bytes_of("another copy of this disk"));
  CHECK_FALSE(pull(foreign));
  CHECK(left() == 0);
  CHECK_FALSE(pull(foreign));
  const auto asked = wire::decode_pull_request(rig.link.requests.back().body);
  REQUIRE(asked);
  CHECK(asked->right == 7);  // declined, and not asked for again
  CHECK(asked->sealed == *rig.store->sealed());
}

TEST_CASE("Hello: a till says what a hub once said that it holds", "[engine]") {
  EngineRig rig;
  rig.sell(3);
  auto session = rig.session(2);
  rig.link.then_answer(rig.pushed(wire::PushAnswer::Word::accepted, 4));
  REQUIRE(session.push());
  static_cast<void>(rig.session(1));
  const auto hello = wire::decode_hello_request(rig.link.requests.back().body);
  REQUIRE(hello);
  CHECK(hello->accepted == rig.mark(4));
}

TEST_CASE("Hello: a hub that was restored gets again what it lost", "[engine]") {
  EngineRig rig;
  rig.sell(4);
  auto first = rig.session();
  rig.link.then_answer(rig.pushed(wire::PushAnswer::Word::accepted, 5));
  REQUIRE(first.push());
  CHECK(rig.waiting() == 0);
  auto second = rig.session(2);
  CHECK(rig.waiting() == 3);
  rig.link.then_answer(rig.pushed(wire::PushAnswer::Word::accepted, 5));
  REQUIRE(second.push());
  CHECK(rig.last_batch() == std::vector<std::uint64_t>{3, 4, 5});
  CHECK(rig.waiting() == 0);
}

TEST_CASE("Hello: a till whose disk is an older image takes no seq that the hub holds",
          "[engine]") {
  EngineRig rig;
  rig.sell(2);
  static_cast<void>(rig.session(10));
  CHECK(rig.store->sealed()->incarnation == 2);
  CHECK(rig.store->sealed()->seq == 1);
  // What the image sold before it met the hub may be unknown there, under the same seqs.
  CHECK(rig.waiting() == 4);
}

TEST_CASE("Hello: a hub that holds more than this disk is shown the newest fact of it again",
          "[engine]") {
  EngineRig rig;
  rig.sell(2);
  static_cast<void>(rig.session(3));
  REQUIRE(rig.waiting() == 0);
  // Restored since, it has the facts of another copy in the place of ours.
  static_cast<void>(rig.session(10));
  CHECK(rig.store->sealed()->incarnation == 2);
  CHECK(rig.waiting() == 2);
}

TEST_CASE("Hello: the mark of another copy of this disk takes nothing out of the outbox",
          "[engine]") {
  EngineRig rig;
  rig.sell(3);
  auto answer = rig.welcome(3);
  answer.accepted.chain = core::blake2b(core::bytes_of("another's"));
  rig.link.then_answer(answer);
  REQUIRE(rig.begin());
  CHECK(rig.waiting() == 4);
}

TEST_CASE("Hello: after a restored hub an accepted end that is not ours goes again", "[engine]") {
  EngineRig rig;
  rig.sell(3);
  static_cast<void>(rig.session(4));
  CHECK(rig.waiting() == 0);
  auto answer = rig.welcome(4);
  answer.accepted.chain = core::blake2b(core::bytes_of("another's"));
  rig.link.then_answer(answer);
  REQUIRE(rig.begin());
  CHECK(rig.waiting() == 1);
}

TEST_CASE("Hello: an answer for another incarnation is not believed", "[engine]") {
  EngineRig rig;
  rig.sell();
  auto answer = rig.welcome(2);
  answer.accepted.incarnation = 5;
  rig.link.then_answer(answer);
  const auto session = rig.begin();
  REQUIRE_FALSE(session);
  CHECK(session.error().fault == engine::SyncError::Fault::garbage);
  CHECK(rig.waiting() == 2);
}

}  // namespace tests
