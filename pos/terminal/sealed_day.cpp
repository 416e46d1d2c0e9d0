#include "pos/terminal/sealed_day.hpp"

#include "pos/programme/day_account.hpp"

namespace pos::terminal {
namespace {

// A reader that holds its place keeps the write-ahead log from being used anew.
constexpr int kFactsATime = 500;

void take(club::wire::SealedDay& day, const disk::SealedFact& sealed) {
  const auto fact = programme::decode_fact(sealed.fields.kind.text(), sealed.body);
  if (!fact || programme::day_of(*fact) != day.day) return;
  programme::add(day.sums, *fact);
  const bool goes_on =
      !day.pieces.empty() && day.pieces.back().incarnation == sealed.fields.incarnation;
  if (!goes_on) {
    day.pieces.push_back({sealed.fields.incarnation, sealed.fields.seq, sealed.fields.seq});
  }
  day.pieces.back().last = sealed.fields.seq;
}

}  // namespace

disk::Disk<club::wire::SealedDay> sealed_day(disk::JournalReader& journal, domain::TillNumber till,
                                             domain::Day day) {
  club::wire::SealedDay found;
  found.till = till;
  found.day = day;
  std::int64_t next = 1;
  int left = 0;
  do {
    left = kFactsATime;
    const auto read = journal.each(next, [&](const disk::SealedFact& sealed) {
      next = sealed.position + 1;
      take(found, sealed);
      return --left > 0;
    });
    if (!read) return core::fail(read.error());
  } while (left == 0);
  for (const club::wire::JournalPiece& piece : found.pieces) {
    found.facts += static_cast<std::int64_t>(piece.last - piece.first + 1);
  }
  return found;
}

}  // namespace pos::terminal
