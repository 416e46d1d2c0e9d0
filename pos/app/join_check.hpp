#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/app/ports.hpp"
#include "pos/app/state.hpp"
#include "pos/domain/effective_date.hpp"
#include "pos/domain/payment_card.hpp"

namespace pos::app {

/// What is known of a phone number on the join sheet.
struct PhoneCheck {
  std::optional<domain::PhoneNumber> phone;  ///< nothing: not a whole number yet
  std::optional<domain::MemberFacts> owner;  ///< who has it already
  Text text = Text::nothing;                 ///< the sentence about it
};
[[nodiscard]] PhoneCheck check_phone(const std::string& typed, const Directory& directory);

/// The days of a year on the join sheet.
struct DatesCheck {
  std::vector<domain::EffectiveDate> dates;  ///< the birthday, the children, the anniversary
  std::optional<Text> fault;                 ///< the first one
  std::optional<std::size_t> family;         ///< in which of the family days it is
};
/// Days and months are typed in the calendar of the language. A Solar Hijri day is kept as the
/// Gregorian one that it next falls on, from `today` on. What is left empty is good.
[[nodiscard]] DatesCheck check_dates(const JoinSheet& sheet, domain::Language language,
                                     domain::Day today);

/// "Child 1", "Anniversary".
[[nodiscard]] Text family_name(std::size_t family_day);

struct CardCheck {
  std::optional<domain::CardNumber> card;
  std::optional<Text> fault;
};
/// An empty text is good: a card is optional.
[[nodiscard]] CardCheck check_card(const std::string& typed, const Directory& directory);

/// What is known of who brought the new member. A phone or card that nobody here has is good, too:
/// the hub may know it.
struct ReferrerCheck {
  std::optional<programme::Referral> referral;  ///< with the points of the programme
  std::optional<domain::MemberFacts> member;
  std::optional<Text> fault;
};
/// Nothing at all when the field is empty or the programme has no referral.
[[nodiscard]] ReferrerCheck check_referrer(const JoinSheet& sheet, const Directory& directory);

/// What the chosen class costs. A class that is joined otherwise, or none, costs nothing.
struct FeeCheck {
  std::optional<domain::Article> article;
  std::optional<Text> fault;
};
[[nodiscard]] FeeCheck check_fee(const JoinSheet& sheet, const Directory& directory);

/// The article that is the fee of a class; nothing when it has none or the till does not know it.
[[nodiscard]] std::optional<domain::Article> fee_of(const programme::NamedClass& one,
                                                    const Directory& directory);

}  // namespace pos::app
