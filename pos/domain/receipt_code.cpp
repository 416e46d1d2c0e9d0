#include "pos/domain/receipt_code.hpp"

#include <algorithm>

#include "pos/core/bytes.hpp"

namespace pos::domain {

namespace {

constexpr std::string_view kMark = "CT1:";

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace

std::optional<ReceiptCode> ReceiptCode::parse(std::string_view text) {
  SaleBytes sale{};
  if (text.size() != kMark.size() + sale.size() * 2) return std::nullopt;
  if (upper(text.substr(0, kMark.size())) != kMark) return std::nullopt;
  const auto bytes = core::from_hex(text.substr(kMark.size()));
  if (!bytes) return std::nullopt;
  std::ranges::copy(*bytes, sale.begin());
  return ReceiptCode(sale);
}

std::string ReceiptCode::text() const { return std::string(kMark) + upper(core::to_hex(sale_)); }

}  // namespace pos::domain
