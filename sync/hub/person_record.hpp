#pragma once

#include <optional>
#include <string>

#include "pos/core/crypto/crypto.hpp"
#include "pos/domain/member_facts_json.hpp"

namespace club::hub {

/// What the hub knows of a person beyond the member facts. Kept encrypted; never in a log.
struct PersonRecord {
  std::string phone;  ///< E.164; may be empty
  std::string first_name;
  std::string last_name;
  std::string card;                               ///< digits; may be empty
  std::vector<pos::domain::EffectiveDate> dates;  ///< at most pos::domain::kDatesMax
  std::optional<int> birth_year;
  std::string joined;  ///< a day, or empty
  bool marketing = false;
  friend bool operator==(const PersonRecord&, const PersonRecord&) = default;
};

[[nodiscard]] pos::core::Bytes encode_record(const PersonRecord& person);
[[nodiscard]] pos::domain::Shaped<PersonRecord> decode_record(pos::core::BytesView bytes);

/// By which two first names of one phone agree: the keyed hash of the name's search form.
[[nodiscard]] std::optional<pos::core::KeyedHash> name_hash(const pos::core::SymmetricKey& index,
                                                            std::string_view first_name);

}  // namespace club::hub
