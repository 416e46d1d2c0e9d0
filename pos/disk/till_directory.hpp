#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pos/app/ports.hpp"
#include "pos/disk/cache_reader.hpp"
#include "pos/disk/journal_reader.hpp"
#include "pos/disk/till_keys.hpp"

namespace pos::disk {

/// What step() may look up, from cache.db and journal.db over read-only connections of its own.
/// Main thread only.
class TillDirectory final : public app::Directory {
 public:
  struct Options {
    std::string journal_path;
    std::string cache_path;
    std::string vfs;
    core::SymmetricKey cache_key;
    Pairing pairing;
    bool demo = false;
    bool slip_says_not_a_tax = true;
    std::optional<core::SigningKey> signing = {};  ///< of slips; without it they carry no receipt
  };
  /// Both files must exist (Journal::open, Cache::open).
  [[nodiscard]] static Disk<std::unique_ptr<TillDirectory>> open(const Options& options);

  /// Reads settings, staff and programme again: after a page that changed the club's stream.
  /// Between two events only. A programme that does not parse leaves the one before in force;
  /// programme_trouble() says why.
  void refresh();
  [[nodiscard]] const std::string& programme_trouble() const { return programme_trouble_; }

  [[nodiscard]] const app::TillProfile& profile() const override { return profile_; }
  [[nodiscard]] const programme::Programme* programme() const override;
  [[nodiscard]] std::optional<programme::Programme> programme_of(
      const programme::ProgrammeHash& hash) const override;
  [[nodiscard]] std::vector<domain::Employee> staff() const override { return staff_; }
  [[nodiscard]] std::optional<domain::Article> article(
      const domain::ArticleCode& code) const override;
  [[nodiscard]] core::KeyedHash card_hash(const domain::CardNumber& card) const override;
  [[nodiscard]] core::KeyedHash phone_hash(const domain::PhoneNumber& phone) const override;
  [[nodiscard]] std::optional<domain::MemberFacts> member_by_card(
      const core::KeyedHash& card) const override;
  [[nodiscard]] bool is_blocked_card(const core::KeyedHash& card) const override;
  [[nodiscard]] std::optional<domain::CardValue> card_value(
      const core::KeyedHash& card) const override;
  [[nodiscard]] std::optional<domain::MemberFacts> member_by_phone(
      const core::KeyedHash& phone) const override;
  [[nodiscard]] std::optional<domain::MemberFacts> member(
      const domain::MemberId& id) const override;
  /// By her own card, blocked or not, in the club's list of staff.
  [[nodiscard]] std::optional<domain::StaffCode> employee_of(
      const domain::MemberId& id) const override;
  [[nodiscard]] programme::Reach reach(
      const std::optional<domain::AccountId>& account) const override;
  [[nodiscard]] std::optional<domain::RightId> right() const override;
  [[nodiscard]] domain::ReceiptCode slip_code(const domain::Receipt& receipt) const override;
  [[nodiscard]] core::Expected<app::SoldSale, app::SlipFault> sold_elsewhere(
      const domain::SignedReceipt& slip) const override;
  [[nodiscard]] programme::ReturnedSoFar returned(const domain::FactId& sale,
                                                  std::size_t lines) const override;
  [[nodiscard]] std::optional<app::SoldSale> sale(const domain::FactId& uid) const override;

 private:
  [[nodiscard]] std::vector<programme::BudgetLeft> budgets() const;
  /// The hub's row with what happened here since laid over it.
  [[nodiscard]] std::optional<domain::MemberFacts> as_known_here(
      Disk<std::optional<CachedMember>> found) const;
  TillDirectory(Options options, CacheReader cache, JournalReader journal);

  Options options_;
  mutable CacheReader cache_;
  mutable JournalReader journal_;
  app::TillProfile profile_;
  std::vector<domain::Employee> staff_;
  std::vector<std::pair<domain::StaffCode, core::KeyedHash>> staff_cards_;
  std::optional<programme::Programme> programme_;
  std::string programme_document_;
  std::string programme_trouble_;
};

}  // namespace pos::disk
