#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pos/core/crypto/crypto.hpp"
#include "pos/core/time.hpp"
#include "pos/domain/codes.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "pos/domain/signed_receipt.hpp"
#include "pos/programme/member_change.hpp"
#include "pos/programme/quote.hpp"

namespace pos::programme {

using core::KeyedHash;

/// Who sealed a fact, where and when. The same in every body.
struct Scene {
  core::Moment moment;
  domain::StoreCode store;
  domain::RegionCode region;
  domain::TillNumber till;
  domain::StaffCode employee;
  domain::Language language = domain::Language::en;  ///< of the slip
  friend bool operator==(const Scene&, const Scene&) = default;
};

enum class IdentifiedBy { none, card_scan, card_typed, phone, picture, joined_here };

struct Tender {
  using Kind = domain::TenderKind;
  Kind kind = Kind::cash;
  domain::Money due;       ///< what the tender had to cover: payable after cash rounding
  domain::Money rounding;  ///< due - payable; cash only
  domain::Money received;  ///< cash: handed over; else equal to due
  domain::Money change;
  friend bool operator==(const Tender&, const Tender&) = default;
};

/// What the hub kept for one sale with its yes (the call authorise): nobody else can have it until
/// the sale arrives there, or the till hands it back.
struct Reservation {
  /// What a sale gives of the budget of a benefit.
  struct OfBudget {
    domain::BenefitId benefit;
    domain::Money amount;
    friend bool operator==(const OfBudget&, const OfBudget&) = default;
  };
  domain::Points points;
  domain::Money value;
  std::vector<domain::CouponCode> coupons;  ///< those that are good once in the whole chain
  std::vector<OfBudget> budgets = {};
  friend bool operator==(const Reservation&, const Reservation&) = default;
};

/// Law 2: the whole input of the quote and its result; there is no second call.
struct SaleFact {
  Scene scene;
  QuoteInput input;
  Quote result;
  std::optional<domain::MemberId> member;
  std::optional<domain::AccountId> account;
  std::optional<KeyedHash> unknown_card;  ///< earns under its keyed hash
  IdentifiedBy identified_by = IdentifiedBy::none;
  std::optional<core::Moment> identified_at;
  std::optional<domain::RightId> right;  ///< that result.drawn was drawn from
  std::optional<Reservation> reserved;   ///< the hub's yes to this sale
  Tender tender;
  friend bool operator==(const SaleFact&, const SaleFact&) = default;
};

/// The account that a sale or a return moves: the member's, or that of the card which nobody holds.
template <class WithMember>
[[nodiscard]] std::optional<domain::AccountId> account_of(const WithMember& fact) {
  if (fact.account || !fact.unknown_card) return fact.account;
  return domain::account_of_card(*fact.unknown_card);
}

/// Part of one line of a sale that came back. Amounts are by cumulative rounding (law 7), so that
/// partial returns add up.
struct ReturnedLine {
  std::size_t line = 0;
  std::int64_t quantity = 0;
  domain::Money money;          ///< paid back
  domain::Money points_value;   ///< money value of the points given back
  domain::Points points_back;   ///< spent points given back
  domain::Points earned_taken;  ///< earned points taken back
  domain::Money value_back;     ///< spent stored value given back
  domain::Money value_taken;    ///< earned stored value taken back
  std::string article = {};     ///< what came back, where another till sold it; else empty
  friend bool operator==(const ReturnedLine&, const ReturnedLine&) = default;
};

/// Also the shape of a void, which inverts every line of a sale of the same till and day, before
/// any return.
struct ReturnFact {
  Scene scene;
  domain::FactId sale;
  std::optional<domain::Day> sold_on;  ///< day of the sale; unknown in records of the first version
  bool is_void = false;
  std::optional<domain::MemberId> member;
  std::optional<domain::AccountId> account;
  std::optional<KeyedHash> unknown_card;
  std::vector<ReturnedLine> lines;
  domain::Money money;
  domain::Points points_back;
  domain::Points earned_taken;
  domain::Money value_back;
  domain::Money value_taken;
  MemberChange change;  ///< undone: nothing of the sale is left, so neither is this
  std::vector<domain::CouponCode> freed;      ///< likewise coupons good once in the whole chain
  std::optional<domain::TillNumber> sold_by;  ///< another till's sale, known by its slip alone
  std::optional<domain::RightId> right;       ///< that `drawn` was drawn from
  domain::Money drawn;  ///< what is lost should the goods come back elsewhere, too (law 9)
  Tender tender;        ///< how the money went back; due, received: what was handed out
  friend bool operator==(const ReturnFact&, const ReturnFact&) = default;
};

/// Who brought a new member, by what was said or scanned: this till need not know whose it is. The
/// points are those that the programme promised then; the hub gives them once it knows both.
struct Referral {
  enum class By { phone, card };
  By by = By::phone;
  KeyedHash hash;
  domain::Points referrer;
  domain::Points joined;
  domain::LotTerms terms;  ///< of these points
  friend bool operator==(const Referral&, const Referral&) = default;
};

/// A person joined. Names and numbers are only in the sealed box that `person` names by its hash.
struct JoinFact {
  Scene scene;
  domain::MemberFacts member;
  KeyedHash phone;
  std::optional<KeyedHash> card;
  core::Digest person;        ///< hash of the sealed box beside this fact
  std::string terms_version;  ///< consent to the terms is a condition of joining
  bool marketing_consent = false;
  std::optional<Referral> referral;
  friend bool operator==(const JoinFact&, const JoinFact&) = default;
};

/// What the box of a JoinFact holds; sealed to the hub's public key.
struct PersonDetails {
  std::string phone;  ///< E.164
  std::string first_name;
  std::string card;                          ///< digits, may be empty
  std::vector<domain::EffectiveDate> dates;  ///< at most domain::kDatesMax
  friend bool operator==(const PersonDetails&, const PersonDetails&) = default;
};

/// A right received from the hub: leave to give so much without asking, counted from the fact that
/// it names as settled. left = amount - the journal's spends behind that fact. It takes the place
/// of the right before it, and thereby hands back what was left of that one.
struct RightFact {
  domain::RightId id;
  domain::Money amount;          ///< of the pool; nothing when the right is recalled
  domain::Money per_member_max;  ///< within it
  core::Instant received_at;
  std::uint64_t number = 0;  ///< rises from right to right of a till; 0: of a till's only right
  /// The hub holds everything of this journal up to here, and has applied it.
  std::uint32_t settled_incarnation = 0;
  std::uint64_t settled_seq = 0;
  core::Digest settled_chain;
  domain::Money handed_back;  ///< what was left of the right before it
  friend bool operator==(const RightFact&, const RightFact&) = default;
};

/// The first fact of an incarnation.
struct BeginFact {
  std::uint32_t previous_incarnation = 0;  ///< 0: none
  std::uint64_t previous_seq = 0;
  core::Digest previous_chain;
  friend bool operator==(const BeginFact&, const BeginFact&) = default;
};

using Fact = std::variant<BeginFact, SaleFact, ReturnFact, JoinFact, RightFact>;

/// The word of the envelope: "begin", "sale", "return", "void", "join", "right".
[[nodiscard]] std::string_view kind_of(const Fact& fact);

/// Canonical JSON: the bytes that the journal keeps, the hash covers and the wire carries. At most
/// 64 KiB.
[[nodiscard]] core::Bytes encode_fact(const Fact& fact);
[[nodiscard]] core::Expected<Fact, domain::ShapeError> decode_fact(std::string_view kind,
                                                                   core::BytesView body);

inline constexpr std::size_t kFactBytesMax = 64 * 1024;

[[nodiscard]] core::Json to_json(const QuoteInput& input);
[[nodiscard]] core::Json to_json(const Joining& joined);
[[nodiscard]] core::Json to_json(const Quote& quote);
[[nodiscard]] domain::Shaped<QuoteInput> quote_input_from_json(const core::Json& json);
[[nodiscard]] domain::Shaped<Quote> quote_from_json(const core::Json& json);

inline constexpr std::int64_t kReferralPointsMax = 1'000'000;
[[nodiscard]] core::Json to_json(const Referral& referral);
[[nodiscard]] domain::Shaped<Referral> referral_from_json(const core::Json& json);

[[nodiscard]] core::Bytes encode_person(const PersonDetails& person);
[[nodiscard]] domain::Shaped<PersonDetails> decode_person(core::BytesView bytes);

/// What giving this sale's goods back needs, and no more.
[[nodiscard]] domain::Receipt receipt_of(const domain::FactId& uid, const SaleFact& sale);

/// What of a sale already went back, per line: the sum over the returns known.
struct ReturnedSoFar {
  std::vector<std::int64_t> quantity;  ///< one entry a line
};

/// What is lost at most when the same goods come back at another till: the money, and what the
/// points and the stored value are worth.
[[nodiscard]] domain::Money worth_of(const ReturnFact& fact);

/// Inverts `quantity` pieces of the named lines of what was recorded. Cumulative rounding: the
/// share after this return minus the share before it, so that any sequence of partial returns sums
/// to the whole. Nothing when more is asked than is left.
struct ReturnWish {
  std::size_t line = 0;
  std::int64_t quantity = 0;
};
[[nodiscard]] std::optional<ReturnFact> invert(const domain::Receipt& receipt,
                                               const ReturnedSoFar& so_far,
                                               const std::vector<ReturnWish>& wishes,
                                               const Scene& scene);
/// The same from the sale itself: when nothing of it is left, what it changed of its member comes
/// back, too.
[[nodiscard]] std::optional<ReturnFact> invert(const domain::FactId& sale_id, const SaleFact& sale,
                                               const ReturnedSoFar& so_far,
                                               const std::vector<ReturnWish>& wishes,
                                               const Scene& scene);

}  // namespace pos::programme
