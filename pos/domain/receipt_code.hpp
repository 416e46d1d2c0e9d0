#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "pos/domain/codes.hpp"

namespace pos::domain {

/// What the code on a slip carries: the id of its sale, as "CT1:" and 32 hexadecimal digits.
class ReceiptCode {
 public:
  explicit ReceiptCode(const FactId& sale) : sale_(sale) {}
  /// Upper or lower case; nothing for any other text.
  [[nodiscard]] static std::optional<ReceiptCode> parse(std::string_view text);

  [[nodiscard]] const FactId& sale() const { return sale_; }
  /// All in upper case, which is the densest form in a QR code.
  [[nodiscard]] std::string text() const;

  friend auto operator<=>(const ReceiptCode&, const ReceiptCode&) = default;

 private:
  FactId sale_;
};

}  // namespace pos::domain
