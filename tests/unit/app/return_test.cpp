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
  till.send(ConnectionChanged{false, {}, 0});
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

namespace {

/// A sale of till 8 of the same club, and its slip.
struct OtherTill {
  explicit OtherTill(TestTill& here) : here_(here) {
    core::SeededChance chance(8);
    key = core::make_signing_pair(chance);
    here.directory.other_tills[domain::TillNumber{8}] = key.open;
    TestTill there;
    bought(there);
    sale = std::get<programme::SaleFact>(there.sealed.back().fact);
    sale.scene.till = {8};
  }
  [[nodiscard]] domain::ReceiptCode code() const {
    const auto own = here_.directory.till_key;
    here_.directory.till_key = key;
    auto made = here_.directory.slip_code(programme::receipt_of(uid, sale));
    here_.directory.till_key = own;
    return made;
  }
  [[nodiscard]] std::string slip() const { return code().text(); }

  core::SigningPair key;
  domain::FactId uid = *domain::FactId::parse("00112233445566778899aabbccddeeff");
  programme::SaleFact sale;

 private:
  TestTill& here_;
};

void give_back(TestTill& till, const std::string& slip, std::size_t line, std::int64_t pieces) {
  till.scan(slip);
  till.send(ReturnQuantity{line, pieces});
  till.enter();
  till.commit();
}

}  // namespace

TEST_CASE("Return elsewhere: another till's sale comes back by its slip alone, to the last agora",
          "[app][return][law7]") {
  TestTill till;
  const OtherTill other(till);
  domain::Money money;
  domain::Points back;
  domain::Points taken;
  for (const std::size_t line : {1u, 0u, 1u, 0u, 1u}) {
    give_back(till, other.slip(), line, 1);
    const auto& fact = return_of(till);
    CHECK(fact.sale == other.uid);
    CHECK(fact.sold_by == domain::TillNumber{8});
    CHECK(fact.account == other.sale.account);
    CHECK(fact.right == till.directory.pool_right);
    money += fact.money;
    back += fact.points_back;
    taken += fact.earned_taken;
  }
  CHECK(money == other.sale.result.payable);
  CHECK(back == other.sale.result.points_spent);
  CHECK(taken == other.sale.result.earned);
  till.scan(other.slip());
  CHECK(till.state.sheet_message.text == Text::receipt_all_back);
}

TEST_CASE("Return elsewhere: the sheet and the slip name till, member and articles",
          "[app][return]") {
  TestTill till;
  const OtherTill other(till);
  till.scan(other.slip());
  auto view = till.sheet<ReturnView>();
  CHECK(view.subtitle.find("till ") != std::string::npos);
  REQUIRE(view.lines.size() == 2);
  CHECK(view.lines[0].name == "Bread");
  CHECK_FALSE(view.void_sale);
  till.directory.articles.erase(kBread);
  CHECK(till.sheet<ReturnView>().lines[0].name.find(kBread) != std::string::npos);
  till.send(ReturnQuantity{1, 2});
  till.enter();
  till.commit();
  const auto printed = till.asked<PrintSlip>();
  REQUIRE_FALSE(printed.empty());
  CHECK(printed.back().slip.lines.front().name == "Olive oil");
}

TEST_CASE("Return elsewhere: what is given back draws on the right, and never beyond it",
          "[app][return][law9]") {
  TestTill till;
  const OtherTill other(till);
  const domain::Money one = [&] {
    TestTill probe;
    const OtherTill there(probe);
    give_back(probe, there.slip(), 1, 1);
    return return_of(probe).drawn;
  }();
  CHECK_FALSE(one.is_zero());
  till.directory.pool = one + one;
  give_back(till, other.slip(), 1, 1);
  const std::size_t sealed = till.sealed.size();
  till.scan(other.slip());
  till.send(ReturnQuantity{1, 2});
  till.enter();
  CHECK(till.state.sheet_message.text == Text::return_beyond_right);
  CHECK(till.sealed.size() == sealed);
  till.send(ReturnQuantity{1, 1});
  till.enter();
  till.commit();
  CHECK(till.sealed.size() == sealed + 1);
}

TEST_CASE("Return elsewhere: a till without a right gives nothing back", "[app][return][law9]") {
  TestTill till;
  const OtherTill other(till);
  till.directory.pool_right.reset();
  till.scan(other.slip());
  till.send(ReturnQuantity{1, 1});
  till.enter();
  CHECK(till.state.sheet_message.text == Text::return_beyond_right);
}

TEST_CASE("Return elsewhere: fees and gift cards stay with the till that sold them",
          "[app][return]") {
  TestTill till;
  OtherTill other(till);
  auto& result = other.sale.result;
  result.joined = programme::Joining{};
  result.joined->fee = other.sale.input.lines[0].article.code;
  till.scan(other.slip());
  const auto view = till.sheet<ReturnView>();
  CHECK(view.lines[0].quantity_max == 0);
  CHECK(view.lines[1].quantity_max == 3);
  // All that is paid for a gift card is on the account.
  result.lines[1].value_earned = result.lines[1].payable;
  till.scan(other.slip());
  CHECK(till.state.sheet_message.text == Text::return_own_till);
  CHECK_FALSE(till.state.give_back.sale);
}

TEST_CASE("Return elsewhere: a slip that its till did not sign is refused with the reason",
          "[app][return]") {
  TestTill till;
  const OtherTill other(till);
  core::SeededChance chance(9);
  till.directory.other_tills[domain::TillNumber{8}] = core::make_signing_pair(chance).open;
  till.scan(other.slip());
  CHECK(till.state.sheet_message.text == Text::slip_forged);
  CHECK_FALSE(till.state.give_back.sale);
  till.directory.other_tills.clear();
  till.scan(other.slip());
  CHECK(till.state.sheet_message.text == Text::slip_till_unknown);
  till.send(ConnectionChanged{false, {}, 0});
  till.scan(domain::ReceiptCode(other.uid).text());
  CHECK(till.state.sheet_message.text == Text::receipt_not_here);
}

TEST_CASE("Return elsewhere: a code that was cut says that it must be scanned again",
          "[app][return]") {
  TestTill till;
  const OtherTill other(till);
  const std::string slip = other.slip();
  till.scan(slip.substr(0, slip.size() / 2));
  CHECK(till.state.message.text == Text::receipt_damaged);
}

TEST_CASE("Return elsewhere: a number alone is asked of the hub, and opens what is left",
          "[app][return]") {
  TestTill till;
  const OtherTill other(till);
  till.scan(domain::ReceiptCode(other.uid).text());
  REQUIRE(till.asked<FindSale>().size() == 1);
  CHECK(till.asked<FindSale>().front().sale == other.uid);
  CHECK(till.state.sheet_message.text == Text::asking_hub);
  const domain::Receipt receipt = programme::receipt_of(other.uid, other.sale);
  SECTION("which knows it") {
    // One loaf came back elsewhere.
    till.send(SaleFound{other.uid, SaleFound::Word::found, receipt, {1, 0}});
    const auto view = till.sheet<ReturnView>();
    REQUIRE(view.lines.size() == 2);
    CHECK(view.lines[0].quantity_max == 1);
    till.send(ReturnQuantity{0, 1});
    till.enter();
    till.commit();
    CHECK(return_of(till).sold_by == domain::TillNumber{8});
    CHECK(return_of(till).right == till.directory.pool_right);
    CHECK(return_of(till).lines.front().quantity == 1);
  }
  SECTION("after all of it came back") {
    till.send(SaleFound{other.uid, SaleFound::Word::found, receipt, {2, 5}});
    CHECK(till.state.sheet_message.text == Text::receipt_all_back);
  }
  SECTION("which does not know it") {
    till.send(SaleFound{other.uid, SaleFound::Word::unknown, {}, {}});
    CHECK(till.state.sheet_message.text == Text::sale_unknown_at_hub);
  }
  SECTION("which does not answer") {
    till.send(SaleFound{other.uid, SaleFound::Word::silent, {}, {}});
    CHECK(till.state.sheet_message.text == Text::sale_hub_silent);
  }
  SECTION("and the cashier has gone on meanwhile") {
    till.escape();
    till.send(SaleFound{other.uid, SaleFound::Word::found, receipt, {0, 0}});
    CHECK(till.state.sheet == Sheet::none);
  }
}

TEST_CASE("Return: the own slip's code opens the own record, whatever it says", "[app][return]") {
  TestTill till;
  const auto uid = bought(till);
  const auto sale = std::get<programme::SaleFact>(till.sealed.back().fact);
  till.scan(till.directory.slip_code(programme::receipt_of(uid, sale)).text());
  REQUIRE(till.state.give_back.sale);
  CHECK(till.state.give_back.sale->fact.has_value());
  CHECK(till.sheet<ReturnView>().void_sale);
}
