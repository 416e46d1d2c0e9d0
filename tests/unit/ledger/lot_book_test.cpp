#include <rapidcheck.h>

#include <map>
#include <numeric>

#include "pos/core/chance.hpp"
#include "sync/ledger/lot_book.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace club::ledger;
using pos::domain::Day;
using pos::domain::FactId;
using pos::domain::Lot;
using pos::domain::LotTerms;

FactId fact(std::uint8_t number) {
  std::array<std::uint8_t, FactId::kSize> bytes{};
  bytes.back() = number;
  return *FactId::from_bytes(bytes);
}

Day day(int number) { return Day(std::chrono::days(20'000 + number)); }
LotTerms until(int last) { return {std::nullopt, day(last)}; }

std::map<FactId, std::int64_t> held(const LotBook& book) {
  std::map<FactId, std::int64_t> held;
  for (const LotRecord& lot : book.lots()) {
    if (lot.left != 0) held[lot.origin] = lot.left;
  }
  return held;
}

TEST_CASE("Lot book: a spend takes what expires soonest, then what never does, then what waits",
          "[ledger][lots]") {
  LotBook book;
  book.add(fact(1), {}, 10, day(0));
  book.add(fact(2), until(9), 10, day(0));
  book.add(fact(3), {day(5), day(6)}, 10, day(0));
  book.add(fact(4), until(7), 10, day(0));
  const auto spent = book.spend(fact(9), 33, day(1));
  std::vector<FactId> order;
  for (const TakenPart& part : spent.parts) order.push_back(part.origin);
  CHECK(order == std::vector{fact(4), fact(2), fact(1), fact(3)});
  CHECK(held(book) == std::map<FactId, std::int64_t>{{fact(3), 7}});
}

TEST_CASE("Lot book: a debt is the spender's, and what comes in fills it", "[ledger][lots]") {
  LotBook book;
  book.add(fact(1), until(9), 10, day(0));
  auto spent = book.spend(fact(2), 25, day(1));
  CHECK(book.sum() == -15);
  book.add(fact(3), until(20), 40, day(2));
  CHECK(held(book) == std::map<FactId, std::int64_t>{{fact(3), 25}});
  CHECK(book.give_back(spent.parts, 25, day(3)) == 0);
  CHECK(spent.parts.empty());
  CHECK(held(book) == std::map<FactId, std::int64_t>{{fact(1), 10}, {fact(2), 15}, {fact(3), 25}});
}

TEST_CASE("Lot book: what lapsed is gone once, and comes back for a spend that was in time",
          "[ledger][lots]") {
  LotBook book;
  book.add(fact(1), until(9), 10, day(0));
  CHECK(book.lapse(day(9)) == 0);
  CHECK(book.lapse(day(10)) == 10);
  CHECK(book.lapse(day(11)) == 0);
  CHECK(book.sum() == 0);
  SECTION("late, but sold on the last day") {
    const auto spent = book.spend(fact(2), 4, day(9));
    CHECK(spent.revived == 4);
    CHECK(book.sum() == 0);
    CHECK(book.lots().front().lapsed == 6);
  }
  SECTION("sold a day too late") {
    const auto spent = book.spend(fact(2), 4, day(10));
    CHECK(spent.revived == 0);
    CHECK(book.sum() == -4);
  }
  SECTION("taken back because the goods came back") {
    CHECK(book.take_back(fact(1), 10, day(12)) == 10);
    CHECK(book.sum() == 0);
  }
}

TEST_CASE("Told lots: the next to expire and all that wait; the last of many stand for the rest",
          "[ledger][lots]") {
  std::vector<Lot> lots;
  for (int i = 0; i < 20; ++i) {
    lots.push_back({1, until(30 - i)});
    lots.push_back({2, {day(3 + i), day(60 + i)}});
  }
  lots.push_back({5, until(11)});
  lots.push_back({100, {}});
  const auto told = pos::domain::told_of(lots, day(2));
  REQUIRE(told.size() == pos::domain::kLotsMax);
  CHECK(told.front() == Lot{6, until(11)});
  CHECK(told[7] == Lot{1, until(18)});
  CHECK(told[8] == Lot{2, {day(3), day(60)}});
  CHECK(told.back() == Lot{26, {day(22), day(79)}});
  CHECK(pos::domain::pending_in(told, day(2)) == 40);
}

/// One thing that happens to an account.
struct Event {
  enum class Kind { earn, spend, back, expire } kind;
  std::int64_t amount;
};

TEST_CASE("Lot book: whatever happens, lots sum to the postings and never to both signs",
          "[ledger][lots]") {
  CHECK(rc::check("lots and postings", [] {
    LotBook book;
    std::int64_t balance = 0;
    std::int64_t expired = 0;
    int today = 0;
    std::map<std::uint8_t, std::vector<TakenPart>> taken;
    std::map<std::uint8_t, std::int64_t> earned;
    const auto number = [](std::int64_t low, std::int64_t high) {
      return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(low, high + 1));
    };
    for (std::uint8_t step = 1; step < 40; ++step) {
      const std::int64_t amount = number(1, 50);
      const auto back = static_cast<std::uint8_t>(number(1, step));
      switch (number(0, 4)) {
        case 0:
          book.add(fact(step),
                   {day(today + static_cast<int>(number(0, 2))),
                    day(today + static_cast<int>(number(2, 9)))},
                   amount, day(today));
          earned[step] = amount;
          balance += amount;
          break;
        case 1: {
          auto spent = book.spend(fact(step), amount, day(today - static_cast<int>(number(0, 3))));
          std::int64_t sum = 0;
          for (const TakenPart& part : spent.parts) sum += part.amount;
          RC_ASSERT(sum == amount);
          taken[step] = std::move(spent.parts);
          balance += spent.revived - amount;
          expired -= spent.revived;
          break;
        }
        case 2: {
          std::int64_t most = 0;
          for (const TakenPart& part : taken[back]) most += part.amount;
          const std::int64_t part = std::min(most, amount);
          RC_ASSERT(book.give_back(taken[back], part, day(today)) == 0);
          balance += part;
          break;
        }
        case 3: {
          const std::int64_t part = std::min(earned[back], amount);
          earned[back] -= part;
          const std::int64_t revived = book.take_back(fact(back), part, day(today));
          balance += revived - part;
          expired -= revived;
          break;
        }
        default: {
          const std::int64_t lapsed = book.lapse(day(++today));
          balance -= lapsed;
          expired += lapsed;
          RC_ASSERT(book.lapse(day(today)) == 0);
        }
      }
      RC_ASSERT(book.sum() == balance);
      RC_ASSERT(expired >= 0);
      const auto lots = held(book);
      const auto below =
          std::count_if(lots.begin(), lots.end(), [](auto& l) { return l.second < 0; });
      RC_ASSERT(below == 0 || below == static_cast<std::ptrdiff_t>(lots.size()));
    }
  }));
}

TEST_CASE("Lot book: a spend that comes back whole, in any parts, leaves the lots as they were",
          "[ledger][lots]") {
  CHECK(rc::check("there and back", [] {
    const auto number = [](std::int64_t low, std::int64_t high) {
      return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(low, high + 1));
    };
    LotBook book;
    for (std::uint8_t i = 1; i < 9; ++i) {
      book.add(fact(i), until(static_cast<int>(number(0, 9))), number(1, 20), day(0));
    }
    const auto before = held(book);
    std::int64_t left = number(1, book.sum());
    auto spent = book.spend(fact(9), left, day(0));
    while (left > 0) {
      const std::int64_t part = number(1, left);
      RC_ASSERT(book.give_back(spent.parts, part, day(static_cast<int>(number(0, 20)))) == 0);
      left -= part;
    }
    RC_ASSERT(held(book) == before);
  }));
}

TEST_CASE("Lot book: of a shared account each bears what expired of the own, but owes it nobody",
          "[ledger][lots]") {
  // The first's 100 expire on day 2, the second's never.
  LotBook book;
  book.add(fact(1), until(2), 100, day(0));
  book.add(fact(2), {}, 100, day(0));
  CHECK(book.due(100, {fact(1)}) == 100);
  CHECK(book.lapse(day(3)) == 100);
  CHECK(book.due(100, {fact(1)}) == 0);
  CHECK(book.due(100, {fact(2)}) == 100);

  // The second spends the first's, and then the second's own expire: there is nothing to be had.
  LotBook swapped;
  swapped.add(fact(1), until(2), 100, day(0));
  swapped.add(fact(2), until(4), 100, day(0));
  (void)swapped.spend(fact(9), 100, day(0));
  CHECK(swapped.lapse(day(5)) == 100);
  CHECK(swapped.due(100, {fact(1)}) == 0);
  CHECK(swapped.due(0, {fact(2), fact(9)}) == 0);

  LotBook owing;
  owing.add(fact(1), {}, 10, day(0));
  (void)owing.spend(fact(9), 40, day(0));
  CHECK(owing.due(10, {fact(1)}) == 10);
  CHECK(owing.due(-40, {fact(9)}) == -40);
}

TEST_CASE(
    "Lot book: a share goes with its own lots, then with what lasts, and leaves a debt behind",
    "[ledger][lots]") {
  LotBook book;
  book.add(fact(1), until(2), 30, day(0));
  book.add(fact(2), {}, 30, day(0));
  book.add(fact(3), until(9), 30, day(0));
  const auto parts = book.part_with(50, {fact(3)}, fact(8), day(0));
  CHECK(parts == std::vector<TakenPart>{{fact(3), until(9), 30, 0}, {fact(2), {}, 20, 0}});
  CHECK(held(book) == std::map<FactId, std::int64_t>{{fact(1), 30}, {fact(2), 10}});
  const auto more = book.part_with(60, {}, fact(8), day(0));
  CHECK(more.back() == TakenPart{fact(8), {}, 20, 0});
  CHECK(book.sum() == -20);
  const auto owed = book.part_with(-50, {}, fact(7), day(0));
  CHECK(owed == std::vector<TakenPart>{{fact(7), {}, -50, 0}});
  CHECK(book.sum() == 30);

  LotBook lapsed;
  lapsed.add(fact(1), until(2), 30, day(0));
  (void)lapsed.lapse(day(3));
  CHECK(lapsed.part_with(0, {fact(1)}, fact(8), day(3)) ==
        std::vector<TakenPart>{{fact(1), until(2), 0, 30}});
}

}  // namespace
