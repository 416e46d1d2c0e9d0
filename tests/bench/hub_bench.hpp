#pragma once

#include "tests/bench/bench.hpp"

namespace tests::bench {

/// Accepting, applying and pulling at the hub, calls as functions, on this machine's disk.
[[nodiscard]] std::vector<Figure> hub_bench();

}  // namespace tests::bench
