#include "pos/domain/card_number.hpp"

#include <algorithm>

#include "pos/domain/clean_text.hpp"
#include "pos/domain/payment_card.hpp"

namespace pos::domain {

std::string_view to_text(CardFault fault) {
  switch (fault) {
    case CardFault::not_digits:
      return "not digits only";
    case CardFault::not_in_range:
      return "in no card range of this club";
    case CardFault::bad_check_digit:
      return "check digit does not fit";
    case CardFault::payment_card:
      return "a payment card";
  }
  return "?";
}

core::Expected<CardNumber, CardFault> CardNumber::parse(std::string_view typed,
                                                        const CodeRanges& ranges) {
  const auto clean = clean_input(typed);
  if (!clean) return core::fail(CardFault::not_digits);
  std::string digits = *clean;
  std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
  if (!is_digits(digits)) return core::fail(CardFault::not_digits);
  const CardRange* range = card_range_of(digits, ranges);
  if (range == nullptr) {
    return core::fail(is_payment_card(digits, ranges) ? CardFault::payment_card
                                                      : CardFault::not_in_range);
  }
  if (!check_digit_fits(digits, range->check)) return core::fail(CardFault::bad_check_digit);
  return CardNumber(std::move(digits));
}

std::string_view CardNumber::last_four() const {
  return std::string_view(digits_).substr(digits_.size() - 4);
}

std::string to_log(const CardNumber& card) {
  return "\u2022\u2022\u2022\u2022 " + std::string(card.last_four());
}

}  // namespace pos::domain
