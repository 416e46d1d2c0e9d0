#pragma once

#include <vector>

#include "pos/core/json/json.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "pos/programme/quote.hpp"

namespace pos::programme {

/// What a sale changes of what is known of its member, besides balances: the same at the hub and in
/// a till's overlay. Also what a return takes back of it, when nothing of the sale is left.
struct MemberChange {
  struct UsedCoupon {
    domain::CouponCode code;
    domain::Money worth;  ///< what its benefit took off
    domain::Day last{};   ///< undone: until when the coupon was good
    friend bool operator==(const UsedCoupon&, const UsedCoupon&) = default;
  };
  /// From one class to another.
  struct Moved {
    domain::ClassCode from;
    domain::ClassCode to;
    friend bool operator==(const Moved&, const Moved&) = default;
  };
  std::vector<domain::BenefitId> counted;  ///< benefits that the member may have so often only
  std::vector<UsedCoupon> used;            ///< coupons of the member's own
  std::vector<domain::PersonalCoupon> issued;
  std::vector<domain::BenefitId> heard = {};  ///< counted, too: words and tasks, once for ever
  std::optional<Moved> moved = {};
  std::optional<Subscribed> subscribed = {};
  std::optional<domain::Day> undone = {};  ///< set: all this is taken back, of a sale of that day

  [[nodiscard]] bool empty() const {
    return counted.empty() && heard.empty() && used.empty() && issued.empty() && !moved &&
           !subscribed;
  }
  friend bool operator==(const MemberChange&, const MemberChange&) = default;
};

/// Whether one more benefit that gives something could be counted of the member.
[[nodiscard]] bool can_count(const domain::MemberFacts& facts, const domain::BenefitId& benefit);

[[nodiscard]] MemberChange change_of(const Quote& quote);
/// What there is to take back of it.
[[nodiscard]] MemberChange undo_of(const QuoteInput& input, const Quote& quote);

/// Changes the facts as on that day. Gives the coupons that the member did not hold any more: they
/// were used twice or, when the change is undone, used before their sale came back.
[[nodiscard]] std::vector<MemberChange::UsedCoupon> apply_change(domain::MemberFacts& facts,
                                                                 const MemberChange& change,
                                                                 domain::Day day);

/// What a sale of that day takes from the lots that its member's facts hold, and adds to them: at
/// the till, until the hub has said it.
void apply_lots(domain::MemberFacts& facts, const Quote& quote, domain::Day day);
/// The same of stored value alone: a member's, or a card's.
void apply_value_lots(std::vector<domain::Lot>& lots, const Quote& quote, domain::Day day);

[[nodiscard]] core::Json to_json(const MemberChange& change);
[[nodiscard]] core::Expected<MemberChange, domain::ShapeError> parse_change(const core::Json& json);

}  // namespace pos::programme
