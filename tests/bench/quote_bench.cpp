#include "tests/bench/quote_bench.hpp"

#include <fmt/core.h>

#include <fstream>
#include <sstream>

#include "pos/core/check.hpp"
#include "pos/programme/quote_request.hpp"

namespace tests::bench {
namespace {

using namespace pos::programme;

constexpr int kRounds = 200;       // over all baskets
constexpr int kQuotesARound = 10;  // so that one reading is well above the clock's own cost

/// A file of the workload (tests/data/workload/README.md).
std::string text_of(const std::string& name) {
  std::ifstream file(CLUBTILL_SOURCE_DIR "/tests/data/workload/" + name);
  CLUBTILL_CHECK(file.is_open());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<QuoteInput> baskets_of(const std::string& size) {
  std::istringstream lines(text_of(size + ".requests.jsonl"));
  std::vector<QuoteInput> baskets;
  for (std::string line; std::getline(lines, line);) {
    auto request = parse_quote_request(line);
    CLUBTILL_CHECK(request.has_value());
    baskets.push_back(std::move(request->input));
  }
  CLUBTILL_CHECK(!baskets.empty());
  return baskets;
}

/// The programme with `idle` further benefits, for articles and classes that no basket has.
std::string crowded(const std::string& document, int idle) {
  std::string text = document.substr(0, document.rfind(']'));
  for (int i = 0; i < idle; ++i) {
    text +=
        fmt::format(R"(,{{"id":"idle{0}","name":{{"en":"{0}"}},{1},"give":{{"percent":5}}}})", i,
                    i % 2 == 0 ? R"("when":{"class":["staff"]},"on":{"earning":true})"
                               : fmt::format(R"("on":{{"codes":["{:013}"]}})", 900'000 + i));
  }
  return text + "]}";
}

Programme parsed(const std::string& text) {
  auto programme = Programme::parse(pos::core::bytes_of(text));
  CLUBTILL_CHECK(programme.has_value());
  return std::move(*programme);
}

Figure measure(const std::string& name, const std::string& goal, const Programme& programme,
               const std::vector<QuoteInput>& baskets) {
  std::int64_t sum = 0;
  std::size_t next = 0;
  const auto times = time_each(kRounds * static_cast<int>(baskets.size()), [&] {
    const QuoteInput& basket = baskets[next++ % baskets.size()];
    for (int i = 0; i < kQuotesARound; ++i) sum += quote(programme, basket).payable.units();
  });
  CLUBTILL_CHECK(sum > 0);
  return {name,
          "us",
          quantile(times, 0.5) / kQuotesARound,
          quantile(times, 0.99) / kQuotesARound,
          goal,
          fmt::format("{} baskets of tests/data/workload", baskets.size())};
}

}  // namespace

std::vector<Figure> quote_bench() {
  std::vector<Figure> figures;
  const std::string document = text_of("10x50.programme.json");
  const std::vector<QuoteInput> tens = baskets_of("10x50");
  figures.push_back(measure("quote 10 x 50", "median <= 10", parsed(document), tens));
  figures.push_back(measure("quote 40 x 500", "median <= 100",
                            parsed(text_of("40x500.programme.json")), baskets_of("40x500")));
  const std::string crowd = crowded(document, 5'000);
  Figure idle =
      measure("quote 10 x 50 beside 5,000 that cannot apply", "as 10 x 50", parsed(crowd), tens);
  idle.comparison = fmt::format("10 x 50 alone: {:.2f} us", figures.front().median);
  figures.push_back(std::move(idle));
  const auto loads = time_each(10, [&] { static_cast<void>(parsed(crowd)); });
  figures.push_back({"load a programme of 5,050 benefits", "us", quantile(loads, 0.5), 0,
                     "median <= 100000", fmt::format("{} KiB of JSON", crowd.size() / 1024)});
  return figures;
}

}  // namespace tests::bench
