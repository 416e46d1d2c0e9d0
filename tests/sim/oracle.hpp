#pragma once

#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "pos/programme/facts.hpp"

namespace tests::sim {

/// What must be true after healing, from the facts that the cashiers saw sealed: plain sums,
/// without any code of the ledger.
class Oracle {
 public:
  /// Points and stored value.
  struct Amounts {
    std::int64_t points = 0, value = 0;
  };
  /// Who was a member before the first sale.
  struct Founder {
    pos::domain::MemberId member;
    pos::domain::AccountId account;
    pos::programme::KeyedHash phone;
    std::string first_name;
    std::int64_t points = 0;
  };
  void open(const Founder& founder);
  /// A fact whose seal returned, or that was found after a crash during it.
  void sealed(const pos::domain::FactId& uid, const pos::programme::Fact& fact);
  /// The only disk that held it was replaced by an older image before the fact got away.
  void gone(const pos::domain::FactId& uid);

  /// Its record changed on the disk, perhaps before it got away: the till may show what it had
  /// before, as soon as the hub has parked it.
  void rots(const pos::domain::FactId& uid);
  /// It never arrives; the goods left the shop all the same.
  void lost(const pos::domain::FactId& uid);
  /// It arrived so, and does nothing. What came back of it comes off the account all the same.
  void parked(const pos::domain::FactId& uid);

  /// What came back of a sale that is gone: it waits for ever, and moves nothing.
  void let_wait();
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  [[nodiscard]] bool is_owed_a_sale(const pos::domain::AccountId& account) const;
  /// Pieces of each line of a sale that came back, at all tills together.
  [[nodiscard]] const std::map<pos::domain::FactId, std::vector<std::int64_t>>& came_back() const {
    return pieces_;
  }

  /// Two members may be one person, by what tills and the office do from now on.
  void may_share(const pos::domain::AccountId& account) { may_inherit_.insert(account); }
  /// The office gave a member so much, or took it. What it gave may be seen before adjust().
  void may_see(const pos::domain::AccountId& account, std::int64_t points);
  void adjust(const pos::domain::AccountId& account, const Amounts& amounts);

  struct Joined {
    pos::domain::FactId uid;
    std::string first_name;
  };
  /// The office found that they are one person.
  struct Merged {
    pos::domain::MemberId later, earlier;
  };
  struct Separated {
    pos::domain::AccountId account;
  };
  using Turn = std::variant<Joined, Merged, Separated>;
  /// Who is one person, from all that bears on it, in the order in which it arrived. Of a card that
  /// several were given it is the first whose joining arrived: what the card earned is that
  /// member's. Of a phone likewise, and who joins later with the same first name is the same.
  void retrace(const std::vector<Turn>& turns);
  /// The account that a member of this one has in the end. Every member's own effects stay with the
  /// account that was the member's first, so that a merge that is undone leaves nothing behind.
  [[nodiscard]] pos::domain::AccountId root(pos::domain::AccountId account) const;
  [[nodiscard]] std::optional<pos::domain::MemberId> holder_of(
      const pos::programme::KeyedHash& phone) const;
  /// The first account, by its root, that the hub's yes brought below nothing; none: law 9 holds.
  [[nodiscard]] std::string overspent() const;
  /// A coupon that is good once in the chain and took part in more sales that stand; none: empty.
  [[nodiscard]] std::string coupon_twice() const;

  [[nodiscard]] bool knows(const pos::domain::FactId& uid) const { return facts_.contains(uid); }
  [[nodiscard]] const std::map<pos::domain::FactId, pos::programme::Fact>& facts() const {
    return facts_;
  }
  /// By root, after retrace(); an account that is closed holds nothing.
  using Balances = std::map<pos::domain::AccountId, Amounts>;
  [[nodiscard]] Balances balances() const;
  /// No till may see more points than this: all that others gave, and what it did itself.
  [[nodiscard]] std::int64_t visible_most(const pos::domain::AccountId& account,
                                          pos::domain::TillNumber till) const;
  [[nodiscard]] std::int64_t takings() const { return takings_; }
  [[nodiscard]] std::size_t sales() const { return sales_; }
  [[nodiscard]] std::size_t returns() const { return returns_; }
  [[nodiscard]] std::size_t joinings() const { return joinings_; }
  [[nodiscard]] std::int64_t points_spent() const { return points_spent_; }
  /// A hub has applied that sale, in whichever of its lives: what it gave is known from then on.
  void settled(const pos::domain::FactId& uid);
  /// Money that a till and its copies gave without the hub's knowing; to one account, when one is
  /// named.
  [[nodiscard]] std::int64_t outstanding(
      pos::domain::TillNumber till,
      const std::optional<pos::domain::AccountId>& account = {}) const;
  /// Law 7: the first sale of which more or less came back than its record says; empty: none.
  [[nodiscard]] std::string bad_return() const;

 private:
  /// What a sale gave and what came back of it.
  struct Sold {
    std::int64_t pieces = 0, money = 0, spent = 0, earned = 0;
    friend bool operator==(const Sold&, const Sold&) = default;
  };
  /// Adds what a fact did, or with -1 takes it away again.
  void count(const pos::domain::FactId& uid, const pos::programme::SaleFact& sale, int times);
  void count(const pos::domain::FactId& uid, const pos::programme::ReturnFact& back, int times);
  void give(const pos::programme::SaleFact& sale, int times);
  void give(const pos::programme::ReturnFact& back, int times);
  void count(const pos::domain::FactId& uid, const pos::programme::Fact& fact, int times);
  /// What one fact adds to an account and takes from it; of the latter `asked` with the hub's yes.
  struct Move {
    Amounts gained, lost, asked;
  };
  [[nodiscard]] static Move moved_by(const pos::programme::ReturnFact& back);
  template <class FactType>
  void move(const FactType& fact, const Move& move, int times);
  template <class FactType>
  [[nodiscard]] std::optional<pos::domain::AccountId> home_of(const FactType& fact) const;
  void close(const pos::domain::AccountId& account, const pos::domain::AccountId& into);

  std::map<pos::domain::FactId, pos::programme::Fact> facts_;
  std::map<pos::domain::FactId, Sold> sold_;
  /// At each till: one does not know what another took back.
  std::map<std::pair<pos::domain::FactId, std::uint32_t>, Sold> came_back_;
  std::map<pos::domain::FactId, std::vector<std::int64_t>> pieces_;
  std::set<pos::domain::FactId> parked_;
  std::set<pos::domain::FactId> waiting_;
  std::set<pos::domain::AccountId> owed_;
  /// By till and account.
  std::map<std::pair<std::uint32_t, pos::domain::AccountId>, std::int64_t> outstanding_;
  std::set<pos::domain::FactId> settled_;
  /// By the account that was each member's first.
  std::map<pos::domain::AccountId, Amounts> own_;
  std::map<pos::domain::AccountId, Amounts> unasked_;  ///< taken without the hub's yes
  std::map<pos::domain::MemberId, pos::domain::AccountId> homes_;
  std::map<pos::domain::AccountId, pos::domain::AccountId> into_;
  std::set<pos::domain::AccountId> parted_;  ///< may have spent what another brought
  struct Holder {
    pos::domain::MemberId member;
    pos::domain::AccountId account;
    std::string first_name;
  };
  std::map<pos::programme::KeyedHash, Holder> phones_;
  std::map<pos::domain::AccountId, std::int64_t> opened_;
  /// What each till did to an account: everything, and only what added to it.
  struct Effect {
    std::int64_t net = 0, gained = 0;
  };
  std::map<pos::domain::AccountId, std::map<std::uint32_t, Effect>> effects_;
  std::set<pos::domain::AccountId> may_inherit_;  ///< what a card or another member earned before
  std::int64_t takings_ = 0;
  std::int64_t points_spent_ = 0;
  std::size_t sales_ = 0;
  std::size_t returns_ = 0;
  std::size_t joinings_ = 0;
};

}  // namespace tests::sim
