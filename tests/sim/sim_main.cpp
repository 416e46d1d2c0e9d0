#include <fmt/core.h>

#include <charconv>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string_view>

#include "tests/sim/world.hpp"

namespace {

using tests::sim::Plan;
using tests::sim::Planted;
using tests::sim::Report;

struct Arguments {
  std::uint64_t first = 1;
  std::uint64_t last = 10;
  std::size_t sales = 100;
  std::size_t tills = 0;
  Planted planted = Planted::none;
  std::string planted_word = "none";
  std::string programme = CLUBTILL_SOURCE_DIR "/assets/sample-club/programme.json";
  bool json = false;
  unsigned twice = 0;  ///< every so manieth seed runs twice; 0: none
  bool all_faults = false;
};

constexpr const char* kUsage =
    "usage: clubtill_sim --seeds A..B --sales N [--tills N] [--twice N] [--all-faults] [--json]\n"
    "                    [--programme FILE] [--plant cursor_without_rows|accepted_unheard|\n"
    "                     seal_without_commit]\n"
    "Tills and a hub on virtual time. The seed draws how many tills (2 to 200, --tills fixes it)\n"
    "and what goes wrong: on the lines, with the power, on the disks, with clocks and strangers.\n"
    "Compares everything with an oracle. A failing seed prints its command.\n"
    "With --twice every N-th seed runs twice and must leave the same trace; with --all-faults a\n"
    "fault or an answer of the protocol that never happened is a failure; --json prints how often\n"
    "each one did. With --plant a bug is in every till, and a seed fails that does not find it.\n";

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

bool read_planted(std::string_view text, Arguments& into) {
  into.planted_word = text;
  if (text == "none")
    into.planted = Planted::none;
  else if (text == "cursor_without_rows")
    into.planted = Planted::cursor_without_rows;
  else if (text == "accepted_unheard")
    into.planted = Planted::accepted_unheard;
  else if (text == "seal_without_commit")
    into.planted = Planted::seal_without_commit;
  else
    return false;
  return true;
}

bool parse(int count, char** words, Arguments& into) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--json" || word == "--all-faults") {
      (word == "--json" ? into.json : into.all_faults) = true;
      continue;
    }
    if (i + 1 >= count) return false;
    const std::string_view value = words[++i];
    bool good = false;
    if (word == "--seeds") good = read_seeds(value, into);
    if (word == "--sales") good = read(value, into.sales);
    if (word == "--tills") good = read(value, into.tills);
    if (word == "--twice") good = read(value, into.twice) && into.twice > 0;
    if (word == "--plant") good = read_planted(value, into);
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
  Totals totals;
  // Processor time: other work on the machine does not count.
  const std::clock_t start = std::clock();
  for (std::uint64_t seed = arguments.first; seed <= arguments.last; ++seed) {
    const Plan plan{seed, arguments.sales, arguments.tills, arguments.planted};
    Report report = tests::sim::run(plan, programme);
    if (arguments.twice > 0 && seed % arguments.twice == 0 && !report.violation) {
      const Report again = tests::sim::run(plan, programme);
      if (again.trace != report.trace) report.violation = "the same seed left another trace";
      totals.sales += again.sales;
      ++totals.twice;
    }
    totals.add(report);
    if (!report.violation) continue;
    ++totals.failed;
    fmt::print(stderr,
               "seed {}: {}\n  replay: {} --seeds {}..{} --sales {} --tills {} --plant {}\n", seed,
               *report.violation, words[0], seed, seed, arguments.sales, arguments.tills,
               arguments.planted_word);
  }
  print(totals, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, arguments.json);
  if (arguments.all_faults && !totals.tally.never().empty()) {
    for (const auto what : totals.tally.never()) fmt::print(stderr, "never happened: {}\n", what);
    return 1;
  }
  // A planted bug that a seed does not see is the failure then.
  const std::size_t expected = arguments.planted == Planted::none ? 0 : totals.seeds;
  return totals.failed == expected ? 0 : 1;
}
