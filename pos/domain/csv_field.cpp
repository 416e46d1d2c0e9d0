#include "pos/domain/csv_field.hpp"

#include <fmt/core.h>

namespace pos::domain {

std::string csv_field(std::string_view text) {
  std::string value(text);
  const bool number =
      !value.empty() && value.find_first_not_of("0123456789.-") == std::string::npos;
  if (!value.empty() && !number &&
      std::string_view("=+-@\t\r").find(value[0]) != std::string::npos) {
    value.insert(value.begin(), '\'');
  }
  if (value.find_first_of(",\"\r\n;\t") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string csv_money(Money amount, int decimals) {
  const std::int64_t units = amount.units();
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const std::int64_t size = units < 0 ? -units : units;
  std::string text = (units < 0 ? "-" : "") + std::to_string(size / scale);
  if (decimals > 0) text += fmt::format(".{:0{}}", size % scale, decimals);
  return text;
}

}  // namespace pos::domain
