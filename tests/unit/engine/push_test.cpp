#include "tests/unit/engine/engine_rig.hpp"

namespace tests {

using Answered = wire::PushAnswer::Word;
using Seqs = std::vector<std::uint64_t>;

TEST_CASE("Push: what the hub made durable leaves the outbox, known before or not", "[engine]") {
  EngineRig rig;
  rig.sell(3);
  auto session = rig.session();
  const auto accepted = GENERATE(std::uint64_t{4}, std::uint64_t{9});
  rig.link.then_answer(
      rig.pushed(Answered::accepted, accepted));  // 9: it has more than this till knows
  const auto pushed = session.push();
  REQUIRE(pushed);
  CHECK(pushed->sent == 4);
  CHECK(rig.last_batch() == Seqs{1, 2, 3, 4});
  CHECK(rig.waiting() == 0);
  CHECK(session.push()->sent == 0);
  CHECK(rig.link.requests.size() == 2);
}

TEST_CASE("Push: after a gap it goes on where the hub says", "[engine]") {
  EngineRig rig;
  rig.sell(5);
  auto session = rig.session(4);
  rig.link.then_answer(rig.pushed(Answered::gap, 1));
  REQUIRE(session.push());
  CHECK(rig.last_batch() == Seqs{5, 6});
  rig.link.then_answer(rig.pushed(Answered::accepted, 6));
  REQUIRE(session.push());
  CHECK(rig.last_batch() == Seqs{2, 3, 4, 5, 6});
  CHECK(rig.waiting() == 0);
}

TEST_CASE("Push: a gap that asks for what was just sent ends the session", "[engine]") {
  EngineRig rig;
  rig.sell(2);
  auto session = rig.session(1);
  rig.link.then_answer(rig.pushed(Answered::gap, 1));
  REQUIRE_FALSE(session.push());
  CHECK(rig.waiting() == 2);
}

TEST_CASE("Push: at a fork a new incarnation begins and the rest of the old one is pushed",
          "[engine]") {
  EngineRig rig;
  rig.sell(3);
  auto session = rig.session();
  rig.link.then_answer(rig.pushed(Answered::fork, 2));
  const auto pushed = session.push();
  REQUIRE(pushed);
  CHECK(pushed->forked);
  CHECK(rig.store->sealed()->incarnation == 2);
  rig.sell();
  rig.link.then_answer(wire::PushAnswer{Answered::accepted, {1, 4, {}}, {}});
  REQUIRE(session.push());
  CHECK(rig.last_batch() == Seqs{3, 4});
  rig.link.then_answer(rig.pushed(Answered::accepted, 2));
  REQUIRE(session.push());
  CHECK(rig.last_batch() == Seqs{1, 2});
  CHECK(rig.waiting() == 0);
  CHECK(rig.store->sealed()->incarnation == 2);
}

TEST_CASE("Push: the same fork told twice begins one incarnation", "[engine]") {
  EngineRig rig;
  rig.sell(3);
  auto session = rig.session();
  rig.link.then_answer(rig.pushed(Answered::fork, 2));
  REQUIRE(session.push());
  rig.link.then_answer(wire::PushAnswer{Answered::fork, {1, 4, {}}, {}});
  REQUIRE(session.push());
  CHECK(rig.store->sealed()->incarnation == 2);
}

TEST_CASE("Push: a damaged record does not hold up those behind it, and is shown", "[engine]") {
  EngineRig rig;
  rig.sell(2);
  rig.link.then_answer(rig.welcome());
  rig.link.then_answer(rig.pushed(Answered::accepted, 3, {2}));
  static_cast<void>(rig.worker.run_once());
  CHECK(rig.waiting() == 0);
  CHECK((rig.worker.status().attention == engine::SyncStatus::Attention::damaged));
}

TEST_CASE("Push: no answer that is not understood moves the outbox", "[engine]") {
  const auto bytes = [](std::string_view text) { return core::copy_of(core::bytes_of(text)); };
  EngineRig rig;
  rig.sell(2);
  auto session = rig.session();
  auto cut = wire::encode(wire::PushAnswer{Answered::accepted, rig.mark(3), {}});
  cut.resize(cut.size() - 3);
  SECTION("HTML") { rig.link.then(good(bytes("<html><h1>Welcome to the mall</h1></html>"))); }
  SECTION("an empty body") { rig.link.then(good({})); }
  SECTION("packed noise") { rig.link.then(good(wire::pack(core::bytes_of("{\"pushed\":1")))); }
  SECTION("a cut body") { rig.link.then(good(cut)); }
  SECTION("another call's answer") { rig.link.then_answer(rig.welcome(3)); }
  SECTION("another incarnation") {
    rig.link.then_answer(wire::PushAnswer{Answered::accepted, {2, 3, {}}, {}});
  }
  SECTION("the answer to an earlier push") {
    const auto random = wire::CallRandom::mint(rig.disk_rig.chance);
    rig.link.then(
        good(wire::encode(wire::PushAnswer{Answered::accepted, rig.mark(3), {}, random})));
  }
  SECTION("a broken chain") { rig.link.then_answer(rig.pushed(Answered::bad_chain, 0)); }
  SECTION("accepted, but nothing of it") {
    rig.link.then_answer(rig.pushed(Answered::accepted, 0));
  }
  const auto pushed = session.push();
  REQUIRE_FALSE(pushed);
  CHECK(pushed.error().fault == engine::SyncError::Fault::garbage);
  CHECK(rig.waiting() == 3);
}

TEST_CASE("Push: an error page with a status of its own is a refusal", "[engine]") {
  EngineRig rig;
  rig.sell();
  auto session = rig.session();
  rig.link.then(wire::Response{502, core::copy_of(core::bytes_of("<html>Bad gateway</html>"))});
  const auto pushed = session.push();
  REQUIRE_FALSE(pushed);
  CHECK(pushed.error().fault == engine::SyncError::Fault::refused);
  CHECK(rig.waiting() == 2);
}

TEST_CASE("Push: behind a record that the disk changed it goes on in a new incarnation",
          "[engine]") {
  EngineRig rig;
  rig.sell(2);
  auto session = rig.session(1);
  SECTION("the hub finds the chain broken") {
    rig.disk_rig.tool().execute("UPDATE fact SET kind='salt' WHERE seq=2");
    rig.link.then_answer(rig.pushed(Answered::bad_chain, 1));
  }
  SECTION("the hub cannot read the batch") {
    rig.disk_rig.tool().execute("UPDATE fact SET size=size+1 WHERE seq=2");
    rig.link.then(wire::refuse(wire::Refusal::Word::bad_request, "line 2: no JSON"));
  }
  const auto mended = session.push();
  REQUIRE(mended);
  CHECK(mended->damaged == 1);
  rig.link.then_answer(wire::PushAnswer{Answered::accepted, rig.mark(2), {}});
  REQUIRE(session.push());
  const auto sent = wire::decode_push_request(rig.link.requests.back().body);
  REQUIRE(sent);
  CHECK(sent->facts.size() == 2);  // the begin, and the sale behind the hole
  CHECK(rig.waiting() == 0);
}

TEST_CASE("Push: when the answer is lost after the commit, the same batch goes again, once more",
          "[engine]") {
  EngineRig rig;
  rig.sell(2);
  auto first = rig.session();
  CHECK(first.push().error().fault == engine::SyncError::Fault::link);
  const auto sent = wire::decode_push_request(rig.link.requests.back().body);
  CHECK(rig.waiting() == 3);
  auto second = rig.session();
  rig.link.then_answer(rig.pushed(Answered::accepted, 3));
  REQUIRE(second.push());
  CHECK(wire::decode_push_request(rig.link.requests.back().body)->facts == sent->facts);
  CHECK(rig.waiting() == 0);
}

TEST_CASE("Push: what the hub has, as its hello says, does not go again", "[engine]") {
  EngineRig rig;
  rig.sell(2);
  auto first = rig.session();
  REQUIRE_FALSE(first.push());
  auto second = rig.session(3);
  CHECK(second.push()->sent == 0);
  CHECK(rig.waiting() == 0);
}

}  // namespace tests
