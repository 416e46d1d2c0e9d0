#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

#include "tests/sim/bug_list.hpp"
#include "tests/sim/power_cuts.hpp"

namespace {

using tests::sim::Plan;
using tests::sim::Report;

struct Arguments {
  std::uint64_t first = 1;
  std::uint64_t last = 10;
  std::size_t sales = 100;
  std::size_t tills = 0;
  std::string bug;         ///< planted
  std::size_t search = 0;  ///< so many of the planted bugs are searched for
  std::string programme = CLUBTILL_SOURCE_DIR "/assets/sample-club/programme.json";
  bool json = false;
  unsigned twice = 0;  ///< every so manieth seed runs twice; 0: none
  bool all_faults = false;
  bool calm = false;
  std::optional<tests::sim::PowerCut> cut;
  std::uint64_t every_call = 0;
};

constexpr const char* kUsage =
    "usage: clubtill_sim --seeds A..B --sales N [--tills N] [--twice N] [--all-faults] [--json]\n"
    "                    [--programme FILE] [--plant BUG | --find-bugs N | --every-call N]\n"
    "Tills and a hub on virtual time. The seed draws how many tills (2 to 200, --tills fixes it)\n"
    "and what goes wrong: on the lines, with the power, on the disks, with clocks and strangers.\n"
    "Compares everything with an oracle. A failing seed prints its command.\n"
    "--twice N      every N-th seed runs twice and must leave the same trace\n"
    "--all-faults   a fault or an answer of the protocol that never happened is a failure\n"
    "--json         prints how often each one did\n"
    "--plant BUG    that bug is in every till and hub; a failure is what is wanted then\n"
    "--find-bugs N  plants each of the first N bugs of the list; fails when the seeds miss one\n"
    "--every-call N one day without other faults, then once for every N-th call to the disk of a\n"
    "               till and of the hub: the power goes there, and again in the recovery\n"
    "--calm --cut MACHINE,CALL,AGAIN,FATE  one of these days\n";

template <class Number>
bool read(std::string_view text, Number& into) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), into);
  return code == std::errc() && end == text.data() + text.size();
}

bool read_seeds(std::string_view text, Arguments& into) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return read(text, into.first) && read(text, into.last);
  return read(text.substr(0, dots), into.first) && read(text.substr(dots + 2), into.last) &&
         into.first <= into.last;
}

bool is_bug(std::string_view name) {
  const auto bugs = tests::sim::bug_list();
  return std::find(bugs.begin(), bugs.end(), name) != bugs.end();
}

bool parse(int count, char** words, Arguments& into) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--json" || word == "--all-faults" || word == "--calm") {
      (word == "--json" ? into.json : word == "--calm" ? into.calm : into.all_faults) = true;
      continue;
    }
    if (i + 1 >= count) return false;
    const std::string_view value = words[++i];
    bool good = false;
    if (word == "--seeds") good = read_seeds(value, into);
    if (word == "--sales") good = read(value, into.sales);
    if (word == "--tills") good = read(value, into.tills);
    if (word == "--twice") good = read(value, into.twice) && into.twice > 0;
    if (word == "--plant") good = is_bug(into.bug = value);
    if (word == "--find-bugs") good = read(value, into.search) && into.search > 0;
    if (word == "--every-call") good = read(value, into.every_call) && into.every_call > 0;
    if (word == "--cut") good = (into.cut = tests::sim::read_power_cut(value)).has_value();
    if (word == "--programme") good = !(into.programme = std::string(value)).empty();
    if (!good) return false;
  }
  return true;
}

struct Totals {
  std::size_t seeds = 0, failed = 0, sales = 0, returns = 0, joinings = 0;
  std::size_t till_crashes = 0, hub_crashes = 0, tills = 0, twice = 0;
  tests::sim::Tally tally;
  std::int64_t points_spent = 0;
  void add(const Report& report) {
    ++seeds;
    sales += report.sales;
    returns += report.returns;
    joinings += report.joinings;
    points_spent += report.points_spent;
    till_crashes += report.till_crashes;
    hub_crashes += report.hub_crashes;
    tills += report.tills;
    tally.add(report.tally);
  }
};

void print_json(const Totals& totals, double rate) {
  std::string counts;
  for (const auto& [what, times] : totals.tally.counts()) {
    counts += fmt::format("{}\n  \"{}\":{}", counts.empty() ? "" : ",", what, times);
  }
  fmt::print(
      "{{\"seeds\":{},\"failed\":{},\"tills\":{},\"sales\":{},\"returns\":{},\"joinings\":{},"
      "\"points_spent\":{},\"twice\":{},\"sales_per_cpu_second\":{:.0f},\"happened\":{{{}}}}}\n",
      totals.seeds, totals.failed, totals.tills, totals.sales, totals.returns, totals.joinings,
      totals.points_spent, totals.twice, rate, counts);
}

void print(const Totals& totals, double seconds, bool json) {
  const double rate = seconds > 0 ? static_cast<double>(totals.sales) / seconds : 0;
  if (json) return print_json(totals, rate);
  fmt::print(
      "{} seeds, {} failed, {} twice: {} tills, {} sales, {} returns, {} joinings, {} points "
      "spent, "
      "{} till crashes, {} hub crashes, {:.0f} sales a second of processor\n",
      totals.seeds, totals.failed, totals.twice, totals.tills, totals.sales, totals.returns,
      totals.joinings, totals.points_spent, totals.till_crashes, totals.hub_crashes, rate);
}

Report run(const Plan& plan, const Arguments& arguments, const std::string& programme) {
  if (!tests::sim::plant(arguments.bug)) {
    return {.violation = "this build has no planted bugs", .trace = {}, .tally = {}};
  }
  return tests::sim::run(plan, programme);
}

Report run(const Arguments& arguments, std::uint64_t seed, const std::string& programme) {
  const Plan plan{seed, arguments.sales, arguments.tills, arguments.calm, arguments.cut};
  return run(plan, arguments, programme);
}

int cut_the_power(const Arguments& arguments, const std::string& programme, const char* name) {
  const Plan day{arguments.first, arguments.sales, arguments.tills};
  const std::string command =
      fmt::format("{} --seeds {}..{} --sales {} --tills {}{}{}", name, day.seed, day.seed,
                  day.sales, day.tills, arguments.bug.empty() ? "" : " --plant ", arguments.bug);
  const auto live = [&](const Plan& plan) { return run(plan, arguments, programme); };
  return tests::sim::run_power_cuts(day, live, arguments.every_call, command) == 0 ? 0 : 1;
}

/// Every seed; gives how many failed.
std::size_t run_all(const Arguments& arguments, const std::string& programme, const char* name,
                    Totals& totals) {
  for (std::uint64_t seed = arguments.first; seed <= arguments.last; ++seed) {
    Report report = run(arguments, seed, programme);
    totals.add(report);
    if (arguments.twice > 0 && seed % arguments.twice == 0 && !report.violation) {
      const Report again = run(arguments, seed, programme);
      if (again.trace != report.trace) report.violation = "the same seed left another trace";
      totals.sales += again.sales;
      ++totals.twice;
    }
    if (!report.violation) continue;
    ++totals.failed;
    fmt::print(stderr, "seed {}: {}\n  replay: {} --seeds {}..{} --sales {} --tills {}{}{}\n", seed,
               *report.violation, name, seed, seed, arguments.sales, arguments.tills,
               arguments.bug.empty() ? "" : " --plant ", arguments.bug);
    std::fflush(stderr);
  }
  return totals.failed;
}

/// The seeds that it took until the bug was seen, 0 when none saw it; `what`: by which law.
std::uint64_t seeds_to_find(const Arguments& arguments, const std::string& programme,
                            std::string& what) {
  for (std::uint64_t seed = arguments.first; seed <= arguments.last; ++seed) {
    const Report report = run(arguments, seed, programme);
    if (!report.violation) continue;
    what = *report.violation;
    return seed - arguments.first + 1;
  }
  return 0;
}

/// Plants one bug after the other. Prints after how many seeds each was found, and the median.
int find_bugs(Arguments arguments, const std::string& programme) {
  const auto bugs = tests::sim::bug_list();
  std::vector<std::uint64_t> taken;
  std::size_t missed = 0;
  for (const std::string_view bug : bugs.subspan(0, std::min(arguments.search, bugs.size()))) {
    arguments.bug = bug;
    std::string what;
    const std::uint64_t seeds = seeds_to_find(arguments, programme, what);
    if (seeds == 0) ++missed;
    if (seeds > 0) taken.push_back(seeds);
    fmt::print("{:<30} {}\n", bug,
               seeds == 0 ? std::string("NOT FOUND") : fmt::format("{:>4} seeds: {}", seeds, what));
    std::fflush(stdout);
  }
  std::sort(taken.begin(), taken.end());
  fmt::print("{} bugs found, {} missed, median {} seeds\n", taken.size(), missed,
             taken.empty() ? 0 : taken[taken.size() / 2]);
  return missed == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  if (count == 2 && std::string_view(words[1]) == "--help") {
    std::fputs(kUsage, stdout);
    return 0;
  }
  if (!parse(count, words, arguments)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  std::ifstream file(arguments.programme, std::ios::binary);
  const std::string programme{std::istreambuf_iterator<char>(file), {}};
  if (programme.empty()) {
    fmt::print(stderr, "{}: cannot be read\n", arguments.programme);
    return 10;
  }
  if (arguments.search > 0) return find_bugs(arguments, programme);
  if (arguments.every_call > 0) return cut_the_power(arguments, programme, words[0]);
  tests::use_sqlite_in_one_thread();
  Totals totals;
  // Processor time: other work on the machine does not count.
  const std::clock_t start = std::clock();
  const std::size_t failed = run_all(arguments, programme, words[0], totals);
  print(totals, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, arguments.json);
  if (arguments.all_faults && !totals.tally.never().empty()) {
    for (const auto what : totals.tally.never()) fmt::print(stderr, "never happened: {}\n", what);
    return 1;
  }
  return failed == 0 ? 0 : 1;
}
