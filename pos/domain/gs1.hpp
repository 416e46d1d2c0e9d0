#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pos/core/expected.hpp"
#include "pos/domain/scanned_code.hpp"

namespace pos::domain {

/// Ends an element of variable length; what a scanner sends for FNC1.
inline constexpr char kGroupSeparator = '\x1d';

/// One element string: an application identifier and its data.
struct Gs1Element {
  std::string identifier;
  std::string value;
  friend bool operator==(const Gs1Element&, const Gs1Element&) = default;
};

enum class Gs1Fault { empty, unknown_identifier, bad_length, bad_character, bad_check_digit };
[[nodiscard]] std::string_view to_text(Gs1Fault fault);

/// True for the symbology identifiers that announce element strings.
[[nodiscard]] bool is_gs1_symbol(std::string_view aim);

/// Takes the elements apart; a leading separator is allowed. Knows the fixed lengths of the
/// standard's table and every identifier that a club meets; GTIN, GSRN, SSCC and coupon numbers
/// must have a good check digit.
[[nodiscard]] core::Expected<std::vector<Gs1Element>, Gs1Fault> parse_gs1(std::string_view text);

/// A member's GSRN (8018) in a configured card range is a card, a GTIN is an article.
[[nodiscard]] ScannedCode classify_gs1(std::string_view text, const CodeRanges& ranges);

}  // namespace pos::domain
