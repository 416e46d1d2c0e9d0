#pragma once

#include <map>
#include <set>
#include <string>

#include "pos/core/json/json.hpp"
#include "sync/ledger/ledger.hpp"
#include "sync/ledger/member_counters.hpp"

namespace club::ledger {

/// One application in one bucket: hands out legs, writes postings in pairs, and at the end empties
/// closed accounts and brings balances to the members. Lives during the application only.
class PostingDesk {
 public:
  PostingDesk(LedgerStore& store, StreamNumber bucket, const FactId& uid, std::string parent_leg,
              pos::core::Instant at, int hops)
      : store_(store),
        bucket_(bucket),
        uid_(uid),
        parent_(std::move(parent_leg)),
        at_(at),
        day_(pos::core::local_day({at, {}})),
        hops_(hops) {}

  /// The civil day that decides which lots can be spent; before the first spend.
  void set_day(pos::domain::Day day) { day_ = day; }
  [[nodiscard]] pos::domain::Day day() const { return day_; }

  /// Each of these posts in a pair, keeps the lots of the account in step, does nothing when the
  /// amount is zero, and throws Unappliable when a balance would leave its range.
  ///
  /// What comes to the account makes a lot of this origin, or adds to it.
  struct Origin {
    FactId fact;
    pos::domain::LotTerms terms;
  };
  void give(Unit unit, AccountKind from, const AccountId& account, std::int64_t amount,
            const std::optional<MemberId>& member, const Origin& origin);
  /// What the account gives for this fact: for a sale to `redeemed`.
  void spend(Unit unit, const AccountId& account, AccountKind to, std::int64_t amount,
             const std::optional<MemberId>& member);
  /// What a sale had spent goes back to the lots that it came from.
  void give_back(Unit unit, const FactId& sale, const AccountId& account, std::int64_t amount,
                 const std::optional<MemberId>& member);
  /// What a sale had earned goes out of the lot that it made.
  void take_back(Unit unit, const FactId& sale, const AccountId& account, AccountKind to,
                 std::int64_t amount, const std::optional<MemberId>& member);
  /// What expired before this day.
  void expire(Unit unit, const AccountId& account);
  /// Between two accounts of the club.
  void book(Unit unit, AccountKind from, AccountKind to, std::int64_t amount,
            const std::optional<MemberId>& member);

  /// What of each unit is due to this member leaves the account and is on its way to `to`; the
  /// message has this verb. `own` are the facts whose lots go first.
  void hand_over(std::string_view verb, const AccountId& account, const AccountId& to,
                 const MemberId& member, const std::map<Unit, std::int64_t>& shares,
                 const std::set<FactId>& own);

  void send(StreamNumber to_bucket, pos::core::Json payload);
  void flag(std::string word, std::string detail = {});
  [[nodiscard]] bool flagged() const { return flagged_; }

  /// Empties the touched accounts that are closed into their heirs, and writes new balances.
  /// `known` is a record of this bucket that the caller has changed and not yet written.
  void finish(std::optional<MemberRecord> known = std::nullopt);

  [[nodiscard]] LedgerStore& store() { return store_; }
  [[nodiscard]] StreamNumber bucket() const { return bucket_; }
  [[nodiscard]] pos::core::Instant at() const { return at_; }
  [[nodiscard]] const FactId& uid() const { return uid_; }
  /// Of the message that is being applied; empty for a fact.
  [[nodiscard]] const std::string& parent_leg() const { return parent_; }
  [[nodiscard]] LotBook& lots(const AccountId& account, Unit unit);
  void touch(const AccountId& account) { touched_.insert(account); }

 private:
  [[nodiscard]] std::string next_leg();
  void post(Unit unit, const AccountRef& account, std::int64_t amount,
            const std::optional<MemberId>& origin);
  void move(Unit unit, const AccountRef& from, const AccountRef& to, std::int64_t amount,
            const std::optional<MemberId>& origin);
  void keep_lots();
  void empty_if_closed(const AccountId& account);
  void pass_on_strays();
  void tell_card(const AccountId& account, const AccountState& state);

  LedgerStore& store_;
  StreamNumber bucket_;
  FactId uid_;
  std::string parent_;  ///< leg of the message that caused this; empty for a fact
  pos::core::Instant at_;
  pos::domain::Day day_;
  int hops_;
  int legs_ = 0;
  bool flagged_ = false;
  std::set<AccountId> touched_;
  struct OpenBook {
    std::vector<LotRecord> before;
    LotBook book;
  };
  std::map<std::pair<AccountId, Unit>, OpenBook> books_;
  /// What this application did to an account on behalf of a member, who may have left it.
  std::map<std::pair<AccountId, MemberId>, std::map<Unit, std::int64_t>> doings_;
};

/// Closes an account of the desk's bucket into another one: its members have that one from now on.
/// `duplicate` is the member who is a person of that account already.
void close_into(PostingDesk& desk, const AccountId& account, const AccountId& into,
                const std::optional<MemberId>& duplicate);

/// Counts a visit of the member. An own coupon that had been used before stands as given (law 1):
/// what it took off is a loss, and people hear of it; so they do of one that was issued by a sale
/// which came back after the coupon was used.
void book_visit(PostingDesk& desk, pos::domain::MemberFacts& facts, const Visit& visit);

}  // namespace club::ledger
