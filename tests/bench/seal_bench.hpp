#pragma once

#include "tests/bench/bench.hpp"

namespace tests::bench {

/// A sealed sale against the bare commit of the same bytes. Writes in the current folder.
[[nodiscard]] std::vector<Figure> seal_bench();
/// A member by card among 1,000,000 against the bare point read, and how fast they came in.
[[nodiscard]] std::vector<Figure> lookup_bench();

}  // namespace tests::bench
