#pragma once

#include <functional>
#include <string>

#include "tests/sim/world.hpp"

namespace tests::sim {

/// Lives one `day` in which nothing goes wrong, and then the same day again for every `step`-th
/// call to the disk of a till and of the hub, from the first sale until everything is settled: with
/// the power lost before that call, in each of the three fates of what was not synced, two of them
/// with a second loss in the midst of the recovery. Prints each failure with the command that
/// replays it, which begins with `command`. Gives how many failed.
[[nodiscard]] std::size_t run_power_cuts(const Plan& day,
                                         const std::function<Report(const Plan&)>& live,
                                         std::uint64_t step, const std::string& command);

/// "hub,17,0,1": the machine, the call, the call of the recovery or 0, the fate.
[[nodiscard]] std::string to_text(const PowerCut& cut);
[[nodiscard]] std::optional<PowerCut> read_power_cut(std::string_view text);

}  // namespace tests::sim
