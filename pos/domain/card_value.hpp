#pragma once

#include "pos/core/crypto/crypto.hpp"
#include "pos/domain/member_facts_json.hpp"

namespace pos::domain {

/// What is stored on a card that nobody has joined with: a gift card that was given away. It names
/// no one.
struct CardValue {
  Money value;
  std::vector<Lot> lots;  ///< of it, as the value_lots of a member
  core::Instant as_of;
  std::uint64_t version = 0;  ///< seq of the hub's row; 0: loaded here, not yet settled

  /// What is left of it on that day.
  [[nodiscard]] Money value_on(Day today) const {
    return value - Money::of(expired_in(lots, today));
  }
  /// What of that can be spent on that day; never negative.
  [[nodiscard]] Money spendable_on(Day today) const {
    return std::max(Money{}, value_on(today) - Money::of(pending_in(lots, today)));
  }
  friend bool operator==(const CardValue&, const CardValue&) = default;
};

/// {"value", "lots", "as_of", "version"}.
[[nodiscard]] core::Json to_json(const CardValue& card);
[[nodiscard]] Shaped<CardValue> card_value_from_json(const core::Json& json);

/// The account of a card that nobody holds: its id is the card's keyed hash.
[[nodiscard]] AccountId account_of_card(const core::KeyedHash& card);

}  // namespace pos::domain
