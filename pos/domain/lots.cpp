#include "pos/domain/lots.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace pos::domain {
namespace {

auto rank(const LotTerms& terms, Day today) {
  const int turn = terms.has_expired(today) ? 2 : terms.is_pending(today) ? 1 : 0;
  const Day first = turn == 1 ? *terms.first : Day::min();
  return std::tuple(turn, first, terms.last.value_or(Day::max()));
}

}  // namespace

bool used_before(const LotTerms& a, const LotTerms& b, Day today) {
  return rank(a, today) < rank(b, today);
}

std::vector<Lot> told_of(const std::vector<Lot>& lots, Day today) {
  std::map<std::pair<Day, Day>, std::int64_t> pending;
  std::map<Day, std::int64_t> expiring;
  for (const Lot& lot : lots) {
    if (lot.amount <= 0) continue;
    const Day last = lot.terms.last.value_or(Day::max());
    if (lot.terms.is_pending(today)) {
      pending[{*lot.terms.first, last}] += lot.amount;
    } else if (lot.terms.last) {
      expiring[last] += lot.amount;
    }
  }
  std::vector<Lot> told;
  for (const auto& [last, amount] : expiring) {
    if (told.size() == kLotsMax / 2) break;
    told.push_back({amount, {std::nullopt, last}});
  }
  const std::size_t before = told.size();
  for (const auto& [days, amount] : pending) {
    const auto& [first, last] = days;
    const LotTerms terms{first, last == Day::max() ? std::nullopt : std::optional(last)};
    if (told.size() - before < kLotsMax / 2) {
      told.push_back({amount, terms});
    } else {
      told.back() = {told.back().amount + amount, terms};
    }
  }
  return told;
}

void spend_from(std::vector<Lot>& lots, std::int64_t amount, Day today) {
  std::stable_sort(lots.begin(), lots.end(), [&](const Lot& a, const Lot& b) {
    return used_before(a.terms, b.terms, today);
  });
  for (Lot& lot : lots) {
    if (lot.terms.is_pending(today) || lot.terms.has_expired(today)) break;
    const std::int64_t part = std::min(amount, lot.amount);
    lot.amount -= part;
    amount -= part;
  }
  std::erase_if(lots, [](const Lot& lot) { return lot.amount == 0; });
}

std::int64_t pending_in(const std::vector<Lot>& lots, Day today) {
  std::int64_t sum = 0;
  for (const Lot& lot : lots) sum += lot.terms.is_pending(today) ? lot.amount : 0;
  return sum;
}

std::int64_t expired_in(const std::vector<Lot>& lots, Day today) {
  std::int64_t sum = 0;
  for (const Lot& lot : lots) sum += lot.terms.has_expired(today) ? lot.amount : 0;
  return sum;
}

}  // namespace pos::domain
