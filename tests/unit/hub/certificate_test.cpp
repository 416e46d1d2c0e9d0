#include "sync/wire/certificate.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/club_hub.hpp"

namespace {

using namespace club::wire;
using tests::support::HandTill;
using tests::support::HubClub;

struct CertificateRig {
  HubClub club;
  HandTill till{club};
  CertifyRequest ask;

  CertificateRig() {
    till.sell(std::nullopt);
    till.sell(std::nullopt);
    ask.sealed.till = till.paired().till;
    ask.sealed.day = pos::core::local_day(club.clock.moment());
    ask.sealed.pieces = {{1, 2, 3}};
    ask.sealed.facts = 2;
    sign();
  }
  void sign() { ask.signature = pos::core::sign(till.key().secret, signed_half(ask.sealed)); }
  [[nodiscard]] int status() { return till.call(kCertifyPath, encode(ask)).response.status; }
  [[nodiscard]] ReceivedDay received() {
    const auto reply = till.call(kCertifyPath, encode(ask));
    REQUIRE(reply.response.status == 200);
    const auto answer = decode_certify_answer(reply.response.body);
    REQUIRE(answer);
    const auto bytes = signed_whole(ask.sealed, answer->received);
    CHECK(pos::core::verify(club.keys.signing.open, bytes, answer->signature));
    return answer->received;
  }
};

TEST_CASE("Certificate: the hub says what is here, what is applied and what is missing", "[hub]") {
  CertificateRig rig;
  CHECK(rig.received().missing == std::vector<JournalPiece>{{1, 2, 3}});
  (void)rig.till.push(1, 2);
  CHECK(rig.received().missing == std::vector<JournalPiece>{{1, 3, 3}});
  CHECK(rig.received().accepted == 1);
  CHECK(rig.received().applied == 0);
  (void)rig.till.push(1, 3);
  rig.club.settle();
  const auto all = rig.received();
  CHECK(all.missing.empty());
  CHECK(all.accepted == 2);
  CHECK(all.applied == 2);
  CHECK(all.sums.sales == 2);
  CHECK(all.sums.taken.units() == 2 * 4'610);
}

TEST_CASE("Certificate: what is parked is not applied, and another day is not summed", "[hub]") {
  CertificateRig rig;
  rig.till.seal_raw("sale", pos::core::copy_of(pos::core::bytes_of("{}")));
  (void)rig.till.push();
  rig.club.settle();
  rig.ask.sealed.pieces = {{1, 2, 4}};
  rig.ask.sealed.day = *pos::domain::parse_day("2020-01-01");
  rig.sign();
  const auto all = rig.received();
  CHECK(all.accepted == 3);
  CHECK(all.applied == 2);
  CHECK(all.parked == 1);
  CHECK(all.sums.sales == 0);
}

TEST_CASE(
    "Certificate: a half that its till did not sign, another till's, or one without end is "
    "refused",
    "[hub]") {
  CertificateRig rig;
  HandTill other(rig.club);
  SECTION("unsigned") {
    rig.ask.sealed.facts = 3;
    CHECK(rig.status() == 403);
  }
  SECTION("another till's") {
    rig.ask.sealed.till = other.paired().till;
    rig.sign();
    CHECK(rig.status() == 400);
  }
  SECTION("too many records") {
    rig.ask.sealed.pieces = {{1, 1, INT64_MAX}};
    rig.sign();
    CHECK(rig.status() == 413);
  }
}

}  // namespace
