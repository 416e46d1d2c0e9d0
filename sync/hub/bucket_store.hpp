#pragma once

#include "pos/core/sqlite/database.hpp"
#include "pos/programme/programme.hpp"
#include "sync/hub/stream_store.hpp"
#include "sync/ledger/ledger_store.hpp"

namespace club::hub {

/// The ledger's storage port on SQLite. Works inside the caller's transaction; throws DbFailure.
class BucketStore final : public ledger::LedgerStore {
 public:
  BucketStore(pos::core::Database& db, StreamStore& streams) : db_(db), streams_(streams) {}

  /// Every row of a member is written with the tier that follows from its counters under this
  /// ladder, as of that day.
  void judge_tiers_by(std::vector<pos::programme::NamedTier> tiers, pos::domain::Day today) {
    tiers_ = std::move(tiers);
    today_ = today;
  }

  /// Every member and its bucket, in a fixed order.
  [[nodiscard]] std::vector<ledger::AccountMember> all_members();

  void add_posting(const ledger::Posting& posting) override;
  [[nodiscard]] ledger::AccountState account(StreamNumber bucket,
                                             const ledger::AccountRef& account) override;
  void put_account(StreamNumber bucket, const ledger::AccountRef& account,
                   const ledger::AccountState& state) override;
  [[nodiscard]] std::vector<ledger::AccountMember> members_of(
      StreamNumber bucket, const ledger::AccountId& account) override;
  void add_account_member(StreamNumber bucket, const ledger::AccountId& account,
                          const ledger::AccountMember& member) override;
  void remove_account_member(StreamNumber bucket, const ledger::AccountId& account,
                             const ledger::MemberId& member) override;
  void put_moved(StreamNumber bucket, const ledger::AccountId& account,
                 const ledger::Moved& moved) override;
  [[nodiscard]] std::vector<ledger::Moved> moved(StreamNumber bucket,
                                                 const ledger::AccountId& account,
                                                 const ledger::AccountId& from) override;
  [[nodiscard]] std::vector<ledger::OwnPosting> postings_of(
      StreamNumber bucket, const ledger::AccountId& account,
      const ledger::MemberId& member) override;
  void put_parted(StreamNumber bucket, const ledger::AccountId& account,
                  const ledger::Parted& parted) override;
  [[nodiscard]] std::optional<ledger::Parted> parted(StreamNumber bucket,
                                                     const ledger::AccountId& account,
                                                     const ledger::MemberId& member) override;
  void forget_parted(StreamNumber bucket, const ledger::AccountId& account,
                     const ledger::MemberId& member) override;
  void put_apart(StreamNumber bucket, const ledger::KeyedHash& phone,
                 const ledger::MemberId& member) override;
  [[nodiscard]] bool is_apart(StreamNumber bucket, const ledger::KeyedHash& phone,
                              const ledger::MemberId& member) override;
  [[nodiscard]] std::optional<ledger::MemberRecord> member(StreamNumber bucket,
                                                           const ledger::MemberId& id) override;
  void put_member(StreamNumber bucket, const ledger::MemberRecord& record) override;
  /// The member as the row of that version had it, as far as only headquarters decides it: class,
  /// segments and subscription. The version is of this life of the file.
  [[nodiscard]] std::optional<pos::domain::MemberFacts> given_facts(StreamNumber bucket,
                                                                    const ledger::MemberId& id,
                                                                    std::uint64_t version);
  [[nodiscard]] std::optional<ledger::Claim> claim(StreamNumber bucket, ledger::IdentityKind kind,
                                                   const ledger::KeyedHash& hash) override;
  void put_claim(StreamNumber bucket, ledger::IdentityKind kind, const ledger::KeyedHash& hash,
                 const ledger::Claim& claim) override;
  void put_card_value(StreamNumber bucket, const ledger::AccountId& account,
                      const pos::domain::CardValue& card) override;
  [[nodiscard]] std::int64_t given(StreamNumber bucket,
                                   const pos::domain::BenefitId& benefit) override;
  void put_given(StreamNumber bucket, const pos::domain::BenefitId& benefit,
                 std::int64_t given) override;
  void block_card(StreamNumber bucket, const ledger::KeyedHash& card, bool blocked) override;
  void put_waiting(StreamNumber bucket, ledger::IdentityKind kind, const ledger::KeyedHash& hash,
                   const std::string& referral) override;
  [[nodiscard]] std::vector<std::string> take_waiting(StreamNumber bucket,
                                                      ledger::IdentityKind kind,
                                                      const ledger::KeyedHash& hash) override;
  [[nodiscard]] std::optional<std::vector<ledger::SoldLine>> sold(
      StreamNumber bucket, const ledger::FactId& sale) override;
  void put_sold(StreamNumber bucket, const ledger::FactId& sale,
                const std::vector<ledger::SoldLine>& lines) override;
  [[nodiscard]] std::optional<ledger::CouponUse> coupon(
      StreamNumber bucket, const pos::domain::CouponCode& code) override;
  void put_coupon(StreamNumber bucket, const pos::domain::CouponCode& code,
                  const std::optional<ledger::CouponUse>& use) override;
  [[nodiscard]] std::vector<ledger::LotRecord> lots(StreamNumber bucket,
                                                    const ledger::AccountId& account,
                                                    ledger::Unit unit) override;
  void put_lot(StreamNumber bucket, const ledger::AccountId& account, ledger::Unit unit,
               const ledger::LotRecord& lot) override;
  [[nodiscard]] std::vector<ledger::AccountId> expiring(StreamNumber bucket, pos::domain::Day day,
                                                        std::size_t count_max) override;
  void forget_lapsed(StreamNumber bucket, pos::domain::Day before) override;
  [[nodiscard]] std::vector<ledger::TakenPart> taken(StreamNumber bucket,
                                                     const ledger::FactId& sale,
                                                     ledger::Unit unit) override;
  void put_taken(StreamNumber bucket, const ledger::FactId& sale, ledger::Unit unit,
                 const std::vector<ledger::TakenPart>& parts) override;
  [[nodiscard]] bool first_receipt(StreamNumber bucket, const ledger::FactId& uid,
                                   const std::string& leg) override;
  void send(const ledger::Message& message) override;
  void raise_flag(const ledger::Flag& flag) override;

 private:
  void keep_past(StreamNumber bucket, const pos::domain::MemberFacts& facts);
  [[nodiscard]] bool is_blocked(StreamNumber bucket, const ledger::KeyedHash& card);

  pos::core::Database& db_;
  StreamStore& streams_;
  std::vector<pos::programme::NamedTier> tiers_;
  pos::domain::Day today_{};
};

}  // namespace club::hub
