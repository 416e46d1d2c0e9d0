#pragma once

#include <map>
#include <optional>

#include "pos/domain/language.hpp"
#include "sync/hub/csv.hpp"

namespace club::hub {

/// One thing wrong with one row: where, why, and what to do.
struct RowFault {
  std::size_t line = 0;
  std::string column;
  std::string reason;
  std::string advice;
};
[[nodiscard]] std::string to_text(const RowFault& fault);

/// Why a text is no amount, and what to write instead.
struct AmountFault {
  std::string reason;
  std::string advice;
};
/// "6.20", "6,20", "1,234.50", "₪ 6.20" -> 620 with two decimals; never below zero. `typed` is
/// cleaned (clean_input()). Fails above `high`, with too many decimals, with anything else.
[[nodiscard]] pos::core::Expected<std::int64_t, AmountFault> read_amount(const std::string& typed,
                                                                         int decimals,
                                                                         std::int64_t high);

/// Rows under their headers. A header is matched without regard to case, blanks and underscores.
class Spreadsheet {
 public:
  /// Fails with words for people: not decodable, empty, a needed column is missing.
  [[nodiscard]] static pos::core::Expected<Spreadsheet, std::string> read(
      std::string_view bytes, const std::vector<std::string>& needed);

  [[nodiscard]] const std::vector<CsvRow>& rows() const { return rows_; }
  [[nodiscard]] bool has(const std::string& column) const;
  /// Cleaned of invisible characters and outer blanks; empty when the column or the field is not
  /// there.
  [[nodiscard]] std::string field(const CsvRow& row, const std::string& column) const;
  /// As it stands in the file: for names, whose digits and joiners mean something.
  [[nodiscard]] std::string written(const CsvRow& row, const std::string& column) const;
  [[nodiscard]] std::string_view encoding() const { return encoding_; }

 private:
  std::map<std::string, std::size_t> columns_;
  std::vector<CsvRow> rows_;
  std::string_view encoding_;
};

/// Reads the fields of one row and collects what is wrong with it.
class RowReader {
 public:
  RowReader(const Spreadsheet& sheet, const CsvRow& row, std::vector<RowFault>& faults)
      : sheet_(sheet), row_(row), faults_(faults) {}

  [[nodiscard]] std::string text(const std::string& column) const {
    return sheet_.field(row_, column);
  }
  /// name_en, name_he, name_fa, or one column `name` for all.
  pos::domain::LocalText names();
  /// A name of a person or thing; may be empty.
  std::string name(const std::string& column);
  template <class Code>
  Code code(const std::string& column, bool lower = false) {
    std::string value = text(column);
    if (lower) {
      for (char& c : value) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const auto parsed = Code::parse(value);
    if (!parsed) {
      complain(column, value.empty() ? "is empty" : "\"" + value + "\" is no code",
               "use 1 to 24 Latin letters, digits, - _ or .");
    }
    return parsed.value_or(Code{});
  }
  /// See read_amount(); 0 after a complaint.
  std::int64_t amount(const std::string& column, int decimals, std::int64_t high);
  bool yes_or_no(const std::string& column, bool missing);

  void complain(const std::string& column, std::string reason, std::string advice);
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] std::size_t line() const { return row_.line; }

 private:
  const Spreadsheet& sheet_;
  const CsvRow& row_;
  std::vector<RowFault>& faults_;
  bool good_ = true;
};

}  // namespace club::hub
