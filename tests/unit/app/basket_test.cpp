#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

TEST_CASE("Basket: an article again is one more of the same line", "[app][basket]") {
  TestTill till;
  till.scan(kMilk, 3);
  till.scan(kBread);
  REQUIRE(till.state.basket.lines.size() == 2);
  CHECK(till.state.basket.lines[0].quantity == 3);
  CHECK(till.payable() == 3 * 620 + 1490);
}

TEST_CASE("Basket: a number and a star before an article is its quantity", "[app][basket]") {
  TestTill till;
  till.write(Field::entry, "12*");
  till.scan(kMilk);
  CHECK(till.state.basket.lines[0].quantity == 12);
  CHECK(till.state.entry.empty());
  till.type(std::string("2*") + kBread);
  CHECK(till.state.basket.lines[1].quantity == 2);
}

TEST_CASE("Basket: a number and a star alone is the quantity of the chosen line", "[app][basket]") {
  TestTill till;
  till.scan(kMilk);
  till.type("5*");
  CHECK(till.state.basket.lines[0].quantity == 5);
}

TEST_CASE("Basket: no line has more pieces than a record may hold", "[app][basket]") {
  TestTill till;
  till.scan(kMilk);
  till.type("9999*");
  till.scan(kMilk);
  CHECK(till.state.basket.lines[0].quantity == 9'999);
  CHECK(till.message() == Text::quantity_limit);
  till.type("10000*");
  CHECK(till.state.basket.lines[0].quantity == 9'999);
}

TEST_CASE("Basket: a sale has at most as many lines as its record can hold", "[app][basket]") {
  TestTill till;
  for (std::size_t i = 0; i <= programme::kLinesMax; ++i) {
    const std::string code = std::to_string(1000 + i);
    till.directory.add_article(code, "Thing " + code, 100);
    till.type(code);
  }
  CHECK(till.state.basket.lines.size() == programme::kLinesMax);
  CHECK(till.message() == Text::line_limit);
}

TEST_CASE("Basket: a line taken away comes back where it was", "[app][basket]") {
  TestTill till;
  till.scan(kMilk);
  till.scan(kBread);
  till.scan(kOliveOil);
  const Basket before = till.state.basket;
  till.send(LineSelected{1});
  till.press(Action::delete_line);
  CHECK(till.state.basket.lines.size() == 2);
  till.press(Action::undo);
  CHECK(till.state.basket == before);
}

TEST_CASE("Basket: Undo is for the last act only", "[app][basket]") {
  TestTill till;
  till.scan(kMilk);
  till.scan(kBread);
  till.send(LineQuantity{0, 0});
  till.scan(kBread);
  const Basket before = till.state.basket;
  till.press(Action::undo);
  CHECK(till.state.basket == before);
  CHECK_FALSE(till.checkout().message.undo);
}

TEST_CASE("Basket: an article that is not known says its number", "[app][basket]") {
  TestTill till;
  till.scan("0400000000091");
  CHECK(till.message() == Text::article_unknown);
  CHECK(till.state.basket.empty());
}

TEST_CASE("Basket: a weighed label costs its part of the price of a kilogram", "[app][basket]") {
  TestTill till;
  till.directory.till_profile.ranges.labels = {{"21IIIIIWWWWWC"}};
  till.send(Scanned{domain::LabelCode{*domain::ArticleCode::from_short_number("7"), 850, {}},
                    programme::IdentifiedBy::card_scan});
  REQUIRE(till.state.basket.lines.size() == 1);
  CHECK(till.payable() == 417);  // 0.850 kg at 4.90
}

TEST_CASE("Basket: a coupon that everybody may use takes its part off", "[app][basket]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread, 2);
  till.type("rimon10");
  CHECK(till.message() == Text::coupon_applied);
  CHECK(till.payable() == 2980 - 298);
  till.press(Action::undo);
  CHECK(till.payable() == 2980);
}

TEST_CASE("Basket: a coupon that has ended is noted and takes nothing off", "[app][basket]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread);
  till.type("SUMMER");
  CHECK(till.message() == Text::coupon_kept);
  CHECK(till.payable() == 1490);
  CHECK_FALSE(till.checkout().member.not_now.empty());
}

TEST_CASE("Basket: a coupon that the club never gave out is refused", "[app][basket]") {
  TestTill till;
  till.type("WINTER99");
  CHECK(till.message() == Text::coupon_unknown);
  CHECK(till.state.basket.empty());
}

TEST_CASE("Basket: a task stays until it is ticked, and the tick is sealed", "[app][basket]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread);
  const auto tasks = till.checkout().member.tasks;
  REQUIRE(tasks.size() == 1);
  CHECK_FALSE(tasks[0].done);
  till.send(BenefitAnswered{tasks[0].benefit, programme::Answer::Kind::acknowledged, ""});
  REQUIRE(till.checkout().member.tasks.size() == 1);
  CHECK(till.checkout().member.tasks[0].done);
  till.press(Action::pay);
  till.enter();
  const auto sale = std::get<programme::SaleFact>(till.sealed.back().fact);
  CHECK(sale.input.answers.size() == 1);
}

TEST_CASE(
    "Basket: a task that the member does not want is sealed as declined, and can be taken back",
    "[app][basket]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread);
  const BenefitAnswered no{till.checkout().member.tasks[0].benefit,
                           programme::Answer::Kind::declined, ""};
  till.send(no);
  REQUIRE(till.checkout().member.tasks.size() == 1);
  CHECK(till.checkout().member.tasks[0].declined);
  till.send(no);
  CHECK_FALSE(till.checkout().member.tasks[0].declined);
  till.send(no);
  till.press(Action::pay);
  till.enter();
  const auto sale = std::get<programme::SaleFact>(till.sealed.back().fact);
  const auto outcome =
      std::ranges::find(sale.result.outcomes, no.benefit, &programme::BenefitOutcome::benefit);
  REQUIRE(outcome != sale.result.outcomes.end());
  CHECK(outcome->reason == programme::Reason::declined);
}

TEST_CASE("Basket: an offer waits for an answer", "[app][basket]") {
  TestTill till;
  till.scan(kNoaCard);
  till.type(std::string("11*") + kBread);
  const std::int64_t before = till.payable();
  const auto tasks = till.checkout().member.tasks;
  const auto offer = std::find_if(tasks.begin(), tasks.end(), [](auto& t) { return t.offer; });
  REQUIRE(offer != tasks.end());
  till.send(BenefitAnswered{offer->benefit, programme::Answer::Kind::accepted,
                            offer->choices.front().code});
  CHECK(till.payable() == before - 2'000);
  till.send(BenefitAnswered{offer->benefit, programme::Answer::Kind::declined, ""});
  CHECK(till.payable() == before);
}

TEST_CASE("Basket: without a programme nothing is sold, and the screen says why", "[app][basket]") {
  TestTill till;
  till.directory.has_programme = false;
  till.scan(kMilk);
  CHECK(till.message() == Text::no_programme);
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::none);
}

TEST_CASE("Basket: switching the language keeps the basket and says the same in other words",
          "[app][basket]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kMilk);
  const Basket before = till.state.basket;
  const std::string english = till.checkout().buttons.back().label;
  till.press(Action::language);
  CHECK(till.state.language == domain::Language::he);
  CHECK(till.view().right_to_left);
  CHECK(till.state.basket == before);
  CHECK(till.checkout().buttons.back().label != english);
  CHECK(till.checkout().buttons.back().id == "checkout.pay");
  CHECK(till.asked<KeepLanguage>().front().language == domain::Language::he);
}

TEST_CASE("Basket: locking keeps the basket for whoever signs in next", "[app][basket]") {
  TestTill till;
  till.scan(kMilk);
  till.press(Action::sign_out);
  CHECK(till.view().sign_in->title == "Who is at the till? · The basket is kept.");
  till.send(SignInChosen{*domain::StaffCode::parse("lior")});
  CHECK(till.state.basket.lines.size() == 1);
}
