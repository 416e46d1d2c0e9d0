#include "pos/terminal/sync_trouble.hpp"

namespace pos::terminal {
namespace {

/// Beyond it the till's dates and times cannot be believed.
constexpr core::Millis kClockOffMax = std::chrono::minutes(5);

}  // namespace

app::TroubleChanged::Kind trouble_of(const club::engine::SyncStatus& status,
                                     std::optional<core::Instant> oldest_waiting,
                                     core::Instant now) {
  using Attention = club::engine::SyncStatus::Attention;
  using Kind = app::TroubleChanged::Kind;
  if (status.attention == Attention::unknown_till || status.attention == Attention::key_refused) {
    return Kind::key_refused;
  }
  if (status.clock_ahead &&
      (*status.clock_ahead > kClockOffMax || *status.clock_ahead < -kClockOffMax)) {
    return Kind::clock_unsafe;
  }
  if (oldest_waiting && now - *oldest_waiting > kQueueOldAfter) return Kind::queue_old;
  if (status.attention == Attention::forked) return Kind::copy_found;
  if (status.attention == Attention::damaged) return Kind::record_damaged;
  return Kind::none;
}

}  // namespace pos::terminal
