#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pos/core/time.hpp"
#include "pos/domain/codes.hpp"
#include "pos/domain/language.hpp"
#include "pos/domain/lots.hpp"
#include "pos/domain/member_status.hpp"
#include "pos/domain/money.hpp"

namespace pos::domain {

/// First and last day on which an effective date matters; never the date itself (data-model.md).
struct EffectiveWindow {
  enum class Kind { birthday, child_birthday, anniversary };
  Kind kind = Kind::birthday;
  Day first{};
  Day last{};
  std::string relation;  ///< "daughter"; empty for the member's own
  std::string liking;    ///< "yellow"
  friend bool operator==(const EffectiveWindow&, const EffectiveWindow&) = default;
};

struct PersonalCoupon {
  CouponCode code;
  Day last{};
  friend bool operator==(const PersonalCoupon&, const PersonalCoupon&) = default;
};

/// As many days of use as are kept of a benefit: no limit within a period is above it.
inline constexpr std::size_t kUseDaysMax = 12;

/// As many benefits as are counted of one member.
inline constexpr std::size_t kUsesMax = 64;
/// Tills that are apart may count more together; these are kept as well.
inline constexpr std::size_t kUsesKeptMax = 2 * kUsesMax;

/// How often a member has had a benefit that the programme limits by the member.
struct BenefitUse {
  BenefitId benefit;
  std::int64_t total = 0;
  std::vector<Day> days;  ///< of the last ones, latest first; twice on one day is there twice
  bool heard = false;     ///< only words or a task: makes room for one that gives something
  friend bool operator==(const BenefitUse&, const BenefitUse&) = default;
};

/// As many people as can share an account.
inline constexpr std::int64_t kHouseholdMax = 1'000;

enum class MemberStanding { active, provisional, blocked };

/// The closed list of what a till may know of a member (law 8, docs/data-model.md). Cards and phone
/// are keyed hashes beside it; a full name, phone, address or date of birth never is in here.
struct MemberFacts {
  MemberId id;
  AccountId account;
  std::string form_of_address;  ///< "Noa L.", "Mr Karimi" in the member's own language
  std::string last_digits;      ///< two digits of the phone, for "···21"
  ClassCode member_class;
  std::optional<TierCode> tier;
  std::optional<NextTier> next_tier;
  Points balance;
  core::Instant balance_as_of;
  Money value;  ///< stored value of the account: cash-back
  /// Of balance and value the parts that cannot be spent yet or that expire next; what is in no
  /// lot can be spent, and lasts longer than they do.
  std::vector<Lot> point_lots;
  std::vector<Lot> value_lots;
  std::int64_t household = 1;  ///< people who share the account
  Money spend_in_period;
  std::int64_t visits = 0;
  std::optional<Day> first_visit;
  std::optional<Day> last_visit;
  std::int64_t mean_interval_days = 0;     ///< 0: not known yet
  std::vector<std::string> last_articles;  ///< article codes, the newest first, at most three
  std::vector<PersonalCoupon> coupons;
  std::optional<Day> subscription_last;
  std::vector<SegmentCode> segments;
  std::vector<EffectiveWindow> windows;
  std::vector<BenefitUse> uses;
  MemberStatus status;
  MemberStanding standing = MemberStanding::active;
  Language language = Language::en;
  std::uint64_t version =
      0;  ///< the row's sequence in its bucket at the hub; 0: joined here, not yet settled

  /// What is left of balance and value on that day, when lots have expired meanwhile.
  [[nodiscard]] Points balance_on(Day today) const {
    return balance - Points::of(expired_in(point_lots, today));
  }
  [[nodiscard]] Money value_on(Day today) const {
    return value - Money::of(expired_in(value_lots, today));
  }
  /// What of that can be spent on that day; never negative.
  [[nodiscard]] Points spendable_on(Day today) const {
    return std::max(Points{}, balance_on(today) - Points::of(pending_in(point_lots, today)));
  }
  [[nodiscard]] Money value_spendable_on(Day today) const {
    return std::max(Money{}, value_on(today) - Money::of(pending_in(value_lots, today)));
  }

  friend bool operator==(const MemberFacts&, const MemberFacts&) = default;
};

}  // namespace pos::domain
