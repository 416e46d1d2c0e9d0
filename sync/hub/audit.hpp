#pragma once

#include <string>
#include <vector>

#include "sync/hub/hub.hpp"

namespace club::hub {

/// One invariant of the design, judged.
struct AuditLine {
  std::string name;  ///< "sums_zero"
  std::string law;   ///< in one sentence
  bool holds = true;
  std::string detail;  ///< the first breach, ids only; where it holds, the figure that it bounds
};

/// Checks everything that the ledger promises, from the stored rows alone. Reads only.
[[nodiscard]] Hub::Result<std::vector<AuditLine>> audit(Hub& hub);

}  // namespace club::hub
