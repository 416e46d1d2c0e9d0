#pragma once

#include <vector>

#include "tests/bench/bench.hpp"

namespace tests::bench {

/// `clubtill replay` over a journal of recorded sales: the proof of each, and the same baskets
/// under another programme.
[[nodiscard]] std::vector<Figure> replay_bench();

}  // namespace tests::bench
