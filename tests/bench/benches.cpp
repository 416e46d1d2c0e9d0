#include "tests/bench/benches.hpp"

namespace tests::bench {

std::map<std::string, Bench> benches() { return {}; }

}  // namespace tests::bench
