#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pos/core/expected.hpp"
#include "pos/domain/article.hpp"
#include "pos/domain/member_facts.hpp"
#include "pos/domain/scanned_code.hpp"
#include "pos/programme/facts.hpp"
#include "pos/programme/programme.hpp"

namespace pos::app {

/// Which till this is, and how its shop writes and counts. Fixed between two starts.
struct TillProfile {
  domain::TillNumber till;
  domain::StoreCode store;
  domain::RegionCode region;
  domain::LocalText store_name;
  std::vector<std::string> store_lines;  ///< address and phone, for the slip
  domain::PhonePlan phone_plan = domain::PhonePlan::israel;
  domain::CodeRanges ranges;
  bool demo = false;                ///< DEMO is written on the screen
  bool slip_says_not_a_tax = true;  ///< "not a tax document" on the slip
};

/// A sale, with what already came back of it at this till.
struct SoldSale {
  domain::Receipt receipt;
  std::optional<programme::SaleFact> fact;  ///< nothing: another till's, known by its slip alone
  programme::ReturnedSoFar returned;
  bool voided = false;
};

/// Why nothing is given back on the word of a slip.
enum class SlipFault {
  unknown_till,  ///< its key has not come here yet
  revoked_till,  ///< headquarters no longer answers for it
  forged,        ///< that till never signed this
};

/// Everything step() may look up. All calls are reads that take microseconds, made from the main
/// thread inside one drain; between two events the answers may change, within one step they may
/// not. Nothing here fails: what cannot be read is absent.
class Directory {
 public:
  virtual ~Directory() = default;

  [[nodiscard]] virtual const TillProfile& profile() const = 0;
  /// Null when no programme was ever received or read: then nothing is sold.
  [[nodiscard]] virtual const programme::Programme* programme() const = 0;
  /// The version that a sale was judged by; nothing when this till did not keep it.
  [[nodiscard]] virtual std::optional<programme::Programme> programme_of(
      const programme::ProgrammeHash& hash) const = 0;

  /// Cashiers and managers of this store, in a stable order.
  [[nodiscard]] virtual std::vector<domain::Employee> staff() const = 0;
  [[nodiscard]] virtual std::optional<domain::Article> article(
      const domain::ArticleCode& code) const = 0;

  /// The club's keyed hashes (law 14).
  [[nodiscard]] virtual core::KeyedHash card_hash(const domain::CardNumber& card) const = 0;
  [[nodiscard]] virtual core::KeyedHash phone_hash(const domain::PhoneNumber& phone) const = 0;

  /// Members as of the last pull, those who joined here included. The balance has this till's own
  /// unsettled effects laid over it, on the safe side.
  [[nodiscard]] virtual std::optional<domain::MemberFacts> member_by_card(
      const core::KeyedHash& card) const = 0;
  /// A blocked card is known and must say so; its member may well be active under another card.
  [[nodiscard]] virtual bool is_blocked_card(const core::KeyedHash& card) const = 0;
  /// What is stored on a card that no member here has, laid over likewise; nothing when nothing was
  /// ever loaded, as far as this till knows.
  [[nodiscard]] virtual std::optional<domain::CardValue> card_value(
      const core::KeyedHash& card) const = 0;
  [[nodiscard]] virtual std::optional<domain::MemberFacts> member_by_phone(
      const core::KeyedHash& phone) const = 0;
  [[nodiscard]] virtual std::optional<domain::MemberFacts> member(
      const domain::MemberId& id) const = 0;
  /// The employee who is this member, if the club says so: she earns nothing at her own till.
  [[nodiscard]] virtual std::optional<domain::StaffCode> employee_of(
      const domain::MemberId& id) const = 0;

  /// What may be spent now without the hub's yes: received minus the journal's spends, the
  /// account's cap among them. Never online.
  [[nodiscard]] virtual programme::Reach reach(
      const std::optional<domain::AccountId>& account) const = 0;
  /// The right that a spend is drawn from now.
  [[nodiscard]] virtual std::optional<domain::RightId> right() const = 0;

  /// The code on the slip of a sale of this till, signed by its key; the number alone where the
  /// sale does not fit into a code, or this till did not seal it.
  [[nodiscard]] virtual domain::ReceiptCode slip_code(const domain::Receipt& receipt) const = 0;

  /// A sale of this till's own journal; nothing for another till's.
  [[nodiscard]] virtual std::optional<SoldSale> sale(const domain::FactId& uid) const = 0;
  /// Another till's sale as its slip says it, believed by that till's signature alone.
  [[nodiscard]] virtual core::Expected<SoldSale, SlipFault> sold_elsewhere(
      const domain::SignedReceipt& slip) const = 0;
  /// What came back here of a sale, its own or another till's, of so many lines.
  [[nodiscard]] virtual programme::ReturnedSoFar returned(const domain::FactId& sale,
                                                          std::size_t lines) const = 0;
};

}  // namespace pos::app
