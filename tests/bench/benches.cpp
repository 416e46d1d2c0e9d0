#include "tests/bench/benches.hpp"

#include "tests/bench/catch_up_bench.hpp"
#include "tests/bench/hub_bench.hpp"
#include "tests/bench/quote_bench.hpp"
#include "tests/bench/replay_bench.hpp"
#include "tests/bench/seal_bench.hpp"
#include "tests/bench/till_bench.hpp"

namespace tests::bench {

std::map<std::string, Bench> benches() {
  return {{"catch-up", catch_up_bench}, {"hub", hub_bench},       {"lookup", lookup_bench},
          {"quote", quote_bench},       {"replay", replay_bench}, {"seal", seal_bench},
          {"till", till_bench}};
}

}  // namespace tests::bench
