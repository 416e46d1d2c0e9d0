#pragma once

#include <map>
#include <vector>

#include "pos/app/ports.hpp"

namespace tests {

/// What a till may look up, held in memory: the sample club's programme and a handful of its
/// articles and members. Tests change its parts by hand.
class FakeDirectory final : public pos::app::Directory {
 public:
  /// Reads the programme from the source tree.
  explicit FakeDirectory(const std::string& programme_path);

  [[nodiscard]] const pos::app::TillProfile& profile() const override { return till_profile; }
  [[nodiscard]] const pos::programme::Programme* programme() const override;
  [[nodiscard]] std::optional<pos::programme::Programme> programme_of(
      const pos::programme::ProgrammeHash& hash) const override;
  [[nodiscard]] std::vector<pos::domain::Employee> staff() const override { return employees; }
  [[nodiscard]] std::optional<pos::domain::Article> article(
      const pos::domain::ArticleCode& code) const override;
  [[nodiscard]] pos::core::KeyedHash card_hash(const pos::domain::CardNumber& card) const override;
  [[nodiscard]] pos::core::KeyedHash phone_hash(
      const pos::domain::PhoneNumber& phone) const override;
  [[nodiscard]] std::optional<pos::domain::MemberFacts> member_by_card(
      const pos::core::KeyedHash& card) const override;
  [[nodiscard]] std::optional<pos::domain::CardValue> card_value(
      const pos::core::KeyedHash& card) const override;
  [[nodiscard]] bool is_blocked_card(const pos::core::KeyedHash& card) const override;
  [[nodiscard]] std::optional<pos::domain::MemberFacts> member_by_phone(
      const pos::core::KeyedHash& phone) const override;
  [[nodiscard]] std::optional<pos::domain::MemberFacts> member(
      const pos::domain::MemberId& id) const override;
  [[nodiscard]] std::optional<pos::domain::StaffCode> employee_of(
      const pos::domain::MemberId& id) const override;
  [[nodiscard]] pos::programme::Reach reach(
      const std::optional<pos::domain::AccountId>& account) const override;
  [[nodiscard]] std::optional<pos::domain::RightId> right() const override { return pool_right; }
  [[nodiscard]] pos::domain::ReceiptCode slip_code(
      const pos::domain::Receipt& receipt) const override;
  [[nodiscard]] std::optional<pos::app::SoldSale> sale(
      const pos::domain::FactId& uid) const override;
  [[nodiscard]] pos::core::Expected<pos::app::SoldSale, pos::app::SlipFault> sold_elsewhere(
      const pos::domain::SignedReceipt& slip) const override;
  [[nodiscard]] pos::programme::ReturnedSoFar returned(const pos::domain::FactId& sale,
                                                       std::size_t lines) const override;

  /// A fact was sealed: sales can be returned, spends lower the reach, joined people are members.
  void remember(const pos::domain::FactId& uid, const pos::programme::Fact& fact);

  pos::domain::MemberFacts& add_member(const std::string& name, const std::string& card,
                                       const std::string& phone);
  void add_article(const std::string& code, const std::string& name, std::int64_t price,
                   bool demand = false, bool earns = true);
  void block_card(const std::string& card);

  pos::app::TillProfile till_profile;
  std::optional<pos::programme::Programme> held_programme;
  std::optional<pos::programme::Programme> earlier_programme;
  bool has_programme = true;
  std::vector<pos::domain::Employee> employees;
  std::map<std::string, pos::domain::Article> articles;
  std::vector<pos::domain::MemberFacts> members;
  std::map<pos::core::KeyedHash, pos::domain::MemberId> cards;
  std::map<pos::core::KeyedHash, pos::domain::MemberId> phones;
  std::map<pos::core::KeyedHash, pos::domain::CardValue> card_values;
  std::vector<pos::core::KeyedHash> blocked;
  std::map<pos::domain::MemberId, pos::domain::StaffCode> member_staff;
  pos::domain::Money pool = pos::domain::Money::of(60'000);
  pos::domain::Money pool_per_member = pos::domain::Money::of(3'000);
  std::map<pos::domain::AccountId, pos::domain::Money> spent;
  std::optional<pos::domain::RightId> pool_right;
  std::map<pos::domain::FactId, pos::app::SoldSale> sold;
  std::map<pos::domain::TillNumber, pos::core::VerifyKey> other_tills;
  std::map<pos::domain::FactId, std::vector<std::int64_t>> came_back;  ///< of others' sales
  pos::domain::Money drawn_by_returns;

  pos::core::SigningPair till_key;  ///< of slips

 private:
  pos::core::SymmetricKey index_key_;
};

}  // namespace tests
