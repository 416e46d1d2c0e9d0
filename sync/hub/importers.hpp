#pragma once

#include <functional>
#include <string_view>

#include "sync/hub/hub.hpp"
#include "sync/hub/spreadsheet.hpp"

namespace club::hub {

/// What came of a file: the good rows are in, the bad ones are named.
struct ImportReport {
  std::size_t good = 0;     ///< rows without a fault
  std::size_t changed = 0;  ///< of these, not known in exactly this form before
  std::vector<RowFault> faults;
  std::string_view encoding;
};

/// Fails with words when the file as a whole does not read or the hub's disk does not write.
template <class Value>
using Imported = pos::core::Expected<Value, std::string>;

/// The programme in force; nothing when none is, or when it cannot be read.
[[nodiscard]] std::optional<pos::programme::Programme> published_programme(Hub& hub);

[[nodiscard]] Imported<ImportReport> import_stores(Hub& hub, std::string_view bytes);
[[nodiscard]] Imported<ImportReport> import_staff(Hub& hub, std::string_view bytes);
[[nodiscard]] Imported<ImportReport> import_articles(Hub& hub, std::string_view bytes);
[[nodiscard]] Imported<ImportReport> import_members(Hub& hub, std::string_view bytes);

}  // namespace club::hub
