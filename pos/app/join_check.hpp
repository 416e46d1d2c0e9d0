#pragma once

#include <optional>
#include <string>

#include "pos/app/ports.hpp"
#include "pos/app/state.hpp"
#include "pos/domain/payment_card.hpp"

namespace pos::app {

/// What is known of a phone number on the join sheet.
struct PhoneCheck {
  std::optional<domain::PhoneNumber> phone;  ///< nothing: not a whole number yet
  std::optional<domain::MemberFacts> owner;  ///< who has it already
  Text text = Text::nothing;                 ///< the sentence about it
};
[[nodiscard]] PhoneCheck check_phone(const std::string& typed, const Directory& directory);

struct BirthdayCheck {
  bool good = true;  ///< also when it was left empty
  std::optional<unsigned> day;
  std::optional<unsigned> month;
};
[[nodiscard]] BirthdayCheck check_birthday(const JoinSheet& sheet);

struct CardCheck {
  std::optional<domain::CardNumber> card;
  std::optional<Text> fault;
};
/// An empty text is good: a card is optional.
[[nodiscard]] CardCheck check_card(const std::string& typed, const Directory& directory);

}  // namespace pos::app
