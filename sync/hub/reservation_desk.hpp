#pragma once

#include "sync/hub/bucket_store.hpp"
#include "sync/wire/messages.hpp"

namespace club::hub {

/// What the hub keeps for sales that it said yes to, until they arrive or their till hands them
/// back. There is no lease. Works inside the caller's transaction; throws DbFailure.
class ReservationDesk {
 public:
  ReservationDesk(pos::core::Database& db, BucketStore& buckets) : db_(db), buckets_(buckets) {}

  struct Now {
    pos::domain::Day today{};
    /// All that arrived is applied, and the sale in question is not among it.
    bool abreast = false;
    /// Of the programme in force; a benefit that is not named has none.
    std::vector<pos::programme::BudgetLeft> budgets = {};
  };
  [[nodiscard]] wire::AuthoriseAnswer answer(const wire::AuthoriseRequest& request,
                                             std::uint32_t till, const Now& now);
  /// Of that till's sale nothing is kept any more: it has arrived, or never will.
  void abandon(std::uint32_t till, const ledger::FactId& sale);
  void abandon_all(std::uint32_t till);

 private:
  struct Amounts {
    std::int64_t points = 0;
    std::int64_t value = 0;
  };
  void judge(const wire::AuthoriseRequest::Wish& wish, std::uint32_t till, const Now& now,
             wire::AuthoriseAnswer& answer);
  [[nodiscard]] pos::domain::Money kept_of(const pos::domain::BenefitId& benefit);
  void keep(const wire::AuthoriseRequest::Wish& wish, std::uint32_t till);
  [[nodiscard]] Amounts kept_of(const ledger::AccountId& account);
  /// What the account holds and nobody can spend on that day: not available yet, or expired.
  [[nodiscard]] std::int64_t idle(const ledger::AccountId& account, ledger::Unit unit,
                                  pos::domain::Day today);
  [[nodiscard]] std::vector<ledger::FactId> open(std::uint32_t till);

  pos::core::Database& db_;
  BucketStore& buckets_;
};

}  // namespace club::hub
