#include "pos/programme/quote.hpp"
#include "pos/programme/member_change.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "tests/support/catch.hpp"
#include "tests/unit/programme/sample_basket.hpp"

namespace {

using namespace pos::programme;
using namespace pos::domain;
using namespace tests::programme;

const BenefitOutcome& outcome(const Quote& quote, std::string_view benefit) {
  const BenefitOutcome* found = find_outcome(quote.outcomes, benefit);
  INFO("no outcome of " << benefit);
  REQUIRE(found != nullptr);
  return *found;
}

TEST_CASE("Quote: Noa's basket is worth what the shop's picture says", "[programme][quote]") {
  const Quote q = quote(sample_programme(), noas_basket());
  CHECK(q.shelf == Money::of(11910));
  CHECK(q.discount == Money::of(2525));
  CHECK(q.payable == Money::of(9385));
  CHECK(q.earned == Points::of(93));
  REQUIRE(q.outcomes.size() >= 3);
  CHECK(q.outcomes[0].benefit.text() == "class-demand");
  CHECK(q.outcomes[0].amount == Money::of(1175));
  CHECK(q.outcomes[0].data.basis == Money::of(7830));
  CHECK(q.outcomes[1].benefit.text() == "olive-oil-price");
  CHECK(q.outcomes[1].amount == Money::of(800));
  CHECK(q.outcomes[2].benefit.text() == "second-yoghurt");
  CHECK(q.outcomes[2].amount == Money::of(550));
}

TEST_CASE("Quote: 30.90 more brings Noa the gift", "[programme][quote]") {
  QuoteInput input = noas_basket();
  const Quote q = quote(sample_programme(), input);
  CHECK(outcome(q, "gift-150").state == BenefitState::nearly);
  CHECK(outcome(q, "gift-150").data.missing == Money::of(3090));
  CHECK(outcome(q, "birthday-week").state == BenefitState::nearly);
  CHECK(outcome(q, "birthday-week").data.missing == Money::of(8090));

  input.lines.push_back(line_of(article("0400000000107", 3090)));
  const Quote offered = quote(sample_programme(), input);
  CHECK(outcome(offered, "gift-150").state == BenefitState::offered);
  CHECK(offered.payable == Money::of(9385 + 3090));

  input.answers.push_back({*BenefitId::parse("gift-150"), Answer::Kind::accepted, ""});
  const Quote taken = quote(sample_programme(), input);
  CHECK(outcome(taken, "gift-150").state == BenefitState::applied);
  CHECK(taken.payable == Money::of(9385 + 3090 - 2000));

  input.answers[0].kind = Answer::Kind::declined;
  const Quote declined = quote(sample_programme(), input);
  CHECK(outcome(declined, "gift-150").reason == Reason::declined);
}

TEST_CASE("Quote: what is nearly there comes the nearest first", "[programme][quote][nearly]") {
  std::vector<std::string> nearly;
  for (const BenefitOutcome& one : explain_all(sample_programme(), noas_basket())) {
    if (one.state == BenefitState::nearly) nearly.push_back(one.benefit.text());
  }
  // 30.90 of 150.00, 80.90 of 200.00, 320.80 of 400.00
  CHECK(nearly == std::vector<std::string>{"gift-150", "birthday-week", "demand-400"});
}

TEST_CASE("Quote: an article in two lines is promised only when either line grants it",
          "[programme][quote][nearly]") {
  // Two pieces more of the tea: in one of its lines the gift and the pair leave 0.01 of the bread,
  // in the other nothing that the cent could be taken off.
  const Programme programme = programme_of(R"({"format": "clubtill-programme/1", "version": "two",
    "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "classes": [{"code": "vip", "name": {"en": "v"}}],
    "benefits": [
      {"id": "cent", "name": {"en": "c"}, "on": {"codes": ["bread"]}, "step": "basket",
       "when": {"quantity": {"from": 5, "demand": true}}, "give": {"for_each": {"spent": 500, "amount": 1}}},
      {"id": "gift", "name": {"en": "g"}, "on": {"categories": ["food"], "undiscounted": true},
       "give": {"get": {"buy": {"codes": ["bread"]}, "from": "dearest", "times": 3, "percent": 100}}},
      {"id": "pair", "name": {"en": "p"},
       "give": {"set": {"parts": [{"codes": ["bread"]}, {"categories": ["food"]}], "amount": 895}}}]})");
  QuoteInput input = noas_basket();
  input.lines = {line_of(article("bread", 1490), 5), line_of(article("tea", 1, true), 2),
                 line_of(article("tea", 1, true))};
  bool kept = true;
  for (const BenefitOutcome& one : explain_all(programme, input)) {
    if (one.state != BenefitState::nearly) continue;
    for (const std::size_t line : {1U, 2U}) {
      QuoteInput more = input;
      more.lines[line].quantity += one.data.missing_quantity;
      const BenefitState state = outcome(quote(programme, more), one.benefit.text()).state;
      kept = kept && state == BenefitState::applied;
    }
  }
  CHECK(kept);
}

TEST_CASE("Quote: a task waits for its tick", "[programme][quote]") {
  QuoteInput input = noas_basket();
  const Quote before = quote(sample_programme(), input);
  CHECK(outcome(before, "gold-coffee").state == BenefitState::offered);
  CHECK(outcome(before, "gold-coffee").soft == Soft::task);
  input.answers.push_back({*BenefitId::parse("gold-coffee"), Answer::Kind::acknowledged, ""});
  const Quote after = quote(sample_programme(), input);
  CHECK(outcome(after, "gold-coffee").done);
  CHECK(after.payable == before.payable);
}

/// A club whose one benefit is this one.
Programme club_with(const std::string& benefit) {
  return programme_of(R"({"format": "clubtill-programme/1", "version": "1",
    "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
    "classes": [{"code": "vip", "name": {"en": "V"}}], "benefits": [)" +
                      benefit + "]}");
}

/// What is counted of the member, words and gifts alike.
std::vector<BenefitId> heard(const Programme& programme, const QuoteInput& input) {
  MemberChange change = change_of(quote(programme, input));
  std::ranges::move(change.counted, std::back_inserter(change.heard));
  return change.heard;
}

TEST_CASE("Quote: what the member heard counts, and what nobody said does not",
          "[programme][quote]") {
  const std::vector<BenefitId> once = {*BenefitId::parse("soft")};
  const auto answered = [](Answer::Kind kind) {
    QuoteInput input = noas_basket();
    input.answers.push_back({*BenefitId::parse("soft"), kind, ""});
    return input;
  };
  const Programme task = club_with(
      R"({"id": "soft", "name": {"en": "Coffee"}, "give": {"task": true}, "limit": {"day": 1}})");
  CHECK(heard(task, noas_basket()).empty());
  CHECK(heard(task, answered(Answer::Kind::acknowledged)) == once);
  CHECK(heard(task, answered(Answer::Kind::declined)) == once);
  const Programme prompt = club_with(
      R"({"id": "soft", "name": {"en": "Hello"}, "give": {"prompt": true}, "limit": {"day": 1}})");
  CHECK(heard(prompt, noas_basket()) == once);
  CHECK(heard(prompt, answered(Answer::Kind::declined)) == once);
  CHECK(undo_of(noas_basket(), quote(prompt, noas_basket())).empty());
}

TEST_CASE("Quote: a year of surprises, one a day for each member and never the same twice running",
          "[programme][quote]") {
  const auto treat = [](const std::string& id) {
    return R"({"id": ")" + id + R"(", "name": {"en": ")" + id +
           R"("}, "surprise": "treat", "give": {"amount": 100}})";
  };
  const Programme programme = club_with(treat("a") + "," + treat("b") + "," + treat("c"));
  QuoteInput input = noas_basket();
  input.member->uses.clear();
  std::string last;
  std::map<std::string, int> times;
  for (int day = 0; day < 365; ++day) {
    const auto had = heard(programme, input);
    REQUIRE(had.size() == 1);
    REQUIRE(had.front().text() != last);
    last = had.front().text();
    ++times[last];
    static_cast<void>(apply_change(*input.member, change_of(quote(programme, input)),
                                   pos::core::local_day(input.moment)));
    REQUIRE(heard(programme, input).empty());
    input.moment.at = input.moment.at + std::chrono::hours(24);
  }
  // By lot: none of the three is had much more often than the others.
  for (const auto& [id, count] : times) CHECK(count > 90);
  CHECK(times.size() == 3);
}

TEST_CASE("Quote: the best of an exclusive group wins and the loser says so",
          "[programme][quote]") {
  QuoteInput input = noas_basket();
  input.lines.push_back(line_of(article("0400000000107", 60000)));
  input.coupons.push_back(*CouponCode::parse("RIMON10"));
  const Quote q = quote(sample_programme(), input);
  CHECK(outcome(q, "coupon-rimon10").state == BenefitState::applied);
  // 719.10 less 29.90 (the oil for 10.00), 5.50 (yoghurt) and 8.46 (15% of 56.40): 10% of 675.24.
  CHECK(outcome(q, "coupon-rimon10").amount == Money::of(6752));
  CHECK(outcome(q, "birthday-week").reason == Reason::chosen_instead);
  CHECK(outcome(q, "birthday-week").data.winner.text() == "coupon-rimon10");
}

TEST_CASE("Quote: the birthday discount stops at its cap", "[programme][quote]") {
  QuoteInput input = noas_basket();
  input.lines.push_back(line_of(article("0400000000107", 60000)));
  const Quote q = quote(sample_programme(), input);
  CHECK(outcome(q, "birthday-week").amount == Money::of(5000));
}

TEST_CASE("Quote: a coupon that ended says when", "[programme][quote]") {
  QuoteInput input = noas_basket();
  input.coupons.push_back(*CouponCode::parse("SUMMER"));
  const Quote q = quote(sample_programme(), input);
  CHECK(outcome(q, "coupon-summer").state == BenefitState::not_now);
  CHECK(outcome(q, "coupon-summer").reason == Reason::expired);
  REQUIRE(outcome(q, "coupon-summer").data.day.has_value());
}

TEST_CASE("Quote: what needs a connection says so without one", "[programme][quote]") {
  QuoteInput input = noas_basket();
  input.coupons.push_back(*CouponCode::parse("COFFEE"));
  CHECK(outcome(quote(sample_programme(), input), "coffee-coupon").reason ==
        Reason::needs_connection);
  input.reach.online = true;
  CHECK(outcome(quote(sample_programme(), input), "coffee-coupon").amount == Money::of(1500));
}

TEST_CASE("Quote: points are spent in steps, up to the right and half the sale",
          "[programme][quote][points]") {
  QuoteInput input = noas_basket();
  CHECK(quote(sample_programme(), input).points_offer.limited_by == Reason::no_right_left);
  input.reach = {false, Money::of(60000), Money::of(3000)};
  const PointsOffer offer = quote(sample_programme(), input).points_offer;
  CHECK(offer.spendable == Points::of(300));
  CHECK(offer.worth == Money::of(3000));
  CHECK(offer.balance_worth == Money::of(12400));
  input.points_wish = Points::of(229);
  const Quote q = quote(sample_programme(), input);
  CHECK(q.points_spent == Points::of(200));
  CHECK(q.points_value == Money::of(2000));
  CHECK(q.payable == Money::of(7385));
  CHECK(q.earned == Points::of(73));
  input.reach = {true, Money::of(60000), Money::of(60000)};
  input.points_wish = Points::of(1240);
  CHECK(quote(sample_programme(), input).points_value == Money::of(4500));  // half of 93.85
}

TEST_CASE("Quote: an unknown card earns and gets nothing else", "[programme][quote]") {
  QuoteInput input = noas_basket();
  input.member.reset();
  input.unknown_card = true;
  const Quote q = quote(sample_programme(), input);
  CHECK(q.discount.is_zero());
  CHECK(q.earned == Points::of(119));
  input.unknown_card = false;
  CHECK(quote(sample_programme(), input).earned.is_zero());
}

TEST_CASE("Quote: gift cards neither earn nor count", "[programme][quote]") {
  QuoteInput input = noas_basket();
  input.lines.push_back(line_of(article("0400000000107", 10000, false, false)));
  const Quote q = quote(sample_programme(), input);
  CHECK(q.earned == Points::of(93));
  CHECK(outcome(q, "gift-150").data.missing == Money::of(3090));
}

TEST_CASE("Quote: VAT is what the payable contains", "[programme][quote]") {
  const Quote q = quote(sample_programme(), noas_basket());
  REQUIRE(q.vat.size() == 1);
  CHECK(q.vat[0].payable == Money::of(9385));
  CHECK(q.vat[0].vat == Money::of(1432));  // 93.85 x 18 / 118 = 14.316
}

}  // namespace
