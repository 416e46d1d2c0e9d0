#pragma once

#include "pos/core/chance.hpp"
#include "pos/core/clock.hpp"
#include "tests/sim/virtual_time.hpp"

namespace tests::sim {

/// What may go wrong in one seed, and how often: drawn once, so that some seeds know few faults and
/// go far, others know all of them.
struct Climate {
  // Of a hundred calls.
  int loss = 0;         ///< the request never arrives
  int answer_loss = 0;  ///< the hub has worked, the answer is lost
  int doubled = 0;      ///< the request arrives twice
  int delay = 0;        ///< the request arrives minutes to days later, behind others
  int truncation = 0;   ///< status 200, and a part of the answer
  int stale = 0;        ///< an answer to an earlier call of the same kind
  int garbage = 0;      ///< status 200, and bytes that mean nothing
  // Of ten thousand turns.
  int cut = 0;         ///< the cable goes out or in
  int one_way = 0;     ///< requests arrive, answers do not
  int till_crash = 0;  ///< the power goes within the next writes
  int hub_crash = 0;
  int till_fsync = 0;
  int hub_fsync = 0;
  int till_full = 0;
  int hub_full = 0;
  int clock = 0;  ///< a machine's clock jumps
  int night = 0;  ///< the shop is shut for a night or for days
  int stranger = 0;
  int rot = 0;     ///< a bit of a record changes on a till's disk before it got away
  int office = 0;  ///< headquarters adjusts a balance, merges two members, or takes that back
  int recall = 0;  ///< the operator takes back a till's right, or gives it again

  static Climate draw(pos::core::Chance& chance);
};

/// The clock of one machine, which may be wrong.
class MachineClock final : public pos::core::Clock {
 public:
  explicit MachineClock(const VirtualTime& time) : time_(time) {}
  [[nodiscard]] pos::core::Instant now() const override { return time_.now() + ahead_; }
  [[nodiscard]] pos::core::Tick tick() const override { return time_.tick(); }
  [[nodiscard]] std::chrono::minutes utc_offset(pos::core::Instant at) const override {
    return time_.utc_offset(at);
  }
  /// Seconds, hours or weeks, in either direction; now and then right again.
  void jump(pos::core::Chance& chance);

 private:
  const VirtualTime& time_;
  pos::core::Millis ahead_{0};
};

}  // namespace tests::sim
