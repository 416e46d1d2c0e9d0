#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

TEST_CASE("Identify: a scanned card puts its member into the sale", "[app][identify]") {
  TestTill till;
  till.scan(kNoaCard);
  CHECK(till.member_name() == "Noa L.");
  CHECK(till.message() == Text::card_accepted);
  CHECK(till.checkout().member.head->name == "Noa L.");
  CHECK(till.asked<PlayTone>().front().kind == PlayTone::Kind::accepted);
}

TEST_CASE("Identify: a card works at any moment of the sale and on any sheet", "[app][identify]") {
  for (const Action sheet :
       {Action::why, Action::pay, Action::find, Action::join, Action::give_back}) {
    TestTill till;
    till.scan(kMilk);
    till.press(sheet);
    REQUIRE(till.state.sheet != Sheet::none);
    till.scan(kNoaCard);
    CHECK(till.member_name() == "Noa L.");
  }
}

TEST_CASE("Identify: the attached card again does nothing", "[app][identify]") {
  TestTill till;
  till.scan(kMilk);
  till.scan(kNoaCard);
  const Basket before = till.state.basket;
  till.scan(kNoaCard);
  CHECK(till.state.basket == before);
  CHECK_FALSE(till.state.question);
  CHECK(till.asked<PlayTone>().empty());
  CHECK(till.asked<KeepBasket>().empty());
}

TEST_CASE("Identify: another card asks, and Enter keeps", "[app][identify]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kYossiCard);
  REQUIRE(till.view().question);
  CHECK(till.member_name() == "Noa L.");
  till.enter();
  CHECK_FALSE(till.view().question);
  CHECK(till.member_name() == "Noa L.");
}

TEST_CASE("Identify: another card replaces only when that is said", "[app][identify]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kYossiCard);
  till.send(QuestionAnswered{true});
  CHECK(till.member_name() == "Yossi B.");
  till.press(Action::undo);
  CHECK(till.member_name() == "Noa L.");
}

TEST_CASE("Identify: Esc keeps the member", "[app][identify]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kYossiCard);
  till.escape();
  CHECK_FALSE(till.state.question);
  CHECK(till.member_name() == "Noa L.");
}

TEST_CASE("Identify: an unknown card of the club earns, and F3 has its number", "[app][identify]") {
  TestTill till;
  till.scan(kNobodysCard);
  till.scan(kBread);
  REQUIRE(till.state.basket.attached);
  CHECK(till.state.basket.attached->unknown_card);
  CHECK(till.state.quote->earned.units() == 14);
  CHECK_FALSE(till.checkout().member.unknown_card.empty());
  till.press(Action::join);
  CHECK(till.sheet<JoinView>().card.text == kNobodysCard);
}

TEST_CASE("Identify: a blocked card says so and attaches nobody", "[app][identify]") {
  TestTill till;
  till.directory.block_card(kNoaCard);
  till.scan(kNoaCard);
  CHECK(till.message() == Text::card_blocked);
  CHECK_FALSE(till.state.basket.attached);
  CHECK(till.asked<PlayTone>().front().kind == PlayTone::Kind::refused);
}

TEST_CASE("Identify: a payment card is refused and nothing of it is kept", "[app][identify]") {
  TestTill till;
  till.scan(kPaymentCard);
  CHECK(till.message() == Text::payment_card);
  CHECK(till.kept.empty());
  till.write(Field::entry, kPaymentCard);
  CHECK(till.state.entry.empty());
  CHECK(till.message() == Text::payment_card);
  till.press(Action::join);
  till.write(Field::first_name, std::string("Noa ") + kPaymentCard);
  CHECK(till.state.join.first_name.empty());
}

TEST_CASE("Identify: a typed phone number and Enter attaches its member", "[app][identify]") {
  TestTill till;
  till.type(kNoaPhone);
  CHECK(till.member_name() == "Noa L.");
  CHECK(till.state.basket.attached->by == programme::IdentifiedBy::phone);
  CHECK(till.state.entry.empty());
}

TEST_CASE("Identify: a phone number of nobody offers to join with it", "[app][identify]") {
  TestTill till;
  till.type("052-555-0199");
  CHECK(till.message() == Text::phone_nobody);
  CHECK_FALSE(till.state.basket.attached);
  till.press(Action::join);
  CHECK(till.sheet<JoinView>().phone.text == "052-555-0199");
}

TEST_CASE("Identify: F2, digits and Enter attaches", "[app][identify]") {
  TestTill till;
  till.press(Action::find);
  till.write(Field::search, kYossiPhone);
  REQUIRE(till.sheet<FindView>().results.size() == 1);
  till.enter();
  CHECK(till.member_name() == "Yossi B.");
  CHECK(till.state.sheet == Sheet::none);
}

TEST_CASE("Identify: a member taken away comes back with Undo", "[app][identify]") {
  TestTill till;
  till.scan(kMilk);
  till.scan(kNoaCard);
  till.press(Action::remove_member);
  CHECK_FALSE(till.state.basket.attached);
  REQUIRE(till.checkout().message.undo);
  till.press(Action::undo);
  CHECK(till.member_name() == "Noa L.");
}

TEST_CASE("Identify: a cashier's own card is not used at the till she is signed in to",
          "[app][identify]") {
  TestTill till;
  till.directory.member_staff[till.directory.members[0].id] = *domain::StaffCode::parse("dana");
  till.scan(kNoaCard);
  CHECK(till.message() == Text::own_card);
  CHECK_FALSE(till.state.basket.attached);
}

TEST_CASE("Identify: with nobody signed in a scan changes nothing", "[app][identify]") {
  TestTill till;
  till.press(Action::sign_out);
  till.scan(kNoaCard);
  till.scan(kMilk);
  CHECK(till.state.basket.empty());
  REQUIRE(till.view().sign_in);
  CHECK(till.view().sign_in->employees.size() == 2);
}

TEST_CASE("Identify: new facts from headquarters reach the open sale", "[app][identify]") {
  TestTill till;
  till.scan(kNoaCard);
  till.directory.members[0].balance = domain::Points::of(2'000);
  till.send(CacheChanged{});
  CHECK(till.state.basket.attached->facts->balance.units() == 2'000);
}
