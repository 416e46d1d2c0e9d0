#include "sync/engine/authoriser.hpp"

#include <set>

#include "tests/unit/engine/engine_rig.hpp"

namespace tests {

using Yes = wire::AuthoriseAnswer::Word;
using Refused = wire::Refusal::Word;

namespace {

struct AuthoriserRig {
  core::SeededChance chance{7};
  StandingClock clock;
  ScriptedLink link;
  std::set<domain::FactId> journal;
  engine::Authoriser authoriser{
      {{{3}, core::make_signing_pair(chance).secret}},
      link,
      [this](const domain::FactId& sale) -> engine::Stored<bool> { return journal.contains(sale); },
      clock,
      chance};

  [[nodiscard]] wire::AuthoriseRequest::Wish wish() {
    return {domain::FactId::mint(chance), std::nullopt, {}, {}, {}};
  }
  void then_hello() {
    wire::HelloAnswer answer;
    answer.nonce = wire::Nonce::mint(chance);
    link.then_answer(answer);
  }
  void then(Yes word, std::vector<domain::FactId> open = {}) {
    wire::AuthoriseAnswer answer;
    answer.word = word;
    answer.open = std::move(open);
    link.then_answer(answer);
  }
  [[nodiscard]] auto ask(const wire::AuthoriseRequest::Wish& wish) {
    return authoriser.ask(wish, clock.tick());
  }
  [[nodiscard]] wire::AuthoriseRequest last() const {
    const auto request = wire::decode_authorise_request(link.requests.back().body);
    REQUIRE(request.has_value());
    return *request;
  }
};

}  // namespace

TEST_CASE("Authoriser: says hello once, then asks under its nonce", "[engine][authorise]") {
  AuthoriserRig rig;
  rig.then_hello();
  rig.then(Yes::granted);
  const auto first = rig.wish();
  CHECK(rig.ask(first)->word == Yes::granted);
  CHECK(rig.last().wish == first);
  rig.then(Yes::short_of);
  CHECK(rig.ask(rig.wish())->word == Yes::short_of);
  CHECK(rig.link.paths() == std::vector<std::string>{std::string(wire::kHelloPath),
                                                     std::string(wire::kAuthorisePath),
                                                     std::string(wire::kAuthorisePath)});
}

TEST_CASE("Authoriser: an earlier sale's yes is not taken for this one's", "[engine][authorise]") {
  AuthoriserRig rig;
  rig.then_hello();
  rig.then(Yes::granted);
  REQUIRE(rig.ask(rig.wish()));
  wire::AuthoriseAnswer earlier;
  earlier.random = wire::CallRandom::mint(rig.chance);
  rig.link.then(good(wire::encode(earlier)));
  const auto answer = rig.ask(rig.wish());
  REQUIRE_FALSE(answer);
  CHECK(answer.error().fault == engine::SyncError::Fault::garbage);
  CHECK(rig.authoriser.is_untidy());  // the hub may keep it all the same
}

TEST_CASE("Authoriser: finds a sale by its number, and waits no longer than for a yes",
          "[engine][authorise]") {
  AuthoriserRig rig;
  rig.then_hello();
  const auto sale = domain::FactId::mint(rig.chance);
  wire::ReceiptAnswer answer;
  answer.word = wire::ReceiptAnswer::Word::found;
  answer.receipt.emplace();
  answer.receipt->sale = sale;
  answer.receipt->till = {8};
  answer.receipt->lines = {{"7", 2, domain::Money::of(980), {}, {}, {}, {}, {}, {}}};
  answer.back = {1};
  rig.link.then(good(wire::encode(answer)));
  const auto found = rig.authoriser.find_sale(sale, rig.clock.tick());
  REQUIRE(found);
  CHECK(*found == answer);
  CHECK(rig.link.paths().back() == wire::kReceiptPath);
  const auto late = rig.authoriser.find_sale(sale, core::Tick::from_us(-2'000'000));
  CHECK_FALSE(late);
}

TEST_CASE("Authoriser: a hub that was restarted is greeted again at once", "[engine][authorise]") {
  AuthoriserRig rig;
  rig.then_hello();
  rig.link.then(wire::refuse(Refused::bad_nonce, "restarted"));
  rig.then_hello();
  rig.then(Yes::granted);
  CHECK(rig.ask(rig.wish())->word == Yes::granted);
  CHECK(rig.link.played());
}

TEST_CASE("Authoriser: nothing is asked when the time is over", "[engine][authorise]") {
  AuthoriserRig rig;
  const auto long_ago = rig.clock.tick() - core::Micros(1'200'000);
  CHECK_FALSE(rig.authoriser.ask(rig.wish(), long_ago).has_value());
  CHECK(rig.link.requests.empty());
}

TEST_CASE("Authoriser: at the start everything is handed back that no sale will come for",
          "[engine][authorise]") {
  AuthoriserRig rig;
  const auto sealed = domain::FactId::mint(rig.chance);
  const auto stray = domain::FactId::mint(rig.chance);
  rig.journal.insert(sealed);
  CHECK(rig.authoriser.is_untidy());
  rig.then_hello();
  rig.then(Yes::granted, {sealed, stray});
  rig.then(Yes::granted, {sealed});
  CHECK(rig.authoriser.tidy().has_value());
  CHECK(rig.last().abandoned == std::vector{stray});
  CHECK_FALSE(rig.authoriser.is_untidy());
}

TEST_CASE("Authoriser: a sale that may still be sealed is not handed back", "[engine][authorise]") {
  AuthoriserRig rig;
  const auto first = rig.wish();
  rig.then_hello();
  rig.then(Yes::granted, {first.uid});
  REQUIRE(rig.ask(first).has_value());
  CHECK_FALSE(rig.authoriser.is_untidy());
  SECTION("given up by the cashier") { rig.authoriser.abandon(first.uid); }
  SECTION("followed by another sale") {
    const auto second = rig.wish();
    rig.then(Yes::granted, {first.uid, second.uid});
    REQUIRE(rig.ask(second).has_value());
  }
  CHECK(rig.authoriser.is_untidy());
  if (rig.link.requests.size() == 2) rig.then(Yes::granted, {first.uid});
  rig.then(Yes::granted);
  CHECK(rig.authoriser.tidy().has_value());
  CHECK(rig.last().abandoned == std::vector{first.uid});
}

TEST_CASE("Authoriser: an answer that was lost is looked after when the hub is back",
          "[engine][authorise]") {
  AuthoriserRig rig;
  const auto lost = rig.wish();
  rig.then_hello();
  rig.link.then(core::fail(wire::LinkFault{wire::LinkFault::Kind::timeout, "no answer"}));
  CHECK_FALSE(rig.ask(lost).has_value());
  CHECK(rig.authoriser.is_untidy());
  SECTION("the sale was sealed by the till's rights: it ends when it arrives") {
    rig.journal.insert(lost.uid);
    rig.then(Yes::granted, {lost.uid});
  }
  SECTION("the sale was given up") {
    rig.authoriser.abandon(lost.uid);
    rig.then(Yes::granted, {lost.uid});
    rig.then(Yes::granted);
  }
  CHECK(rig.authoriser.tidy().has_value());
  CHECK(rig.link.played());
}

}  // namespace tests
