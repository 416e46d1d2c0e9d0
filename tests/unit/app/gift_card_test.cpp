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
