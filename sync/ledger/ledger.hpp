#pragma once

#include <algorithm>
#include <string_view>
#include <variant>

#include "pos/programme/facts.hpp"
#include "sync/ledger/ledger_store.hpp"

namespace club::ledger {

/// Where a fact comes from and when the hub made it durable.
struct Origin {
  FactId uid;
  std::uint32_t till = 0;  ///< 0: the hub's own journal
  pos::core::Instant arrived;
  /// Of the facts before it in its journal (law 10): its clock was set back when it says less.
  pos::core::Instant not_before = pos::core::Instant::from_unix_ms(INT64_MIN);
  /// Of a return: the sale that it names, where it has arrived, and the day on which that counted.
  /// Lives as long as the application.
  const pos::programme::SaleFact* sale = nullptr;
  pos::domain::Day sold_on{};

  [[nodiscard]] pos::core::Moment counted(const pos::core::Moment& sealed) const {
    return {std::min(std::max(sealed.at, not_before), arrived), sealed.utc_offset};
  }
};

/// A member that the hub takes over from a spreadsheet. A later one for the same member is an edit;
/// opening points are posted once in a member's life.
struct ImportFact {
  pos::domain::MemberFacts member;
  std::optional<KeyedHash> phone;
  std::optional<KeyedHash> card;
  std::optional<KeyedHash> name;
  pos::domain::Points opening;
  std::optional<pos::domain::Day> opening_last;  ///< of these points; none: they never expire
  bool marketing_consent = false;
  bool class_told = false;  ///< else the class is that of a member who is new, and of no other
  friend bool operator==(const ImportFact&, const ImportFact&) = default;
};
inline constexpr std::string_view kImportKind = "import";

[[nodiscard]] pos::core::Bytes encode_import(const ImportFact& fact);
[[nodiscard]] pos::domain::Shaped<ImportFact> decode_import(pos::core::BytesView body);

/// The hub's word that a card was lost or withdrawn, or found again. It need not be anybody's.
struct BlockFact {
  KeyedHash card;
  bool blocked = true;
  friend bool operator==(const BlockFact&, const BlockFact&) = default;
};
inline constexpr std::string_view kBlockKind = "block";

[[nodiscard]] pos::core::Bytes encode_block(const BlockFact& fact);
[[nodiscard]] pos::domain::Shaped<BlockFact> decode_block(pos::core::BytesView body);

/// The hub's word that a day has begun: what was good before it only expires, in this bucket. It
/// is a fact like any other, so that no clock decides when the books are made again (law 10).
struct ExpireFact {
  StreamNumber bucket = 0;
  pos::domain::Day day{};
  friend bool operator==(const ExpireFact&, const ExpireFact&) = default;
};
inline constexpr std::string_view kExpireKind = "expire";
/// So many accounts a fact; the rest wait for the next one.
inline constexpr std::size_t kExpiringAccountsMax = 500;

[[nodiscard]] pos::core::Bytes encode_expire(const ExpireFact& fact);
[[nodiscard]] pos::domain::Shaped<ExpireFact> decode_expire(pos::core::BytesView body);

/// The hub's word that the people of two accounts are one household, or with a `duplicate` that
/// this member is a person whom `into` has already: `account` is closed into `into`, whose balance
/// they share.
struct HouseholdFact {
  AccountId account;
  AccountId into;
  std::optional<MemberId> duplicate;
  friend bool operator==(const HouseholdFact&, const HouseholdFact&) = default;
};
inline constexpr std::string_view kHouseholdKind = "household";

[[nodiscard]] pos::core::Bytes encode_household(const HouseholdFact& fact);
[[nodiscard]] pos::domain::Shaped<HouseholdFact> decode_household(pos::core::BytesView body);

/// The hub's word that an account was closed by mistake: its members have it again, with what they
/// brought and did meanwhile.
struct SeparateFact {
  AccountId account;
  friend bool operator==(const SeparateFact&, const SeparateFact&) = default;
};
inline constexpr std::string_view kSeparateKind = "separate";

[[nodiscard]] pos::core::Bytes encode_separate(const SeparateFact& fact);
[[nodiscard]] pos::domain::Shaped<SeparateFact> decode_separate(pos::core::BytesView body);

/// The hub's word that a member and whoever holds this phone are two people.
struct KeepApartFact {
  MemberId member;
  KeyedHash phone;
  friend bool operator==(const KeepApartFact&, const KeepApartFact&) = default;
};
inline constexpr std::string_view kKeepApartKind = "keep_apart";

[[nodiscard]] pos::core::Bytes encode_keep_apart(const KeepApartFact& fact);
[[nodiscard]] pos::domain::Shaped<KeepApartFact> decode_keep_apart(pos::core::BytesView body);

/// The hub's word that a sale will not come any more, its till being gone for good: what came back
/// of it waits no longer. `bucket` is where it waits.
struct LostSaleFact {
  StreamNumber bucket = 0;
  FactId sale;
  friend bool operator==(const LostSaleFact&, const LostSaleFact&) = default;
};
inline constexpr std::string_view kLostSaleKind = "lost_sale";

[[nodiscard]] pos::core::Bytes encode_lost_sale(const LostSaleFact& fact);
[[nodiscard]] pos::domain::Shaped<LostSaleFact> decode_lost_sale(pos::core::BytesView body);

/// The hub's word that somebody at headquarters gave a member points or stored value, or took them:
/// `amount` is negative then. Why, and by whom, lies in the box beside the fact, which the body
/// names by its hash.
struct AdjustFact {
  MemberId member;
  AccountId account;
  Unit unit = Unit::points;
  std::int64_t amount = 0;               ///< never zero
  pos::domain::Day day{};                ///< of the hub's calendar: decides what can be spent
  std::optional<pos::domain::Day> last;  ///< of what is given; none: it never expires
  pos::core::Digest words;
  friend bool operator==(const AdjustFact&, const AdjustFact&) = default;
};
inline constexpr std::string_view kAdjustKind = "adjust";

[[nodiscard]] pos::core::Bytes encode_adjust(const AdjustFact& fact);
[[nodiscard]] pos::domain::Shaped<AdjustFact> decode_adjust(pos::core::BytesView body);

using AppliedFact = std::variant<pos::programme::Fact, ImportFact, BlockFact, HouseholdFact,
                                 SeparateFact, KeepApartFact, ExpireFact, LostSaleFact, AdjustFact>;

/// Where a fact is applied: in the bucket of the account that it moves or closes, or of the card
/// that it blocks; any other fact in a bucket that its uid gives.
[[nodiscard]] StreamNumber bucket_for(const FactId& uid, const AppliedFact& fact);

/// Applies one fact in bucket_for(it). The caller has made sure that this uid was not applied
/// before and surrounds it with a transaction. `name` is the keyed hash of a joining's first name,
/// from its box. Throws Unappliable.
[[nodiscard]] wire::OutcomeRow::Result apply_fact(LedgerStore& store, const Origin& origin,
                                                  const AppliedFact& fact,
                                                  const std::optional<KeyedHash>& name);

/// Applies one message in message.to_bucket, once by (uid, leg). Throws Unappliable.
void apply_message(LedgerStore& store, const Message& message);

}  // namespace club::ledger
