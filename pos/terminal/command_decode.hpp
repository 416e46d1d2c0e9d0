#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "pos/domain/code_ranges.hpp"
#include "pos/domain/phone_number.hpp"

namespace pos::terminal {

/// `clubtill decode`: what the till makes of bytes, pictures and typed text, one JSON line for each
/// result.
struct DecodeOptions {
  /// scan and image read whole files; phone, card, code, name, gs1, track and id one text a line.
  std::string kind;
  std::string profile = "generic";  ///< of scan: generic, stx-etx, no-suffix
  std::vector<std::string> files;   ///< "-" or none: standard input
  domain::PhonePlan country = domain::PhonePlan::israel;
  domain::CodeRanges ranges = domain::usual_code_ranges();
};

/// Every kind that run_decode() knows, for --help and for the message on a wrong one.
[[nodiscard]] const std::vector<std::string>& decode_kinds();

/// Data goes to `out`, words for people to `words`. Exit codes: 0 everything was read (a code that
/// is refused or unknown is a result too), 1 a file could not be read or is no picture, 2 wrong
/// usage. A payment card's digits are never written.
[[nodiscard]] int run_decode(const DecodeOptions& options, std::istream& in, std::ostream& out,
                             std::ostream& words);

}  // namespace pos::terminal
