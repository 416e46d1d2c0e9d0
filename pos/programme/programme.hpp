#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pos/core/bytes.hpp"
#include "pos/core/expected.hpp"
#include "pos/domain/article.hpp"
#include "pos/domain/codes.hpp"
#include "pos/domain/language.hpp"
#include "pos/domain/lots.hpp"
#include "pos/domain/member_status.hpp"
#include "pos/domain/money.hpp"
#include "pos/domain/money_form.hpp"

namespace pos::programme {

using domain::ProgrammeHash;

/// One finding of the lint: where, why, and what to write instead.
struct Finding {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  int line = 0;       ///< of the document, from 1
  std::string place;  ///< "benefits[3].percent"
  std::string reason;
  std::string mend;
};

/// When what a sale brings may be spent, counted from its day.
struct LotRule {
  std::int64_t available_days = 0;  ///< 0: from the next sale on
  std::int64_t expire_months = 0;   ///< at most one of the two is set; neither: never
  std::int64_t expire_days = 0;

  /// The last day of a month stands for a day that the month does not have.
  [[nodiscard]] domain::LotTerms terms_on(domain::Day earned) const;
};

/// What the club decides once for all sales: shown, rounded and limited by it.
struct ClubRules {
  domain::LocalText name;
  std::string currency;   ///< "ILS"
  int decimals = 2;       ///< of the minor unit that all money is counted in
  bool in_toman = false;  ///< people read and type rial as toman
  domain::Money cash_step = domain::Money::of(1);
  domain::LocalText slip_footer;
  std::string terms_version;
  /// Points: so many are earned per so much money, and worth so much.
  domain::Points earn_points;
  domain::Money earn_per;     ///< zero: nothing is earned
  domain::Points spend_step;  ///< points are spent in multiples of it; zero: never
  domain::Money spend_step_worth;
  std::int64_t spend_max_percent = 100;  ///< of what would be payable
  /// A referral: to whoever brought somebody, and to who joined; once, when the hub knows both.
  bool has_referral = false;
  domain::Points referrer_points;
  domain::Points joined_points;
  domain::Money pool_per_till;  ///< offline: what a till may give out without the hub
  domain::Money pool_per_member;
  LotRule points_lot;
  LotRule value_lot;  ///< of stored value

  /// How money is shown and typed. Data for other programs stays in `decimals`.
  [[nodiscard]] domain::MoneyForm money_form() const {
    return in_toman ? domain::kToman : domain::MoneyForm(decimals);
  }
};

/// One way in which a tier is reached, or a class joined.
struct TierRule {
  domain::TierWay by = domain::TierWay::spend;
  std::int64_t goal = 0;       ///< money, visits, years, referrals, or money of one purchase
  int months = 0;              ///< spend, visits: in so many months; 0: in all
  bool calendar_year = false;  ///< spend, visits: since January, instead of months
  friend bool operator==(const TierRule&, const TierRule&) = default;
};

struct NamedClass {
  domain::ClassCode code;
  domain::LocalText name;
  std::string fee;                  ///< article: who buys it joins; empty: there is none
  std::vector<TierRule> joined_by;  ///< other ways, any one of which suffices, as the fee does
  bool waits = false;               ///< known to the club, and not a member yet: gets nothing
  int line = 0;                     ///< in the document

  /// Otherwise only the club gives it.
  [[nodiscard]] bool can_be_joined() const { return !fee.empty() || !joined_by.empty(); }
};

/// An article that is so many months of the club's paid subscription.
struct SubscriptionArticle {
  std::string code;
  std::int64_t months = 0;  ///< of one piece
  int line = 0;             ///< in the document
};
/// The longest time that one sale adds to a subscription.
inline constexpr std::int64_t kSubscriptionMonthsMax = 120;

struct NamedTier {
  domain::TierCode code;
  domain::LocalText name;
  std::vector<TierRule> reached_by;  ///< any one suffices; empty: only the club gives it
  int keep_months = 0;               ///< kept for so many months behind the one that reached it
  bool base = false;                 ///< the first one: who has no other has it
  int line = 0;                      ///< in the document
};

/// One of the answers that a question offers.
struct ShortAnswer {
  domain::AnswerCode code;
  domain::LocalText text;
};

struct CompiledBenefits;  // benefit.hpp

/// What is left of the budget of a benefit, as far as this till knows.
struct BudgetLeft {
  domain::BenefitId benefit;
  domain::Money left;
  friend bool operator==(const BudgetLeft&, const BudgetLeft&) = default;
};

/// An immutable, content-hashed document, parsed and indexed. Cheap to copy (shared); any thread
/// may read it.
class Programme {
 public:
  /// Refused whole when there is an error; then only errors are listed. `document` is at most 4 MiB
  /// of JSON.
  [[nodiscard]] static core::Expected<Programme, std::vector<Finding>> parse(
      core::BytesView document);

  [[nodiscard]] const ProgrammeHash& hash() const;
  [[nodiscard]] const ClubRules& rules() const;
  [[nodiscard]] const std::vector<NamedClass>& classes() const;
  [[nodiscard]] const std::vector<NamedTier>& tiers() const;
  /// Null for a class that is not in the programme.
  [[nodiscard]] const NamedClass* find_class(const domain::ClassCode& code) const;
  [[nodiscard]] const domain::LocalText& class_name(const domain::ClassCode& code) const;
  [[nodiscard]] const domain::LocalText& tier_name(const domain::TierCode& code) const;
  /// The benefit's short text ("Club price on olive oil"); empty text for an id that is not in the
  /// programme. A benefit that is graded by class may have a name for each ("VIP 15% on demand
  /// products"): give the member's class to get it.
  [[nodiscard]] const domain::LocalText& benefit_name(
      const domain::BenefitId& id, const domain::ClassCode& member_class = {}) const;
  /// What the cashier can say about it; may be empty.
  [[nodiscard]] const domain::LocalText& benefit_detail(const domain::BenefitId& id) const;
  /// Of a question, in the order in which they are shown; empty for any other benefit.
  [[nodiscard]] const std::vector<ShortAnswer>& answers_to(const domain::BenefitId& id) const;
  /// Whether the benefit suggests this article.
  [[nodiscard]] bool suggests(const domain::BenefitId& id, std::string_view article) const;
  /// The articles that are time of the paid subscription.
  [[nodiscard]] const std::vector<SubscriptionArticle>& subscriptions() const;
  /// What is paid for it becomes stored value.
  [[nodiscard]] bool is_gift_card(const domain::Article& article) const;
  [[nodiscard]] bool is_coupon_code(std::string_view code) const;
  /// The club's own name of this version, for people: "2026-11-01".
  [[nodiscard]] const std::string& version() const;

  /// The benefits that have a budget, with all of it.
  [[nodiscard]] std::vector<BudgetLeft> budgets() const;

  [[nodiscard]] const CompiledBenefits& benefits() const { return *benefits_; }

 private:
  Programme() = default;
  std::shared_ptr<const CompiledBenefits> benefits_;
};

/// Parses and judges a document; warnings too. Empty: nothing to say.
[[nodiscard]] std::vector<Finding> lint(core::BytesView document);

}  // namespace pos::programme
