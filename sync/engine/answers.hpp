#pragma once

#include <string>

#include "sync/engine/sync_store.hpp"
#include "sync/engine/till_session.hpp"

namespace club::engine {

/// What came of a call, as the sessions of this folder tell it.
[[nodiscard]] SyncError garbage(std::string detail);
[[nodiscard]] SyncError disk(const StoreFault& fault);
[[nodiscard]] SyncError unreadable(const wire::WireError& error);
/// The body of a good answer.
[[nodiscard]] Synced<wire::Bytes> answer_of(
    const pos::core::Expected<wire::Response, wire::LinkFault>& response);

}  // namespace club::engine
