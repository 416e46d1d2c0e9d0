#pragma once

#include <map>
#include <set>
#include <string>

#include "pos/programme/facts.hpp"

namespace tests::sim {

/// What must be true after healing, from the facts that the cashiers saw sealed: plain sums,
/// without any code of the ledger.
class Oracle {
 public:
  void open(const pos::domain::AccountId& account, std::int64_t points) {
    points_[account] += points;
  }
  /// A fact whose seal returned, or that was found after a crash during it.
  void sealed(const pos::domain::FactId& uid, const pos::programme::Fact& fact);

  [[nodiscard]] bool knows(const pos::domain::FactId& uid) const { return uids_.contains(uid); }
  [[nodiscard]] const std::set<pos::domain::FactId>& uids() const { return uids_; }
  [[nodiscard]] const std::map<pos::domain::AccountId, std::int64_t>& points() const {
    return points_;
  }
  [[nodiscard]] std::int64_t takings() const { return takings_; }
  [[nodiscard]] std::size_t sales() const { return sales_; }
  [[nodiscard]] std::size_t returns() const { return returns_; }
  [[nodiscard]] std::size_t joinings() const { return joinings_; }
  [[nodiscard]] std::int64_t points_spent() const { return points_spent_; }

 private:
  std::set<pos::domain::FactId> uids_;
  std::map<pos::domain::AccountId, std::int64_t> points_;
  std::int64_t takings_ = 0;
  std::int64_t points_spent_ = 0;
  std::size_t sales_ = 0;
  std::size_t returns_ = 0;
  std::size_t joinings_ = 0;
};

}  // namespace tests::sim
