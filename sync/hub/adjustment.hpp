#pragma once

#include <string>

#include "pos/core/bytes.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "sync/ledger/ledger.hpp"

namespace club::hub {

/// Why headquarters gave or took something, and who did. They may name people, so they are kept in
/// a sealed box alone.
struct AdjustmentWords {
  std::string reason;
  std::string by;
  std::string reference;  ///< of a letter or a call; may be empty
  friend bool operator==(const AdjustmentWords&, const AdjustmentWords&) = default;
};

/// Points or stored value that an operator gives a member, or takes when `amount` is negative.
struct Adjustment {
  ledger::MemberId member;
  ledger::AccountId account;  ///< that the member has now
  ledger::Unit unit = ledger::Unit::points;
  std::int64_t amount = 0;
  std::optional<pos::domain::Day> last;  ///< of what is given; none: it never expires
  AdjustmentWords words;
};

[[nodiscard]] pos::core::Bytes encode_words(const AdjustmentWords& words);
[[nodiscard]] pos::domain::Shaped<AdjustmentWords> decode_words(pos::core::BytesView bytes);

}  // namespace club::hub
