#pragma once

#include "pos/core/chance.hpp"
#include "sync/engine/till_session.hpp"

namespace club::engine {

/// The first call of every conversation.
[[nodiscard]] Synced<wire::HelloAnswer> say_hello(const TillIdentity& identity, Link& link,
                                                  pos::core::Chance& chance,
                                                  const wire::JournalMark& sealed,
                                                  const wire::JournalMark& accepted,
                                                  pos::core::Millis timeout);

}  // namespace club::engine
