// clubtill_bench [--json] [NAME...]: the figures that the design promises, each with its comparison
// in the same run.
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>

#include "pos/core/json/json.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/benches.hpp"

namespace {

using pos::core::Json;
using tests::bench::Figure;

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, value < 100 ? "%.2f" : "%.0f", value);
  return text;
}

void print_line(const Figure& figure) {
  std::printf("%-46s %10s %-8s p99 %10s   goal %s\n", figure.name.c_str(),
              decimal(figure.median).c_str(), figure.unit.c_str(),
              figure.p99 > 0 ? decimal(figure.p99).c_str() : "-", figure.goal.c_str());
  if (!figure.comparison.empty()) std::printf("%-46s %s\n", "", figure.comparison.c_str());
  std::fflush(stdout);
}

Json to_json(const Figure& figure) {
  return Json::object()
      .set("name", figure.name)
      .set("unit", figure.unit)
      .set("median", decimal(figure.median))
      .set("p99", decimal(figure.p99))
      .set("goal", figure.goal)
      .set("comparison", figure.comparison);
}

int usage(const std::string& unknown) {
  std::fprintf(stderr, "clubtill_bench: there is no bench \"%s\". There are:", unknown.c_str());
  for (const auto& [name, bench] : tests::bench::benches())
    std::fprintf(stderr, " %s", name.c_str());
  std::fprintf(stderr, "\n");
  return 2;
}

}  // namespace

int main(int count, char** words) {
  const std::map<std::string, tests::bench::Bench> all = tests::bench::benches();
  std::vector<std::string> wanted;
  bool json = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--json")
      json = true;
    else if (all.count(word) == 0)
      return usage(word);
    else
      wanted.push_back(word);
  }
  Json list = Json::array();
  for (const auto& [name, bench] : all) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
    for (const Figure& figure : bench()) {
      if (json)
        list.push(to_json(figure));
      else
        print_line(figure);
    }
  }
  if (json) std::printf("%s\n", list.pretty().c_str());
  return 0;
}
