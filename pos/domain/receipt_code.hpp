#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pos/domain/signed_receipt.hpp"

namespace pos::domain {

/// What the code on a slip carries: "CT2:" and the signed receipt in base 32 (RFC 4648, no
/// padding), or, where that would be too long, "CT1:" and the sale's id as 32 hexadecimal digits.
/// Both are letters and digits, which keyboard scanners type as they are.
class ReceiptCode {
 public:
  explicit ReceiptCode(const FactId& sale) : sale_(sale) {}
  explicit ReceiptCode(SignedReceipt receipt)
      : sale_(receipt.sale()), receipt_(std::move(receipt)) {}
  /// Upper or lower case; nothing for any other text.
  [[nodiscard]] static std::optional<ReceiptCode> parse(std::string_view text);
  /// Begins like one: what does not parse then was cut or altered.
  [[nodiscard]] static bool is_meant_by(std::string_view text);

  [[nodiscard]] const FactId& sale() const { return sale_; }
  /// Nothing when the code is the number alone.
  [[nodiscard]] const std::optional<SignedReceipt>& receipt() const { return receipt_; }
  /// All in upper case, which is the densest form in a QR code.
  [[nodiscard]] std::string text() const;
  /// "CT1:...", as people read it beneath the code.
  [[nodiscard]] static std::string number_of(const FactId& sale);

  friend bool operator==(const ReceiptCode&, const ReceiptCode&) = default;

 private:
  FactId sale_;
  std::optional<SignedReceipt> receipt_;
};

}  // namespace pos::domain
