#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

/// Questions and what else moves no money.
namespace {

using namespace app_test;
using programme::Answer;
using programme::SaleFact;

constexpr const char* kHeard =
    R"({"id": "heard", "name": {"en": "How did you hear of us?", "he": "?", "fa": "?"},
        "detail": {"en": "Nothing depends on it.", "he": "-", "fa": "-"},
        "give": {"question": {"answers": [
          {"code": "friend", "text": {"en": "A friend", "he": "חבר", "fa": "دوست"}},
          {"code": "street", "text": {"en": "Passing by", "he": "ברחוב", "fa": "خیابان"}}]}}})";

/// A till whose club has these benefits only.
TestTill till_with(const std::string& benefits) {
  TestTill till;
  const std::string document =
      R"({"format": "clubtill-programme/1", "version": "1", "club": {"name":
        {"en": "Club", "he": "מועדון", "fa": "باشگاه"}, "currency": "ILS", "decimals": 2,
        "terms_version": "1"}, "classes": [{"code": "vip", "name": {"en": "V", "he": "V",
        "fa": "V"}}, {"code": "regular", "name": {"en": "R", "he": "R", "fa": "R"}}],
        "benefits": [)" +
      benefits + "]}";
  till.directory.held_programme = programme::Programme::parse(core::bytes_of(document)).value();
  return till;
}

SaleFact last_sale(const TestTill& till) { return std::get<SaleFact>(till.sealed.back().fact); }

void put_basket(TestTill& till) {
  till.scan(kNoaCard);
  till.scan(kBread);
  till.press(Action::pay);
}

TEST_CASE("Question: it is put before paying; the answer is sealed and leads on to the money",
          "[app][soft]") {
  TestTill till = till_with(kHeard);
  put_basket(till);
  const auto ask = till.sheet<AskView>();
  CHECK(ask.question == "How did you hear of us?");
  REQUIRE(ask.answers.size() == 2);
  CHECK(ask.answers[1].key == "2");
  till.send(BenefitAnswered{ask.benefit, Answer::Kind::accepted, ask.answers[1].code});
  CHECK(till.state.sheet == Sheet::pay);
  till.enter();
  const SaleFact sale = last_sale(till);
  REQUIRE(sale.input.answers.size() == 1);
  CHECK(sale.input.answers[0].choice == "street");
  REQUIRE(sale.result.outcomes.size() == 1);
  CHECK(sale.result.outcomes[0].done);
  CHECK(sale.result.outcomes[0].counted);
}

TEST_CASE("Question: Enter leaves it for the next sale, and puts it in this one no more",
          "[app][soft]") {
  TestTill till = till_with(kHeard);
  put_basket(till);
  till.enter();
  CHECK(till.state.sheet == Sheet::pay);
  till.escape();
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::pay);
  till.enter();
  const SaleFact sale = last_sale(till);
  CHECK(sale.result.outcomes.at(0).state == programme::BenefitState::offered);
  CHECK_FALSE(sale.result.outcomes.at(0).counted);
  till.commit();
  put_basket(till);
  CHECK(till.state.sheet == Sheet::ask);
}

TEST_CASE("Question: who does not want to answer is not asked again", "[app][soft]") {
  TestTill till = till_with(kHeard);
  put_basket(till);
  CHECK(till.sheet<AskView>().decline.key == "0");
  till.send(BenefitAnswered{till.sheet<AskView>().benefit, programme::Answer::Kind::declined, ""});
  CHECK(till.state.sheet == Sheet::pay);
  till.enter();
  const SaleFact sale = last_sale(till);
  CHECK(sale.result.outcomes.at(0).reason == programme::Reason::declined);
  till.commit();
  put_basket(till);
  CHECK(till.state.sheet == Sheet::pay);
}

TEST_CASE("Question: Esc leads back to the basket, and the question is put the next time",
          "[app][soft]") {
  TestTill till = till_with(kHeard);
  put_basket(till);
  till.escape();
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.state.basket.answers.empty());
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::ask);
}

TEST_CASE("Question: when the basket changes so that nothing is to be asked the sheet goes",
          "[app][soft]") {
  std::string once_a_bread = kHeard;
  once_a_bread.insert(1, R"("when": {"quantity": {"to": 1}}, )");
  TestTill till = till_with(once_a_bread);
  put_basket(till);
  CHECK(till.state.sheet == Sheet::ask);
  till.scan(kBread);
  CHECK(till.state.sheet == Sheet::none);
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::pay);
}

TEST_CASE("Question: nobody is asked who buys without a card", "[app][soft]") {
  TestTill till = till_with(kHeard);
  till.scan(kBread);
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::pay);
}

TEST_CASE("Words for a member: whose day it is and what they like; put away they are gone",
          "[app][soft]") {
  TestTill till = till_with(
      R"({"id": "greet", "name": {"en": "A child's birthday is near", "he": "-", "fa": "-"},
          "when": {"window": "child_birthday"}, "give": {"prompt": true},
          "limit": {"gap_days": 30}})");
  auto& member = till.directory.add_member("Tamar A.", "2000000000060", "052-555-0166");
  const domain::Day today = core::local_day(till.now);
  member.windows = {{domain::EffectiveWindow::Kind::child_birthday, today,
                     today + std::chrono::days(3), "daughter", "yellow"}};
  till.scan("2000000000060");
  till.scan(kBread);
  auto tasks = till.checkout().member.tasks;
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].prompt);
  CHECK(tasks[0].text ==
        "A child's birthday is near – \u2068daughter\u2069, likes \u2068yellow\u2069");
  CHECK(till.checkout().member.applied.empty());
  till.send(BenefitAnswered{tasks[0].benefit, Answer::Kind::declined, ""});
  CHECK(till.checkout().member.tasks.empty());
  static_cast<void>(till.sell());
  CHECK(last_sale(till).result.outcomes.at(0).counted);
}

TEST_CASE("Suggestion: one quiet line with name and price; the scan of the article takes it",
          "[app][soft]") {
  TestTill till = till_with(
      R"({"id": "oil", "name": {"en": "To go with bread", "he": "-", "fa": "-"},
          "when": {"quantity": {"from": 1, "codes": ["0400000000022"]}},
          "give": {"suggest": {"codes": ["0400000000039"]}}, "limit": {"gap_days": 7}})");
  till.scan(kNoaCard);
  till.scan(kBread);
  const auto tasks = till.checkout().member.tasks;
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].suggestion);
  CHECK(tasks[0].text.starts_with("To go with bread: \u2068Olive oil\u2069"));
  CHECK(tasks[0].text.find("39.90") != std::string::npos);
  till.scan(kOliveOil);
  CHECK(till.checkout().member.tasks.empty());
  REQUIRE(till.state.basket.answers.size() == 1);
  CHECK(till.state.basket.answers[0].choice == kOliveOil);
  till.send(LineQuantity{1, 0});
  CHECK(till.checkout().member.tasks.size() == 1);
  till.scan(kOliveOil);
  static_cast<void>(till.sell());
  CHECK(last_sale(till).result.outcomes.at(0).done);
}

TEST_CASE("Suggestion: what was in the basket before is no answer to it", "[app][soft]") {
  TestTill till = till_with(
      R"({"id": "oil", "name": {"en": "To go with bread", "he": "-", "fa": "-"},
          "when": {"quantity": {"from": 1, "codes": ["0400000000022"]}},
          "give": {"suggest": {"codes": ["0400000000039"]}}, "limit": {"gap_days": 7}})");
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  till.scan(kBread);
  CHECK(till.checkout().member.tasks.empty());
  CHECK(till.state.basket.answers.empty());
}

}  // namespace
