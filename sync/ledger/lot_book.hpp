#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "pos/domain/codes.hpp"
#include "pos/domain/lots.hpp"

namespace club::ledger {

/// What one fact brought to an account in one unit, as far as it is there. All lots of an account
/// sum to its balance; either none is below zero or none above.
struct LotRecord {
  pos::domain::FactId origin;
  pos::domain::LotTerms terms;
  std::int64_t left = 0;    ///< below zero: the fact took more than the account had
  std::int64_t lapsed = 0;  ///< has expired, and was posted so
  friend bool operator==(const LotRecord&, const LotRecord&) = default;
};

/// What a spend took of one lot; kept with the sale, so that a return finds the way back.
struct TakenPart {
  pos::domain::FactId origin;
  pos::domain::LotTerms terms;
  std::int64_t amount = 0;
  std::int64_t lapsed = 0;  ///< goes along when an account is taken apart
  friend bool operator==(const TakenPart&, const TakenPart&) = default;
};

/// The lots of one account in one unit. Pure; knows nothing of postings.
class LotBook {
 public:
  LotBook() = default;
  explicit LotBook(std::vector<LotRecord> lots) : lots_(std::move(lots)) {}

  /// `amount` comes to the lot of that origin, or goes from it when it is negative. What was taken
  /// too much is filled up first, what a lot lacks is taken from the others.
  void add(const pos::domain::FactId& origin, const pos::domain::LotTerms& terms,
           std::int64_t amount, pos::domain::Day today);

  struct Spent {
    std::vector<TakenPart> parts;  ///< in the order in which they were taken
    /// Of that, what had been posted as expired, though it was good on the day of the spend: the
    /// fact came late.
    std::int64_t revived = 0;
  };
  /// What came from another account's lot after it had expired there.
  void add_lapsed(const TakenPart& part);

  /// Takes from what expires soonest first; what all lots lack is owed by `spender`'s.
  [[nodiscard]] Spent spend(const pos::domain::FactId& spender, std::int64_t amount,
                            pos::domain::Day today);

  /// Gives the last taken parts back, the last one first, and takes them off `parts`. Returns what
  /// of `amount` they do not cover.
  [[nodiscard]] std::int64_t give_back(std::vector<TakenPart>& parts, std::int64_t amount,
                                       pos::domain::Day today);

  /// Takes from the lot of that origin; of what is not left there first what has lapsed, then from
  /// the others. Gives what had lapsed.
  [[nodiscard]] std::int64_t take_back(const pos::domain::FactId& origin, std::int64_t amount,
                                       pos::domain::Day today);

  /// Marks what was good before `today` only as lapsed; gives its sum.
  [[nodiscard]] std::int64_t lapse(pos::domain::Day today);

  /// Empties the book; lapsed parts stay. Gives what was in it.
  [[nodiscard]] std::vector<TakenPart> empty();

  /// What of the sum is due to somebody who shared the account: who brought, earned and spent `net`
  /// altogether, and whose facts are `own`. What has expired is borne by who had earned it, but by
  /// nobody beyond what is there.
  [[nodiscard]] std::int64_t due(std::int64_t net, const std::set<pos::domain::FactId>& own) const;
  /// Takes the lots of a share out: those of `own` facts first, with what lapsed of them, then what
  /// lasts longest. What all
  /// lots lack, and a share below nothing, are a debt under `separation`, here or in the parts.
  [[nodiscard]] std::vector<TakenPart> part_with(std::int64_t share,
                                                 const std::set<pos::domain::FactId>& own,
                                                 const pos::domain::FactId& separation,
                                                 pos::domain::Day today);

  [[nodiscard]] std::int64_t sum() const;
  /// For the members of the account.
  [[nodiscard]] std::vector<pos::domain::Lot> told(pos::domain::Day today) const;
  [[nodiscard]] const std::vector<LotRecord>& lots() const { return lots_; }

 private:
  [[nodiscard]] LotRecord& lot(const pos::domain::FactId& origin,
                               const pos::domain::LotTerms& terms);
  [[nodiscard]] std::vector<std::size_t> in_order(pos::domain::Day today) const;
  void settle(pos::domain::Day today);

  std::vector<LotRecord> lots_;
};

}  // namespace club::ledger
