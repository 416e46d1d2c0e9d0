#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/sim_till.hpp"

namespace tests::sim {

struct Plan {
  std::uint64_t seed = 1;
  std::size_t sales = 100;  ///< sealed facts, all tills together
  std::size_t tills = 0;    ///< 0: drawn from the seed, 2 to 8 mostly, 200 at most
};

struct Report {
  std::optional<std::string> violation;
  std::string trace;  ///< digest of what happened
  std::size_t sales = 0;
  std::size_t returns = 0;
  std::size_t joinings = 0;
  std::int64_t points_spent = 0;
  std::size_t till_crashes = 0;
  std::size_t hub_crashes = 0;
  std::size_t tills = 0;
  Tally tally;
};

/// Runs one seed: a day with faults, then healing, then the comparison with the oracle. The
/// programme is a document of the product's own format.
[[nodiscard]] Report run(const Plan& plan, const std::string& programme);

}  // namespace tests::sim
