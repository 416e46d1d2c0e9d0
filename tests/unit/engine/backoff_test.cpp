#include "sync/engine/backoff.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

namespace tests {

using club::engine::Backoff;
using pos::core::Millis;

TEST_CASE("Backoff: no pause is above its ceiling, which doubles up to the limit") {
  pos::core::SeededChance chance(1);
  for (int run = 0; run < 200; ++run) {
    Backoff backoff({Millis(500), Millis(4'000)});
    for (const std::int64_t ceiling : {500, 1'000, 2'000, 4'000, 4'000, 4'000}) {
      const auto pause = backoff.next(chance);
      CHECK(pause >= Millis(0));
      CHECK(pause <= Millis(ceiling));
    }
  }
}

TEST_CASE("Backoff: pauses spread over the whole span") {
  pos::core::SeededChance chance(2);
  std::int64_t low = 1'000;
  std::int64_t high = 0;
  for (int run = 0; run < 500; ++run) {
    Backoff backoff({Millis(1'000), Millis(1'000)});
    const std::int64_t pause = backoff.next(chance).count();
    low = std::min(low, pause);
    high = std::max(high, pause);
  }
  CHECK(low < 50);
  CHECK(high > 950);
}

TEST_CASE("Backoff: a success begins anew, and a year of failures does not overflow") {
  pos::core::SeededChance chance(3);
  Backoff backoff({Millis(500), Millis(30'000)});
  for (int i = 0; i < 100'000; ++i) CHECK(backoff.next(chance) <= Millis(30'000));
  backoff.reset();
  CHECK(backoff.next(chance) <= Millis(500));
}

}  // namespace tests
