#include "pos/terminal/recorded_sales.hpp"

namespace pos::terminal {
namespace {

// A reader that holds its place keeps the write-ahead log from being used anew.
constexpr int kFactsARead = 500;

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
