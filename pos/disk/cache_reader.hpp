#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/disk/disk_error.hpp"
#include "sync/wire/messages.hpp"

namespace pos::disk {

/// A member's row as the cache holds it.
struct CachedMember {
  domain::MemberFacts facts;
  club::wire::StreamNumber stream = 0;
};

struct CachedCard {
  domain::MemberId member;
  bool blocked = false;
};

/// Reads of cache.db over a read-only connection; every member look-up is a prepared point read.
/// One object belongs to one thread. The file must exist (Cache::open makes it).
class CacheReader {
 public:
  /// `key` opens the names; nothing else in the file is encrypted.
  [[nodiscard]] static Disk<CacheReader> open(const std::string& path,
                                              const core::SymmetricKey& key,
                                              const std::string& vfs = {});

  [[nodiscard]] Disk<std::optional<CachedCard>> card(const core::KeyedHash& card);
  /// Nothing for a blocked card, too.
  [[nodiscard]] Disk<std::optional<CachedMember>> member_by_card(const core::KeyedHash& card);
  [[nodiscard]] Disk<std::optional<CachedMember>> member_by_phone(const core::KeyedHash& phone);
  [[nodiscard]] Disk<std::optional<CachedMember>> member(const domain::MemberId& id);

  /// What the hub said is on a card that nobody holds.
  [[nodiscard]] Disk<std::optional<domain::CardValue>> card_value(const domain::AccountId& account);

  [[nodiscard]] Disk<std::optional<domain::Article>> article(const std::string& code);
  [[nodiscard]] Disk<std::vector<domain::Article>> articles();
  /// What all tills together gave of a benefit's budget, as far as the hub has told.
  [[nodiscard]] Disk<domain::Money> budget_given(const domain::BenefitId& benefit);
  [[nodiscard]] Disk<std::vector<domain::Employee>> staff();
  /// The own cards of staff who are members too.
  [[nodiscard]] Disk<std::vector<std::pair<domain::StaffCode, core::KeyedHash>>> staff_cards();
  [[nodiscard]] Disk<std::vector<domain::Store>> stores();
  [[nodiscard]] Disk<std::optional<std::string>> programme();
  [[nodiscard]] Disk<std::optional<club::wire::ClubSettings>> settings();
  [[nodiscard]] Disk<std::vector<club::wire::TillKeyRow>> tills();
  [[nodiscard]] Disk<std::optional<club::wire::TillKeyRow>> till(domain::TillNumber number);

  [[nodiscard]] Disk<std::vector<club::wire::Cursor>> cursors();
  [[nodiscard]] Disk<std::uint64_t> member_count();

 private:
  CacheReader(core::Database database, core::SymmetricKey key, std::string path)
      : database_(std::move(database)), key_(key), path_(std::move(path)) {}
  template <class Work>
  auto reading(Work&& work) -> Disk<decltype(work())>;
  Disk<std::optional<CachedMember>> member_where(const char* sql, core::BytesView key);
  template <class Row>
  std::vector<Row> club_rows(std::string_view kind);

  core::Database database_;
  core::SymmetricKey key_;
  std::string path_;
};

}  // namespace pos::disk
