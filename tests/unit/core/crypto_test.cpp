#include "pos/core/crypto/crypto.hpp"

#include "tests/support/catch.hpp"

namespace core = pos::core;

TEST_CASE("Crypto: a signature holds for its message and for no other", "[core][crypto]") {
  core::SeededChance chance(1);
  const core::SigningPair till = core::make_signing_pair(chance);
  const core::SigningPair other = core::make_signing_pair(chance);
  const core::Signature signature = core::sign(till.secret, core::bytes_of("sale"));
  CHECK(core::verify(till.open, core::bytes_of("sale"), signature));
  CHECK_FALSE(core::verify(till.open, core::bytes_of("sole"), signature));
  CHECK_FALSE(core::verify(other.open, core::bytes_of("sale"), signature));
}

TEST_CASE("Crypto: BLAKE2b-256 gives the published value for the empty text", "[core][crypto]") {
  CHECK(core::blake2b(core::BytesView{}).hex() ==
        "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

TEST_CASE("Crypto: the parts of a hash are taken one after the other", "[core][crypto]") {
  CHECK(core::blake2b({core::bytes_of("ab"), core::bytes_of("c")}) ==
        core::blake2b(core::bytes_of("abc")));
}

TEST_CASE("Crypto: the same digits as phone and as card have different hashes", "[core][crypto]") {
  core::SeededChance chance(2);
  const auto key = core::SymmetricKey::mint(chance);
  CHECK(core::keyed_hash(key, "phone", "123") != core::keyed_hash(key, "card", "123"));
  CHECK(core::keyed_hash(key, "phone", "123") == core::keyed_hash(key, "phone", "123"));
  CHECK(core::keyed_hash(key, "a", "b1") != core::keyed_hash(key, "ab", "1"));
}

TEST_CASE("Crypto: only the reader opens a sealed box, and a changed byte closes it",
          "[core][crypto]") {
  core::SeededChance chance(3);
  const core::BoxPair hub = core::make_box_pair(chance);
  const core::BoxPair thief = core::make_box_pair(chance);
  core::Bytes sealed = core::seal_for(hub.open, core::bytes_of("+972500000000"), chance);
  REQUIRE(core::open_sealed(hub, sealed).has_value());
  CHECK(core::text_of(*core::open_sealed(hub, sealed)) == "+972500000000");
  CHECK_FALSE(core::open_sealed(thief, sealed).has_value());
  sealed.back() ^= 1;
  CHECK_FALSE(core::open_sealed(hub, sealed).has_value());
  CHECK_FALSE(core::open_sealed(hub, core::bytes_of("short")).has_value());
}

TEST_CASE("Crypto: an encrypted name opens only in its own row", "[core][crypto]") {
  core::SeededChance chance(4);
  const auto key = core::SymmetricKey::mint(chance);
  const core::Bytes sealed =
      core::encrypt(key, core::bytes_of("Noa L."), core::bytes_of("row 1"), chance);
  CHECK(core::text_of(core::decrypt(key, sealed, core::bytes_of("row 1")).value()) == "Noa L.");
  CHECK_FALSE(core::decrypt(key, sealed, core::bytes_of("row 2")).has_value());
}
