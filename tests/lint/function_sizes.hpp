#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/lint/source_file.hpp"

namespace tests::lint {

struct FunctionSize {
  std::string name;
  std::size_t first_line = 0;  ///< from 1, of the opening brace
  std::size_t lines = 0;       ///< from the opening brace to the closing one
};

/// The functions of a file, outermost ones only (a lambda counts to its function). Found by the
/// braces: a block whose head holds parentheses and which no function encloses.
[[nodiscard]] std::vector<FunctionSize> function_sizes(const SourceFile& file);

}  // namespace tests::lint
