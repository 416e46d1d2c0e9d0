#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/sim_till.hpp"

namespace tests::sim {

/// The power of one machine goes before a certain call to its disk, counted from the morning on,
/// and perhaps again while it comes back.
struct PowerCut {
  bool hub = false;         ///< else the first till
  std::uint64_t call = 1;   ///< write, sync, truncation or deletion
  std::uint64_t again = 0;  ///< so many calls into the recovery; 0: it succeeds
  FaultVfs::Unsynced unsynced = FaultVfs::Unsynced::keep;
};

struct Plan {
  std::uint64_t seed = 1;
  std::size_t sales = 100;  ///< sealed facts, all tills together
  std::size_t tills = 0;    ///< 0: drawn from the seed, 2 to 8 mostly, 200 at most
  bool calm = false;        ///< nothing goes wrong by chance
  std::optional<PowerCut> cut = {};
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
  std::uint64_t till_calls = 0;  ///< to the first till's disk, from the morning until all is healed
  std::uint64_t hub_calls = 0;
  Tally tally;
};

/// Runs one seed: a day with faults, then healing, then the comparison with the oracle. The
/// programme is a document of the product's own format.
[[nodiscard]] Report run(const Plan& plan, const std::string& programme);

}  // namespace tests::sim
