#pragma once

#include "pos/core/json/json.hpp"
#include "sync/ledger/ledger_store.hpp"
#include "sync/wire/field_reader.hpp"

namespace club::ledger {

/// A part of an account as a message and the record of what a sale took hold it.
[[nodiscard]] pos::core::Json part_json(const TakenPart& part, Unit unit);
[[nodiscard]] TakenPart read_part(wire::FieldReader& fields);

}  // namespace club::ledger
