#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tests::bench {

/// One measured figure with its goal (design: figures to hold) and, where there is one, what it was
/// compared with in the same run.
struct Figure {
  std::string name;  ///< "quote 10 x 50"
  std::string unit;  ///< "us", "facts/s", "x"
  double median = 0;
  double p99 = 0;          ///< 0: not a distribution
  std::string goal;        ///< "median <= 10"
  std::string comparison;  ///< "bare SQLite commit of the same bytes: 131 us, ratio 1.08"
};

/// Runs `work` `rounds` times and gives each duration in microseconds, sorted.
[[nodiscard]] std::vector<double> time_each(int rounds, const std::function<void()>& work);
/// Of a sorted list; `share` 0.5 is the median.
[[nodiscard]] double quantile(const std::vector<double>& sorted, double share);

/// A bench links itself in by an object library `bench_<area>` that defines one function of this
/// form and names it in bench_main.cpp.
using Bench = std::vector<Figure> (*)();

}  // namespace tests::bench
