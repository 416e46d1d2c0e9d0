#pragma once

#include "pos/domain/birthday_window.hpp"

namespace club::ledger {

using pos::domain::birthday_windows;
using pos::domain::kBirthdayReachDays;
using pos::domain::kWindowAheadDays;

}  // namespace club::ledger
