#include "pos/app/views/build_slip.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/app/test_till.hpp"

// A month of the paid subscription, sold as a line of the sale.

using namespace app_test;

namespace {

domain::Day day(const char* text) { return *domain::parse_day(text); }

domain::MemberFacts& noa(TestTill& till) { return till.directory.members.front(); }

}  // namespace

TEST_CASE("Subscription: without a member it cannot be paid, and the till says why",
          "[app][subscription]") {
  TestTill till;
  till.scan(kPlusMonth);
  till.press(Action::pay);
  CHECK(till.message() == Text::subscription_needs_member);
  till.scan(kNobodysCard);
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::none);
  till.press(Action::remove_member);
  till.scan(kNoaCard);
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::pay);
}

TEST_CASE("Subscription: a month goes on from its end, is shown, printed and counted",
          "[app][subscription]") {
  TestTill till;  // on 22 November
  noa(till).subscription_last = day("2026-12-10");
  till.scan(kNoaCard);
  const auto days_of = [&] { return till.checkout().member.head->days; };
  REQUIRE_FALSE(days_of().empty());
  CHECK(days_of().front().find("10.12.2026") != std::string::npos);
  till.scan(kPlusMonth);
  CHECK(days_of().front().find("10.01.2027") != std::string::npos);
  const auto uid = till.sell();
  CHECK(noa(till).subscription_last == day("2027-01-10"));
  const auto slip = build_slip(uid, till.sealed.back().fact, till.directory, false);
  REQUIRE(slip);
  CHECK(slip->member->congratulation.find("10.01.2027") != std::string::npos);
}

TEST_CASE("Subscription: more than ten years are not sold at once", "[app][subscription]") {
  TestTill till;
  till.scan(kNoaCard);
  till.scan(kPlusMonth);
  till.send(LineQuantity{0, 121});
  till.press(Action::pay);
  CHECK(till.message() == Text::subscription_too_long);
  till.send(LineQuantity{0, 120});
  till.press(Action::pay);
  CHECK(till.state.sheet == Sheet::pay);
}

TEST_CASE("Subscription: it comes back on its day, and later as long as it has not begun",
          "[app][subscription]") {
  TestTill till;
  const auto sell = [&](const std::optional<domain::Day>& before) {
    noa(till).subscription_last = before;
    till.scan(kNoaCard);
    till.scan(kPlusMonth);
    return till.sell();
  };
  const auto give_back = [&](const domain::FactId& uid) {
    const std::size_t before = till.sealed.size();
    till.scan(domain::ReceiptCode(uid).text());
    till.send(ReturnQuantity{0, 1});
    till.enter();
    if (till.sealed.size() > before) till.commit();
    return till.sealed.size() > before;
  };
  SECTION("on the same day, whatever was before") {
    CHECK(give_back(sell(std::nullopt)));
    CHECK_FALSE(noa(till).subscription_last);
    CHECK(give_back(sell(day("2026-11-20"))));
    CHECK(noa(till).subscription_last == day("2026-11-20"));
  }
  SECTION("the day after: it has begun") {
    const auto uid = sell(std::nullopt);
    till.now.at = till.now.at + std::chrono::hours(24);
    CHECK_FALSE(give_back(uid));
    CHECK(till.state.sheet_message.text == Text::subscription_begun);
    CHECK(noa(till).subscription_last == day("2026-12-22"));
  }
  SECTION("the day after, while an earlier one runs") {
    const auto uid = sell(day("2026-12-10"));
    till.now.at = till.now.at + std::chrono::hours(24);
    // Another month was bought meanwhile: it stays.
    noa(till).subscription_last = day("2027-02-10");
    CHECK(give_back(uid));
    CHECK(noa(till).subscription_last == day("2027-01-10"));
  }
}
