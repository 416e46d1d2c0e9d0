#include "sync/hub/csv.hpp"

#include <algorithm>

namespace club::hub {
namespace {

constexpr std::size_t kFieldBytesMax = 10'000;

char separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char candidate : {';', '\t'}) {
    if (std::ranges::count(first, candidate) > std::ranges::count(first, best)) best = candidate;
  }
  return best;
}

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

  std::vector<CsvRow> read() {
    row_.line = 1;
    while (at_ < text_.size()) take(text_[at_++]);
    if (quoted_) row_.fault = "a quote is not closed";
    end_row();
    return std::move(rows_);
  }

 private:
  void take(char c) {
    if (c == '\n') ++line_;
    if (quoted_) {
      take_quoted(c);
    } else if (c == '"' && field_.empty()) {
      quoted_ = true;
    } else if (c == separator_) {
      end_field();
    } else if (c == '\n') {
      end_row();
    } else if (c == '\r') {
      if (at_ >= text_.size() || text_[at_] != '\n') end_row();
    } else {
      add(c);
    }
  }

  void take_quoted(char c) {
    if (c != '"') return add(c);
    if (at_ < text_.size() && text_[at_] == '"') {
      ++at_;
      return add('"');
    }
    quoted_ = false;
  }

  void add(char c) {
    if (field_.size() < kFieldBytesMax) {
      field_ += c;
    } else {
      row_.fault = "a field is too long";
    }
  }

  void end_field() {
    row_.fields.push_back(std::move(field_));
    field_.clear();
  }

  void end_row() {
    end_field();
    const bool blank = std::ranges::all_of(row_.fields, [](const std::string& field) {
      return field.find_first_not_of(" \t") == std::string::npos;
    });
    if (!blank || !row_.fault.empty()) rows_.push_back(std::move(row_));
    row_ = {};
    row_.line = line_;
    quoted_ = false;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool quoted_ = false;
  std::string field_;
  CsvRow row_;
  std::vector<CsvRow> rows_;
};

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text) { return CsvReader(text).read(); }

}  // namespace club::hub
