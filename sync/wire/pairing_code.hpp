#pragma once

#include <string>
#include <string_view>

#include "pos/core/expected.hpp"

namespace club::wire {

/// What the cashier types to make this machine a till: ten symbols that are good once, and for a
/// hub that is reached over TLS twenty more, by which the till knows the club's own authority.
/// Symbols are those of Crockford's base32, 5 bits each.
struct PairingCode {
  std::string once;
  std::string fingerprint;  ///< empty: of a hub on this machine

  enum class Fault { length, symbol };
  /// Case, blanks and dashes do not matter; O reads as 0, I and L as 1.
  [[nodiscard]] static pos::core::Expected<PairingCode, Fault> parse(std::string_view typed);
  /// In groups of five, as it is read aloud.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const PairingCode&, const PairingCode&) = default;
};

/// Of a hub's authority, as it is served: 100 bits of the BLAKE2b-256 of its PEM text.
[[nodiscard]] std::string fingerprint_of(std::string_view authority);

inline constexpr std::string_view kCodeSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace club::wire
