#include "tests/support/catch.hpp"
#include "tests/ui/example_views.hpp"
#include "tests/ui/ui_driver.hpp"

using namespace tests::ui;
using namespace pos::app;
using pos::ui::Key;

namespace {

bool pressed(const std::vector<Event>& events, Action action) {
  const auto* event = only<Pressed>(events);
  return event != nullptr && event->action == action;
}

constexpr pos::core::Micros kLong{300'000};

}  // namespace

TEST_CASE("Checkout: a button acts when it is released inside, and not elsewhere", "[ui]") {
  UiDriver ui;
  ui.show(checkout_of_noa(Language::he));
  CHECK(pressed(ui.click("checkout.pay"), Action::pay));
  const auto rect = ui.find("checkout.join")->rect;
  CHECK(ui.drag({rect.middle_x(), rect.middle_y()}, {rect.middle_x(), rect.y0 - 40}).empty());
}

TEST_CASE("Checkout: the same button twice within 250 ms acts once", "[ui]") {
  UiDriver ui;
  ui.show(checkout_of_noa(Language::en));
  CHECK(pressed(ui.click("checkout.find"), Action::find));
  ui.pass(pos::core::Micros{200'000});
  CHECK(ui.click("checkout.find").empty());
  ui.pass(kLong);
  CHECK(pressed(ui.click("checkout.find"), Action::find));
}

TEST_CASE("Checkout: function keys press the buttons that name them, a disabled one stays still",
          "[ui]") {
  UiDriver ui;
  ui.show(checkout_of_noa(Language::fa));
  CHECK(pressed(ui.key(Key::f9), Action::pay));
  CHECK(pressed(ui.key(Key::f4), Action::why));
  CHECK(pressed(ui.key(Key::f11), Action::language));
  CHECK(pressed(ui.key(Key::f12), Action::sign_out));
  CHECK(pressed(ui.key(Key::f2), Action::find));
  CHECK(pressed(ui.key(Key::f2, {.shift = true}), Action::remove_member));
  CHECK(ui.key(Key::f5).empty());
  ui.show(empty_checkout(Language::fa));
  CHECK(ui.key(Key::f9).empty());
}

TEST_CASE("Checkout: a held key does not repeat a command", "[ui]") {
  UiDriver ui;
  ui.show(checkout_of_noa(Language::en));
  ui.stage().input().key(Key::f9, {}, true);
  CHECK(ui.settle().empty());
}

TEST_CASE("Checkout: digits go to the entry, Enter confirms what came before it", "[ui]") {
  UiDriver ui;
  ui.show(checkout_of_noa(Language::en));
  ui.stage().input().text("052");
  ui.stage().input().text("\u06F5\u0665");
  ui.stage().input().key(Key::enter);
  const auto events = ui.settle();
  REQUIRE(events.size() == 2);
  CHECK(std::get<Edited>(events[0]).field == Field::entry);
  CHECK(std::get<Edited>(events[0]).text == "05255");
  CHECK(std::get<Pressed>(events[1]).action == Action::confirm);
}

TEST_CASE("Checkout: typing after Tab still reaches the entry", "[ui]") {
  UiDriver ui;
  ui.show(checkout_of_noa(Language::en));
  (void)ui.key(Key::tab);
  (void)ui.key(Key::tab);
  const auto events = ui.type("7");
  REQUIRE(only<Edited>(events) != nullptr);
  CHECK(only<Edited>(events)->text == "7");
}

TEST_CASE("Checkout: what is typed after a command waits for the sheet that it opens", "[ui]") {
  UiDriver ui;
  ui.show(checkout_of_noa(Language::en));
  ui.stage().input().key(Key::f9);
  ui.stage().input().text("50");
  const auto first = ui.frame();
  CHECK(pressed(first, Action::pay));
  auto view = pay_sheet(Language::en);
  std::get<PayView>(view.sheet).received->text.clear();
  ui.view() = view;
  const auto events = ui.settle();
  REQUIRE(only<Edited>(events) != nullptr);
  CHECK(only<Edited>(events)->field == Field::received);
  CHECK(only<Edited>(events)->text == "50");
}

TEST_CASE("Checkout: lines are chosen by tap and by arrow", "[ui]") {
  UiDriver ui;
  ui.show(checkout_of_noa(Language::he));
  const auto tapped = ui.click("basket.line.2");
  REQUIRE(only<LineSelected>(tapped) != nullptr);
  CHECK(only<LineSelected>(tapped)->line == 2);
  const auto moved = ui.key(Key::up);
  REQUIRE(only<LineSelected>(moved) != nullptr);
  CHECK(only<LineSelected>(moved)->line == 4);
}

TEST_CASE("Checkout: a long basket shows its newest line and pages back by button and key",
          "[ui]") {
  UiDriver ui;
  auto view = full_checkout(Language::en);
  for (auto& line : view.checkout.lines) line.selected = false;
  ui.show(view);
  CHECK(ui.find("basket.line.24") != nullptr);
  CHECK(ui.find("basket.line.0") == nullptr);
  (void)ui.click("basket.up");
  (void)ui.frame();
  CHECK(ui.find("basket.line.24") == nullptr);
  for (int i = 0; i < 6; ++i) (void)ui.key(Key::page_up);
  (void)ui.frame();
  CHECK(ui.find("basket.line.0") != nullptr);
  ui.view().checkout.lines.push_back(view.checkout.lines.front());
  ui.view().checkout.lines.back().id = "basket.line.25";
  (void)ui.frame();
  CHECK(ui.find("basket.line.25") != nullptr);
}

TEST_CASE("Member panel: a tap asks why, a task is ticked, an offer is taken or declined", "[ui]") {
  UiDriver ui;
  ui.show(full_checkout(Language::en));
  CHECK(pressed(ui.click("member.benefits"), Action::why));
  const auto done = ui.click("task.birthday");
  REQUIRE(only<BenefitAnswered>(done) != nullptr);
  CHECK(only<BenefitAnswered>(done)->kind == pos::programme::Answer::Kind::acknowledged);
  const auto unwanted = ui.click("task.birthday.decline");
  REQUIRE(only<BenefitAnswered>(unwanted) != nullptr);
  CHECK(only<BenefitAnswered>(unwanted)->kind == pos::programme::Answer::Kind::declined);
  const auto taken = ui.click("task.demand.1");
  REQUIRE(only<BenefitAnswered>(taken) != nullptr);
  CHECK(only<BenefitAnswered>(taken)->kind == pos::programme::Answer::Kind::accepted);
  CHECK(only<BenefitAnswered>(taken)->choice == "2");
  const auto declined = ui.click("task.demand.decline");
  REQUIRE(only<BenefitAnswered>(declined) != nullptr);
  CHECK(only<BenefitAnswered>(declined)->kind == pos::programme::Answer::Kind::declined);
}

TEST_CASE("Sheets: the checkout beneath can be seen but not reached", "[ui]") {
  UiDriver ui;
  ui.show(why_sheet(Language::en));
  REQUIRE(ui.find("checkout.pay") != nullptr);
  CHECK_FALSE(ui.find("checkout.pay")->enabled);
  CHECK(ui.click("checkout.pay").empty());
  CHECK(ui.key(Key::f9).empty());
  CHECK(pressed(ui.key(Key::f11), Action::language));
  CHECK(pressed(ui.key(Key::escape), Action::escape));
  CHECK(pressed(ui.click("why.cancel"), Action::escape));
}

TEST_CASE("Join sheet: name in Hebrew, consents by tap, keypad into the phone, Enter joins",
          "[ui]") {
  UiDriver ui;
  auto view = join_sheet(Language::he);
  auto& sheet = std::get<JoinView>(view.sheet);
  sheet.phone.text.clear();
  sheet.first_name.text.clear();
  ui.show(view);
  const auto digit = ui.click("keypad.5");
  REQUIRE(only<Edited>(digit) != nullptr);
  CHECK(only<Edited>(digit)->field == Field::phone);
  CHECK(only<Edited>(digit)->text == "5");
  (void)ui.key(Key::tab);
  const auto name = ui.type("שירה");
  REQUIRE(only<Edited>(name) != nullptr);
  CHECK(only<Edited>(name)->field == Field::first_name);
  CHECK(only<Edited>(name)->text == "שירה");
  const auto ticked = ui.click("join.marketing");
  REQUIRE(only<ConsentTicked>(ticked) != nullptr);
  CHECK(only<ConsentTicked>(ticked)->consent == Consent::marketing);
  CHECK(only<ConsentTicked>(ticked)->given);
  CHECK(pressed(ui.key(Key::enter), Action::confirm));
}

TEST_CASE("Join sheet: F5 leads to the family's days, where a touch writes the relation", "[ui]") {
  UiDriver ui;
  ui.show(join_sheet(Language::en));
  CHECK(pressed(ui.key(Key::f5), Action::family_days));
  auto view = family_page(Language::fa);
  auto& days = std::get<JoinView>(view.sheet).family_days;
  days[1].day.text.clear();
  ui.show(view);
  (void)ui.click("join.family.1.day");
  const auto digit = ui.click("keypad.7");
  REQUIRE(only<Edited>(digit) != nullptr);
  CHECK(only<Edited>(digit)->field == Field::family_day);
  CHECK(only<Edited>(digit)->item == 1);
  CHECK(only<Edited>(digit)->text == "7");
  const auto son = ui.click("join.family.1.son");
  REQUIRE(only<Edited>(son) != nullptr);
  CHECK(only<Edited>(son)->field == Field::relation);
  CHECK(only<Edited>(son)->item == 1);
  CHECK(only<Edited>(son)->text == "پسر");
  // The chosen word again takes it out.
  const auto daughter = ui.click("join.family.0.daughter");
  REQUIRE(only<Edited>(daughter) != nullptr);
  CHECK(only<Edited>(daughter)->text.empty());
  CHECK(pressed(ui.key(Key::escape), Action::escape));
  CHECK(pressed(ui.key(Key::enter), Action::confirm));
}

TEST_CASE("Join sheet: while it is being sealed nothing can be written", "[ui]") {
  UiDriver ui;
  auto view = join_sheet(Language::en);
  std::get<JoinView>(view.sheet).busy = true;
  ui.show(view);
  CHECK(ui.type("x").empty());
  CHECK_FALSE(ui.find("keypad.1")->enabled);
}

TEST_CASE("Pay sheet: tender, quick amount, the same keypad key twice at once", "[ui]") {
  UiDriver ui;
  auto view = pay_sheet(Language::en);
  std::get<PayView>(view.sheet).received->text.clear();
  ui.show(view);
  const auto tender = ui.click("pay.card");
  REQUIRE(only<TenderChosen>(tender) != nullptr);
  CHECK(only<TenderChosen>(tender)->kind == pos::programme::Tender::Kind::card);
  REQUIRE(only<ReceivedChosen>(ui.click("pay.quick.2")) != nullptr);
  const auto once = ui.click("keypad.0");
  REQUIRE(only<Edited>(once) != nullptr);
  std::get<PayView>(ui.view().sheet).received->text = "0";
  const auto twice = ui.click("keypad.0");
  REQUIRE(only<Edited>(twice) != nullptr);
  CHECK(only<Edited>(twice)->text == "00");
  std::get<PayView>(ui.view().sheet).received->text = "00";
  const auto point = ui.click("keypad.point");
  REQUIRE(only<Edited>(point) != nullptr);
  CHECK(only<Edited>(point)->text == "00.");
}

TEST_CASE("Points sheet: arrows and buttons step, Enter uses", "[ui]") {
  UiDriver ui;
  ui.show(points_sheet(Language::en));
  CHECK(pressed(ui.key(Key::right), Action::more));
  CHECK(pressed(ui.key(Key::left), Action::fewer));
  CHECK(pressed(ui.click("points.all"), Action::all_points));
  CHECK(pressed(ui.click("points.value"), Action::use_value));
  CHECK(pressed(ui.key(Key::enter), Action::confirm));
}

TEST_CASE("Question before paying: a digit or a tap answers, Enter goes on without", "[ui]") {
  UiDriver ui;
  ui.show(ask_sheet(Language::en));
  const auto tapped = ui.click("ask.answer.3");
  REQUIRE(only<BenefitAnswered>(tapped) != nullptr);
  CHECK(only<BenefitAnswered>(tapped)->choice == "other");
  const auto typed = ui.type("2");
  REQUIRE(only<BenefitAnswered>(typed) != nullptr);
  CHECK(only<BenefitAnswered>(typed)->choice == "street");
  CHECK(pressed(ui.key(Key::enter), Action::confirm));
  ui.show(ask_sheet(Language::fa));
  const auto persian = ui.type("۳");
  REQUIRE(only<BenefitAnswered>(persian) != nullptr);
  CHECK(only<BenefitAnswered>(persian)->choice == "net");
}

TEST_CASE("Return sheet: pieces step between none and what is left", "[ui]") {
  UiDriver ui;
  ui.show(return_sheet(Language::fa));
  const auto more = ui.click("return.line.0.more");
  REQUIRE(only<ReturnQuantity>(more) != nullptr);
  CHECK(only<ReturnQuantity>(more)->quantity == 1);
  const auto fewer = ui.click("return.line.1.less");
  REQUIRE(only<ReturnQuantity>(fewer) != nullptr);
  CHECK(only<ReturnQuantity>(fewer)->quantity == 0);
  CHECK_FALSE(ui.find("return.line.1.more")->enabled);
}

TEST_CASE("Find sheet: a result is attached by tap", "[ui]") {
  UiDriver ui;
  ui.show(find_sheet(Language::he));
  const auto chosen = ui.click("find.result.1");
  REQUIRE(only<FoundChosen>(chosen) != nullptr);
  CHECK(only<FoundChosen>(chosen)->result == 1);
}

TEST_CASE("Question: Enter and Esc keep; Tab, Enter replaces", "[ui]") {
  UiDriver ui;
  ui.show(question(Language::en));
  const auto kept = ui.key(Key::enter);
  REQUIRE(only<QuestionAnswered>(kept) != nullptr);
  CHECK_FALSE(only<QuestionAnswered>(kept)->replace);
  const auto escaped = ui.key(Key::escape);
  REQUIRE(only<QuestionAnswered>(escaped) != nullptr);
  CHECK_FALSE(only<QuestionAnswered>(escaped)->replace);
  (void)ui.key(Key::tab);
  const auto replaced = ui.key(Key::enter);
  REQUIRE(only<QuestionAnswered>(replaced) != nullptr);
  CHECK(only<QuestionAnswered>(replaced)->replace);
}

TEST_CASE("Sign-in: by tap, and by arrows and Enter", "[ui]") {
  UiDriver ui;
  ui.show(sign_in(Language::he));
  REQUIRE(only<SignInChosen>(ui.click("sign_in.3")) != nullptr);
  (void)ui.key(Key::down);
  (void)ui.frame();
  CHECK(ui.find("sign_in.1")->focused);
  REQUIRE(only<SignInChosen>(ui.key(Key::enter)) != nullptr);
}
