#include "sync/hub/spreadsheet.hpp"

#include <algorithm>

#include "pos/domain/clean_text.hpp"
#include "pos/domain/money.hpp"
#include "sync/hub/text_encoding.hpp"

namespace club::hub {
namespace {

using pos::domain::Language;

std::string header_key(std::string_view header) {
  std::string key;
  for (char c : header) {
    if (c == ' ' || c == '_' || c == '-' || c == '\t') continue;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    key += c;
  }
  return key;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Splits at the decimal mark: the last dot or comma, when at most `decimals` digits follow it.
struct Split {
  std::string whole;
  std::string part;
};

std::optional<Split> split_number(std::string_view text, int decimals) {
  std::string number;
  for (const char c : text) {
    if (is_digit(c) || c == '.' || c == ',')
      number += c;
    else if (c == '-' || static_cast<unsigned char>(c) < 0x80) {
      if (c != ' ' && c != '\'') return std::nullopt;
    }
    // Signs of currencies are not ASCII; clean_input() has already turned digits to 0-9.
  }
  const std::size_t mark = number.find_last_of(".,");
  Split split{number, ""};
  if (mark != std::string::npos) {
    const bool once = std::ranges::count(number, number[mark]) == 1;
    const std::size_t behind = number.size() - mark - 1;
    if (once && (behind != 3 || decimals == 3 || number[mark] == '.')) {
      split = {number.substr(0, mark), number.substr(mark + 1)};
    }
  }
  std::erase_if(split.whole, [](char c) { return !is_digit(c); });
  if (!std::ranges::all_of(split.part, is_digit)) return std::nullopt;
  if (split.whole.empty() && split.part.empty()) return std::nullopt;
  return split;
}

}  // namespace

std::string to_text(const RowFault& fault) {
  std::string text = "line " + std::to_string(fault.line);
  if (!fault.column.empty()) text += ", column " + fault.column;
  text += ": " + fault.reason;
  if (!fault.advice.empty()) text += "; " + fault.advice;
  return text;
}

pos::core::Expected<Spreadsheet, std::string> Spreadsheet::read(
    std::string_view bytes, const std::vector<std::string>& needed) {
  const auto decoded = decode_text(bytes);
  if (!decoded) {
    return pos::core::fail(
        std::string("the text is in no known encoding; save the sheet as \"CSV UTF-8\""));
  }
  Spreadsheet sheet;
  sheet.encoding_ = to_text(decoded->encoding);
  sheet.rows_ = read_csv(decoded->text);
  if (sheet.rows_.empty()) return pos::core::fail(std::string("the file is empty"));
  const CsvRow headers = sheet.rows_.front();
  sheet.rows_.erase(sheet.rows_.begin());
  for (std::size_t i = 0; i < headers.fields.size(); ++i) {
    sheet.columns_.try_emplace(header_key(headers.fields[i]), i);
  }
  for (const std::string& column : needed) {
    if (sheet.has(column)) continue;
    std::string found;
    for (const std::string& header : headers.fields) found += (found.empty() ? "" : ", ") + header;
    return pos::core::fail("the first line has no column \"" + column + "\"; it has: " + found);
  }
  return sheet;
}

bool Spreadsheet::has(const std::string& column) const {
  return columns_.contains(header_key(column));
}

std::string Spreadsheet::written(const CsvRow& row, const std::string& column) const {
  const auto place = columns_.find(header_key(column));
  if (place == columns_.end() || place->second >= row.fields.size()) return {};
  return row.fields[place->second];
}

std::string Spreadsheet::field(const CsvRow& row, const std::string& column) const {
  const auto clean = pos::domain::clean_input(written(row, column));
  return clean.value_or(std::string());
}

pos::domain::LocalText RowReader::names() {
  pos::domain::LocalText names;
  for (const Language language : pos::domain::kLanguages) {
    const std::string column = "name_" + std::string(pos::domain::language_code(language));
    names.at(language) = name(column);
  }
  const bool any = std::ranges::any_of(names.by_language, [](const auto& t) { return !t.empty(); });
  if (!any) {
    const std::string one = name("name");
    for (const Language language : pos::domain::kLanguages) names.at(language) = one;
    if (one.empty() && good_) complain("name", "is empty", "give it a name in one language");
  }
  return names;
}

std::string RowReader::name(const std::string& column) {
  if (text(column).empty()) return {};
  const auto clean = pos::domain::clean_name(sheet_.written(row_, column));
  if (!clean) {
    complain(column, std::string(pos::domain::to_text(clean.error())), "shorten or retype it");
    return {};
  }
  return *clean;
}

pos::core::Expected<std::int64_t, AmountFault> read_amount(const std::string& typed, int decimals,
                                                           std::int64_t high) {
  const auto split = split_number(typed, decimals);
  if (!split || split->whole.size() > 15) {
    return pos::core::fail(
        AmountFault{typed.empty() ? "is empty" : "\"" + typed + "\" is no amount",
                    decimals == 0 ? "write a whole number, like 120" : "write it like 12.90"});
  }
  std::string part = split->part;
  while (part.size() > static_cast<std::size_t>(decimals) && part.back() == '0') part.pop_back();
  if (part.size() > static_cast<std::size_t>(decimals)) {
    return pos::core::fail(
        AmountFault{"\"" + typed + "\" has too many decimals", "round it yourself"});
  }
  part.resize(static_cast<std::size_t>(decimals), '0');
  std::int64_t value = 0;
  for (const char c : split->whole + part) value = value * 10 + (c - '0');
  if (value > high) {
    return pos::core::fail(AmountFault{"\"" + typed + "\" is too large", "check the number"});
  }
  return value;
}

std::int64_t RowReader::amount(const std::string& column, int decimals, std::int64_t high) {
  const auto value = read_amount(text(column), decimals, high);
  if (!value) complain(column, value.error().reason, value.error().advice);
  return value.value_or(0);
}

bool RowReader::yes_or_no(const std::string& column, bool missing) {
  std::string value = text(column);
  for (char& c : value) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (value.empty()) return missing;
  for (const std::string_view yes : {"yes", "y", "true", "1", "x", "כן", "بله"}) {
    if (value == yes) return true;
  }
  for (const std::string_view no : {"no", "n", "false", "0", "לא", "خیر", "نه"}) {
    if (value == no) return false;
  }
  complain(column, "\"" + value + "\" is neither yes nor no", "write yes or no");
  return missing;
}

void RowReader::complain(const std::string& column, std::string reason, std::string advice) {
  good_ = false;
  faults_.push_back({row_.line, column, std::move(reason), std::move(advice)});
}

}  // namespace club::hub
