#pragma once

#include <string>
#include <utility>

#include "sync/engine/sync_store.hpp"
#include "sync/engine/till_session.hpp"

namespace club::engine {

/// What came of a call, as the sessions of this folder tell it.
[[nodiscard]] SyncError garbage(std::string detail);
[[nodiscard]] SyncError disk(const StoreFault& fault);
[[nodiscard]] SyncError unreadable(const wire::WireError& error);
/// Whether it is this very call that was answered. A line may keep an answer and give it again, to
/// a call that it does not fit.
[[nodiscard]] bool answers(const wire::CallRandom& named, const wire::CallRandom& asked);
/// The answer to the call of that random; else garbage.
template <class Answer>
[[nodiscard]] Synced<Answer> answer_to(const wire::CallRandom& asked, wire::Read<Answer> answer) {
  if (!answer) return pos::core::fail(unreadable(answer.error()));
  if (!answers(answer->random, asked)) {
    return pos::core::fail(garbage("another call was answered"));
  }
  return std::move(*answer);
}
/// The body of a good answer.
[[nodiscard]] Synced<wire::Bytes> answer_of(
    const pos::core::Expected<wire::Response, wire::LinkFault>& response);

}  // namespace club::engine
