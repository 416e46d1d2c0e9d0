#pragma once

#include <vector>

#include "tests/bench/bench.hpp"

namespace tests::bench {

/// Byte of a scan -> member on the shown frame, idle cost and cold start of the whole till: its
/// files, workers and window. Skips itself, and says so, where there is no display.
[[nodiscard]] std::vector<Figure> till_bench();

}  // namespace tests::bench
