// The lint itself: a small clean tree, and one fault at a time.
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "tests/lint/function_sizes.hpp"
#include "tests/lint/rules.hpp"
#include "tests/support/catch.hpp"

using namespace tests::lint;
namespace fs = std::filesystem;

namespace {

/// A tree of two modules without a fault, in a folder of its own.
class SmallTree {
 public:
  SmallTree() : root_(fs::temp_directory_path() / ("lint-" + std::to_string(getpid()))) {
    fs::remove_all(root_);
    write("tests/lint/arrows.txt", "pos/low:\npos/high: pos/low\ntests: * tests\n");
    write("tests/lint/foreign.txt", "thing.h: pos/low\nunistd.h: pos/low\n");
    write("tests/lint/banned.txt", "atof | std::from_chars | pos | pos/low/allowed\n");
    write("tests/lint/exceptions.txt", "# none\n");
    write("pos/low/CMakeLists.txt", "add_library(low STATIC money.cpp)\n");
    write("pos/low/money.hpp", "#pragma once\n#include <vector>\nint money();\n");
    write("pos/low/money.cpp",
          "#include \"pos/low/money.hpp\"\n#include <thing.h>\nint money() { return 1; }\n");
    write("pos/high/CMakeLists.txt", "add_library(high STATIC sale.cpp)\n");
    write("pos/high/sale.hpp", "#pragma once\n#include \"pos/low/money.hpp\"\n");
    write("pos/high/sale.cpp", "#include \"pos/high/sale.hpp\"\nint used_text = 0;\n");
    write("assets/strings/strings.json", R"({"used_text": {"en": "a", "he": "b", "fa": "c"}})");
  }
  ~SmallTree() { fs::remove_all(root_); }
  SmallTree(const SmallTree&) = delete;
  SmallTree& operator=(const SmallTree&) = delete;

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  [[nodiscard]] Findings lint() const {
    return check_all(read_tree(root_), read_tables(root_ / "tests/lint"));
  }
  /// Exactly one finding, of this rule, in this file.
  [[nodiscard]] bool is_red(const std::string& rule, const std::string& path) const {
    const auto findings = lint();
    for (const auto& f : findings)
      UNSCOPED_INFO(f.path << ":" << f.line << " " << f.rule << " " << f.message);
    return findings.size() == 1 && findings[0].rule == rule && findings[0].path == path;
  }

 private:
  fs::path root_;
};

std::string function_of(std::size_t lines) {
  std::string text = "int money() {\n";
  for (std::size_t i = 2; i < lines; ++i) text += "  ;\n";
  return text + "}\n";
}

}  // namespace

TEST_CASE("Lint: a clean tree has no findings") {
  const SmallTree tree;
  CHECK(tree.lint().empty());
}

TEST_CASE("Lint: an include against the arrows is named") {
  SmallTree tree;
  tree.write("pos/low/money.hpp", "#pragma once\n#include \"pos/high/sale.hpp\"\n");
  CHECK(tree.is_red("arrow", "pos/low/money.hpp"));
}

TEST_CASE("Lint: a module may not include the tests") {
  SmallTree tree;
  tree.write("tests/lint/arrows.txt", "pos/low: *\npos/high: pos/low\ntests: * tests\n");
  tree.write("tests/clock.hpp", "#pragma once\n");
  tree.write("pos/low/money.hpp", "#pragma once\n#include \"tests/clock.hpp\"\n");
  CHECK(tree.is_red("arrow", "pos/low/money.hpp"));
}

TEST_CASE("Lint: arrows that run in a circle are refused") {
  SmallTree tree;
  tree.write("tests/lint/arrows.txt", "pos/low: pos/high\npos/high: pos/low\ntests: *\n");
  CHECK(tree.is_red("arrow", "tests/lint/arrows.txt"));
}

TEST_CASE("Lint: an include is written from the root of the tree") {
  SmallTree tree;
  tree.write("pos/high/sale.hpp", "#pragma once\n#include \"money.hpp\"\n");
  CHECK(tree.is_red("include", "pos/high/sale.hpp"));
}

TEST_CASE("Lint: a foreign header belongs to its owner") {
  SmallTree tree;
  tree.write("pos/high/sale.hpp", "#pragma once\n#include <thing.h>\n");
  CHECK(tree.is_red("foreign", "pos/high/sale.hpp"));
}

TEST_CASE("Lint: a system header stands in adapters only") {
  SmallTree tree;
  tree.write("pos/high/sale.hpp", "#pragma once\n#include <unistd.h>\n");
  CHECK(tree.is_red("foreign", "pos/high/sale.hpp"));
}

TEST_CASE("Lint: a foreign header without an owner is named") {
  SmallTree tree;
  tree.write("pos/low/money.hpp", "#pragma once\n#include <unheard/of.hpp>\n");
  CHECK(tree.is_red("foreign", "pos/low/money.hpp"));
}

TEST_CASE("Lint: a function of 71 lines is too long, one of 70 is not") {
  SmallTree tree;
  tree.write("pos/low/money.cpp", function_of(70));
  CHECK(tree.lint().empty());
  tree.write("pos/low/money.cpp", function_of(71));
  CHECK(tree.is_red("function-lines", "pos/low/money.cpp"));
}

TEST_CASE("Lint: a file of 501 lines is too long") {
  SmallTree tree;
  tree.write("pos/low/money.cpp", std::string(501, '\n'));
  CHECK(tree.is_red("file-lines", "pos/low/money.cpp"));
}

TEST_CASE("Lint: columns count characters, not bytes") {
  SmallTree tree;
  std::string letters;
  for (int i = 0; i < 97; ++i) letters += "ש";
  tree.write("pos/low/money.cpp", "// " + letters + "\n");
  CHECK(tree.lint().empty());
  tree.write("pos/low/money.cpp", "// " + letters + "ש\n");
  CHECK(tree.is_red("columns", "pos/low/money.cpp"));
}

TEST_CASE("Lint: an exception holds exactly as long as it is needed") {
  SmallTree tree;
  tree.write("pos/low/money.cpp", function_of(80));
  tree.write("tests/lint/exceptions.txt", "function-lines pos/low/money.cpp:money 80\n");
  CHECK(tree.lint().empty());
  tree.write("pos/low/money.cpp", function_of(81));
  CHECK(tree.is_red("function-lines", "pos/low/money.cpp"));
  tree.write("pos/low/money.cpp", function_of(75));
  CHECK(tree.is_red("exception", "tests/lint/exceptions.txt"));
  tree.write("pos/low/money.cpp", function_of(20));
  CHECK(tree.is_red("exception", "tests/lint/exceptions.txt"));
}

TEST_CASE("Lint: a banned call is named with its replacement, unless it is text or allowed") {
  SmallTree tree;
  tree.write("pos/low/money.cpp", "// atof\nauto text = \"atof\";\nint my_atof();\n");
  CHECK(tree.lint().empty());
  tree.write("pos/low/money.cpp", "auto value = atof(text);\n");
  CHECK(tree.is_red("banned", "pos/low/money.cpp"));
  CHECK(tree.lint()[0].message.find("std::from_chars") != std::string::npos);
  tree.write("tests/lint/banned.txt", "atof | std::from_chars | pos | pos/low\n");
  CHECK(tree.lint().empty());
}

TEST_CASE("Lint: a leftover marker in a comment is named") {
  SmallTree tree;
  tree.write("pos/low/money.cpp", std::string("/* TO") + "DO: round */\n");
  CHECK(tree.is_red("marker", "pos/low/money.cpp"));
}

TEST_CASE("Lint: a test that no target builds is named") {
  SmallTree tree;
  tree.write("tests/unit/CMakeLists.txt", "clubtill_test(a SOURCES other_money_test.cpp)\n");
  tree.write("tests/unit/money_test.cpp", "\n");
  CHECK(tree.is_red("target", "tests/unit/money_test.cpp"));
}

TEST_CASE("Lint: a file name is there once") {
  SmallTree tree;
  tree.write("pos/high/money.hpp", "#pragma once\n");
  CHECK(tree.is_red("name", "pos/low/money.hpp"));
}

TEST_CASE("Lint: a header is guarded") {
  SmallTree tree;
  tree.write("pos/low/money.hpp", "int money();\n");
  CHECK(tree.is_red("guard", "pos/low/money.hpp"));
}

TEST_CASE("Lint: a text that nobody shows, or that lacks a language, is named") {
  SmallTree tree;
  tree.write("assets/strings/strings.json", R"({"other": {"en": "a", "he": "b", "fa": "c"}})");
  CHECK(tree.is_red("text", "assets/strings/strings.json"));
  tree.write("assets/strings/strings.json", R"({"used_text": {"en": "a", "fa": "c"}})");
  CHECK(tree.is_red("text", "assets/strings/strings.json"));
}

TEST_CASE("Lint: functions are found by their braces") {
  const auto sizes = function_sizes(parse_source("pos/x.cpp", R"(
namespace a {
template <class T>
class B {
 public:
  B() : one_{1}, two_{2} {
    call([] { return R"x(}}})x"; });
  }
  int get() const { return '}'; }
};
const std::vector<int> kTable = {1, 2};
auto f(int x) -> int {
  if (x) {
    return 1;
  }
  return 2;
}
}
)"));
  REQUIRE(sizes.size() == 3);
  CHECK(sizes[0].name == "B");
  CHECK(sizes[0].lines == 3);
  CHECK(sizes[1].name == "get");
  CHECK(sizes[1].lines == 1);
  CHECK(sizes[2].name == "f");
  CHECK(sizes[2].lines == 6);
}
