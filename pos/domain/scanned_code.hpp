#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "pos/domain/article_code.hpp"
#include "pos/domain/card_number.hpp"
#include "pos/domain/code_ranges.hpp"
#include "pos/domain/coupon_code.hpp"
#include "pos/domain/phone_number.hpp"
#include "pos/domain/receipt_code.hpp"

namespace pos::domain {

/// A price or weight label of the shop's scales.
struct LabelCode {
  ArticleCode item;
  std::optional<std::int64_t> grams;
  std::optional<std::int64_t> price_minor;  ///< in the currency's smallest unit
  friend bool operator==(const LabelCode&, const LabelCode&) = default;
};

/// A payment card was shown. It carries nothing, so that nothing of it can be kept.
struct PaymentCardRefused {
  friend bool operator==(const PaymentCardRefused&, const PaymentCardRefused&) = default;
};

/// A code that means nothing here, and why.
struct UnknownCode {
  enum class Reason {
    empty,
    too_long,
    unreadable,           ///< no UTF-8, or control characters
    bad_check_digit,      ///< looks like an EAN or a card, with one digit wrong
    manufacturer_coupon,  ///< 981-984 and 99: given out by makers, not by the club
    bad_label,            ///< a label range, but the digits do not fit its pattern
    bad_receipt,          ///< begins as the code of a slip does, and is cut or altered
    not_for_members,      ///< GS1 data about something else than an article or a member
    foreign,              ///< none of the forms that this club uses
  };
  Reason reason = Reason::foreign;
  friend bool operator==(const UnknownCode&, const UnknownCode&) = default;
};
[[nodiscard]] std::string_view to_text(UnknownCode::Reason reason);

using ScannedCode = std::variant<CardNumber, ArticleCode, LabelCode, CouponCode, ReceiptCode,
                                 PaymentCardRefused, UnknownCode>;

/// Says what a scanned text is. `aim` is the symbology identifier that came with it ("]E0"), or
/// empty. The same text always means the same; nothing is kept.
[[nodiscard]] ScannedCode classify(std::string_view text, std::string_view aim,
                                   const CodeRanges& ranges);

/// What a cashier's digits and Enter mean.
using TypedEntry = std::variant<CardNumber, PhoneNumber, ArticleCode, LabelCode, CouponCode,
                                ReceiptCode, PaymentCardRefused, UnknownCode>;

/// As classify(), and telephone numbers too. A number that is both a good code and a good phone
/// number is the phone number when it is written as one (+, leading 0 or country code), otherwise
/// the code.
[[nodiscard]] TypedEntry classify_typed(std::string_view text, PhonePlan plan,
                                        const CodeRanges& ranges);

/// "card", "article", "label", "coupon", "receipt", "payment_card", "unknown": for logs and JSON
/// lines.
[[nodiscard]] std::string_view kind_of(const ScannedCode& code);

}  // namespace pos::domain
