#pragma once

#include "pos/app/events.hpp"
#include "sync/engine/sync_worker.hpp"

namespace pos::terminal {

/// Sales that waited longer are a matter for a person.
inline constexpr core::Millis kQueueOldAfter = std::chrono::hours(24);

/// The one trouble that the status line shows, the gravest first. `oldest_waiting`: when the oldest
/// fact was sealed that the hub has not accepted; nullopt: none waits.
[[nodiscard]] app::TroubleChanged::Kind trouble_of(const club::engine::SyncStatus& status,
                                                   std::optional<core::Instant> oldest_waiting,
                                                   core::Instant now);

}  // namespace pos::terminal
