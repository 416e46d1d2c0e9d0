#pragma once

#include "tests/bench/bench.hpp"

namespace tests::bench {

/// A till that sold for a week without a network, on its own disk, meets the hub on a loopback
/// socket: until everything is accepted, and until it is known here to be applied.
[[nodiscard]] std::vector<Figure> catch_up_bench();

}  // namespace tests::bench
