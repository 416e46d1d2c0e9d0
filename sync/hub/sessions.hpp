#pragma once

#include <map>

#include "pos/core/crypto/crypto.hpp"
#include "sync/wire/messages.hpp"

namespace club::hub {

/// Nonces and counters. A nonce is made from the till's random and a secret of this start of the
/// hub, so that hello itself remembers nothing; counters are remembered per nonce, with room for
/// calls that overtake each other.
class Sessions {
 public:
  explicit Sessions(pos::core::Chance& chance) : secret_(pos::core::SymmetricKey::mint(chance)) {}

  [[nodiscard]] wire::Nonce nonce_for(std::uint32_t till, const wire::CallRandom& random) const;

  /// Nothing when the call may go on; it has then used up its counter. The signature is already
  /// checked.
  [[nodiscard]] std::optional<wire::Refusal::Word> admit(const wire::CallAuth& auth);

  /// Of calls that must not overtake each other, after admit(): false when a later one of this till
  /// was taken, under this nonce or one that came into use after it.
  [[nodiscard]] bool in_order(const wire::CallAuth& auth);

 private:
  static constexpr std::uint64_t kWindow = 64;
  static constexpr std::size_t kNoncesPerTill = 4;
  struct Window {
    std::uint64_t highest = 0;
    std::uint64_t seen = 0;  ///< bit n: highest - n was used
    std::uint64_t age = 0;
    std::uint64_t born = 0;
  };
  struct Last {
    std::uint64_t born = 0;
    std::uint64_t counter = 0;
    friend auto operator<=>(const Last&, const Last&) = default;
  };

  pos::core::SymmetricKey secret_;
  std::map<std::uint32_t, std::map<wire::Nonce, Window>> tills_;
  std::map<std::uint32_t, Last> ordered_;
  std::uint64_t clock_ = 0;
};

}  // namespace club::hub
