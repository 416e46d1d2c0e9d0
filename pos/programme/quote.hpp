#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pos/core/time.hpp"
#include "pos/domain/article.hpp"
#include "pos/domain/card_value.hpp"
#include "pos/programme/member_standing.hpp"
#include "pos/programme/programme.hpp"

namespace pos::programme {

/// Where the basket comes from (design.md, section 3).
enum class BasketSource { own, linked, amount };

/// One line of a basket: the article as it was when it was rung up. quantity is in pieces, 1 ..
/// kQuantityMax.
struct BasketLine {
  domain::Article article;
  std::int64_t quantity = 1;
  friend bool operator==(const BasketLine&, const BasketLine&) = default;
};

inline constexpr std::int64_t kQuantityMax = 9'999;
// Such that a sealed sale always stays below 64 KiB.
inline constexpr std::size_t kLinesMax = 120;
inline constexpr std::size_t kArticleNameBytesMax = 200;  // of UTF-8, in each language
inline constexpr std::size_t kCouponsMax = 16;
inline constexpr std::size_t kAnswersMax = 32;
inline constexpr std::size_t kBudgetsMax = 64;
inline constexpr std::size_t kInputBytesMax = 36'000;  // of the input as it is sealed

/// Reach of a quote: online or not, and what is left of the rights, in money.
struct Reach {
  /// The hub can be asked to reserve for this sale (authorise), which is more than a connection:
  /// without its yes, what is to be had once in the whole chain is not given (law 9).
  bool online = false;
  domain::Money pool_left;    ///< of this till's pool
  domain::Money member_left;  ///< of this member's cap within the pool
  /// Of benefits with a budget; one that is not named has all of it left.
  std::vector<BudgetLeft> budgets = {};
  /// What the hub reserves for this sale of the account's points (at their worth) and stored value.
  /// It is used before the rights; a benefit that is `up_to` uses the rights alone.
  domain::Money reserved{};
  friend bool operator==(const Reach&, const Reach&) = default;
};

/// A choice or a tick of cashier or member: a task done, an offered benefit taken or declined.
struct Answer {
  enum class Kind { acknowledged, accepted, declined };
  domain::BenefitId benefit;
  Kind kind = Kind::acknowledged;
  std::string choice;  ///< code of the answer to a question, or of the article that was suggested
  friend bool operator==(const Answer&, const Answer&) = default;
};

/// The whole input of a quote besides the programme (laws 2 and 5). Equal inputs give equal bytes
/// out.
struct QuoteInput {
  BasketSource source = BasketSource::own;
  std::vector<BasketLine> lines;
  std::optional<domain::MemberFacts> member;
  bool unknown_card = false;  ///< a valid card that no member here has: earns, and no more
  /// What is stored on that card, which pays as a member's stored value does.
  std::optional<domain::CardValue> card_value;
  core::Moment moment;
  domain::StoreCode store;
  domain::RegionCode region;
  std::vector<domain::CouponCode> coupons;  ///< in the order in which they were presented
  domain::Points points_wish;               ///< how many points the member wants to spend
  domain::Money value_wish;                 ///< how much stored value
  Reach reach;
  std::vector<Answer> answers;
  friend bool operator==(const QuoteInput&, const QuoteInput&) = default;
};

/// A class that a member joins, and in which the sale is judged already.
struct Joining {
  domain::ClassCode from;
  domain::ClassCode to;
  std::string fee;  ///< article that is paid for it; empty: what counts led there before
  friend bool operator==(const Joining&, const Joining&) = default;
};

/// Time of the paid subscription that a sale adds; of a return, what of it comes back.
struct Subscribed {
  struct Article {
    std::string code;
    std::int64_t months = 0;  ///< of one piece
    friend bool operator==(const Article&, const Article&) = default;
  };
  std::int64_t months = 0;            ///< of all pieces together
  std::optional<domain::Day> before;  ///< the last day that the member had
  std::optional<domain::Day> last;    ///< and has; nothing: a part of a sale came back
  std::vector<Article> articles = {};
  friend bool operator==(const Subscribed&, const Subscribed&) = default;
};

enum class BenefitState { applied, offered, nearly, not_now };

/// The closed list of reasons for a benefit that did not apply. `data` in the outcome completes the
/// sentence.
enum class Reason {
  none,         ///< it applied
  no_member,    ///< needs a member
  other_class,  ///< another class of member
  other_tier,
  other_segment,
  not_yet_valid,  ///< data: first day
  expired,        ///< data: last day
  other_day,      ///< weekday or hours
  other_store,
  below_amount,     ///< data: amount missing
  below_quantity,   ///< data: pieces missing, article or category
  no_such_article,  ///< nothing eligible in the basket
  outside_window,   ///< no effective date near
  no_coupon,        ///< the coupon was not presented
  coupon_used,
  needs_connection,
  no_right_left,
  chosen_instead,  ///< data: the benefit that won the group
  declined,
  waits_for_answer,
  already_cheaper,  ///< nothing left to take off
  not_enough_points,
  excluded,       ///< a condition that must not hold does
  limit_reached,  ///< more than one sale's record can hold
  used_up,        ///< the member had it as often as the programme allows
  other_history,  ///< visits, spend or absence of the member do not fit
  no_subscription,
  other_household,  ///< too few or too many people share the account
  budget_used,      ///< what is left of the benefit's budget does not cover it
};

/// What completes the sentence of an outcome. Unused fields stay empty.
struct OutcomeData {
  domain::Money missing;  ///< nearly: the smallest amount that grants it
  std::int64_t missing_quantity = 0;
  std::string article;             ///< nearly: the article to add, empty when any eligible one does
  std::optional<domain::Day> day;  ///< first or last valid day
  domain::BenefitId winner;        ///< chosen_instead
  domain::Money basis;             ///< applied: the amount it was calculated on
  domain::Money goal;              ///< threshold: the amount to reach
  friend bool operator==(const OutcomeData&, const OutcomeData&) = default;
};

/// A benefit's part of one line.
struct LineShare {
  std::size_t line = 0;  ///< index into the basket
  domain::Money amount;
  friend bool operator==(const LineShare&, const LineShare&) = default;
};

/// A benefit that moves no money: something for the cashier to do or to say.
enum class Soft {
  none,
  task,      ///< to be done and ticked, or declined
  prompt,    ///< to be said: there is nothing to tick
  question,  ///< to be asked before paying, with a few answers to choose from
  suggest,   ///< an article to be mentioned: done when it is bought after that
};

struct BenefitOutcome {
  domain::BenefitId benefit;
  BenefitState state = BenefitState::not_now;
  Reason reason = Reason::none;
  domain::Money amount;   ///< taken off, applied only
  domain::Points points;  ///< extra points given, applied only
  domain::Money value;    ///< stored value given, applied only
  domain::Points cost;    ///< points that the member gives for it, applied or offered
  std::optional<domain::PersonalCoupon> issued;  ///< for a later sale, applied only
  std::vector<LineShare> shares;
  Soft soft = Soft::none;
  bool done = false;                         ///< soft: ticked, answered, or bought
  std::optional<domain::CouponCode> coupon;  ///< the code that it used up
  bool own_coupon = false;                   ///< which was the member's own, and is gone
  domain::Money of_budget;  ///< what it took of its budget, applied only; zero: it has none
  /// One more of the times that its limit allows the member: it applied, or it is soft and the
  /// member heard of it.
  bool counted = false;
  OutcomeData data;
  friend bool operator==(const BenefitOutcome&, const BenefitOutcome&) = default;
};

struct QuotedLine {
  domain::Money shelf;         ///< unit price x quantity
  domain::Money discount;      ///< of all benefits
  domain::Money points_value;  ///< paid with points
  domain::Money value_spent;   ///< paid with stored value
  domain::Money payable;       ///< shelf - discount - points_value - value_spent, never negative
  domain::Points points_spent;
  domain::Points earned;
  domain::Money value_earned;
  friend bool operator==(const QuotedLine&, const QuotedLine&) = default;
};

/// A line that must not be sold to whoever buys: its articles are not on sale yet.
struct HeldBack {
  std::size_t line = 0;
  domain::BenefitId benefit;  ///< that would give access to it
  domain::Day on_sale{};      ///< the first day for everyone
  friend bool operator==(const HeldBack&, const HeldBack&) = default;
};

struct VatContent {
  std::int64_t per_mille = 0;
  domain::Money payable;  ///< of the lines with this rate
  domain::Money vat;      ///< contained in it
  friend bool operator==(const VatContent&, const VatContent&) = default;
};

/// What points could do in this sale, shown before the member decides.
struct PointsOffer {
  domain::Points spendable;     ///< most that may be spent now, a multiple of the step
  domain::Money worth;          ///< of `spendable`
  domain::Money balance_worth;  ///< of all that can be spent or will be
  Reason limited_by = Reason::none;
  domain::Money value_spendable;  ///< stored value, beside the points of the wish

  [[nodiscard]] bool nothing() const { return spendable.is_zero() && value_spendable.is_zero(); }
  friend bool operator==(const PointsOffer&, const PointsOffer&) = default;
};

/// The judgement. Sums: payable = shelf - discount - points_value - value_spent, over all lines and
/// in each line.
struct Quote {
  ProgrammeHash programme;
  std::vector<QuotedLine> lines;
  /// Applied (by amount, the largest first), then offered, then nearly (at most kNearlyMax, the
  /// nearest first), then of the others those that somebody will ask about: whose coupon was
  /// presented or is held, or that lost in their group. Every other reason is computed by
  /// explain_all().
  std::vector<BenefitOutcome> outcomes;
  domain::Money shelf;
  domain::Money discount;
  domain::Points points_spent;  ///< as money, and for benefits that cost points
  domain::Money points_value;   ///< of those spent as money
  domain::Money value_spent;
  domain::Money payable;  ///< before cash rounding
  domain::Points earned;
  domain::Money value_earned;
  domain::LotTerms earned_terms;  ///< when the points earned may be spent; none where none are
  domain::LotTerms value_terms;   ///< likewise of the stored value
  /// What of the rights this sale uses: points and value spent, benefits claimed for points (at the
  /// points' worth), as far as the hub did not reserve them, and those that are given out of
  /// rights.
  domain::Money drawn;
  std::optional<Joining> joined;
  std::optional<Subscribed> subscribed;
  /// The tier that the member reaches with this sale: it counts from the next one on.
  std::optional<domain::TierCode> reached;
  PointsOffer points_offer;
  std::vector<VatContent> vat;
  /// In the order of the lines; such a basket cannot be paid. Never in a sealed sale.
  std::vector<HeldBack> held_back;
  /// A gift card is sold, and there is no account that it loads; such a basket cannot be paid.
  bool needs_card = false;
  /// Time of the subscription is sold, and there is no member who has it; likewise.
  bool needs_member = false;
  /// More of it than one sale may add; likewise.
  bool too_many_months = false;
  /// Points that were spent as money; the others paid for what benefits cost.
  [[nodiscard]] domain::Points points_as_money() const {
    domain::Points points = points_spent;
    for (const BenefitOutcome& outcome : outcomes) {
      if (outcome.state == BenefitState::applied) points -= outcome.cost;
    }
    return points;
  }
  friend bool operator==(const Quote&, const Quote&) = default;
};

inline constexpr std::size_t kNearlyMax = 3;

/// Judges a basket from zero. Pure; any thread. The input has passed check_input().
[[nodiscard]] Quote quote(const Programme& programme, const QuoteInput& input);

/// Where the member stands once this sale counts. Nothing without a member.
[[nodiscard]] Standing standing_after(const Programme& programme, const QuoteInput& input,
                                      const Quote& quote);

/// What the gift cards among the lines of that quote bring to the account.
[[nodiscard]] domain::Money loaded_by_cards(const Programme& programme,
                                            const std::vector<BasketLine>& lines,
                                            const Quote& quote);

/// Every benefit of the programme with its state and reason, in the order of the screen "Why?":
/// applied, offered, nearly, then the others in the programme's order. Benefits that the member
/// must not see (control group) are absent.
[[nodiscard]] std::vector<BenefitOutcome> explain_all(const Programme& programme,
                                                      const QuoteInput& input);

/// The first thing wrong with an input from outside (line count, quantities, amounts), or nothing.
[[nodiscard]] std::optional<std::string> check_input(const QuoteInput& input);

}  // namespace pos::programme
