#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sync/hub/hub.hpp"
#include "tests/sim/climate.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/tally.hpp"
#include "tests/sim/trace.hpp"
#include "tests/sim/virtual_time.hpp"
#include "tests/support/fault_vfs.hpp"

namespace tests::sim {

/// The club that every seed starts with.
struct SimMember {
  pos::domain::MemberId id;
  pos::domain::AccountId account;
  std::string card;
  std::string phone;
  std::string first_name = "Member";
  std::int64_t opening = 0;
  std::optional<pos::domain::FactId> joined;  ///< the fact; nothing: was there from the start
};

/// The hub on a machine of its own, which may lose power at any call.
class SimHub {
 public:
  SimHub(VirtualTime& time, std::uint64_t seed, Trace& trace, Tally& tally, Oracle& oracle);

  void set_up(const std::string& programme, const std::vector<SimMember>& members,
              const std::vector<pos::domain::Article>& articles);
  [[nodiscard]] club::hub::Hub::NewTill add_till();

  /// Nothing when the hub is down or died while it worked: then nobody knows what it kept.
  [[nodiscard]] std::optional<club::wire::Response> handle(const club::wire::Request& request);
  void apply_some();
  /// Brings a crashed hub back, with a random part of what was not synced.
  /// `again`: the power goes once more, so many calls into the recovery; 0: it does not.
  void restart_if_crashed(FaultVfs::Unsynced unsynced, std::uint64_t again);
  /// The hub's machine comes back with a copy of its disk of another day; `told`: whoever put it
  /// there says so, else the first till that is ahead shows it.
  void restore(const FaultVfs::Image& image, bool told);
  /// The operator takes a till's right back, or lets it have one again.
  void recall(pos::domain::TillNumber till, bool recalled);
  /// What the hub says that a till may still give, at worst; nothing when it cannot say now.
  [[nodiscard]] std::optional<std::int64_t> stated_worst(pos::domain::TillNumber till);
  /// As after an import: only what is new is written.
  void publish(const std::string& programme);
  [[nodiscard]] FaultVfs& disk() { return disk_; }
  [[nodiscard]] MachineClock& clock() { return clock_; }
  [[nodiscard]] Tally& tally() { return tally_; }
  /// Its disk refuses writes now, or has done so since the last look.
  [[nodiscard]] bool in_trouble();
  [[nodiscard]] club::hub::Hub& hub() { return *hub_; }
  /// The first column of the first row; 0 without one.
  [[nodiscard]] std::int64_t number(const char* sql);
  /// All that arrived is applied.
  [[nodiscard]] bool is_abreast();
  /// It was restored once, and nobody told it: what it keeps and gives may be forgotten.
  [[nodiscard]] bool forgot() const { return forgot_; }
  [[nodiscard]] std::size_t restores() const { return restores_; }
  [[nodiscard]] const club::hub::HubKeys& keys() const { return keys_; }
  [[nodiscard]] std::size_t crashes() const { return crashes_; }

 private:
  void open();
  [[nodiscard]] bool opens();  ///< false: the power went meanwhile
  void note_settled();
  void check_silence();

  VirtualTime& time_;
  MachineClock clock_;
  Trace& trace_;
  Tally& tally_;
  Oracle& oracle_;
  pos::core::SeededChance chance_;
  FaultVfs disk_;
  club::hub::HubKeys keys_;
  std::unique_ptr<club::hub::Hub> hub_;
  std::size_t crashes_ = 0;
  std::uint64_t troubles_seen_ = 0;
  std::int64_t settled_ = 0;  ///< so far the inbox was looked through
  /// Tills that have not called since the hub was restored, and the rights that were open then.
  std::set<std::uint32_t> unheard_;
  std::int64_t rights_open_ = 0;
  std::size_t restores_ = 0;
  bool forgot_ = false;  ///< it was restored once, and nobody told it
};

}  // namespace tests::sim
