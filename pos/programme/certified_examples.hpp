#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pos/core/expected.hpp"
#include "pos/core/json/json.hpp"
#include "pos/programme/facts.hpp"

/// The certified examples: baskets worked out by hand that every build must reproduce, so that
/// tills of different versions never give different benefits. tests/data/certified/README.md tells
/// people how to read and write them.
namespace pos::programme {

/// Pieces of the example's sale that come back, and what must go back for them.
struct ExampleReturn {
  std::vector<ReturnWish> wishes;
  bool refused = false;  ///< more than is left: nothing comes back
  core::Json wanted;
};

struct Example {
  std::string title;
  std::string why;      ///< the arithmetic, for people
  core::Json document;  ///< the whole programme
  core::Json request;   ///< as `clubtill quote` reads it
  core::Json answer;    ///< what must be in the answer; a total that it does not name is 0
  std::vector<std::string> silent;     ///< benefits that the answer must not mention
  std::vector<ExampleReturn> returns;  ///< one after another
};

inline constexpr std::size_t kExampleFileBytesMax = 4 * 1024 * 1024;

/// Reads one file of examples; every mistake in its form is a finding with its line.
[[nodiscard]] core::Expected<std::vector<Example>, std::vector<Finding>> parse_examples(
    std::string_view text);

/// One thing that did not come out as it is written.
struct Difference {
  std::string title;
  std::string key;  ///< "payable", "benefits[gift].amount", "returns[1].money"
  std::string expected;
  std::string found;
};

/// Judges the example's basket, takes back what it returns, and compares. Empty: all as written.
[[nodiscard]] std::vector<Difference> run_example(const Example& example);

/// A file of examples by its name and content; both outlive the value.
struct ExampleText {
  std::string_view name;
  std::string_view text;
};

struct Certificate {
  struct Different {
    std::string file;
    Difference difference;
  };
  struct Refused {
    std::string file;
    Finding finding;
  };
  std::size_t examples = 0;
  std::size_t examples_different = 0;
  std::vector<Different> differences;
  std::vector<Refused> refused;  ///< what is wrong with files that hold no examples

  [[nodiscard]] bool all_as_written() const {
    return examples > 0 && differences.empty() && refused.empty();
  }
};

/// Runs every example of the files. Pure; any thread.
[[nodiscard]] Certificate certify(std::span<const ExampleText> files);

/// The set that this build was made with: the files of tests/data/certified.
[[nodiscard]] std::span<const ExampleText> certified_set();

}  // namespace pos::programme
