#include "tests/sim/power_cuts.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cstdio>

namespace tests::sim {
namespace {

constexpr std::uint64_t kFates = 3;

/// The second loss wanders through the recovery, which is over after some dozen calls.
PowerCut cut_of(bool hub, std::uint64_t call, std::uint64_t fate) {
  const std::uint64_t again = fate == call % kFates ? 0 : 1 + call % 7 + 6 * (call % 2);
  return {hub, call, again, static_cast<FaultVfs::Unsynced>(fate)};
}

/// Takes the number in front of the next comma, or all of the rest.
bool take_number(std::string_view& rest, std::uint64_t& into) {
  const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), into);
  if (code != std::errc()) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  if (rest.starts_with(',')) rest.remove_prefix(1);
  return true;
}

}  // namespace

std::string to_text(const PowerCut& cut) {
  return fmt::format("{},{},{},{}", cut.hub ? "hub" : "till", cut.call, cut.again,
                     static_cast<int>(cut.unsynced));
}

std::optional<PowerCut> read_power_cut(std::string_view text) {
  PowerCut cut;
  cut.hub = text.starts_with("hub,");
  if (!cut.hub && !text.starts_with("till,")) return std::nullopt;
  text.remove_prefix(text.find(',') + 1);
  std::uint64_t fate = 0;
  const bool good =
      take_number(text, cut.call) && take_number(text, cut.again) && take_number(text, fate);
  if (!good || !text.empty() || cut.call == 0 || fate >= kFates) return std::nullopt;
  cut.unsynced = static_cast<FaultVfs::Unsynced>(fate);
  return cut;
}

std::size_t run_power_cuts(const Plan& day, const std::function<Report(const Plan&)>& live,
                           std::uint64_t step, const std::string& command) {
  Plan plan = day;
  plan.calm = true;
  plan.cut.reset();
  std::size_t days = 0;
  std::size_t failed = 0;
  const auto lived = [&] {
    Report report = live(plan);
    ++days;
    if (report.violation) {
      ++failed;
      fmt::print(stderr, "{}\n  replay: {} --calm{}\n", *report.violation, command,
                 plan.cut ? " --cut " + to_text(*plan.cut) : std::string());
    }
    return report;
  };
  const Report whole = lived();
  for (const bool hub : {false, true}) {
    const std::uint64_t calls = hub ? whole.hub_calls : whole.till_calls;
    for (std::uint64_t call = 1; call <= calls; call += step) {
      for (std::uint64_t fate = 0; fate < kFates; ++fate) {
        plan.cut = cut_of(hub, call, fate);
        static_cast<void>(lived());
      }
    }
  }
  fmt::print("{} sales; {} calls of a till and {} of the hub, every {}: {} days, {} failed\n",
             whole.sales, whole.till_calls, whole.hub_calls, step, days, failed);
  return failed;
}

}  // namespace tests::sim
