#include "tests/bench/bench.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tests::bench {

std::vector<double> time_each(int rounds, const std::function<void()>& work) {
  std::vector<double> durations;
  durations.reserve(static_cast<std::size_t>(rounds));
  for (int round = 0; round < rounds; ++round) {
    const auto before = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::micro> took =
        std::chrono::steady_clock::now() - before;
    durations.push_back(took.count());
  }
  std::sort(durations.begin(), durations.end());
  return durations;
}

double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const double place = share * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(place))];
}

}  // namespace tests::bench
