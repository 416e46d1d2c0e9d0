#include "pos/app/tender.hpp"

#include <algorithm>
#include <string>

#include "pos/domain/clean_text.hpp"
#include "pos/domain/rounding.hpp"

namespace pos::app {

namespace {

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

/// The Persian separators as the plain ones.
std::string plain_separators(std::string text) {
  static constexpr std::string_view kDecimal = "\u066B";
  static constexpr std::string_view kThousands = "\u066C";
  for (std::size_t at = 0; (at = text.find(kDecimal)) != std::string::npos;) {
    text.replace(at, kDecimal.size(), ".");
  }
  for (std::size_t at = 0; (at = text.find(kThousands)) != std::string::npos;) {
    text.replace(at, kThousands.size(), ",");
  }
  return text;
}

}  // namespace

std::optional<domain::Money> parse_money(std::string_view typed, int decimals) {
  const auto clean = domain::clean_input(typed);
  if (!clean) return std::nullopt;
  std::int64_t units = 0;
  int fraction = -1;  // digits behind the point; -1: no point yet
  bool any = false;
  for (const char c : plain_separators(*clean)) {
    if (c == ',' && fraction < 0 && any) continue;
    if (c == '.' && fraction < 0 && decimals > 0) {
      fraction = 0;
      continue;
    }
    if (c < '0' || c > '9' || fraction == decimals) return std::nullopt;
    any = true;
    units = units * 10 + (c - '0');
    if (fraction >= 0) ++fraction;
    if (units > domain::kAmountMax) return std::nullopt;
  }
  if (!any) return std::nullopt;
  units *= power_of_ten(decimals - std::max(fraction, 0));
  if (units > domain::kAmountMax) return std::nullopt;
  return domain::Money::of(units);
}

programme::Tender tender_for(programme::Tender::Kind kind, domain::Money payable,
                             const programme::ClubRules& rules) {
  programme::Tender tender;
  tender.kind = kind;
  tender.due = kind == programme::Tender::Kind::cash ? domain::round_cash(payable, rules.cash_step)
                                                     : payable;
  tender.rounding = tender.due - payable;
  tender.received = tender.due;
  return tender;
}

std::vector<domain::Money> likely_amounts(domain::Money due, int decimals) {
  std::vector<domain::Money> amounts{due};
  // Without decimals the smallest note is worth ten thousand (rial).
  const std::int64_t unit = decimals > 0 ? power_of_ten(decimals) : 10'000;
  for (const std::int64_t note : {5, 10, 20, 50, 100, 200, 500, 1000}) {
    const std::int64_t step = note * unit;
    const auto round = domain::Money::of((due.units() + step - 1) / step * step);
    if (std::find(amounts.begin(), amounts.end(), round) == amounts.end()) {
      amounts.push_back(round);
    }
    if (amounts.size() == 4) break;
  }
  return amounts;
}

}  // namespace pos::app
