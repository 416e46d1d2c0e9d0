#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "pos/disk/journal_reader.hpp"

namespace pos::terminal {

/// Local days of the shop, both ends count; without an end it goes as far as the journal.
struct DayRange {
  std::optional<domain::Day> first;
  std::optional<domain::Day> last;
  [[nodiscard]] bool holds(domain::Day day) const {
    return (!first || *first <= day) && (!last || day <= *last);
  }
};

/// Of two days like 2026-11-22, of which either may be empty; says what is wrong with them.
[[nodiscard]] std::optional<DayRange> read_days(const std::string& from, const std::string& to,
                                                std::ostream& err);

struct RecordedSale {
  domain::FactId receipt;
  domain::Day day;
  programme::SaleFact fact;
  core::BytesView body;  ///< as it was sealed; lives as long as the visit
};

/// A sale that gave nothing to judge.
struct UnreadSale {
  std::uint32_t incarnation = 0;
  std::uint64_t seq = 0;
  bool altered = false;  ///< its bytes do not fit their hash; otherwise only this program cannot
                         ///< read them
};

struct SaleVisitor {
  std::function<void(const RecordedSale&)> sale;
  std::function<void(const UnreadSale&)> unread;
};

/// Every sale of the range in the order of sealing, one at a time, however long the journal is. A
/// till may be running: no read lasts longer than some hundred sales.
[[nodiscard]] disk::Disk<void> each_recorded_sale(disk::JournalReader& journal,
                                                  const DayRange& range,
                                                  const SaleVisitor& visitor);

}  // namespace pos::terminal
