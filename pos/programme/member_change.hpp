#pragma once

#include <vector>

#include "pos/programme/quote.hpp"

namespace pos::programme {

/// What a sale changes of what is known of its member, besides balances: the same at the hub and in
/// a till's overlay.
struct MemberChange {
  struct UsedCoupon {
    domain::CouponCode code;
    domain::Money worth;  ///< what its benefit took off
    friend bool operator==(const UsedCoupon&, const UsedCoupon&) = default;
  };
  std::vector<domain::BenefitId> counted;  ///< benefits that the member may have so often only
  std::vector<UsedCoupon> used;            ///< coupons of the member's own
  std::vector<domain::PersonalCoupon> issued;

  [[nodiscard]] bool empty() const { return counted.empty() && used.empty() && issued.empty(); }
  friend bool operator==(const MemberChange&, const MemberChange&) = default;
};

[[nodiscard]] MemberChange change_of(const Quote& quote);

/// Changes the facts as on that day. Gives the coupons that the member did not hold any more: they
/// were used twice.
[[nodiscard]] std::vector<MemberChange::UsedCoupon> apply_change(domain::MemberFacts& facts,
                                                                 const MemberChange& change,
                                                                 domain::Day day);

}  // namespace pos::programme
