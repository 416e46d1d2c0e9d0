#include "pos/terminal/recorded_sales.hpp"

#include <ostream>

namespace pos::terminal {
namespace {

// A reader that holds its place keeps the write-ahead log from being used anew.
constexpr int kFactsARead = 500;

bool read_day(const std::string& text, std::optional<domain::Day>& day, std::ostream& err) {
  if (text.empty()) return true;
  day = domain::parse_day(text);
  if (!day) err << text << " is no day; write it like 2026-11-22\n";
  return day.has_value();
}

void take_fact(const disk::SealedFact& sealed, const DayRange& range, const SaleVisitor& visitor) {
  if (sealed.fields.kind.text() != "sale") return;
  UnreadSale unread{sealed.fields.incarnation, sealed.fields.seq,
                    core::blake2b(sealed.body) != sealed.fields.body_hash};
  if (unread.altered) return visitor.unread(unread);
  auto fact = programme::decode_fact("sale", sealed.body);
  auto* sale = fact ? std::get_if<programme::SaleFact>(&*fact) : nullptr;
  if (sale == nullptr) return visitor.unread(unread);
  const domain::Day day = core::local_day(sale->scene.moment);
  if (!range.holds(day)) return;
  visitor.sale({sealed.fields.uid, day, std::move(*sale), sealed.body});
}

}  // namespace

std::optional<DayRange> read_days(const std::string& from, const std::string& to,
                                  std::ostream& err) {
  DayRange range;
  if (!read_day(from, range.first, err) || !read_day(to, range.last, err)) return std::nullopt;
  if (range.first && range.last && *range.last < *range.first) {
    err << to << " lies before " << from << ": there is no day between them\n";
    return std::nullopt;
  }
  return range;
}

disk::Disk<void> each_recorded_sale(disk::JournalReader& journal, const DayRange& range,
                                    const SaleVisitor& visitor) {
  std::int64_t next = 1;
  int left = 0;
  do {
    left = kFactsARead;
    const auto read = journal.each(next, [&](const disk::SealedFact& sealed) {
      next = sealed.position + 1;
      take_fact(sealed, range, visitor);
      return --left > 0;
    });
    if (!read) return read;
  } while (left == 0);
  return {};
}

}  // namespace pos::terminal
