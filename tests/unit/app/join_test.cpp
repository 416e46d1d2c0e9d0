#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

namespace {

void fill_in(TestTill& till) {
  till.press(Action::join);
  till.write(Field::phone, "052-555-0143");
  till.write(Field::first_name, "שירה");
  till.send(ConsentTicked{Consent::terms, true});
}

using Kind = domain::EffectiveWindow::Kind;
using Dates = std::vector<domain::EffectiveDate>;

const programme::JoinFact& join_of(const TestTill& till) {
  return std::get<programme::JoinFact>(till.sealed.back().fact);
}

}  // namespace

TEST_CASE("Join: two fields and a yes make a member, who is in this very sale", "[app][join]") {
  TestTill till;
  till.scan(kOliveOil);
  const std::int64_t before = till.payable();
  fill_in(till);
  till.enter();
  REQUIRE(till.sealed.size() == 1);
  CHECK(till.sealed.back().person->first_name == "שירה");
  CHECK(till.sealed.back().person->phone == "+972525550143");
  CHECK_FALSE(join_of(till).marketing_consent);
  CHECK(join_of(till).terms_version == "2026-11");
  CHECK(join_of(till).scene.employee.text() == "dana");
  till.commit();
  CHECK(till.state.sheet == Sheet::none);
  CHECK(till.member_name() == "שירה");
  CHECK(till.payable() < before);  // the club price counts at once
}

TEST_CASE("Join: the benefits count until Enter on the payment sheet", "[app][join]") {
  TestTill till;
  till.scan(kOliveOil);
  fill_in(till);
  till.enter();
  till.commit();
  till.sell();
  const auto sale = std::get<programme::SaleFact>(till.sealed.back().fact);
  REQUIRE(sale.member);
  CHECK(*sale.member == till.directory.members.back().id);
  CHECK(sale.identified_by == programme::IdentifiedBy::joined_here);
  CHECK(sale.result.discount.units() > 0);
}

TEST_CASE("Join: works without a connection", "[app][join]") {
  TestTill till;
  till.send(ConnectionChanged{false, till.now, 4});
  fill_in(till);
  till.enter();
  till.commit();
  CHECK(till.member_name() == "שירה");
}

TEST_CASE("Join: a number that the club knows warns and offers its member", "[app][join]") {
  TestTill till;
  till.press(Action::join);
  till.write(Field::phone, kNoaPhone);
  const auto view = till.sheet<JoinView>();
  CHECK(view.phone.hint_mood == Mood::attention);
  REQUIRE(view.attach_existing);
  till.write(Field::first_name, "Noa");
  till.send(ConsentTicked{Consent::terms, true});
  till.enter();
  CHECK(till.sealed.empty());
  till.press(Action::attach_existing);
  CHECK(till.member_name() == "Noa L.");
  CHECK(till.state.sheet == Sheet::none);
}

TEST_CASE("Join: nothing is sealed without phone, name and terms", "[app][join]") {
  TestTill till;
  till.press(Action::join);
  till.enter();
  CHECK(till.state.sheet_message.text == Text::phone_needed);
  till.write(Field::phone, "052-555");
  till.enter();
  CHECK(till.state.sheet_message.text == Text::number_not_whole);
  till.write(Field::phone, "052-555-0143");
  till.enter();
  CHECK(till.state.sheet_message.text == Text::name_needed);
  till.write(Field::first_name, "Shira");
  till.enter();
  CHECK(till.state.sheet_message.text == Text::terms_needed);
  CHECK(till.sealed.empty());
}

TEST_CASE("Join: the consent to offers is separate and unticked", "[app][join]") {
  TestTill till;
  fill_in(till);
  CHECK_FALSE(till.sheet<JoinView>().marketing.given);
  till.send(ConsentTicked{Consent::marketing, true});
  till.enter();
  CHECK(join_of(till).marketing_consent);
}

TEST_CASE("Join: a birthday is optional, but it has to be a day", "[app][join]") {
  TestTill till;
  fill_in(till);
  till.write(Field::birth_day, "31");
  till.write(Field::birth_month, "4");
  till.enter();
  CHECK(till.state.sheet_message.text == Text::birthday_wrong);
  till.write(Field::birth_day, "۲۹");
  till.write(Field::birth_month, "۲");
  till.enter();
  REQUIRE(till.sealed.size() == 1);
  CHECK(till.sealed.back().person->dates == Dates{{Kind::birthday, 2, 29, "", ""}});
}

TEST_CASE("Join: in Persian a birthday is of the Solar Hijri year", "[app][join]") {
  TestTill till;  // on 1 Azar 1405
  till.state.language = domain::Language::fa;
  fill_in(till);
  till.write(Field::birth_day, "۳۱");
  till.write(Field::birth_month, "۷");
  till.enter();
  CHECK(till.state.sheet_message.text == Text::birthday_wrong);
  till.write(Field::birth_day, "۳");
  till.write(Field::birth_month, "۹");
  till.enter();
  REQUIRE(till.sealed.size() == 1);
  CHECK(till.sealed.back().person->dates == Dates{{Kind::birthday, 11, 24, "", ""}});
}

TEST_CASE("Join: a card scanned on the sheet is the new member's card", "[app][join]") {
  TestTill till;
  till.press(Action::join);
  till.scan(kNobodysCard);
  REQUIRE(till.state.sheet == Sheet::join);
  CHECK(till.sheet<JoinView>().card.text == kNobodysCard);
  till.write(Field::phone, "052-555-0143");
  till.write(Field::first_name, "Shira");
  till.send(ConsentTicked{Consent::terms, true});
  till.enter();
  till.commit();
  CHECK(join_of(till).card);
  CHECK(till.sealed.back().person->card == kNobodysCard);
  till.press(Action::remove_member);
  till.scan(kNobodysCard);
  CHECK(till.member_name() == "Shira");
}

TEST_CASE("Join: another member's card is not given out again", "[app][join]") {
  TestTill till;
  fill_in(till);
  till.write(Field::card, kYossiCard);
  till.enter();
  CHECK(till.state.sheet_message.text == Text::card_taken);
  CHECK(till.sealed.empty());
}

TEST_CASE("Join: when the disk refuses, the sheet stays filled in", "[app][join]") {
  TestTill till;
  fill_in(till);
  till.enter();
  till.fail_commit();
  CHECK(till.sheet<JoinView>().first_name.text == "שירה");
  CHECK(till.state.sheet_message.text == Text::seal_failed);
  CHECK_FALSE(till.state.basket.attached);
  till.enter();
  till.commit();
  CHECK(till.member_name() == "שירה");
}

TEST_CASE("Join: a birthday in this week counts in this very sale", "[app][join]") {
  TestTill till;  // on 22 November
  till.scan(kBread, 15);
  fill_in(till);
  till.write(Field::birth_day, "24");
  till.write(Field::birth_month, "11");
  till.enter();
  till.commit();
  const auto applied = till.checkout().member.applied;
  CHECK(std::any_of(applied.begin(), applied.end(),
                    [](auto& line) { return line.benefit.text() == "birthday-week"; }));
}

TEST_CASE("Join: a daughter's birthday is noted beside the own one, and counts in this very sale",
          "[app][join][family]") {
  TestTill till;  // on 22 November
  till.scan(kBulldozer);
  fill_in(till);
  till.press(Action::family_days);
  const auto page = till.sheet<JoinView>().family_days;
  REQUIRE(page.size() == 3);
  CHECK_FALSE(page[2].relation);  // the anniversary is of nobody else
  till.write(Field::family_day, 0, "24");
  till.write(Field::family_month, 0, "11");
  till.write(Field::relation, 0, page[0].relations[0].label);
  till.write(Field::liking, 0, " yellow ");
  till.write(Field::family_day, 1, "29");
  till.write(Field::family_month, 1, "2");
  till.write(Field::family_day, 2, "1");
  till.write(Field::family_month, 2, "12");
  CHECK(till.sheet<JoinView>().family_days[0].relations[0].chosen);
  till.escape();
  REQUIRE(till.state.sheet == Sheet::join);
  CHECK(till.sheet<JoinView>().family_days.empty());
  CHECK(till.sheet<JoinView>().family.label.find('3') != std::string::npos);
  till.enter();
  REQUIRE(till.sealed.size() == 1);
  CHECK(till.sealed.back().person->dates ==
        Dates{{Kind::child_birthday, 11, 24, "daughter", "yellow"},
              {Kind::child_birthday, 2, 29, "", ""},
              {Kind::anniversary, 12, 1, "", ""}});
  // The record itself says windows, never a day of birth.
  const auto& windows = join_of(till).member.windows;
  REQUIRE(windows.size() == 2);
  CHECK(windows[0].first == *domain::parse_day("2026-11-21"));
  CHECK(windows[0].last == *domain::parse_day("2026-11-24"));
  till.commit();
  // 15 % of 59.90.
  CHECK(till.payable() == 5'990 - 899);
}

TEST_CASE("Join: a wrong day of the family is named, and its page opens", "[app][join][family]") {
  TestTill till;
  fill_in(till);
  const auto refused = [&] {
    till.enter();
    CHECK(till.sealed.empty());
    CHECK(till.sheet<JoinView>().family_days.size() == 3);
    return till.state.sheet_message.text;
  };
  till.write(Field::family_day, 1, "31");
  till.write(Field::family_month, 1, "4");
  CHECK(refused() == Text::family_day_wrong);
  CHECK(till.sheet<JoinView>().message.text.find("Child 2") != std::string::npos);
  till.write(Field::family_month, 1, "");
  CHECK(refused() == Text::family_day_wrong);
  till.write(Field::family_day, 1, "");
  till.write(Field::liking, 1, "yellow");
  CHECK(refused() == Text::family_day_missing);
  till.write(Field::family_day, 1, "30");
  till.write(Field::family_month, 1, "4");
  till.write(Field::liking, 1, std::string(domain::kLikingMax + 1, 'x'));
  CHECK(refused() == Text::family_words_wrong);
  till.write(Field::liking, 1, kPaymentCard);
  CHECK(till.state.sheet_message.text == Text::payment_card);
  CHECK(till.state.join.family[1].liking.empty());
  till.enter();
  CHECK(till.sealed.size() == 1);
}

TEST_CASE("Join: in Persian the days of the family are of the Solar Hijri year",
          "[app][join][family]") {
  TestTill till;  // on 1 Azar 1405
  till.state.language = domain::Language::fa;
  fill_in(till);
  till.write(Field::family_day, 0, "۳");
  till.write(Field::family_month, 0, "۹");
  till.write(Field::relation, 0, "دختر");
  till.enter();
  REQUIRE(till.sealed.size() == 1);
  CHECK(till.sealed.back().person->dates == Dates{{Kind::child_birthday, 11, 24, "دختر", ""}});
}

TEST_CASE("Join: who brought the new member is named by phone or by a scan of the card",
          "[app][join][referral]") {
  using By = programme::Referral::By;
  TestTill till;
  fill_in(till);
  REQUIRE(till.sheet<JoinView>().referrer);
  SECTION("the card of a member is that of the referrer, and nobody is attached") {
    till.scan(kNoaCard);
    CHECK(till.state.sheet == Sheet::join);
    CHECK(till.member_name().empty());
    CHECK(till.sheet<JoinView>().referrer->hint.find("Noa L.") != std::string::npos);
    till.enter();
    REQUIRE(join_of(till).referral);
    CHECK(join_of(till).referral->by == By::card);
    CHECK(join_of(till).referral->hash == till.directory.card_hash(*domain::CardNumber::parse(
                                              kNoaCard, till.directory.till_profile.ranges)));
    CHECK(join_of(till).referral->referrer.units() == 200);
    CHECK(join_of(till).referral->joined.units() == 200);
    CHECK(join_of(till).member.balance.is_zero());  // headquarters gives the points
  }
  SECTION("a phone that nobody here has is for headquarters to find") {
    till.write(Field::referrer, "054-555-0177");
    CHECK(till.sheet<JoinView>().referrer->hint.find("Headquarters") != std::string::npos);
    till.enter();
    REQUIRE(join_of(till).referral);
    CHECK(join_of(till).referral->by == By::phone);
  }
  SECTION("left empty") {
    till.enter();
    CHECK_FALSE(join_of(till).referral);
  }
}

TEST_CASE("Join: nobody brings oneself, and a referrer must read", "[app][join][referral]") {
  TestTill till;
  fill_in(till);
  till.write(Field::referrer, "052 555 0143");
  till.enter();
  CHECK(till.sealed.empty());
  CHECK(till.state.sheet_message.text == Text::referrer_self);
  till.write(Field::card, kNobodysCard);
  till.write(Field::referrer, kNobodysCard);
  till.enter();
  CHECK(till.state.sheet_message.text == Text::referrer_self);
  till.write(Field::referrer, "12");
  till.enter();
  CHECK(till.sealed.empty());
  CHECK(till.state.sheet_message.text == Text::referrer_wrong);
  till.write(Field::referrer, kPaymentCard);
  CHECK(till.state.join.referrer.empty());
}

TEST_CASE("Join: the sheet says what a class takes, and its fee comes into the basket",
          "[app][join]") {
  TestTill till;
  till.scan(kOliveOil);
  fill_in(till);
  const auto classes = till.sheet<JoinView>().classes;
  REQUIRE(classes.size() == 1);
  CHECK(classes.front().can_be_paid);
  CHECK(classes.front().label.find("99.00") != std::string::npos);
  CHECK(classes.front().detail.find("8,000.00") != std::string::npos);
  till.send(ClassChosen{classes.front().code});
  CHECK(till.sheet<JoinView>().classes.front().chosen);
  till.enter();
  till.commit();
  REQUIRE(till.state.basket.lines.size() == 2);
  CHECK(till.state.basket.lines.back().article.code == kVipFee);
  REQUIRE(till.state.quote->joined);
  CHECK(till.state.quote->joined->to.text() == "vip");
  // 15 % of 31.90, the club price of the oil, is 4.785; the fee is paid whole.
  CHECK(till.payable() == 3'190 - 479 + 9'900);
  CHECK(till.checkout().member.head->next_tier.find("VIP") != std::string::npos);
  till.sell();
  CHECK(till.directory.members.back().member_class.text() == "vip");
}

TEST_CASE("Join: the same tick again takes the class back; an unknown fee is refused",
          "[app][join]") {
  TestTill till;
  fill_in(till);
  const auto vip = till.sheet<JoinView>().classes.front().code;
  till.send(ClassChosen{vip});
  till.send(ClassChosen{vip});
  CHECK_FALSE(till.sheet<JoinView>().classes.front().chosen);
  till.send(ClassChosen{vip});
  till.directory.articles.erase(kVipFee);
  till.enter();
  CHECK(till.state.sheet_message.text == Text::fee_unknown);
  CHECK(till.sealed.empty());
}

TEST_CASE("Join: the fee survives a restart between joining and paying", "[app][join]") {
  TestTill till;
  fill_in(till);
  till.send(ClassChosen{till.sheet<JoinView>().classes.front().code});
  till.enter();
  till.commit();
  till.restart();
  REQUIRE(till.state.basket.lines.size() == 1);
  CHECK(till.state.basket.lines.front().article.code == kVipFee);
}

TEST_CASE("Join: a member buys the fee and has the class; it comes back, and so does the class",
          "[app][join]") {
  TestTill till;
  auto& yossi = till.directory.members.back();
  yossi.member_class = *domain::ClassCode::parse("regular");
  till.scan(kYossiCard);
  REQUIRE(till.state.basket.attached->facts->id == yossi.id);
  till.scan(kVipFee);
  const auto uid = till.sell();
  CHECK(yossi.member_class.text() == "vip");
  till.scan(domain::ReceiptCode(uid).text());
  till.send(ReturnQuantity{0, 1});
  till.enter();
  till.commit();
  CHECK(yossi.member_class.text() == "regular");
}
