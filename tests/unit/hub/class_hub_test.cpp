#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

/// Classes that are joined by a fee, and gift cards that are loaded, in the books.
namespace {

using namespace tests::support;
using pos::domain::Article;
using pos::domain::MemberFacts;
using pos::domain::Money;

constexpr const char* kBlankCard = "2090000000016";

Article vip_fee() {
  Article article;
  article.code = "0400000002842";
  article.price = Money::of(9'900);
  article.earns = false;
  return article;
}

Article gift_card() {
  Article article;
  article.code = "0400000000121";
  article.price = Money::of(10'000);
  article.category = *pos::domain::CategoryCode::parse("gift-card");
  article.earns = false;
  return article;
}

MemberFacts settled(HubClub& club, HandTill& till, const MemberFacts& member) {
  (void)till.push();
  club.settle();
  till.pull();
  return *till.member(member.id);
}

/// How many sales headquarters judged otherwise than their tills.
std::int64_t misjudged(HubClub& club) {
  while (true) {
    const auto some = club.hub->judge_once(100);
    REQUIRE(some);
    if (*some == 0) break;
  }
  return club.count("SELECT count(*) FROM misjudged");
}

TEST_CASE("Joining: who paid the fee has the class, until the fee comes back", "[hub][joining]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  const auto sale = till.sell_article(vip_fee(), noa);
  CHECK(settled(club, till, noa).member_class.text() == "vip");
  (void)till.give_back(sale, 0, 1);
  CHECK(settled(club, till, noa).member_class.text() == "regular");
  CHECK(club.broken_laws().empty());
  REQUIRE(club.hub->rebuild());
  HandTill other(club);
  other.pull();
  CHECK(other.member(noa.id)->member_class.text() == "regular");
}

TEST_CASE(
    "Subscription: months that two tills sold while they were apart add up, and one comes back",
    "[hub][subscription]") {
  const auto day = [](const char* text) { return *pos::domain::parse_day(text); };
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  Article month;
  month.code = "0400000002859";
  month.price = Money::of(1'990);
  month.earns = false;
  const auto noa = settled(club, here, here.join({"+972500000001", "Noa", ""}));
  // It is 18 November; neither till knows of the other's sale.
  const auto first = here.sell_article(month, noa);
  CHECK(settled(club, here, noa).subscription_last == day("2026-12-18"));
  (void)there.sell_article(month, noa);
  CHECK(settled(club, there, noa).subscription_last == day("2027-01-18"));
  // At the other till the next sale is judged with both.
  there.sell(there.member(noa.id));
  (void)settled(club, there, noa);
  CHECK(misjudged(club) == 0);
  (void)here.give_back(first, 0, 1);
  CHECK(settled(club, here, noa).subscription_last == day("2026-12-18"));
  CHECK(club.count("SELECT count(*) FROM flag") == 0);
  CHECK(club.broken_laws().empty());
  REQUIRE(club.hub->rebuild());
  HandTill later(club);
  later.pull();
  CHECK(later.member(noa.id)->subscription_last == day("2026-12-18"));
}

TEST_CASE("Subscription: a till that knows its own sale before headquarters does is not accused",
          "[hub][subscription]") {
  HubClub club;
  HandTill till(club);
  Article month;
  month.code = "0400000002859";
  month.price = Money::of(1'990);
  auto noa = settled(club, till, till.join({"+972500000001", "Noa", ""}));
  (void)till.sell_article(month, noa);
  noa.subscription_last = pos::domain::parse_day("2026-12-18");  // as its overlay says
  (void)till.sell(noa);
  CHECK(settled(club, till, noa).subscription_last == noa.subscription_last);
  CHECK(misjudged(club) == 0);
  // A till that never sold it is.
  HandTill other(club);
  noa.subscription_last = pos::domain::parse_day("2030-01-01");
  (void)other.sell(noa);
  (void)settled(club, other, noa);
  CHECK(misjudged(club) == 1);
}

TEST_CASE("Gift card: what is loaded on a blank card belongs to whoever joins with it",
          "[hub][gift]") {
  HubClub club;
  HandTill till(club);
  (void)till.sell_article(gift_card(), std::nullopt, kBlankCard);
  (void)till.sell_article(gift_card(), std::nullopt, kBlankCard);
  (void)till.push();
  club.settle();
  const auto noa = till.join({"+972500000001", "Noa", kBlankCard});
  CHECK(settled(club, till, noa).value == Money::of(20'000));
  CHECK(settled(club, till, noa).balance.is_zero());
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Gift card: one that nobody joined with pays at another till, and its goods come back",
          "[hub][gift]") {
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  const auto deliver = [&](HandTill& till) {
    (void)till.push();
    club.settle();
    here.pull();
    there.pull();
  };
  (void)here.sell(std::nullopt, 1, kBlankCard);
  deliver(here);
  CHECK_FALSE(there.card_value(kBlankCard));  // it earned points; nothing is stored on it
  (void)here.sell_article(gift_card(), std::nullopt, kBlankCard);
  deliver(here);
  REQUIRE(there.card_value(kBlankCard));
  CHECK(there.card_value(kBlankCard)->value == Money::of(10'000));
  // Milk and a lamp, 46.10.
  const auto sale = there.sell_from_card(kBlankCard, *there.card_value(kBlankCard));
  deliver(there);
  CHECK(here.card_value(kBlankCard)->value == Money::of(5'390));
  CHECK(club.count("SELECT count(*) FROM reservation") == 0);
  // Both lines come back: what the card had paid is on it again.
  (void)there.give_back(sale, 0, 1);
  (void)there.give_back(sale, 1, 1);
  deliver(there);
  CHECK(here.card_value(kBlankCard)->value == Money::of(10'000));
  CHECK(club.count("SELECT count(*) FROM flag") == 0);
  CHECK(misjudged(club) == 0);
  CHECK(club.broken_laws().empty());
  // Who joins with it has what is left, and the card by itself nothing any more.
  const auto noa = here.join({"+972500000001", "Noa", kBlankCard});
  deliver(here);
  CHECK(here.member(noa.id)->value == Money::of(10'000));
  CHECK(there.card_value(kBlankCard)->value.is_zero());
  CHECK(club.broken_laws().empty());
  REQUIRE(club.hub->rebuild());
  HandTill later(club);
  later.pull();
  CHECK(later.member(noa.id)->value == Money::of(10'000));
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Gift card: a member's own account is loaded, and a return takes it back",
          "[hub][gift]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({"+972500000001", "Noa", ""});
  const auto sale = till.sell_article(gift_card(), noa);
  CHECK(settled(club, till, noa).value == Money::of(10'000));
  (void)till.give_back(sale, 0, 1);
  CHECK(settled(club, till, noa).value.is_zero());
  CHECK(club.broken_laws().empty());
}

}  // namespace
