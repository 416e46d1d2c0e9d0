#include "tests/bench/hub_bench.hpp"

#include <chrono>

#include "tests/support/hub_load.hpp"

namespace tests::bench {
namespace {

constexpr std::size_t kFacts = 10'000;

Figure rate(const std::string& name, std::chrono::steady_clock::duration span,
            const std::string& goal) {
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(span).count();
  Figure figure;
  figure.name = name;
  figure.unit = "facts/s";
  figure.median = static_cast<double>(kFacts) * 1e6 / static_cast<double>(us);
  figure.goal = goal;
  figure.comparison =
      std::to_string(kFacts) + " sales of two lines, batches of 500, SQLite WAL FULL";
  return figure;
}

}  // namespace

std::vector<Figure> hub_bench() {
  support::HubLoad load(kFacts, 500);
  const auto begin = std::chrono::steady_clock::now();
  load.push_all();
  const auto accepted = std::chrono::steady_clock::now();
  load.apply_all();
  const auto applied = std::chrono::steady_clock::now();
  load.pull_all();
  const auto pulled = std::chrono::steady_clock::now();
  Figure rows = rate("hub: rows pulled from the start", pulled - applied, ">= 50000");
  rows.unit = "rows/s";
  rows.median = rows.median * static_cast<double>(load.rows()) / static_cast<double>(kFacts);
  rows.comparison = std::to_string(load.rows()) + " rows, encoded, packed and read again";
  return {rate("hub: accept", accepted - begin, ">= 10000"),
          rate("hub: apply", applied - accepted, ">= 5000"), rows};
}

}  // namespace tests::bench
