#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

/// Who brought whom: points for both, once, wherever the two live.
namespace {

using namespace tests::support;
using pos::domain::MemberFacts;

constexpr const char* kNoaPhone = "+972500000001";
constexpr const char* kNoaCard = "2000000000015";

std::int64_t flags_of(HubClub& club, const std::string& word) {
  return club.count("SELECT count(*) FROM flag WHERE word = '" + word + "'");
}

std::int64_t referrals_of(HandTill& till, const MemberFacts& member) {
  till.pull();
  return till.member(member.id)->status.referrals;
}

void send(HubClub& club, HandTill& till) {
  (void)till.push();
  club.settle();
}

TEST_CASE("Referral: both get their points once, and it counts for the referrer's tier",
          "[hub][referral]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({kNoaPhone, "Noa", kNoaCard});
  std::vector<MemberFacts> brought;
  for (int i = 2; i < 7; ++i) {
    const std::string phone = "+97250000000" + std::to_string(i);
    brought.push_back(i % 2 == 0 ? till.join({phone, "Avi", "", kNoaPhone, ""})
                                 : till.join({phone, "Avi", "", "", kNoaCard}));
  }
  send(club, till);
  CHECK(club.points(noa.account) == 1'000);
  for (const auto& one : brought) CHECK(club.points(one.account) == 200);
  CHECK(referrals_of(till, noa) == 5);
  CHECK(till.member(noa.id)->tier == pos::domain::TierCode::parse("gold"));
  CHECK(till.member(noa.id)->balance.units() == 1'000);
  CHECK(till.member(brought.front().id)->balance.units() == 200);
  send(club, till);  // the same facts again
  CHECK(club.points(noa.account) == 1'000);
  CHECK(referrals_of(till, noa) == 5);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Referral: it waits for a referrer whose till is heard later", "[hub][referral]") {
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  const auto noa = here.join({kNoaPhone, "Noa", kNoaCard});
  const auto avi = there.join({"+972500000002", "Avi", "", "", kNoaCard});
  const auto ora = there.join({"+972500000003", "Ora", "", kNoaPhone, ""});
  send(club, there);
  CHECK(club.points(avi.account) == 0);
  CHECK(club.broken_laws().empty());
  send(club, here);
  CHECK(club.points(avi.account) == 200);
  CHECK(club.points(ora.account) == 200);
  CHECK(club.points(noa.account) == 400);
  CHECK(referrals_of(here, noa) == 2);
  CHECK(club.count("SELECT count(*) FROM waiting_referral") == 0);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Referral: nobody brings oneself", "[hub][referral]") {
  HubClub club;
  HandTill till(club);
  const auto noa = till.join({kNoaPhone, "Noa", kNoaCard, kNoaPhone, ""});
  const auto avi = till.join({"+972500000002", "Avi", "2000000000022", "", "2000000000022"});
  send(club, till);
  CHECK(flags_of(club, "self_referral") == 2);
  CHECK(club.points(noa.account) == 0);
  CHECK(club.points(avi.account) == 0);
  CHECK(referrals_of(till, noa) == 0);
}

TEST_CASE("Referral: who is a member already is brought by nobody", "[hub][referral]") {
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  const auto noa = here.join({kNoaPhone, "Noa", kNoaCard});
  const auto avi = here.join({"+972500000002", "Avi", "", kNoaPhone, ""});
  send(club, here);
  const auto again = there.join({"+972500000002", "Avi", "", kNoaPhone, ""});
  send(club, there);
  CHECK(flags_of(club, "referral_of_a_member") == 1);
  CHECK(club.points(noa.account) == 200);
  CHECK(club.points(avi.account) == 200);
  CHECK(club.points(again.account) == 0);
  CHECK(referrals_of(here, noa) == 1);
  CHECK(club.broken_laws().empty());
}

TEST_CASE("Referral: the books made again say the same of it", "[hub][referral]") {
  HubClub club;
  HandTill here(club);
  HandTill there(club);
  const auto avi = there.join({"+972500000002", "Avi", "", "", kNoaCard});
  send(club, there);
  const auto noa = here.join({kNoaPhone, "Noa", kNoaCard});
  send(club, here);
  REQUIRE(club.points(noa.account) == 200);
  REQUIRE(club.hub->rebuild());
  CHECK(club.points(noa.account) == 200);
  CHECK(club.points(avi.account) == 200);
  HandTill other(club);
  CHECK(referrals_of(other, noa) == 1);
  CHECK(club.broken_laws().empty());
}

}  // namespace
