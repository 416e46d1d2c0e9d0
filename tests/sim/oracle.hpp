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
  /// Money that a till gave for points on this right; of one account, when one is named.
  [[nodiscard]] std::int64_t drawn(const pos::domain::RightId& right,
                                   const std::optional<pos::domain::AccountId>& account = {}) const;
  /// Law 7: the first sale of which more or less came back than its record says; empty: none.
  [[nodiscard]] std::string bad_return() const;

 private:
  /// What a sale gave and what came back of it.
  struct Sold {
    std::int64_t pieces = 0, money = 0, spent = 0, earned = 0;
    friend bool operator==(const Sold&, const Sold&) = default;
  };

  std::set<pos::domain::FactId> uids_;
  std::map<pos::domain::FactId, Sold> sold_;
  std::map<pos::domain::FactId, Sold> came_back_;
  std::map<std::pair<pos::domain::RightId, pos::domain::AccountId>, std::int64_t> drawn_;
  std::map<pos::domain::AccountId, std::int64_t> points_;
  std::int64_t takings_ = 0;
  std::int64_t points_spent_ = 0;
  std::size_t sales_ = 0;
  std::size_t returns_ = 0;
  std::size_t joinings_ = 0;
};

}  // namespace tests::sim
