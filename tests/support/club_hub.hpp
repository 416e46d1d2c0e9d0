#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pos/programme/facts.hpp"
#include "sync/hub/hub.hpp"

namespace tests::support {

/// A clock that stands until it is told to move.
class HandClock final : public pos::core::Clock {
 public:
  [[nodiscard]] pos::core::Instant now() const override { return now_; }
  [[nodiscard]] pos::core::Tick tick() const override { return tick_; }
  [[nodiscard]] std::chrono::minutes utc_offset(pos::core::Instant) const override {
    return std::chrono::minutes(120);
  }
  void pass(pos::core::Millis span) {
    now_ = now_ + span;
    tick_ = tick_ + std::chrono::duration_cast<pos::core::Micros>(span);
  }

 private:
  pos::core::Instant now_ = pos::core::Instant::from_unix_ms(1'795'000'000'000);  // 18 Nov 2026
  pos::core::Tick tick_ = pos::core::Tick::from_us(1'000'000);
};

/// A folder that goes when the object goes.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// A hub with the sample club's programme, one store, one article range, and nobody in it.
struct HubClub {
  explicit HubClub(std::uint64_t seed = 1);
  /// As after a crash or a restart: the same file, a new object.
  void restart();
  /// Lets the worker run until the inbox is empty; the number of facts applied.
  std::size_t settle();
  [[nodiscard]] std::int64_t count(const std::string& sql);
  /// Names of the broken checks of the audit.
  [[nodiscard]] std::vector<std::string> broken_laws();
  [[nodiscard]] std::int64_t points(const pos::domain::AccountId& account);

  ScratchFolder folder;
  HandClock clock;
  pos::core::SeededChance chance;
  club::hub::HubKeys keys;
  std::unique_ptr<club::hub::Hub> hub;
};

[[nodiscard]] const pos::programme::Programme& club_programme();
[[nodiscard]] std::string club_programme_text();

/// A till without a disk: seals facts with a good chain, and speaks the protocol by hand.
class HandTill {
 public:
  /// Pairs with the hub.
  explicit HandTill(HubClub& club);

  /// Seals; gives the fact's id.
  pos::domain::FactId seal(const pos::programme::Fact& fact,
                           std::optional<pos::core::Bytes> box = std::nullopt);
  pos::domain::FactId seal_raw(std::string_view kind, pos::core::Bytes body,
                               std::optional<pos::core::Bytes> box = std::nullopt);

  struct Person {
    std::string phone;
    std::string first_name;
    std::string card;
    /// Who brought this one: the phone or card that was named; 200 points for each of the two.
    std::string by_phone = {};
    std::string by_card = {};
    std::vector<pos::domain::EffectiveDate> dates = {};
  };
  /// Somebody joins: facts, sealed box, everything.
  pos::domain::MemberFacts join(const Person& person);
  /// Milk for 6.20 and a lamp for 39.90, `times` each; 46 points without benefits.
  pos::domain::FactId sell(const std::optional<pos::domain::MemberFacts>& member,
                           std::int64_t times = 1,
                           const std::optional<std::string>& unknown_card = std::nullopt);
  /// One of each under another programme, with all the rights that it could want, as much stored
  /// value as the member has, and what points and coupon are wished for.
  pos::domain::FactId sell_under(const pos::programme::Programme& programme,
                                 const pos::domain::MemberFacts& member,
                                 pos::domain::Points points = {}, std::string_view coupon = {});
  /// Under which the next sale is sealed.
  void mint_next(const pos::domain::FactId& uid) { next_uid_ = uid; }
  /// One piece of an article that is no goods: a fee, a gift card.
  pos::domain::FactId sell_article(const pos::domain::Article& article,
                                   const std::optional<pos::domain::MemberFacts>& member,
                                   const std::optional<std::string>& unknown_card = std::nullopt);
  /// The goods of sell(), paid from a card that nobody holds as far as it goes, with the hub's yes.
  pos::domain::FactId sell_from_card(const std::string& card, const pos::domain::CardValue& held);
  /// What the rows say is on that card.
  [[nodiscard]] std::optional<pos::domain::CardValue> card_value(const std::string& card) const;
  /// The goods of sell(), as if they had brought the member into another class.
  pos::domain::FactId sell_joining(const pos::domain::MemberFacts& member,
                                   const pos::domain::ClassCode& to);
  /// One of each with the coupon RIMON10, at a till whose programme was altered on its disk: the
  /// record names the version that headquarters published.
  pos::domain::FactId sell_tampered(const pos::programme::Programme& altered,
                                    const pos::domain::MemberFacts& member,
                                    const pos::domain::ProgrammeHash& named);
  /// The same goods as sell(), with the hub's yes: what is spent and used is what the wish names.
  pos::domain::FactId sell_reserved(const club::wire::AuthoriseRequest::Wish& wish,
                                    const std::optional<pos::domain::MemberFacts>& member);
  /// The goods of sell(), as if a benefit had drawn so much on a right.
  pos::domain::FactId sell_drawing(const pos::domain::RightId& right, pos::domain::Money amount);
  [[nodiscard]] club::wire::AuthoriseAnswer authorise(const club::wire::AuthoriseRequest& request);
  /// Returns `quantity` of a line, as its own till would seal it.
  pos::domain::FactId give_back(const pos::domain::FactId& sale, std::size_t line,
                                std::int64_t quantity);
  /// What the slip of a sale of this till says.
  [[nodiscard]] pos::domain::Receipt slip_of(const pos::domain::FactId& sale) const;
  /// Returns pieces of another till's sale, by its slip, drawing on this right.
  pos::domain::FactId give_back_elsewhere(
      const pos::domain::Receipt& slip, std::size_t line, std::int64_t quantity,
      const std::optional<pos::domain::RightId>& right = std::nullopt);

  /// As a till does: in the journal, in place of the one before it.
  void receive(const club::wire::IssuedRight& right);
  [[nodiscard]] club::wire::HelloAnswer hello();
  /// Facts first..last by sequence of the present incarnation; 0: the newest.
  [[nodiscard]] club::wire::PushAnswer push(std::uint64_t first = 1, std::uint64_t last = 0);
  club::wire::PullAnswer pull();  ///< everything new; keeps the cursors
  [[nodiscard]] club::wire::PullRequest pull_request() const;
  /// One signed call; any body.
  [[nodiscard]] club::hub::Reply call(std::string_view path, pos::core::Bytes body);
  [[nodiscard]] club::wire::Request signed_request(std::string_view path, pos::core::Bytes body);

  /// All rows pulled so far, by their key.
  [[nodiscard]] const std::map<std::string, club::wire::Row>& rows() const { return rows_; }
  [[nodiscard]] std::optional<pos::domain::MemberFacts> member(
      const pos::domain::MemberId& id) const;
  [[nodiscard]] std::optional<club::wire::OutcomeRow::Result> outcome(
      const pos::domain::FactId& uid) const;
  void begin_incarnation();
  /// By how much this till's clock is ahead; below zero: behind.
  void set_clock_wrong(pos::core::Millis by) { clock_error_ = by; }
  [[nodiscard]] std::vector<club::wire::FactFrame>& facts() { return facts_; }
  [[nodiscard]] const club::wire::RegisterAnswer& paired() const { return paired_; }
  [[nodiscard]] const pos::core::SigningPair& key() const { return key_; }
  [[nodiscard]] pos::core::KeyedHash card_hash(const std::string& digits) const;
  [[nodiscard]] pos::core::KeyedHash phone_hash(const std::string& e164) const;

 private:
  [[nodiscard]] pos::programme::Scene scene() const;
  [[nodiscard]] pos::programme::SaleFact goods(
      const std::optional<pos::domain::MemberFacts>& member, std::int64_t times) const;
  pos::domain::FactId seal_sale(const pos::programme::Programme& programme,
                                pos::programme::SaleFact fact);

  HubClub* club_;
  pos::core::SigningPair key_;
  club::wire::RegisterAnswer paired_;
  std::uint32_t incarnation_ = 1;
  pos::core::Millis clock_error_{};
  club::wire::JournalMark accepted_;
  std::uint64_t right_ = 0;  ///< number of the newest one that the hub told of
  std::optional<pos::domain::FactId> next_uid_;
  std::vector<club::wire::FactFrame> facts_;
  std::map<pos::domain::FactId, pos::programme::SaleFact> sales_;
  std::map<pos::domain::FactId, pos::programme::ReturnedSoFar> returned_;
  std::optional<club::wire::Nonce> nonce_;
  std::uint64_t counter_ = 0;
  std::map<club::wire::StreamNumber, club::wire::Cursor> cursors_;
  std::map<std::string, club::wire::Row> rows_;
};

}  // namespace tests::support
