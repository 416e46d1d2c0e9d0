#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/core/crypto/crypto.hpp"
#include "pos/core/time.hpp"
#include "pos/domain/codes.hpp"
#include "pos/domain/money.hpp"

namespace pos::domain {

enum class TenderKind : std::uint8_t { cash, card, other };

/// One line of a sale, as far as giving it back needs it. Amounts are of the whole line.
struct ReceiptLine {
  std::string article;        ///< its code; empty where none was sold, only an amount
  std::int64_t quantity = 0;  ///< pieces
  Money payable;
  Money discount;
  Money points_value;
  Points points_spent;
  Points earned;
  Money value_spent;
  Money value_earned;
  bool own_till = false;  ///< a fee or a gift card: what it brought only its till can take back
  friend bool operator==(const ReceiptLine&, const ReceiptLine&) = default;
};

/// What giving goods back needs to know of their sale (law 7).
struct Receipt {
  FactId sale;
  TillNumber till;
  core::Moment at;
  TenderKind tender = TenderKind::cash;
  std::optional<MemberId> member;
  std::optional<AccountId> account;
  std::optional<core::KeyedHash> unknown_card;
  std::vector<ReceiptLine> lines;
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

inline constexpr std::size_t kReceiptLinesMax = 30;
/// So large that a code still prints with good modules on narrow paper.
inline constexpr std::size_t kReceiptBytesMax = 1'000;

/// A receipt as it stands in the code on a slip: its bytes are docs/data-model.md, "The code on the
/// slip". Whose words they are is not known before is_signed_by() has said so.
class SignedReceipt {
 public:
  /// Nothing where the sale does not fit into a code: no line, more than 30, more bytes than that,
  /// or an amount below zero. Members and accounts are hidden under the club's index key, so that
  /// two slips of one member have nothing in common.
  [[nodiscard]] static std::optional<SignedReceipt> make(const Receipt& receipt,
                                                         const core::SymmetricKey& index,
                                                         const core::SigningKey& till);
  /// Nothing unless the bytes are exactly what make() writes for some receipt.
  [[nodiscard]] static std::optional<SignedReceipt> read(core::BytesView bytes);

  [[nodiscard]] const FactId& sale() const { return hidden_.sale; }
  [[nodiscard]] TillNumber till() const { return hidden_.till; }
  [[nodiscard]] std::size_t line_count() const { return hidden_.lines.size(); }
  [[nodiscard]] bool is_signed_by(const core::VerifyKey& till) const;
  /// With the index key under which it was made; another one gives members that nobody has.
  [[nodiscard]] Receipt open(const core::SymmetricKey& index) const;
  [[nodiscard]] const core::Bytes& bytes() const { return bytes_; }

  friend bool operator==(const SignedReceipt& a, const SignedReceipt& b) {
    return a.bytes_ == b.bytes_;
  }

 private:
  SignedReceipt(Receipt hidden, core::Bytes bytes)
      : hidden_(std::move(hidden)), bytes_(std::move(bytes)) {}

  Receipt hidden_;  ///< its member, account and card are not the true ones
  core::Bytes bytes_;
};

}  // namespace pos::domain
