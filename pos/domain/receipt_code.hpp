#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pos::domain {

/// What the code on a slip carries: the id of its sale, as "CT1:" and 32 hexadecimal digits.
class ReceiptCode {
 public:
  using SaleBytes = std::array<std::uint8_t, 16>;

  explicit ReceiptCode(const SaleBytes& sale) : sale_(sale) {}
  /// Upper or lower case; nothing for any other text.
  [[nodiscard]] static std::optional<ReceiptCode> parse(std::string_view text);

  [[nodiscard]] const SaleBytes& sale() const { return sale_; }
  /// "CT1:" in upper case, which is also the densest form in a QR code.
  [[nodiscard]] std::string text() const;

  friend auto operator<=>(const ReceiptCode&, const ReceiptCode&) = default;
  friend bool operator==(const ReceiptCode&, const ReceiptCode&) = default;

 private:
  SaleBytes sale_{};
};

}  // namespace pos::domain
