#pragma once

#include <vector>

#include "tests/bench/bench.hpp"

namespace tests::bench {

/// The quote at 10 lines x 50 benefits and 40 x 500, the same 10 x 50 beside 5,000 benefits that
/// cannot apply, and the loading of those 5,000.
[[nodiscard]] std::vector<Figure> quote_bench();

}  // namespace tests::bench
