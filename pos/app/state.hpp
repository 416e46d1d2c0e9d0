#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pos/app/events.hpp"
#include "pos/app/message.hpp"
#include "pos/app/ports.hpp"
#include "pos/domain/language.hpp"
#include "pos/programme/facts.hpp"
#include "pos/programme/quote.hpp"

namespace pos::app {

/// Who the basket is for: a member, or a valid card that no member here has.
struct Attached {
  std::optional<domain::MemberFacts> facts;
  std::optional<core::KeyedHash> unknown_card;
  std::optional<domain::CardValue> card_value;  ///< what is stored on that card
  std::string unknown_digits;  ///< of that card, for the join sheet; only in memory (law 14)
  programme::IdentifiedBy by = programme::IdentifiedBy::none;
  core::Moment at;
  friend bool operator==(const Attached&, const Attached&) = default;
};

/// The account that a sale for it would move; nothing of a card on which nothing is stored.
[[nodiscard]] inline std::optional<domain::AccountId> paying_account(const Attached& attached) {
  if (attached.facts) return attached.facts->account;
  if (!attached.unknown_card || !attached.card_value) return std::nullopt;
  return domain::account_of_card(*attached.unknown_card);
}

/// What is being bought, and all that was decided about it.
struct Basket {
  std::vector<programme::BasketLine> lines;
  std::optional<Attached> attached;
  std::vector<domain::CouponCode> coupons;
  domain::Points points_wish;
  bool use_value = false;  ///< all of the stored value that can be spent
  std::vector<programme::Answer> answers;
  /// What the member said is no other member's word.
  void forget_wishes() {
    answers.clear();
    points_wish = {};
    use_value = false;
  }
  [[nodiscard]] bool empty() const { return lines.empty() && !attached && coupons.empty(); }
  friend bool operator==(const Basket&, const Basket&) = default;
};

enum class Sheet { none, find, join, why, points, pay, give_back, ask, day };

struct FindSheet {
  std::string search;
  std::vector<domain::MemberFacts> results;
  friend bool operator==(const FindSheet&, const FindSheet&) = default;
};

/// What is typed of a day that matters to the family of who joins; empty: nothing.
struct FamilyDay {
  std::string day;
  std::string month;
  std::string relation;
  std::string liking;
  [[nodiscard]] bool empty() const { return (day + month + relation + liking).empty(); }
  friend bool operator==(const FamilyDay&, const FamilyDay&) = default;
};
struct JoinSheet {
  std::string phone;
  std::string first_name;
  std::string birth_day;
  std::string birth_month;
  std::string card;
  std::string referrer;  ///< phone or card of who brought this member; may be empty
  std::array<FamilyDay, kFamilyDays> family;
  bool family_open = false;  ///< its page is shown instead of the rest
  bool terms = false;
  bool marketing = false;
  std::optional<domain::ClassCode> paid_class;  ///< its fee comes into the basket
  std::optional<domain::MemberFacts> existing;  ///< who has this number already
  friend bool operator==(const JoinSheet&, const JoinSheet&) = default;
};

struct PaySheet {
  programme::Tender::Kind kind = programme::Tender::Kind::cash;
  std::string received;  ///< as written; empty: exactly what is due
  friend bool operator==(const PaySheet&, const PaySheet&) = default;
};

struct ReturnSheet {
  std::string receipt;
  std::optional<SoldSale> sale;
  std::optional<domain::SignedReceipt> slip;  ///< of another till's sale
  std::optional<domain::FactId> asked;        ///< the hub was asked for this sale
  std::vector<std::int64_t> chosen;           ///< one a line of the sale
  programme::Tender::Kind kind = programme::Tender::Kind::cash;
};

/// The close of a day: nothing in it while the till adds up and asks.
struct DaySheet {
  std::optional<DayClose> close;
  bool failed = false;
};

/// Another card was shown: keep whom we have, or replace?
struct Question {
  Attached other;
};

/// Between Enter and the commit. Everything about the basket stands still.
struct Pending {
  enum class Kind { sale, give_back, join };
  Kind kind = Kind::sale;
  domain::FactId uid;
  programme::Fact fact;
  std::optional<Attached> joined;      ///< joining: who is attached once it is committed
  std::optional<domain::Article> fee;  ///< joining: what is paid for it in this sale
  bool asking = false;  ///< a sale: the hub's yes is waited for, nothing is sealed yet
};

/// The till as one value. Derived parts (quote, due) are recalculated after every event, never
/// patched.
/// A fact whose slip is not known to have been printed.
struct OwedSlip {
  domain::FactId uid;
  programme::Fact fact;
  bool is_copy = false;
  bool sent = false;  ///< to the printer, whose answer has not come
};

struct State {
  domain::Language language = domain::Language::en;
  std::optional<domain::StaffCode> employee;
  Basket basket;
  std::optional<std::size_t> selected;  ///< line
  std::string entry;

  Sheet sheet = Sheet::none;
  FindSheet find;
  JoinSheet join;
  PaySheet pay;
  /// The question that the cashier left for another time: it is not put again in this sale.
  std::optional<domain::BenefitId> question_left;
  domain::Points points_before;  ///< the wish when the points sheet was opened, for Esc
  bool value_before = false;     ///< the same of stored value
  ReturnSheet give_back;
  DaySheet day;
  std::optional<Question> question;

  std::optional<Pending> pending;
  std::vector<OwedSlip> owed_slips;  ///< the oldest first
  std::deque<Scanned> queued;        ///< scans between Enter and the commit
  std::optional<Basket> removed;  ///< the basket before something was taken away, for Undo
  Message message;
  Message sheet_message;      ///< on the open sheet; goes with it
  std::string offered_phone;  ///< a good number that nobody has: F3 joins with it

  ConnectionChanged connection;
  /// The hub did not answer for this basket: it goes by the till's rights, as without a connection.
  bool by_rights = false;
  /// What the hub said a moment ago of budgets, until this basket is done: more than the rows that
  /// were pulled, because it keeps for others what is not sealed yet.
  std::vector<programme::BudgetLeft> budgets_heard;
  TroubleChanged::Kind trouble = TroubleChanged::Kind::none;
  bool examples_differ = false;
  std::vector<FreshId> fresh_ids;
  bool ids_asked = false;

  std::optional<programme::Quote> quote;  ///< derived; nothing without a programme
};

/// Whether the hub can be asked for this basket (Reach::online).
[[nodiscard]] inline bool can_ask_hub(const State& state) {
  return state.connection.online && !state.by_rights;
}

/// The one trouble that the status line shows. A till that gives wrong benefits comes first: no
/// other one costs money with every sale.
[[nodiscard]] inline TroubleChanged::Kind shown_trouble(const State& state) {
  return state.examples_differ ? TroubleChanged::Kind::examples_differ : state.trouble;
}

}  // namespace pos::app
