#pragma once

#include <functional>

#include "pos/core/sqlite/database.hpp"
#include "sync/hub/hub_keys.hpp"
#include "sync/hub/person_record.hpp"
#include "sync/wire/rows.hpp"

namespace club::hub {

/// Persons' details at rest, encrypted with the hub's key. Throws DbFailure.
class PersonStore {
 public:
  PersonStore(pos::core::Database& db, const HubKeys& keys, pos::core::Chance& chance)
      : db_(db), keys_(keys), chance_(chance) {}

  void put(wire::StreamNumber bucket, const pos::domain::MemberId& member,
           const PersonRecord& person);
  [[nodiscard]] std::optional<PersonRecord> find(wire::StreamNumber bucket,
                                                 const pos::domain::MemberId& member);

 private:
  pos::core::Database& db_;
  const HubKeys& keys_;
  pos::core::Chance& chance_;
};

}  // namespace club::hub
