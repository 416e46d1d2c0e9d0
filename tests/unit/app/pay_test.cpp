#include "pos/app/tender.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

namespace {

const programme::SaleFact& sale_of(const TestTill& till) {
  return std::get<programme::SaleFact>(till.sealed.back().fact);
}

}  // namespace

TEST_CASE("Pay: cash is rounded to the club's step and change is counted", "[app][pay]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);  // 39.90, for members 31.90, VIP less
  till.press(Action::pay);
  till.write(Field::received, "100");
  const auto view = till.sheet<PayView>();
  CHECK(view.received);
  till.enter();
  const auto& tender = sale_of(till).tender;
  CHECK(tender.due.units() % 10 == 0);
  CHECK(tender.rounding == tender.due - sale_of(till).result.payable);
  CHECK(tender.received.units() == 10'000);
  CHECK(tender.change == tender.received - tender.due);
}

TEST_CASE("Pay: a card pays exactly", "[app][pay]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  till.press(Action::pay);
  till.send(TenderChosen{programme::Tender::Kind::card});
  CHECK_FALSE(till.sheet<PayView>().received);
  till.enter();
  CHECK(sale_of(till).tender.due == sale_of(till).result.payable);
  CHECK(sale_of(till).tender.rounding.is_zero());
}

TEST_CASE("Pay: too little money seals nothing", "[app][pay]") {
  TestTill till;
  till.scan(kBread);
  till.press(Action::pay);
  till.write(Field::received, "10");
  CHECK(till.sheet<PayView>().short_of_money);
  till.enter();
  CHECK(till.sealed.empty());
  CHECK(till.state.sheet_message.text == Text::amount_short);
  till.write(Field::received, "1o");
  till.enter();
  CHECK(till.state.sheet_message.text == Text::amount_unreadable);
  CHECK(till.sealed.empty());
}

TEST_CASE("Pay: the quick amounts begin with what is due", "[app][pay]") {
  const auto amounts = likely_amounts(domain::Money::of(9'390), 2);
  REQUIRE(amounts.size() == 4);
  CHECK(amounts[0].units() == 9'390);
  CHECK(amounts[1].units() == 9'500);
  CHECK(amounts[2].units() == 10'000);
  CHECK(amounts[3].units() == 20'000);
}

TEST_CASE("Pay: amounts are read in every script, and nothing else is", "[app][pay]") {
  CHECK(parse_money("۹۳٫۹", 2) == domain::Money::of(9'390));
  CHECK(parse_money("1,240.50", 2) == domain::Money::of(124'050));
  CHECK(parse_money("480,000", 0) == domain::Money::of(480'000));
  CHECK_FALSE(parse_money("1.234", 2));
  CHECK_FALSE(parse_money("-5", 2));
  CHECK_FALSE(parse_money(".", 2));
  CHECK_FALSE(parse_money("99999999999999999999", 2));
}

TEST_CASE("Pay: an empty basket is not paid", "[app][pay]") {
  TestTill till;
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.message() == Text::basket_is_empty);
}

TEST_CASE("Pay: an article that is not on sale yet is paid only by those who may have it early",
          "[app][pay]") {
  TestTill till;
  till.scan(kRocket);
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.state.message.text == Text::not_on_sale);
  CHECK(till.view().checkout.lines.front().discounts.front().label.find("2027") !=
        std::string::npos);
  till.scan(kNoaCard);  // gold
  CHECK(till.view().checkout.lines.front().discounts.empty());
  const auto panel = till.view().checkout.member;
  REQUIRE_FALSE(panel.applied.empty());
  CHECK(panel.applied.front().text == "The new rocket, early for gold");
  till.press(Action::pay);
  till.enter();
  CHECK(sale_of(till).input.lines.size() == 1);
}

TEST_CASE("Pay: a card on the payment sheet attaches and the sum changes", "[app][pay]") {
  TestTill till;
  till.scan(kOliveOil);
  till.press(Action::pay);
  const std::string before = till.sheet<PayView>().total;
  till.scan(kNoaCard);
  CHECK(till.state.sheet == Sheet::pay);
  CHECK(till.sheet<PayView>().total != before);
}

TEST_CASE("Pay: between Enter and the commit the basket stands still", "[app][pay]") {
  TestTill till;
  till.scan(kMilk);
  till.press(Action::pay);
  till.enter();
  CHECK(till.sheet<PayView>().busy);
  const Basket frozen = till.state.basket;
  till.scan(kBread);
  till.scan(kNoaCard);
  till.escape();
  till.enter();
  till.press(Action::pay);
  till.send(LineQuantity{0, 7});
  CHECK(till.state.basket == frozen);
  CHECK(till.sealed.size() == 1);
  CHECK(till.printed.empty());
}

TEST_CASE("Pay: scans between Enter and the commit belong to the next sale", "[app][pay]") {
  TestTill till;
  till.scan(kMilk);
  till.press(Action::pay);
  till.enter();
  till.scan(kBread);
  till.scan(kNoaCard);
  till.commit();
  REQUIRE(till.state.basket.lines.size() == 1);
  CHECK(till.state.basket.lines[0].article.code == kBread);
  CHECK(till.member_name() == "Noa L.");
  CHECK_FALSE(till.kept.empty());
}

TEST_CASE("Pay: the slip prints only on the committed fact", "[app][pay]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kOliveOil);
  till.press(Action::pay);
  till.enter();
  CHECK(till.asked<PrintSlip>().empty());
  till.commit();
  const auto prints = till.asked<PrintSlip>();
  REQUIRE(prints.size() == 1);
  CHECK(prints[0].uid == till.sealed.back().uid);
  CHECK(prints[0].slip.copy_mark.empty());
  CHECK(prints[0].slip.figures.payable_minor == sale_of(till).result.payable.units());
  CHECK(prints[0].slip.figures.points_earned == sale_of(till).result.earned.units());
  till.send(Printed{prints[0].uid});
  CHECK(till.asked<MarkPrinted>().size() == 1);
}

TEST_CASE("Pay: the sale's transaction also clears the open basket", "[app][pay]") {
  TestTill till;
  till.scan(kMilk);
  CHECK_FALSE(till.kept.empty());
  till.press(Action::pay);
  till.enter();
  REQUIRE(till.sealed.back().basket);
  CHECK(till.sealed.back().basket->empty());
}

TEST_CASE("Pay: when the disk refuses, the basket is there and Enter tries again", "[app][pay]") {
  TestTill till;
  till.scan(kMilk);
  till.press(Action::pay);
  till.enter();
  till.scan(kBread);
  till.fail_commit(SealFault::disk_full);
  CHECK(till.state.sheet == Sheet::pay);
  CHECK(till.state.sheet_message.text == Text::seal_disk_full);
  CHECK(till.state.basket.lines.size() == 2);  // what was scanned meanwhile is not lost
  till.enter();
  till.commit();
  CHECK(till.state.basket.empty());
}

TEST_CASE("Pay: a commit of something else changes nothing", "[app][pay]") {
  TestTill till;
  till.scan(kMilk);
  till.press(Action::pay);
  till.enter();
  till.send(Sealed{domain::FactId{}, 1});
  CHECK(till.state.pending);
  CHECK(till.state.basket.lines.size() == 1);
}

TEST_CASE("Pay: the record holds who, where, when and how", "[app][pay]") {
  TestTill till;
  till.type(kNoaPhone);
  till.scan(kMilk);
  till.sell();
  const auto& sale = sale_of(till);
  CHECK(sale.scene.employee.text() == "dana");
  CHECK(sale.scene.till.value == 3);
  CHECK(sale.scene.store.text() == "cedar");
  CHECK(sale.scene.moment == till.now);
  CHECK(sale.identified_by == programme::IdentifiedBy::phone);
  CHECK(sale.member == till.directory.members[0].id);
  CHECK(sale.account == till.directory.members[0].account);
  CHECK(sale.input.member->form_of_address == "Noa L.");
  CHECK(sale.result == programme::quote(*till.directory.programme(), sale.input));
}

TEST_CASE("Points: the chosen amount is a whole number of steps and lowers the sum",
          "[app][points]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  const std::int64_t before = till.payable();
  till.press(Action::points);
  till.press(Action::more);
  CHECK(till.state.basket.points_wish.units() == 50);
  CHECK(till.payable() == before - 500);
  till.send(PointsChosen{domain::Points::of(173)});
  CHECK(till.state.basket.points_wish.units() == 150);
  till.enter();
  till.sell();
  CHECK(sale_of(till).result.points_value.units() == 1'500);
  // The hub keeps them for this sale: nothing is drawn from the till's rights.
  CHECK_FALSE(sale_of(till).right);
  CHECK(sale_of(till).reserved->points.units() == 150);
  CHECK(sale_of(till).input.reach.reserved.units() == 1'500);
}

TEST_CASE("Points: never more than the right that is left", "[app][points]") {
  TestTill till;
  till.send(ConnectionChanged{false, till.now, 0});
  till.scan(kNoaCard);
  till.type(std::string("20*") + kBread);
  till.press(Action::points);
  till.press(Action::all_points);
  CHECK(till.state.quote->points_value.units() == 3'000);  // 30.00 a member
  till.enter();
  till.sell();
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  till.press(Action::points);
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.message() == Text::points_none);
}

TEST_CASE("Points: stored value pays whole or not at all, within the rights", "[app][points]") {
  TestTill till;
  for (auto& member : till.directory.members) member.value = pos::domain::Money::of(1'285);
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  const std::int64_t before = till.payable();
  till.press(Action::points);
  till.press(Action::use_value);
  CHECK(till.payable() == before - 1'285);
  const ScreenView view = till.view();
  const auto& sheet = std::get<PointsView>(view.sheet);
  CHECK(sheet.value.label.find("12.85") != std::string::npos);
  CHECK(sheet.value_used);
  till.escape();
  CHECK(till.payable() == before);
  till.press(Action::points);
  till.press(Action::use_value);
  till.enter();
  till.sell();
  CHECK(sale_of(till).result.value_spent.units() == 1'285);
  CHECK(sale_of(till).reserved->value.units() == 1'285);
}

TEST_CASE("Points: Esc forgets the choice, Enter keeps it", "[app][points]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  till.press(Action::points);
  till.press(Action::more);
  till.enter();
  CHECK(till.state.basket.points_wish.units() == 50);
  till.press(Action::points);
  till.press(Action::all_points);
  till.escape();
  CHECK(till.state.basket.points_wish.units() == 50);
}

TEST_CASE("Points: nobody spends points without a member", "[app][points]") {
  TestTill till;
  till.scan(kBread);
  till.press(Action::points);
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.message() == Text::points_need_member);
}

namespace {

constexpr const char* kCoffee = "0400000000053";

/// Noa wants to spend 500 points, worth 50.00: more than a till may give alone (30.00 a member).
void wish_for_500(TestTill& till) {
  till.scan(kNoaCard);
  till.type(std::string("20*") + kBread);
  till.press(Action::points);
  till.send(PointsChosen{domain::Points::of(500)});
  till.enter();
}

Authorised said(Authorised::Word word) { return {{}, word, {}, {}, {}}; }

}  // namespace

TEST_CASE("Authorise: with a connection the hub is asked, and its yes is sealed",
          "[app][authorise]") {
  TestTill till;
  wish_for_500(till);
  CHECK(till.state.quote->points_value.units() == 5'000);
  till.hub.reset();
  till.press(Action::pay);
  till.enter();
  REQUIRE(till.asked<Authorise>().size() == 1);
  const Authorise ask = till.asked<Authorise>().front();
  CHECK(ask.wish.points.units() == 500);
  CHECK(till.sealed.empty());
  CHECK(till.state.sheet_message.text == Text::asking_hub);
  till.escape();  // the basket stands still meanwhile
  till.scan(kMilk);
  CHECK(till.state.sheet == Sheet::pay);
  till.send(Authorised{ask.uid, Authorised::Word::granted, {}, {}, {}});
  REQUIRE(till.sealed.size() == 1);
  CHECK(till.sealed.back().uid == ask.uid);
  const auto& sale = sale_of(till);
  CHECK(sale.reserved == ask.wish);
  CHECK(sale.result.points_spent.units() == 500);
  CHECK(sale.result.drawn.is_zero());
  CHECK(sale.result == programme::quote(*till.directory.programme(), sale.input));  // law 5
  till.commit();
  CHECK(till.state.basket.lines.size() == 1);  // the milk waited
}

TEST_CASE("Points: a right that was recalled after Enter is not drawn on; the amount is shown anew",
          "[app][points]") {
  TestTill till;
  till.send(ConnectionChanged{false, till.now, 0});
  till.scan(kNoaCard);
  till.scan(kBread, 4);
  const std::int64_t full = till.payable();
  till.press(Action::points);
  till.send(PointsChosen{domain::Points::of(100)});
  till.enter();
  till.press(Action::pay);
  till.enter();
  REQUIRE(till.sealed.size() == 1);
  till.directory.pool = {};
  till.fail_commit(SealFault::right_ended);
  CHECK(till.state.sheet == Sheet::pay);
  CHECK(till.state.sheet_message.text == Text::sale_changed);
  CHECK(till.payable() == full);
  till.enter();
  till.commit();
  CHECK(sale_of(till).result.drawn.is_zero());
  CHECK_FALSE(sale_of(till).right);
}

TEST_CASE("Authorise: without an answer the till goes by its rights, and says what is different",
          "[app][authorise]") {
  TestTill till;
  wish_for_500(till);
  till.hub = said(Authorised::Word::silent);
  const std::int64_t shown = till.payable();
  till.press(Action::pay);
  till.enter();
  CHECK(till.sealed.empty());
  CHECK(till.state.sheet == Sheet::pay);
  CHECK(till.state.sheet_message.text == Text::hub_silent);
  CHECK(till.payable() == shown + 2'000);  // 30.00 instead of 50.00
  till.enter();                            // nobody is asked again
  REQUIRE(till.sealed.size() == 1);
  CHECK(sale_of(till).result.drawn.units() == 3'000);
  CHECK(sale_of(till).right == till.directory.pool_right);
  CHECK_FALSE(sale_of(till).reserved);
  CHECK_FALSE(sale_of(till).input.reach.online);
}

TEST_CASE("Authorise: without an answer a sale within the rights goes through at once",
          "[app][authorise]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kBread, 6);
  till.press(Action::points);
  till.send(PointsChosen{domain::Points::of(100)});
  till.enter();
  till.hub = said(Authorised::Word::silent);
  till.sell();
  CHECK(sale_of(till).result.drawn.units() == 1'000);
  CHECK(sale_of(till).right == till.directory.pool_right);
}

TEST_CASE("Authorise: points that are spent elsewhere are not spent here", "[app][authorise]") {
  TestTill till;
  wish_for_500(till);
  till.hub = Authorised{{}, Authorised::Word::short_of, domain::Points::of(40), {}, {}};
  till.press(Action::pay);
  till.enter();
  CHECK(till.sealed.empty());
  CHECK(till.state.sheet_message.text == Text::hub_short_of);
  CHECK(till.state.quote->points_spent.is_zero());
  till.enter();
  CHECK(till.sealed.size() == 1);
}

TEST_CASE("Authorise: a coupon good once in the chain applies when the hub keeps it",
          "[app][authorise]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kCoffee);
  const std::int64_t before = till.payable();
  till.scan("COFFEE");
  CHECK(till.payable() < before);
  SECTION("kept") {
    till.sell();
    CHECK(sale_of(till).reserved->coupons.size() == 1);
  }
  SECTION("used at another till") {
    till.hub =
        Authorised{{}, Authorised::Word::coupon_used, {}, {}, domain::CouponCode::parse("COFFEE")};
    till.press(Action::pay);
    till.enter();
    CHECK(till.sealed.empty());
    CHECK(till.state.sheet_message.text == Text::coupon_used_elsewhere);
    CHECK(till.payable() == before);
    till.enter();
    CHECK(till.sealed.size() == 1);
  }
  SECTION("no connection") {
    till.send(ConnectionChanged{false, till.now, 0});
    CHECK(till.payable() == before);
  }
}

TEST_CASE("Authorise: what the hub keeps of a budget for others is not given here",
          "[app][authorise]") {
  TestTill till;
  till.directory.held_programme = *programme::Programme::parse(core::bytes_of(std::string_view(R"(
    {"format": "clubtill-programme/1", "version": "gift",
     "club": {"name": {"en": "c"}, "currency": "ILS", "decimals": 2, "terms_version": "1"},
     "points": {"earn": {"points": 1, "per": 100}, "spend": {"step": 1, "worth": 10},
       "offline": {"per_till": 60000, "per_member": 60000}},
     "classes": [{"code": "regular", "name": {"en": "r"}}, {"code": "vip", "name": {"en": "v"}}],
     "benefits": [{"id": "gift", "name": {"en": "A gift"}, "give": {"amount": 100},
                   "budget": 1000, "offline": "up_to"}]})")));
  till.scan(kNoaCard);
  till.scan(kCoffee);
  const auto gift = *domain::BenefitId::parse("gift");
  const std::int64_t before = till.payable();
  SECTION("kept for this sale") {
    till.sell();
    REQUIRE(sale_of(till).reserved);
    CHECK(sale_of(till).reserved->budgets ==
          std::vector<programme::Reservation::OfBudget>{{gift, domain::Money::of(100)}});
    const auto body = programme::encode_fact(sale_of(till));
    CHECK(std::get<programme::SaleFact>(*programme::decode_fact("sale", body)) == sale_of(till));
  }
  SECTION("kept for others") {
    till.hub = said(Authorised::Word::budget_used);
    till.hub->budget = {gift, domain::Money::of(40)};
    till.press(Action::pay);
    till.enter();
    CHECK(till.sealed.empty());
    CHECK(till.state.sheet_message.text == Text::budget_used_elsewhere);
    CHECK(till.payable() == before + 100);
    till.enter();
    REQUIRE(till.sealed.size() == 1);
    CHECK(sale_of(till).result.payable.units() == before + 100);
    // The next basket asks anew.
    till.hub = said(Authorised::Word::granted);
    till.commit();
    till.scan(kNoaCard);
    till.scan(kCoffee);
    CHECK(till.payable() == before);
  }
}

TEST_CASE("Authorise: a sale that needs nobody's yes asks nobody", "[app][authorise]") {
  TestTill till;
  till.hub.reset();
  till.scan(kNoaCard);
  till.scan(kBread);
  till.sell();
  CHECK(sale_of(till).input.reach.reserved.is_zero());
  CHECK(sale_of(till).result == programme::quote(*till.directory.programme(), sale_of(till).input));
}
