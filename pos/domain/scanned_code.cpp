#include "pos/domain/scanned_code.hpp"

#include <algorithm>
#include <charconv>

#include "pos/domain/clean_text.hpp"
#include "pos/domain/gs1.hpp"
#include "pos/domain/payment_card.hpp"

namespace pos::domain {

namespace {

using Reason = UnknownCode::Reason;

constexpr std::size_t kEanDigits = 13;

bool is_label_of(std::string_view digits, const LabelRange& label) {
  if (digits.size() != label.pattern.size()) return false;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char c = label.pattern[i];
    if (c >= '0' && c <= '9') {
      if (digits[i] != c) return false;
    } else {
      return i > 0;
    }
  }
  return false;
}

ScannedCode read_label(std::string_view digits, const LabelRange& label) {
  std::string item;
  std::string grams;
  std::string price;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (label.pattern[i] == 'I') item += digits[i];
    if (label.pattern[i] == 'W') grams += digits[i];
    if (label.pattern[i] == 'P') price += digits[i];
  }
  const auto number = [](const std::string& text) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    const auto end = text.data() + text.size();
    if (text.empty() || std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
    return value;
  };
  const auto code = ArticleCode::from_short_number(item);
  if (!code || (grams.empty() && price.empty())) return UnknownCode{Reason::bad_label};
  return LabelCode{*code, number(grams), number(price)};
}

bool is_makers_coupon(std::string_view ean) {
  const std::string_view three = ean.substr(0, 3);
  return ean.starts_with("99") || (three >= "981" && three <= "984");
}

bool is_own_article(std::string_view ean, const CodeRanges& ranges) {
  return std::ranges::any_of(
      ranges.articles, [&](const ArticleRange& range) { return ean.starts_with(range.prefix); });
}

ScannedCode classify_ean13(std::string_view ean, const CodeRanges& ranges) {
  if (!check_digit_fits(ean, CheckKind::mod10)) return UnknownCode{Reason::bad_check_digit};
  for (const LabelRange& label : ranges.labels) {
    if (is_label_of(ean, label)) return read_label(ean, label);
  }
  if (is_makers_coupon(ean) && !is_own_article(ean, ranges)) {
    return UnknownCode{Reason::manufacturer_coupon};
  }
  const auto code = ArticleCode::parse(ean);
  if (!code) return UnknownCode{Reason::foreign};
  return *code;
}

ScannedCode classify_digits(const std::string& digits, const CodeRanges& ranges) {
  if (const auto card = CardNumber::parse(digits, ranges)) return *card;
  if (card_range_of(digits, ranges) != nullptr) return UnknownCode{Reason::bad_check_digit};
  if (is_payment_card(digits, ranges)) return PaymentCardRefused{};
  if (digits.size() == kEanDigits) return classify_ean13(digits, ranges);
  // A label or a card whose leading zero the scanner left out comes with 12 digits, as a UPC-A
  // does.
  if (digits.size() == 12) return classify_digits("0" + digits, ranges);
  if (digits.size() == 22 && digits.starts_with("8018")) return classify_gs1(digits, ranges);
  const auto code = ArticleCode::parse(digits);
  if (code) return *code;
  return UnknownCode{code.error() == ArticleCodeFault::bad_check_digit ? Reason::bad_check_digit
                                                                       : Reason::foreign};
}

/// UPC and EAN data: 13 digits, 12 from scanners that do not pad, more with an add-on that we leave
/// out.
std::string ean_digits(std::string_view digits, std::string_view aim) {
  if (aim == "]E3" && digits.size() > kEanDigits) digits = digits.substr(0, kEanDigits);
  if (aim == "]E0" && (digits.size() == 7 || digits.size() == 8)) {
    const auto expanded = expand_upc_e(digits);
    if (expanded && !check_digit_fits(digits, CheckKind::mod10)) return *expanded;
  }
  return std::string(digits);
}

ScannedCode classify_clean(const std::string& text, std::string_view aim,
                           const CodeRanges& ranges) {
  if (is_digits(text)) return classify_digits(ean_digits(text, aim), ranges);
  if (is_payment_card(text, ranges)) return PaymentCardRefused{};
  // A number that people print in groups.
  std::string digits = text;
  std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
  if (is_digits(digits)) return classify_digits(digits, ranges);
  if (const auto coupon = parse_coupon_code(text)) {
    if (coupon->text().starts_with(ranges.coupon_prefix)) return *coupon;
  }
  return UnknownCode{Reason::foreign};
}

/// The longest of our codes, and the only one that people never type as a whole.
ScannedCode classify_receipt(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  auto receipt = ReceiptCode::parse(text);
  if (!receipt) return UnknownCode{Reason::bad_receipt};
  return std::move(*receipt);
}

ScannedCode classify_refused(std::string_view text, TextFault fault, const CodeRanges& ranges) {
  if (contains_payment_card(text, ranges)) return PaymentCardRefused{};
  switch (fault) {
    case TextFault::empty:
      return UnknownCode{Reason::empty};
    case TextFault::too_long:
      return UnknownCode{Reason::too_long};
    default:
      return UnknownCode{Reason::unreadable};
  }
}

/// Written as a phone number is: with a mark, or with the digits that only phone numbers begin
/// with.
bool looks_dialled(std::string_view text, PhonePlan plan) {
  const auto clean = clean_input(text);
  if (!clean) return false;
  if (clean->starts_with('+') || clean->starts_with('(')) return true;
  const std::string_view country = plan == PhonePlan::israel ? "972" : "98";
  std::string digits = *clean;
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  return digits.starts_with('0') || (digits.starts_with(country) && digits.size() > 10);
}

}  // namespace

std::string_view to_text(Reason reason) {
  switch (reason) {
    case Reason::empty:
      return "empty";
    case Reason::too_long:
      return "too long";
    case Reason::unreadable:
      return "unreadable";
    case Reason::bad_check_digit:
      return "check digit does not fit";
    case Reason::manufacturer_coupon:
      return "a maker's coupon";
    case Reason::bad_label:
      return "label does not fit its pattern";
    case Reason::bad_receipt:
      return "the code of a slip, cut or altered";
    case Reason::not_for_members:
      return "names neither a member nor an article";
    case Reason::foreign:
      return "no code of this club";
  }
  return "?";
}

ScannedCode classify(std::string_view text, std::string_view aim, const CodeRanges& ranges) {
  if (const std::size_t begin = text.find_first_not_of(' '); begin != std::string_view::npos) {
    const std::string_view trimmed = text.substr(begin);
    if (ReceiptCode::is_meant_by(trimmed)) return classify_receipt(trimmed);
  }
  const auto is_element = [](char c) { return c == kGroupSeparator; };
  if (is_gs1_symbol(aim) || std::ranges::any_of(text, is_element)) {
    if (contains_payment_card(text, ranges) && !is_gs1_symbol(aim)) return PaymentCardRefused{};
    return classify_gs1(text, ranges);
  }
  const auto clean = clean_input(text);
  if (!clean) return classify_refused(text, clean.error(), ranges);
  return classify_clean(*clean, aim, ranges);
}

TypedEntry classify_typed(std::string_view text, PhonePlan plan, const CodeRanges& ranges) {
  const auto widen = [](auto value) -> TypedEntry { return value; };
  const ScannedCode code = classify(text, "", ranges);
  if (std::holds_alternative<PaymentCardRefused>(code) ||
      std::holds_alternative<CardNumber>(code)) {
    return std::visit(widen, code);
  }
  const auto phone = PhoneNumber::parse(text, plan);
  if (phone && (looks_dialled(text, plan) || std::holds_alternative<UnknownCode>(code))) {
    return *phone;
  }
  return std::visit(widen, code);
}

std::string_view kind_of(const ScannedCode& code) {
  constexpr std::string_view kNames[] = {"card",    "article",      "label",  "coupon",
                                         "receipt", "payment_card", "unknown"};
  return kNames[code.index()];
}

}  // namespace pos::domain
