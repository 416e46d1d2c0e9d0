#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace tests::support;
using club::wire::OutcomeRow;
using club::wire::PushAnswer;
using club::wire::Refusal;

TEST_CASE("Delivery: a sale has one effect, however often it is pushed", "[hub]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  const auto sale = till.sell(noa);
  for (int i = 0; i < 3; ++i) {
    const auto answer = till.push();
    CHECK(answer.word == PushAnswer::Word::accepted);
    CHECK(answer.accepted.seq == 3);
    CHECK(answer.accepted.chain == till.facts().back().chain);
    club.settle();
  }
  (void)till.push(2, 2);
  CHECK(club.settle() == 0);
  CHECK(club.points(noa.account) == 46);
  CHECK(club.count("SELECT count(*) FROM inbox") == 3);
  till.pull();
  CHECK(till.outcome(sale) == OutcomeRow::Result::applied);
  CHECK(till.member(noa.id)->balance.units() == 46);
  CHECK(till.member(noa.id)->visits == 1);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Delivery: a sale that is sealed again under its id counts once", "[hub]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972541234567", "Noa", ""});
  const auto sale = till.sell(noa);
  static_cast<void>(till.push());
  club.settle();
  const auto points = club.points(noa.account);
  // As after a disk that went back in time: another record, at another place, of the same sale.
  till.begin_incarnation();
  static_cast<void>(till.sell(noa, 3));
  auto& again = till.facts().back();
  again.fields.uid = sale;
  again.chain = pos::core::chain_value(till.facts().front().chain, again.fields);
  CHECK(till.push().accepted.seq == 2);
  club.settle();
  CHECK(club.points(noa.account) == points);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Delivery: what was acknowledged is there after a restart, and applied once", "[hub]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  till.sell(noa);
  CHECK(till.push().accepted.seq == 3);
  club.restart();
  CHECK(till.hello().accepted.seq == 3);
  CHECK(club.settle() == 3);
  club.restart();
  CHECK(club.settle() == 0);
  CHECK(club.points(noa.account) == 46);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Delivery: a hole is answered with where to go on", "[hub]") {
  HubClub club;
  HandTill till(club);
  for (int i = 0; i < 5; ++i) till.sell(std::nullopt);
  CHECK(till.push(1, 2).accepted.seq == 2);
  const auto gap = till.push(4, 6);
  CHECK(gap.word == PushAnswer::Word::gap);
  CHECK(gap.accepted.seq == 2);
  CHECK(club.count("SELECT count(*) FROM inbox") == 2);
  CHECK(till.push(3, 6).word == PushAnswer::Word::accepted);
  CHECK(club.settle() == 6);
}

TEST_CASE("Delivery: a copied disk is found, and the sales of both copies count", "[hub]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  till.sell(noa);
  HandTill copy = till;
  till.sell(noa);
  CHECK(till.push().word == PushAnswer::Word::accepted);
  copy.sell(noa);
  copy.sell(noa);
  (void)copy.hello();
  // The copy pushes only what is new to it; the hub asks for what lies before.
  const auto again = copy.push(5, 5);
  CHECK(again.word == PushAnswer::Word::gap);
  const auto fork = copy.push(again.accepted.seq + 1);
  CHECK(fork.word == PushAnswer::Word::fork);
  CHECK(fork.accepted.seq == 5);
  CHECK(fork.accepted.chain == copy.facts().back().chain);
  copy.begin_incarnation();
  copy.sell(noa);
  CHECK(copy.push().word == PushAnswer::Word::accepted);
  till.sell(noa);
  (void)till.hello();
  CHECK(till.push(3).word == PushAnswer::Word::accepted);
  club.settle();
  CHECK(club.points(noa.account) == 6 * 46);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Delivery: one bad record never blocks the queue", "[hub]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  const auto damaged = till.sell(noa);
  till.facts().back().body[10] ^= 1;
  const auto future = till.seal_raw("hologram", {'{', '}'});
  const auto broken = till.seal_raw("sale", {'{', '}'});
  const auto sale = till.sell(noa);
  const auto answer = till.push();
  CHECK(answer.accepted.seq == 6);
  CHECK(answer.damaged == std::vector<std::uint64_t>{3});
  club.settle();
  till.pull();
  CHECK(till.outcome(damaged) == OutcomeRow::Result::parked);
  CHECK(till.outcome(future) == OutcomeRow::Result::parked);
  CHECK(till.outcome(broken) == OutcomeRow::Result::parked);
  CHECK(till.outcome(sale) == OutcomeRow::Result::applied);
  CHECK(club.points(noa.account) == 46);
  CHECK(club.count("SELECT count(*) FROM parked") == 3);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Delivery: a batch that does not chain, or that another key signed, is not taken",
          "[hub]") {
  HubClub club;
  HandTill till(club);
  till.sell(std::nullopt);
  till.sell(std::nullopt);
  auto push = club::wire::PushRequest{till.facts(), {}};
  push.signature = pos::core::sign_chain(till.key().secret, push.facts.back().chain);
  push.facts[1].chain = {};
  const auto bad = till.call(club::wire::kPushPath, club::wire::encode(push));
  CHECK(club::wire::decode_push_answer(bad.response.body)->word == PushAnswer::Word::bad_chain);
  const auto other = pos::core::make_signing_pair(club.chance);
  push.facts = till.facts();
  push.signature = pos::core::sign_chain(other.secret, push.facts.back().chain);
  const auto foreign = till.call(club::wire::kPushPath, club::wire::encode(push));
  CHECK(club::wire::decode_push_answer(foreign.response.body)->word == PushAnswer::Word::bad_chain);
  CHECK(club.count("SELECT count(*) FROM inbox") == 0);
}

TEST_CASE("Delivery: a call that is heard twice is refused the second time", "[hub]") {
  HubClub club;
  HandTill till(club);
  const auto request =
      till.signed_request(club::wire::kPullPath, club::wire::encode(club::wire::PullRequest{}));
  CHECK(club.hub->handle(request, club.clock.tick()).response.status == 200);
  const auto again = club.hub->handle(request, club.clock.tick());
  CHECK(club::wire::read_refusal(again.response).word == Refusal::Word::replayed);
  club.restart();
  const auto old = club.hub->handle(request, club.clock.tick());
  CHECK(club::wire::read_refusal(old.response).word == Refusal::Word::bad_nonce);
  auto altered = till.signed_request(club::wire::kPullPath, {});
  altered.auth->counter += 1;
  CHECK(club::wire::read_refusal(club.hub->handle(altered, club.clock.tick()).response).word ==
        Refusal::Word::bad_signature);
}

TEST_CASE("Pairing: a code is good once, for ten minutes, and again for the same key", "[hub]") {
  HubClub club;
  const auto key = pos::core::make_signing_pair(club.chance).open;
  const auto other = pos::core::make_signing_pair(club.chance).open;
  const auto try_code = [&](const std::string& code, const pos::core::VerifyKey& with) {
    club::wire::Request request;
    request.path = club::wire::kRegisterPath;
    request.body = club::wire::encode(club::wire::RegisterRequest{code, with});
    return club.hub->handle(request, club.clock.tick()).response.status;
  };
  const auto till = club.hub->add_till(*pos::domain::StoreCode::parse("main"));
  REQUIRE(till);
  CHECK(till->code.size() == 10);
  CHECK(try_code("WRONGWRONG", key) == 403);
  std::string typed = till->code;
  typed.insert(5, "-");
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  CHECK(try_code(typed, key) == 200);
  CHECK(try_code(till->code, key) == 200);
  CHECK(try_code(till->code, other) == 403);
  const auto late = club.hub->add_till(*pos::domain::StoreCode::parse("main"));
  club.clock.pass(std::chrono::minutes(10));
  CHECK(try_code(late->code, key) == 403);
}

TEST_CASE("Hub: garbage on every path gets a refusal and harms nobody", "[hub]") {
  HubClub club;
  HandTill till(club);
  pos::core::SeededChance chance(7);
  for (int i = 0; i < 400; ++i) {
    club::wire::Request request;
    constexpr std::string_view kPaths[] = {club::wire::kRegisterPath, club::wire::kHelloPath,
                                           club::wire::kPushPath, club::wire::kPullPath, "/x"};
    request.path = kPaths[chance.below(5)];
    pos::core::Bytes body(chance.below(200));
    chance.fill(body);
    if (chance.below(2) == 0) body = club::wire::pack(body);
    request.body = body;
    if (chance.below(2) == 0) request = till.signed_request(request.path, body);
    const auto reply = club.hub->handle(request, club.clock.tick());
    CHECK(reply.response.status >= 400);
    CHECK(reply.response.status < 500);
  }
  pos::core::Bytes bomb(64 * 1024 * 1024, 0);
  const auto huge = till.call(club::wire::kPushPath, club::wire::pack(bomb));
  CHECK(huge.response.status == 413);
  CHECK(till.push().word == PushAnswer::Word::accepted);
}

}  // namespace
