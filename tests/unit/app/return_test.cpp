#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

namespace {

std::string code_of(const domain::FactId& uid) { return domain::ReceiptCode(uid).text(); }

const programme::ReturnFact& return_of(const TestTill& till) {
  return std::get<programme::ReturnFact>(till.sealed.back().fact);
}

/// Noa buys two loaves, three bottles and spends points.
domain::FactId bought(TestTill& till) {
  till.scan(kNoaCard);
  till.scan(kBread, 2);
  till.scan(kOliveOil, 3);
  till.press(Action::points);
  till.press(Action::more);
  till.enter();
  return till.sell();
}

}  // namespace

TEST_CASE("Return: a scanned slip shows what is left of its sale", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  till.scan(code_of(uid));
  const auto view = till.sheet<ReturnView>();
  REQUIRE(view.lines.size() == 2);
  CHECK(view.lines[1].quantity_max == 3);
  CHECK(view.void_sale);
  CHECK_FALSE(view.confirm.enabled);
}

TEST_CASE("Return: the code can be typed, with or without its prefix", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  till.press(Action::give_back);
  till.write(Field::receipt, uid.hex());
  till.enter();
  CHECK(till.sheet<ReturnView>().lines.size() == 2);
}

TEST_CASE("Return: partial returns add up to the whole sale", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  const auto sale = std::get<programme::SaleFact>(till.sealed.back().fact);
  domain::Money money;
  domain::Points back;
  domain::Points taken;
  for (const std::size_t line : {1u, 0u, 1u, 0u, 1u}) {
    till.scan(code_of(uid));
    till.send(ReturnQuantity{line, 1});
    till.enter();
    till.commit();
    money += return_of(till).money;
    back += return_of(till).points_back;
    taken += return_of(till).earned_taken;
  }
  CHECK(money == sale.result.payable);
  CHECK(back == sale.result.points_spent);
  CHECK(taken == sale.result.earned);
  till.scan(code_of(uid));
  CHECK(till.state.sheet_message.text == Text::receipt_all_back);
}

TEST_CASE("Return: a sale of an older version of the programme comes back as it was recorded",
          "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  const auto sale = std::get<programme::SaleFact>(till.sealed.back().fact);
  REQUIRE_FALSE(sale.result.discount.is_zero());
  constexpr std::string_view kNewer =
      R"({"format":"clubtill-programme/1","version":"newer","club":{"name":{"en":"N"},
      "currency":"ILS","decimals":2,"terms_version":"1"},"points":{"earn":{"points":7,"per":100}},
      "classes":[{"code":"other","name":{"en":"O"}}],"benefits":[]})";
  auto newer = programme::Programme::parse(core::bytes_of(kNewer));
  REQUIRE(newer.has_value());
  till.directory.held_programme = *newer;
  till.scan(code_of(uid));
  till.press(Action::all_back);
  till.enter();
  till.commit();
  CHECK(return_of(till).money == sale.result.payable);
  CHECK(return_of(till).points_back == sale.result.points_spent);
  CHECK(return_of(till).earned_taken == sale.result.earned);
}

TEST_CASE("Return: no more comes back than was sold", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  till.scan(code_of(uid));
  till.send(ReturnQuantity{0, 9});
  CHECK(till.sheet<ReturnView>().lines[0].quantity == 2);
}

TEST_CASE("Return: a scanned article chooses one piece of it", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  till.scan(code_of(uid));
  till.scan(kBread, 3);
  CHECK(till.sheet<ReturnView>().lines[0].quantity == 2);
  CHECK(till.state.sheet_message.text == Text::return_not_on_slip);
  till.scan(kMilk);
  CHECK(till.state.sheet_message.text == Text::return_not_on_slip);
  CHECK(till.state.basket.lines.empty());
}

TEST_CASE("Return: the open basket is untouched", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  till.scan(kMilk);
  const Basket open = till.state.basket;
  till.scan(code_of(uid));
  till.press(Action::all_back);
  till.enter();
  till.commit();
  CHECK(till.state.basket == open);
  CHECK(till.message() == Text::return_done);
}

TEST_CASE("Return: a slip prints, and names the sale it came from", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  till.scan(code_of(uid));
  till.send(ReturnQuantity{0, 1});
  till.enter();
  till.commit();
  const auto prints = till.asked<PrintSlip>();
  REQUIRE(prints.size() == 1);
  CHECK(prints[0].slip.kind == SlipKind::goods_return);
  CHECK(prints[0].slip.original->value == code_of(uid));
  CHECK(prints[0].slip.figures.payable_minor == -return_of(till).money.units());
}

TEST_CASE("Return: stored value that paid comes back, and sheet and slip say so", "[app][return]") {
  TestTill till;
  for (auto& member : till.directory.members) member.value = domain::Money::of(1'285);
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  till.press(Action::points);
  till.press(Action::use_value);
  till.enter();
  till.sell();
  till.scan(code_of(till.sealed.back().uid));
  till.press(Action::all_back);
  const ScreenView view = till.view();
  const auto& sheet = std::get<ReturnView>(view.sheet);
  CHECK(std::any_of(sheet.points.begin(), sheet.points.end(),
                    [](const AmountView& one) { return one.value == "12.85"; }));
  till.enter();
  till.commit();
  CHECK(return_of(till).value_back.units() == 1'285);
  const auto prints = till.asked<PrintSlip>();
  REQUIRE_FALSE(prints.empty());
  REQUIRE(prints.back().slip.points.value.size() == 1);
  CHECK(prints.back().slip.points.value.front().value == "12.85");
}

TEST_CASE("Void: inverts the whole sale on its own day", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  const auto sale = std::get<programme::SaleFact>(till.sealed.back().fact);
  till.scan(code_of(uid));
  till.press(Action::void_sale);
  CHECK(return_of(till).is_void);
  CHECK(return_of(till).money == sale.result.payable);
  till.commit();
  CHECK(till.message() == Text::void_done);
  till.scan(code_of(uid));
  CHECK(till.state.sheet_message.text == Text::receipt_voided);
}

TEST_CASE("Void: not after a return, and not on another day", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  SECTION("another day") { till.now.at = till.now.at + std::chrono::hours(24); }
  SECTION("after a return") {
    till.scan(code_of(uid));
    till.send(ReturnQuantity{0, 1});
    till.enter();
    till.commit();
  }
  till.scan(code_of(uid));
  CHECK_FALSE(till.sheet<ReturnView>().void_sale);
  const std::size_t before = till.sealed.size();
  till.press(Action::void_sale);
  CHECK(till.sealed.size() == before);
}

TEST_CASE("Return: a slip of another till is named, not guessed", "[app][return]") {
  TestTill till;
  till.scan("CT1:00112233445566778899AABBCCDDEEFF");
  CHECK(till.state.sheet_message.text == Text::receipt_not_here);
  till.write(Field::receipt, "hello");
  till.enter();
  CHECK(till.state.sheet_message.text == Text::receipt_wrong);
}

TEST_CASE("Return: on the payment sheet a slip waits", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  till.scan(kMilk);
  till.press(Action::pay);
  till.scan(code_of(uid));
  CHECK(till.state.sheet == Sheet::pay);
  CHECK(till.message() == Text::receipt_later);
}
