#pragma once

#include <string>
#include <string_view>

#include "pos/core/crypto/crypto.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "sync/wire/messages.hpp"

namespace club::hub {

/// The secrets of a club. They live in a file of mode 0600 beside the database, never in it.
struct HubKeys {
  wire::ClubId club;
  pos::core::SigningPair signing;
  pos::core::BoxPair box;           ///< joinings are sealed to it
  pos::core::SymmetricKey index;    ///< keyed hashes of phones, cards and names
  pos::core::SymmetricKey storage;  ///< persons' details at rest

  [[nodiscard]] static HubKeys mint(pos::core::Chance& chance);
  [[nodiscard]] static pos::domain::Shaped<HubKeys> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
};

}  // namespace club::hub
