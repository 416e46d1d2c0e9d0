#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pos/disk/till_directory.hpp"
#include "pos/disk/till_sync_store.hpp"
#include "sync/engine/authoriser.hpp"
#include "sync/engine/sync_worker.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/sim_link.hpp"

namespace tests::sim {

/// One till on a machine of its own: journal, cache, look-ups and sync worker of production, driven
/// by a cashier without a screen.
class SimTill {
 public:
  struct Context {
    VirtualTime* time;
    const Climate* climate;
    SimHub* hub;
    Oracle* oracle;
    Trace* trace;
    std::vector<SimMember>* members;  ///< grows by those who join
    const std::vector<pos::domain::Article>* articles;
    std::int64_t pool = 0;  ///< that the programme gives a till, and a member within it
    std::int64_t member = 0;
    std::vector<std::string>* slips;  ///< the codes on slips of all tills, in customers' hands
  };
  SimTill(const Context& context, std::uint32_t index, std::uint64_t seed);
  /// A second machine with a copy of that till's disk and keys.
  SimTill(const SimTill& original, std::uint32_t index, std::uint64_t seed);
  ~SimTill();
  SimTill& operator=(const SimTill&) = delete;

  /// A copy of the disk is put aside.
  void take_image();
  [[nodiscard]] bool has_image() const { return image_.has_value(); }
  /// The machine comes back with that copy. Gives the facts that only the replaced disk may have
  /// held.
  [[nodiscard]] std::vector<pos::domain::FactId> restore_image();

  struct Rotten {
    pos::domain::FactId uid;
    bool envelope = false;  ///< its hash, chain value or signature; else its body
  };
  /// The program is shut, one bit of the newest record changes on the disk, and it opens again.
  [[nodiscard]] std::optional<Rotten> rot();

  /// One act of the cashier: a sale, a joining, a return or a void.
  void act();
  /// Seals once more what a disk in trouble refused.
  void retry() {
    if (unsure_) act();
  }
  /// Hands back what headquarters keeps for sales that will never come.
  void tidy();
  /// The sync worker's turn, when its pause is over.
  void sync();
  /// `again`: the power goes once more, so many calls into the recovery; 0: it does not.
  void restart_if_crashed(FaultVfs::Unsynced unsynced, std::uint64_t again);

  [[nodiscard]] FaultVfs& disk() { return disk_; }
  [[nodiscard]] SimLink& link() { return link_; }
  [[nodiscard]] pos::domain::TillNumber number() const { return pairing_.till; }
  [[nodiscard]] MachineClock& clock() { return clock_; }
  void heal();
  [[nodiscard]] std::size_t crashes() const { return crashes_; }
  /// Nothing waits and the last round brought nothing.
  [[nodiscard]] bool quiet() const { return quiet_; }

  [[nodiscard]] bool sells(const std::string& code) const;
  /// After healing: chain, outbox, overlay, and every member as the oracle has it.
  void check_healed();

 private:
  void open();
  [[nodiscard]] bool opens();  ///< false: the power went meanwhile
  void close();
  void register_here();
  [[nodiscard]] club::engine::Stored<bool> holds(const pos::domain::FactId& sale);
  void sell();
  void bring_customer(pos::programme::SaleFact& sale);
  void wish_for(pos::programme::SaleFact& sale);
  /// Judges it as the pay sheet does; false: the customer leaves.
  [[nodiscard]] bool judge(const pos::domain::FactId& uid, pos::programme::SaleFact& sale);
  [[nodiscard]] bool ask_hub(const pos::domain::FactId& uid, pos::programme::SaleFact& sale);
  void go_by_rights(pos::programme::SaleFact& sale);
  void join();
  void give_back();
  void give_back_elsewhere();
  [[nodiscard]] std::optional<pos::app::SoldSale> read_slip();
  /// What of a joining is in its box alone.
  struct Person {
    std::string phone, first_name;
  };
  [[nodiscard]] Person person_who_joins();
  void seal(const pos::disk::SealRequest& request, const Person& person = {});
  void confirm(const pos::disk::SealRequest& request, const Person& person);
  void settle_unsure();
  /// Its disk refuses writes now, or has done so since the last look.
  [[nodiscard]] bool in_trouble();
  [[nodiscard]] pos::core::KeyedHash hash(std::string_view kind, std::string_view value) const;
  [[nodiscard]] pos::programme::QuoteInput basket();
  [[nodiscard]] std::string loose_card();
  void check_pool();
  void check_rights_of_journal();
  void check_balance(const pos::domain::MemberFacts& member);
  void check_restart();
  void check_fork(bool told_before);
  void check_member(const SimMember& member, const Oracle::Balances& balances);
  [[nodiscard]] pos::programme::Scene scene() const;
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return chance_.below(bound); }

  Context context_;
  std::string label_;
  pos::core::SeededChance chance_;
  MachineClock clock_;
  FaultVfs disk_;
  SimLink link_;
  pos::disk::TillKeys keys_;
  pos::disk::Pairing pairing_;
  std::unique_ptr<pos::disk::Journal> journal_;
  std::unique_ptr<pos::disk::Cache> cache_;
  std::unique_ptr<pos::disk::TillSyncStore> store_;
  std::unique_ptr<pos::disk::TillDirectory> directory_;
  std::optional<pos::disk::JournalReader> reader_;
  std::optional<club::engine::SyncWorker> worker_;
  std::optional<club::engine::Authoriser> authoriser_;
  /// What the cashier knew when the image was taken.
  struct Image {
    FaultVfs::Image disk;
    std::size_t committed = 0;
    std::size_t sales = 0;
  };
  std::optional<Image> image_;
  std::shared_ptr<int> copies_ = std::make_shared<int>(1);  ///< of this till's disk, in use or once
  std::optional<pos::disk::SealRequest> unsure_;  ///< its seal did not return with success
  Person unsure_person_;
  std::vector<pos::domain::FactId> committed_;
  std::vector<pos::domain::FactId> sales_;
  pos::core::Tick next_sync_;
  std::size_t crashes_ = 0;
  std::uint64_t troubles_seen_ = 0;
  bool quiet_ = false;
  std::set<pos::domain::FactId> rotten_;  ///< its records that a disk changed
  bool overtaken_ = false;                ///< the right may have changed since the sale was quoted
  std::size_t restores_ = 0;              ///< of the hub, that this till has met
  std::uint64_t right_ = 0;               ///< number of the right that the cashier saw last
};

}  // namespace tests::sim
