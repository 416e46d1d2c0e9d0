#include "sync/ledger/lot_book.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace club::ledger {

using pos::domain::Day;
using pos::domain::FactId;
using pos::domain::LotTerms;

LotRecord& LotBook::lot(const FactId& origin, const LotTerms& terms) {
  auto found = std::ranges::find(lots_, origin, &LotRecord::origin);
  if (found == lots_.end()) found = lots_.insert(lots_.end(), {origin, terms, 0, 0});
  // A lot that was made by a debt learns its terms from what comes in later.
  if (found->terms.none()) found->terms = terms;
  return *found;
}

/// Of equal terms the smaller origin goes first, so that the order never depends on storage.
std::vector<std::size_t> LotBook::in_order(Day today) const {
  std::vector<std::size_t> order(lots_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const LotTerms& first = lots_[a].terms;
    const LotTerms& second = lots_[b].terms;
    if (pos::domain::used_before(first, second, today)) return true;
    if (pos::domain::used_before(second, first, today)) return false;
    return lots_[a].origin < lots_[b].origin;
  });
  return order;
}

void LotBook::settle(Day today) {
  std::int64_t owed = 0;
  for (const LotRecord& one : lots_) owed -= std::min<std::int64_t>(one.left, 0);
  std::int64_t paid = 0;
  for (const std::size_t i : in_order(today)) {
    const std::int64_t part = std::clamp<std::int64_t>(lots_[i].left, 0, owed - paid);
    lots_[i].left -= part;
    paid += part;
  }
  for (LotRecord& one : lots_) {
    const std::int64_t part = std::min(std::max<std::int64_t>(-one.left, 0), paid);
    one.left += part;
    paid -= part;
  }
}

void LotBook::add(const FactId& origin, const LotTerms& terms, std::int64_t amount, Day today) {
  if (amount == 0) return;
  lot(origin, terms).left += amount;
  settle(today);
}

void LotBook::add_lapsed(const TakenPart& part) {
  if (part.lapsed != 0) lot(part.origin, part.terms).lapsed += part.lapsed;
}

LotBook::Spent LotBook::spend(const FactId& spender, std::int64_t amount, Day today) {
  Spent spent;
  for (const std::size_t i : in_order(today)) {
    LotRecord& one = lots_[i];
    const std::int64_t lapsed = one.terms.has_expired(today) ? 0 : one.lapsed;
    const std::int64_t part = std::min(amount, std::max<std::int64_t>(one.left, 0) + lapsed);
    if (part <= 0) continue;
    const std::int64_t revived = std::min(part, lapsed);
    one.lapsed -= revived;
    one.left -= part - revived;
    spent.revived += revived;
    spent.parts.push_back({one.origin, one.terms, part, 0});
    amount -= part;
  }
  if (amount > 0) {
    lot(spender, {}).left -= amount;
    spent.parts.push_back({spender, {}, amount, 0});
  }
  return spent;
}

std::int64_t LotBook::give_back(std::vector<TakenPart>& parts, std::int64_t amount, Day today) {
  while (amount > 0 && !parts.empty()) {
    TakenPart& last = parts.back();
    const std::int64_t part = std::min(amount, last.amount);
    add(last.origin, last.terms, part, today);
    last.amount -= part;
    amount -= part;
    if (last.amount == 0) parts.pop_back();
  }
  return amount;
}

std::int64_t LotBook::take_back(const FactId& origin, std::int64_t amount, Day today) {
  if (amount == 0) return 0;
  LotRecord& one = lot(origin, {});
  const std::int64_t held = std::clamp<std::int64_t>(one.left, 0, amount);
  const std::int64_t revived = std::min(one.lapsed, amount - held);
  one.lapsed -= revived;
  one.left -= amount - revived;
  settle(today);
  return revived;
}

std::int64_t LotBook::lapse(Day today) {
  std::int64_t sum = 0;
  for (LotRecord& one : lots_) {
    if (one.left <= 0 || !one.terms.has_expired(today)) continue;
    sum += one.left;
    one.lapsed += one.left;
    one.left = 0;
  }
  return sum;
}

std::vector<TakenPart> LotBook::empty() {
  std::vector<TakenPart> parts;
  for (LotRecord& one : lots_) {
    if (one.left != 0) parts.push_back({one.origin, one.terms, one.left, 0});
    one.left = 0;
  }
  return parts;
}

std::int64_t LotBook::due(std::int64_t net, const std::set<FactId>& own) const {
  std::int64_t expired = 0;
  std::int64_t expired_own = 0;
  for (const LotRecord& one : lots_) {
    expired += one.lapsed;
    if (own.contains(one.origin)) expired_own += one.lapsed;
  }
  const std::int64_t others = sum() + expired - net;
  const std::int64_t low = std::min<std::int64_t>(net, 0);
  const std::int64_t high = std::max(low, sum() - std::min<std::int64_t>(others, 0));
  return std::clamp(net - expired_own, low, high);
}

std::vector<TakenPart> LotBook::part_with(std::int64_t share, const std::set<FactId>& own,
                                          const FactId& separation, Day today) {
  std::vector<TakenPart> parts;
  std::vector<std::size_t> order = in_order(today);
  std::ranges::reverse(order);
  std::ranges::stable_partition(order,
                                [&](std::size_t i) { return own.contains(lots_[i].origin); });
  for (const std::size_t i : order) {
    const std::int64_t part =
        std::clamp<std::int64_t>(lots_[i].left, 0, std::max<std::int64_t>(share, 0));
    if (part == 0) continue;
    lots_[i].left -= part;
    share -= part;
    parts.push_back({lots_[i].origin, lots_[i].terms, part, 0});
  }
  for (LotRecord& one : lots_) {
    if (one.lapsed == 0 || !own.contains(one.origin)) continue;
    parts.push_back({one.origin, one.terms, 0, std::exchange(one.lapsed, 0)});
  }
  if (share != 0) {
    add(separation, {}, -share, today);
    parts.push_back({separation, {}, share, 0});
  }
  return parts;
}

std::int64_t LotBook::sum() const {
  std::int64_t sum = 0;
  for (const LotRecord& one : lots_) sum += one.left;
  return sum;
}

std::vector<pos::domain::Lot> LotBook::told(Day today) const {
  std::vector<pos::domain::Lot> lots;
  for (const LotRecord& one : lots_) lots.push_back({one.left, one.terms});
  return pos::domain::told_of(lots, today);
}

}  // namespace club::ledger
