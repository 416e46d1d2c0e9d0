#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pos/core/expected.hpp"

namespace club::hub {

/// One row of a spreadsheet, with the line of the file on which it begins.
struct CsvRow {
  std::size_t line = 0;
  std::vector<std::string> fields;
  std::string fault;  ///< not empty: this row does not read ("a quote is not closed")
};

/// Text with commas, semicolons or tabs (whichever the first line has most of), quotes, any line
/// end. Rows without any text are left out.
[[nodiscard]] std::vector<CsvRow> read_csv(std::string_view text);

}  // namespace club::hub
