#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/core/time.hpp"
#include "pos/domain/member_facts.hpp"
#include "sync/ledger/lot_book.hpp"
#include "sync/wire/rows.hpp"

namespace club::ledger {

using pos::core::KeyedHash;
using pos::domain::AccountId;
using pos::domain::FactId;
using pos::domain::MemberId;
using wire::StreamNumber;

/// No account's balance leaves this range, in either unit, so that no sum overflows.
inline constexpr std::int64_t kBalanceMax = 1'000'000'000'000'000'000;

/// What a posting counts: whole points, or money in minor units.
enum class Unit { points = 0, value = 1 };

/// A holder is a member's account or the account of an unknown card. The others belong to the club;
/// every bucket has its own, so that a bucket sums to zero alone (law 4).
enum class AccountKind {
  holder = 0,
  issued = 1,    ///< earned by buying, taken back by returns
  redeemed = 2,  ///< spent, given back by returns
  opening = 3,   ///< brought along from an earlier system
  loss = 4,      ///< what ought not to have been
  transit = 5,   ///< on the way to another bucket
  drawer = 6,    ///< money handed out that no sale covers
  expired = 7,   ///< not spent in time
  adjusted = 8,  ///< given or taken by headquarters, with a reason and a name
};

struct AccountRef {
  AccountKind kind = AccountKind::holder;
  AccountId id;  ///< zero unless a holder
  friend auto operator<=>(const AccountRef&, const AccountRef&) = default;
};

/// One leg of a fact. The key is (bucket, uid, leg); the same key is never posted twice.
struct Posting {
  StreamNumber bucket = 0;
  FactId uid;
  std::string leg;
  Unit unit = Unit::points;
  AccountRef account;
  std::int64_t amount = 0;
  std::optional<MemberId> origin;  ///< whose doing it was: what an undone merge goes by
};

struct AccountState {
  std::int64_t points = 0;
  std::int64_t value = 0;
  std::optional<AccountId> closed_into;
};

/// A member where it lives: the bucket of the account with which it was born.
struct MemberRecord {
  pos::domain::MemberFacts facts;
  std::optional<KeyedHash> phone;
  std::optional<KeyedHash> card;
};

/// Who may take points from an account, and where that member's row lives.
struct AccountMember {
  MemberId member;
  StreamNumber home = 0;
  bool duplicate = false;  ///< the same person as another one here: joined twice, then merged
};

/// What an account that is closed into another one brought there, once for each transfer.
struct Moved {
  AccountId from;
  FactId uid;
  std::string leg;
  std::int64_t points = 0;
  std::int64_t value = 0;
  std::vector<FactId> origins;  ///< of the lots that came along
};

/// A member who had shared an account and has one of her own again: what she still does under the
/// shared one is passed on to it.
struct Parted {
  MemberId member;
  StreamNumber home = 0;
  AccountId to;
};

struct OwnPosting {
  FactId uid;
  Unit unit = Unit::points;
  std::int64_t amount = 0;
};

enum class IdentityKind { card = 0, phone = 1 };

struct Claim {
  MemberId member;
  AccountId account;
  StreamNumber home = 0;          ///< bucket of the member's row
  std::optional<KeyedHash> name;  ///< keyed hash of the first name's search key
};

/// Work for another bucket, applied there once by (uid, leg).
struct Message {
  StreamNumber bucket = 0;
  StreamNumber to_bucket = 0;
  FactId uid;
  std::string leg;
  std::string payload;  ///< canonical JSON
};

/// One line of a sale: what was sold, and what of it came back.
struct SoldLine {
  std::int64_t sold = 0;
  std::int64_t returned = 0;
};

/// A coupon that is good once: which sale has it, and whether that one has arrived.
struct CouponUse {
  FactId sale;
  std::uint32_t till = 0;
  bool used = false;  ///< false: kept for a sale that the hub said yes to
};

/// Something that people should look at. Never a reason to refuse.
struct Flag {
  StreamNumber bucket = 0;
  FactId uid;
  std::string word;
  std::string detail;  ///< ids only, nothing of a person
};

/// What the ledger stands on. All calls of one application name the same bucket (except send's
/// target), and happen inside one transaction of the caller. May throw what the adapter throws.
class LedgerStore {
 public:
  virtual ~LedgerStore() = default;

  virtual void add_posting(const Posting& posting) = 0;
  [[nodiscard]] virtual AccountState account(StreamNumber bucket, const AccountRef& account) = 0;
  virtual void put_account(StreamNumber bucket, const AccountRef& account,
                           const AccountState& state) = 0;

  [[nodiscard]] virtual std::vector<AccountMember> members_of(StreamNumber bucket,
                                                              const AccountId& account) = 0;
  virtual void add_account_member(StreamNumber bucket, const AccountId& account,
                                  const AccountMember& member) = 0;

  virtual void remove_account_member(StreamNumber bucket, const AccountId& account,
                                     const MemberId& member) = 0;

  /// What an undone merge goes by.
  virtual void put_moved(StreamNumber bucket, const AccountId& account, const Moved& moved) = 0;
  [[nodiscard]] virtual std::vector<Moved> moved(StreamNumber bucket, const AccountId& account,
                                                 const AccountId& from) = 0;
  /// All postings of that account which were this member's doing.
  [[nodiscard]] virtual std::vector<OwnPosting> postings_of(StreamNumber bucket,
                                                            const AccountId& account,
                                                            const MemberId& member) = 0;
  virtual void put_parted(StreamNumber bucket, const AccountId& account, const Parted& parted) = 0;
  [[nodiscard]] virtual std::optional<Parted> parted(StreamNumber bucket, const AccountId& account,
                                                     const MemberId& member) = 0;
  virtual void forget_parted(StreamNumber bucket, const AccountId& account,
                             const MemberId& member) = 0;
  /// Somebody looked: this member is not the person who holds that phone.
  virtual void put_apart(StreamNumber bucket, const KeyedHash& phone, const MemberId& member) = 0;
  [[nodiscard]] virtual bool is_apart(StreamNumber bucket, const KeyedHash& phone,
                                      const MemberId& member) = 0;

  [[nodiscard]] virtual std::optional<MemberRecord> member(StreamNumber bucket,
                                                           const MemberId& id) = 0;
  /// Also writes the row that tills receive.
  virtual void put_member(StreamNumber bucket, const MemberRecord& record) = 0;

  [[nodiscard]] virtual std::optional<Claim> claim(StreamNumber bucket, IdentityKind kind,
                                                   const KeyedHash& hash) = 0;
  /// Also writes the row that tills receive.
  virtual void put_claim(StreamNumber bucket, IdentityKind kind, const KeyedHash& hash,
                         const Claim& claim) = 0;
  /// What is on a card that nobody holds, for the tills: writes the row that they receive, where
  /// there is something or was.
  virtual void put_card_value(StreamNumber bucket, const AccountId& account,
                              const pos::domain::CardValue& card) = 0;
  /// A block lasts whoever claims the card, before or after. Also writes the row that tills
  /// receive.
  virtual void block_card(StreamNumber bucket, const KeyedHash& card, bool blocked) = 0;

  /// What was given of a benefit's budget, where its total is kept.
  [[nodiscard]] virtual std::int64_t given(StreamNumber bucket,
                                           const pos::domain::BenefitId& benefit) = 0;
  /// Also writes the row that tills receive.
  virtual void put_given(StreamNumber bucket, const pos::domain::BenefitId& benefit,
                         std::int64_t given) = 0;

  /// A referral whose referrer nobody is yet: it waits for the first claim of that phone or card.
  virtual void put_waiting(StreamNumber bucket, IdentityKind kind, const KeyedHash& hash,
                           const std::string& referral) = 0;
  /// All that wait for it, in a fixed order; they wait no longer.
  [[nodiscard]] virtual std::vector<std::string> take_waiting(StreamNumber bucket,
                                                              IdentityKind kind,
                                                              const KeyedHash& hash) = 0;

  [[nodiscard]] virtual std::optional<std::vector<SoldLine>> sold(StreamNumber bucket,
                                                                  const FactId& sale) = 0;
  virtual void put_sold(StreamNumber bucket, const FactId& sale,
                        const std::vector<SoldLine>& lines) = 0;

  [[nodiscard]] virtual std::optional<CouponUse> coupon(StreamNumber bucket,
                                                        const pos::domain::CouponCode& code) = 0;
  /// Nothing: it can be used again.
  virtual void put_coupon(StreamNumber bucket, const pos::domain::CouponCode& code,
                          const std::optional<CouponUse>& use) = 0;

  /// Those that hold something or have lapsed.
  [[nodiscard]] virtual std::vector<LotRecord> lots(StreamNumber bucket, const AccountId& account,
                                                    Unit unit) = 0;
  virtual void put_lot(StreamNumber bucket, const AccountId& account, Unit unit,
                       const LotRecord& lot) = 0;
  /// Holders that have a lot whose last day lies before `day`, at most `count_max`, in the order of
  /// their ids.
  [[nodiscard]] virtual std::vector<AccountId> expiring(StreamNumber bucket, pos::domain::Day day,
                                                        std::size_t count_max) = 0;
  /// Forgets lapsed lots that no fact of a till can ask for any more.
  virtual void forget_lapsed(StreamNumber bucket, pos::domain::Day before) = 0;
  [[nodiscard]] virtual std::vector<TakenPart> taken(StreamNumber bucket, const FactId& sale,
                                                     Unit unit) = 0;
  virtual void put_taken(StreamNumber bucket, const FactId& sale, Unit unit,
                         const std::vector<TakenPart>& parts) = 0;

  /// True the first time that this (bucket, uid, leg) is asked.
  [[nodiscard]] virtual bool first_receipt(StreamNumber bucket, const FactId& uid,
                                           const std::string& leg) = 0;
  virtual void send(const Message& message) = 0;
  virtual void raise_flag(const Flag& flag) = 0;
};

/// A fact that cannot be applied as it is; the caller undoes what it wrote, keeps the record raw
/// and goes on (law 11).
struct Unappliable {
  std::string reason;
};

}  // namespace club::ledger
