#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sync/hub/hub.hpp"
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
  std::int64_t opening = 0;
};

/// The hub on a machine of its own, which may lose power at any call.
class SimHub {
 public:
  SimHub(VirtualTime& time, std::uint64_t seed, Trace& trace);

  void set_up(const std::string& programme, const std::vector<SimMember>& members,
              const std::vector<pos::domain::Article>& articles);
  [[nodiscard]] club::hub::Hub::NewTill add_till();

  /// Nothing when the hub is down or died while it worked: then nobody knows what it kept.
  [[nodiscard]] std::optional<club::wire::Response> handle(const club::wire::Request& request);
  void apply_some();
  /// Brings a crashed hub back, with a random part of what was not synced.
  void restart_if_crashed(FaultVfs::Unsynced unsynced);
  [[nodiscard]] FaultVfs& disk() { return disk_; }
  [[nodiscard]] club::hub::Hub& hub() { return *hub_; }
  [[nodiscard]] const club::hub::HubKeys& keys() const { return keys_; }
  [[nodiscard]] std::size_t crashes() const { return crashes_; }

 private:
  void open();

  VirtualTime& time_;
  Trace& trace_;
  pos::core::SeededChance chance_;
  FaultVfs disk_;
  club::hub::HubKeys keys_;
  std::unique_ptr<club::hub::Hub> hub_;
  std::size_t crashes_ = 0;
};

/// A line between one till and the hub: loses, doubles, cuts and garbles.
class SimLink final : public club::wire::Link {
 public:
  struct Faults {
    int loss_percent = 8;      ///< the request never arrives
    int ack_loss_percent = 8;  ///< the hub has worked, the answer is lost
    int double_percent = 8;    ///< the request arrives twice
    int garbage_percent = 2;   ///< status 200, and bytes that mean nothing
  };
  SimLink(SimHub& hub, std::uint64_t seed, Trace& trace)
      : hub_(hub), chance_(seed), trace_(trace) {}

  [[nodiscard]] pos::core::Expected<club::wire::Response, club::wire::LinkFault> call(
      const club::wire::Request& request, pos::core::Millis timeout) override;

  void set_cut(bool cut) { cut_ = cut; }
  [[nodiscard]] bool cut() const { return cut_; }
  void heal() { faults_ = {0, 0, 0, 0}; }
  [[nodiscard]] std::size_t faults_seen() const { return faults_seen_; }

 private:
  [[nodiscard]] bool happens(int percent);

  SimHub& hub_;
  pos::core::SeededChance chance_;
  Trace& trace_;
  Faults faults_;
  bool cut_ = false;
  std::size_t faults_seen_ = 0;
};

}  // namespace tests::sim
