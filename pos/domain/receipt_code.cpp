#include "pos/domain/receipt_code.hpp"

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
  if (text.size() < kMark.size() || upper(text.substr(0, kMark.size())) != kMark) {
    return std::nullopt;
  }
  const auto sale = FactId::parse(text.substr(kMark.size()));
  if (!sale) return std::nullopt;
  return ReceiptCode(*sale);
}

std::string ReceiptCode::text() const { return std::string(kMark) + upper(sale_.hex()); }

}  // namespace pos::domain
