#pragma once

#include <map>
#include <string>

#include "tests/bench/bench.hpp"

namespace tests::bench {

/// Every bench by its name on the command line.
[[nodiscard]] std::map<std::string, Bench> benches();

}  // namespace tests::bench
