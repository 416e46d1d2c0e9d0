#include "pos/app/views/build_slip.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

// A gift card loads the account of the card that lies on the counter.

using namespace app_test;

namespace {

const programme::SaleFact& gift_sale(const TestTill& till) {
  return std::get<programme::SaleFact>(till.sealed.back().fact);
}

}  // namespace

TEST_CASE("Gift card: without a card it cannot be paid, and the till says why", "[app][gift]") {
  TestTill till;
  till.scan(kGiftCard);
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.message() == Text::gift_needs_card);
  till.scan(kNobodysCard);
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::pay);
  CHECK(till.sheet<PayView>().earns.find("100.00") != std::string::npos);
}

TEST_CASE("Gift card: what is paid for it is on the card, and the slip says so", "[app][gift]") {
  TestTill till;
  till.scan(kNobodysCard);
  till.scan(kGiftCard);
  const auto uid = till.sell();
  CHECK(gift_sale(till).result.value_earned == domain::Money::of(10'000));
  CHECK(gift_sale(till).unknown_card.has_value());
  const auto slip = build_slip(uid, till.sealed.back().fact, till.directory, false);
  REQUIRE(slip);
  REQUIRE(slip->points.value.size() == 1);
  CHECK(slip->points.value.front().value == "100.00");
}

namespace {

/// A till that knows 100.00 on a card that nobody joined with.
struct LoadedCard {
  TestTill till;
  core::KeyedHash card = till.directory.card_hash(
      *domain::CardNumber::parse(kNobodysCard, till.directory.till_profile.ranges));
  LoadedCard() {
    till.directory.card_values[card] = {domain::Money::of(10'000), {}, till.now.at, 7};
  }
};

}  // namespace

TEST_CASE("Gift card: nobody joined with it, and it pays for the goods", "[app][gift]") {
  LoadedCard rig;
  TestTill& till = rig.till;
  till.scan(kBread, 3);
  till.scan(kNobodysCard);
  CHECK(till.message() == Text::gift_card_attached);
  CHECK(till.checkout().member.unknown_card.find("100.00") != std::string::npos);
  CHECK(till.member_name().empty());
  till.press(Action::points);
  REQUIRE(till.state.sheet == Sheet::points);
  const auto sheet = till.sheet<PointsView>();
  CHECK(sheet.balance.find("100.00") != std::string::npos);
  CHECK(sheet.fewer.label.empty());
  CHECK(sheet.value.label.find("44.70") != std::string::npos);
  CHECK(sheet.value_used);  // who shows it wants it to pay
  till.enter();
  CHECK(till.payable() == 0);
  till.hub.reset();
  till.press(Action::pay);
  till.enter();
  // The hub is asked for the card's own account, and says yes.
  const auto asked = till.asked<Authorise>();
  REQUIRE(asked.size() == 1);
  CHECK(asked.front().account == domain::account_of_card(rig.card));
  const auto uid = asked.front().uid;
  till.send(Authorised{uid, Authorised::Word::granted, {}, {}, {}});
  till.commit();
  const auto& sale = gift_sale(till);
  CHECK(sale.result.value_spent == domain::Money::of(4'470));
  CHECK(sale.reserved->value == domain::Money::of(4'470));
  CHECK(sale.result.earned.is_zero());  // nothing was paid in money
  CHECK(sale.unknown_card == rig.card);
  CHECK_FALSE(sale.account);
  CHECK_FALSE(sale.input.member);
  const auto slip = build_slip(uid, till.sealed.back().fact, till.directory, false);
  REQUIRE(slip);
  REQUIRE(slip->points.value.size() == 1);
  CHECK(slip->points.value.front().value == "55.30");
  till.scan(kNobodysCard);
  CHECK(till.checkout().member.unknown_card.find("55.30") != std::string::npos);
}

TEST_CASE("Gift card: without a connection it pays within the rights, and once", "[app][gift]") {
  LoadedCard rig;
  TestTill& till = rig.till;
  till.send(ConnectionChanged{false, till.now, 4});
  till.scan(kBread, 3);
  till.scan(kNobodysCard);
  till.press(Action::points);
  CHECK_FALSE(till.sheet<PointsView>().limit.empty());
  till.enter();
  CHECK(till.payable() == 4'470 - 3'000);  // 30.00 for one account
  till.sell();
  CHECK(gift_sale(till).result.drawn == domain::Money::of(3'000));
  CHECK(gift_sale(till).right.has_value());
  till.scan(kBread);
  till.scan(kNobodysCard);
  till.press(Action::points);
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.message() == Text::points_none);
}

TEST_CASE("Gift card: what it pays is forgotten with it, and comes back with the basket",
          "[app][gift]") {
  LoadedCard rig;
  TestTill& till = rig.till;
  till.scan(kBread, 3);
  till.scan(kNobodysCard);
  till.press(Action::points);
  till.escape();
  CHECK(till.payable() == 4'470);
  till.press(Action::points);
  till.enter();
  till.restart();
  till.send(ConnectionChanged{true, till.now, 0});
  CHECK(till.payable() == 0);
  // Headquarters said meanwhile that another till had spent most of it.
  rig.till.directory.card_values[rig.card].value = domain::Money::of(1'000);
  till.send(CacheChanged{});
  CHECK(till.payable() == 3'470);
  till.press(Action::remove_member);
  CHECK(till.payable() == 4'470);
}

TEST_CASE("Gift card: nothing is stored on a card, or it is lost: nothing to pay with",
          "[app][gift]") {
  LoadedCard rig;
  TestTill& till = rig.till;
  till.scan(kBread);
  SECTION("it was spent") {
    till.directory.card_values[rig.card].value = {};
    till.scan(kNobodysCard);
    CHECK(till.message() == Text::unknown_card_attached);
  }
  SECTION("it was never loaded") {
    till.directory.card_values.clear();
    till.scan(kNobodysCard);
    CHECK(till.message() == Text::unknown_card_attached);
    till.press(Action::points);
    CHECK(till.message() == Text::points_need_member);
  }
  SECTION("it is blocked") {
    till.directory.block_card(kNobodysCard);
    till.scan(kNobodysCard);
    CHECK(till.message() == Text::card_blocked);
  }
  CHECK(till.payable() == 1'490);
}

TEST_CASE("Gift card: one that nobody joined with is not taken back when it was spent",
          "[app][gift]") {
  TestTill till;
  till.scan(kNobodysCard);
  till.scan(kGiftCard);
  const auto uid = till.sell();
  auto& card = till.directory.card_values.begin()->second;
  REQUIRE(card.value == domain::Money::of(10'000));
  const auto give_back = [&] {
    till.scan(domain::ReceiptCode(uid).text());
    till.send(ReturnQuantity{0, 1});
    till.enter();
  };
  card.value = domain::Money::of(9'999);
  give_back();
  CHECK(till.state.sheet_message.text == Text::gift_spent);
  card.value = domain::Money::of(10'000);
  give_back();
  CHECK(till.sealed.size() == 2);
}

TEST_CASE("Gift card: it is not taken back when its value has been spent", "[app][gift]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kGiftCard);
  const auto uid = till.sell();
  auto& noa = till.directory.members.front();
  const auto give_back = [&] {
    till.scan(domain::ReceiptCode(uid).text());
    till.send(ReturnQuantity{0, 1});
    till.enter();
  };
  noa.value = domain::Money::of(9'999);
  give_back();
  CHECK(till.state.sheet_message.text == Text::gift_spent);
  CHECK(till.sealed.size() == 1);
  noa.value = domain::Money::of(10'000);
  give_back();
  REQUIRE(till.sealed.size() == 2);
  CHECK(std::get<programme::ReturnFact>(till.sealed.back().fact).value_taken ==
        domain::Money::of(10'000));
}
