#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "pos/domain/rounding.hpp"
#include "pos/programme/facts.hpp"

namespace pos::programme {

/// Points, and what they are worth: each at the rate of the programme that gave them. One rounding
/// a rate, however many are added.
class ValuedPoints {
 public:
  /// Points of a programme that lets nobody spend them are worth nothing; there are none below
  /// zero.
  void add(domain::Points points, const ClubRules& rules);
  [[nodiscard]] domain::Points points() const { return points_; }
  [[nodiscard]] domain::Money worth() const;

 private:
  domain::Points points_;
  std::map<domain::Ratio, domain::Points> by_rate_;
};

/// What the club gave, summed over sales: as recorded, or under another programme.
struct GivenSum {
  domain::Money discount;
  ValuedPoints earned;
  ValuedPoints earned_by_paying;  ///< of `earned` what no benefit gave
  domain::Money value_earned;
  ValuedPoints given_for_benefits;  ///< points that members gave
  domain::Money paid_with_points;
  domain::Money paid_with_value;
  domain::Money payable;
  [[nodiscard]] domain::Money cost() const {
    return discount + earned.worth() + value_earned - given_for_benefits.worth();
  }
};

/// One benefit, summed over sales.
struct BenefitSum {
  std::int64_t sales = 0;    ///< in which it applied
  std::int64_t offered = 0;  ///< in which it waits for an answer that the sale does not hold
  domain::Money discount;
  ValuedPoints points;
  domain::Money value;  ///< stored value given
  ValuedPoints given;   ///< points that members gave for it
  [[nodiscard]] domain::Money cost() const {
    return discount + points.worth() + value - given.worth();
  }
};

struct BenefitChange {
  BenefitSum before;
  BenefitSum after;
};

struct GainCount {
  std::int64_t gain = 0;
  std::int64_t lose = 0;
  std::int64_t unchanged = 0;
};

/// One sale, and what the member got by it: discount, points and stored value earned, less the
/// points given for benefits.
struct SaleChange {
  domain::FactId receipt;
  domain::Day day;
  std::optional<domain::MemberId> member;
  domain::Money before;
  domain::Money after;
};

/// What the recorded baskets would have cost under another programme. Takes one sale after the
/// other and keeps sums alone: its memory grows with benefits and with members who bought, never
/// with sales. One thread.
class WhatIf {
 public:
  explicit WhatIf(Programme programme) : programme_(std::move(programme)) {}

  /// `recorded` are the rules of the version that the sale names, for the worth of what it earned;
  /// nothing: that version is not here, its points count as under the new one.
  void take(const domain::FactId& receipt, const SaleFact& sale, const ClubRules* recorded);

  [[nodiscard]] const Programme& programme() const { return programme_; }
  [[nodiscard]] std::int64_t sales() const { return sales_.gain + sales_.lose + sales_.unchanged; }
  [[nodiscard]] const GivenSum& before() const { return before_; }
  [[nodiscard]] const GivenSum& after() const { return after_; }
  [[nodiscard]] const GainCount& sale_count() const { return sales_; }
  /// A member gains when all of the member's sales together do.
  [[nodiscard]] GainCount member_count() const;
  [[nodiscard]] const std::map<domain::BenefitId, BenefitChange>& benefits() const {
    return benefits_;
  }
  /// At most kLargestMax, the largest first, then in the order of sealing. None of them is zero.
  [[nodiscard]] const std::vector<SaleChange>& largest() const { return largest_; }
  [[nodiscard]] std::optional<domain::Day> first_day() const { return first_day_; }
  [[nodiscard]] std::optional<domain::Day> last_day() const { return last_day_; }
  /// Sales whose version was not here.
  [[nodiscard]] std::int64_t valued_as_new() const { return valued_as_new_; }

  static constexpr std::size_t kLargestMax = 3;

 private:
  using Side = BenefitSum BenefitChange::*;
  struct IdHash {
    std::size_t operator()(const domain::MemberId& id) const;
  };
  void add_benefits(const Quote& quote, const ClubRules& rules, Side side);
  void rank(const SaleChange& change);

  Programme programme_;
  GivenSum before_;
  GivenSum after_;
  GainCount sales_;
  std::unordered_map<domain::MemberId, domain::Money, IdHash> net_by_member_;
  std::map<domain::BenefitId, BenefitChange> benefits_;
  std::vector<SaleChange> largest_;
  std::optional<domain::Day> first_day_;
  std::optional<domain::Day> last_day_;
  std::int64_t valued_as_new_ = 0;
};

}  // namespace pos::programme
