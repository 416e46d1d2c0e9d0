#include <rapidcheck.h>

#include "pos/app/basket_bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

using namespace app_test;

namespace {

template <class T>
T pick(const std::vector<T>& from) {
  return from[*rc::gen::inRange<std::size_t>(0, from.size())];
}

std::string some_text() {
  return pick<std::string>({"",
                            "0",
                            "12*",
                            "3*0400000000022",
                            kMilk,
                            kNoaPhone,
                            kNoaCard,
                            kNobodysCard,
                            kPaymentCard,
                            "RIMON10",
                            "SUMMER",
                            "052-555-0177",
                            "100",
                            "1.005",
                            "שירה",
                            "نیلوفر",
                            "\xff\xfe",
                            "\u202Eabc",
                            "31",
                            "2",
                            "CT1:00112233445566778899AABBCCDDEEFF",
                            std::string(600, '9')});
}

Event some_event(const TestTill& till) {
  switch (*rc::gen::inRange(0, 16)) {
    case 0:
    case 1:
    case 2:
      return Scanned{domain::classify(some_text(), "", till.directory.till_profile.ranges),
                     programme::IdentifiedBy::card_scan};
    case 3:
    case 4:
      return Pressed{
          static_cast<Action>(*rc::gen::inRange(0, static_cast<int>(Action::family_days) + 1))};
    case 5:
      return Pressed{Action::confirm};
    case 6:
      return Edited{static_cast<Field>(*rc::gen::inRange(0, static_cast<int>(Field::receipt) + 1)),
                    some_text(), *rc::gen::inRange<std::size_t>(0, 5)};
    case 7:
      return LineSelected{*rc::gen::inRange<std::size_t>(0, 6)};
    case 8:
      return LineQuantity{*rc::gen::inRange<std::size_t>(0, 6), *rc::gen::inRange(-1, 12)};
    case 9:
      return BenefitAnswered{*domain::BenefitId::parse(pick<std::string>(
                                 {"gold-coffee", "gift-150", "birthday-week", "nobody"})),
                             static_cast<programme::Answer::Kind>(*rc::gen::inRange(0, 3)), ""};
    case 10:
      return QuestionAnswered{*rc::gen::arbitrary<bool>()};
    case 11:
      return TenderChosen{static_cast<programme::Tender::Kind>(*rc::gen::inRange(0, 3))};
    case 12:
      return ConsentTicked{static_cast<Consent>(*rc::gen::inRange(0, 2)),
                           *rc::gen::arbitrary<bool>()};
    case 13:
      return PointsChosen{domain::Points::of(*rc::gen::inRange(-100, 100'000))};
    case 14:
      return ReturnQuantity{*rc::gen::inRange<std::size_t>(0, 6), *rc::gen::inRange(-2, 9)};
    default:
      return SignInChosen{*domain::StaffCode::parse(pick<std::string>({"dana", "lior", "eve"}))};
  }
}

void check_sums(const programme::Fact& fact) {
  const auto* sale = std::get_if<programme::SaleFact>(&fact);
  if (sale == nullptr) return;
  const programme::Quote& quote = sale->result;
  domain::Money payable;
  domain::Points earned;
  for (const auto& line : quote.lines) {
    RC_ASSERT(line.payable == line.shelf - line.discount - line.points_value);
    RC_ASSERT(!line.payable.is_negative());
    payable += line.payable;
    earned += line.earned;
  }
  RC_ASSERT(payable == quote.payable);
  RC_ASSERT(earned == quote.earned);
  RC_ASSERT(quote.payable == quote.shelf - quote.discount - quote.points_value);
  const programme::Tender& tender = sale->tender;
  RC_ASSERT(tender.due == quote.payable + tender.rounding);
  RC_ASSERT(tender.change == tender.received - tender.due);
  RC_ASSERT(!tender.change.is_negative());
}

/// Only a committed sale, Undo, or taking lines away makes a basket smaller.
std::int64_t pieces_of(const TestTill& till) {
  std::int64_t pieces = 0;
  for (const auto& line : till.state.basket.lines) pieces += line.quantity;
  return pieces;
}

bool may_shrink(const Event& event) {
  if (std::holds_alternative<LineQuantity>(event)) return true;
  const auto* pressed = std::get_if<Pressed>(&event);
  if (pressed == nullptr) return false;
  switch (pressed->action) {
    case Action::undo:
    case Action::fewer:
    case Action::delete_line:
    case Action::confirm:  // "3*" on the chosen line
      return true;
    default:
      return false;
  }
}

void act_at_random(TestTill& till) {
  const int count = *rc::gen::inRange(1, 60);
  for (int i = 0; i < count; ++i) {
    const Event event = some_event(till);
    const std::int64_t before = pieces_of(till);
    till.hub->word = static_cast<Authorised::Word>(*rc::gen::inRange(0, 4));
    till.send(event);
    if (!may_shrink(event)) RC_ASSERT(pieces_of(till) >= before);
    const ScreenView view = till.view();
    RC_ASSERT(view.sign_in.has_value() == !till.state.employee.has_value());
    RC_ASSERT(till.kept == encode_basket(till.state.basket) || till.state.pending);
    if (!till.state.pending) continue;
    check_sums(till.sealed.back().fact);
    if (*rc::gen::inRange(0, 4) == 0) {
      till.fail_commit();
    } else {
      till.commit();
    }
    RC_ASSERT(!till.state.pending);
  }
}

}  // namespace

TEST_CASE("Monkey: whatever is pressed and scanned, no basket is lost and every sealed sum fits",
          "[app][monkey]") {
  REQUIRE(rc::check([] {
    TestTill till;
    act_at_random(till);
  }));
}

TEST_CASE("Monkey: Esc always leads back to the checkout, with the basket", "[app][monkey]") {
  REQUIRE(rc::check([] {
    TestTill till;
    act_at_random(till);
    if (!till.state.employee) till.send(SignInChosen{*domain::StaffCode::parse("dana")});
    const std::size_t lines = till.state.basket.lines.size();
    for (int i = 0; i < 4; ++i) till.escape();
    RC_ASSERT(till.state.sheet == Sheet::none);
    RC_ASSERT(!till.state.question);
    RC_ASSERT(till.state.basket.lines.size() == lines);
  }));
}

TEST_CASE("Monkey: the same events give the same state and the same effects", "[app][monkey]") {
  REQUIRE(rc::check([] {
    TestTill first;
    TestTill second;
    const int count = *rc::gen::inRange(1, 40);
    for (int i = 0; i < count; ++i) {
      const Event event = some_event(first);
      first.send(event);
      second.send(event);
      RC_ASSERT(first.state.basket == second.state.basket);
      RC_ASSERT(first.effects.size() == second.effects.size());
      RC_ASSERT(first.kept == second.kept);
    }
  }));
}
