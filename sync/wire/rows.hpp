#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pos/core/crypto/crypto.hpp"
#include "pos/core/json/json.hpp"
#include "pos/domain/article.hpp"
#include "pos/domain/bucket.hpp"
#include "pos/domain/card_value.hpp"
#include "pos/domain/code_ranges.hpp"

namespace club::wire {

/// 0..255: the buckets of the accounts; 256: what the whole club shares.
using StreamNumber = std::uint32_t;
inline constexpr StreamNumber kClubStream = 256;
inline constexpr StreamNumber kStreamCount = 257;

using pos::domain::bucket_of;
/// The bucket in which a card or a phone is claimed: its first byte.
[[nodiscard]] StreamNumber bucket_of(const pos::core::KeyedHash& identity);

/// The bucket in which a coupon that is good once is used.
[[nodiscard]] StreamNumber bucket_of(const pos::domain::CouponCode& coupon);

/// The kinds under which the keyed hashes of a phone (E.164) and a card (digits) are made.
inline constexpr std::string_view kPhoneHash = "phone";
inline constexpr std::string_view kCardHash = "card";

struct MemberRow {
  pos::domain::MemberFacts member;  ///< member.version is the row's seq
  friend bool operator==(const MemberRow&, const MemberRow&) = default;
};

struct CardRow {
  pos::core::KeyedHash card;
  pos::domain::MemberId member;
  bool blocked = false;  ///< lost or withdrawn: names nobody any more, says so
  friend bool operator==(const CardRow&, const CardRow&) = default;
};

struct PhoneRow {
  pos::core::KeyedHash phone;
  pos::domain::MemberId member;
  friend bool operator==(const PhoneRow&, const PhoneRow&) = default;
};

/// What is stored on a card that nobody holds, by its account. Nothing any more once somebody has
/// joined with the card.
struct CardValueRow {
  pos::domain::AccountId account;
  pos::domain::CardValue card;  ///< card.version is the row's seq at the till, and not in the line
  friend bool operator==(const CardValueRow&, const CardValueRow&) = default;
};

/// Travels only to the till that sealed the fact. It drops one effect of the till's overlay.
struct OutcomeRow {
  enum class Result {
    applied,
    flagged,  ///< applied, and something about it was posted to the loss account or is for people
    parked,   ///< stored, not applied: damaged, or of a kind that this hub does not know
  };
  pos::domain::FactId fact;
  Result result = Result::applied;
  friend bool operator==(const OutcomeRow&, const OutcomeRow&) = default;
};

struct ArticleRow {
  pos::domain::Article article;
  friend bool operator==(const ArticleRow&, const ArticleRow&) = default;
};

struct StaffRow {
  pos::domain::Employee employee;
  std::optional<pos::core::KeyedHash> card;  ///< her own, if she is a member too
  friend bool operator==(const StaffRow&, const StaffRow&) = default;
};

struct StoreRow {
  pos::domain::Store store;
  friend bool operator==(const StoreRow&, const StoreRow&) = default;
};

/// The programme that is in force: the document itself.
struct ProgrammeRow {
  std::string document;
  friend bool operator==(const ProgrammeRow&, const ProgrammeRow&) = default;
};

/// What the club decides about its tills besides the programme.
struct ClubSettings {
  pos::domain::LocalText name;
  std::string country = "IL";  ///< of phone numbers without a country code: IL or IR
  std::string currency = "ILS";
  int decimals = 2;
  std::vector<pos::domain::Language> languages = {pos::domain::Language::en};
  pos::domain::Language slip_language = pos::domain::Language::en;
  std::string terms_version = "1";
  int first_weekday = 0;  ///< 0: Sunday ... 6: Saturday
  pos::domain::CodeRanges ranges;
  friend bool operator==(const ClubSettings&, const ClubSettings&) = default;
};

struct SettingsRow {
  ClubSettings settings;
  friend bool operator==(const SettingsRow&, const SettingsRow&) = default;
};

struct TillKeyRow {
  pos::domain::TillNumber till;
  pos::domain::StoreCode store;
  pos::core::VerifyKey key;
  bool revoked = false;
  friend bool operator==(const TillKeyRow&, const TillKeyRow&) = default;
};

/// What was given of a benefit that has a budget, by all tills together, as far as it is applied.
struct BudgetRow {
  pos::domain::BenefitId benefit;
  pos::domain::Money given;
  friend bool operator==(const BudgetRow&, const BudgetRow&) = default;
};

using RowBody = std::variant<MemberRow, CardRow, PhoneRow, CardValueRow, OutcomeRow, ArticleRow,
                             StaffRow, StoreRow, ProgrammeRow, SettingsRow, TillKeyRow, BudgetRow>;

/// One line of a page. A later row with the same key() replaces the earlier one.
struct Row {
  std::uint64_t seq = 0;
  RowBody body;
  friend bool operator==(const Row&, const Row&) = default;
};

/// Kind and identity, "card:5f..": what a later row replaces.
[[nodiscard]] std::string key_of(const RowBody& body);

/// The line without its LF: the bytes that the digest covers.
[[nodiscard]] std::string row_line(const Row& row);
[[nodiscard]] pos::domain::Shaped<Row> row_from_line(std::string_view line);

/// BLAKE2b-256 of the line. A stream's digest is the XOR over its present rows, outcomes left out.
[[nodiscard]] pos::core::Digest row_digest(std::string_view line);
[[nodiscard]] pos::core::Digest exclusive_or(const pos::core::Digest& a,
                                             const pos::core::Digest& b);

[[nodiscard]] pos::core::Json to_json(const ClubSettings& settings);
[[nodiscard]] pos::domain::Shaped<ClubSettings> settings_from_json(const pos::core::Json& json);

}  // namespace club::wire
