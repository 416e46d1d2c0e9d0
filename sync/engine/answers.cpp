#include "sync/engine/answers.hpp"

#include "pos/core/planted.hpp"

namespace club::engine {

using pos::core::fail;

SyncError garbage(std::string detail) {
  return {SyncError::Fault::garbage, wire::Refusal::Word::bad_request, std::move(detail)};
}

SyncError disk(const StoreFault& fault) {
  return {SyncError::Fault::disk, wire::Refusal::Word::bad_request, fault.detail};
}

bool answers(const wire::CallRandom& named, const wire::CallRandom& asked) {
  return named == asked || CLUBTILL_BUG("other_answers_believed");
}

SyncError unreadable(const wire::WireError& error) { return garbage("answer: " + error.detail); }

Synced<wire::Bytes> answer_of(
    const pos::core::Expected<wire::Response, wire::LinkFault>& response) {
  if (!response) {
    return fail(SyncError{SyncError::Fault::link, wire::Refusal::Word::bad_request,
                          response.error().detail});
  }
  if (response->status == 200) return response->body;
  const wire::Refusal refusal = wire::read_refusal(*response);
  return fail(SyncError{SyncError::Fault::refused, refusal.word,
                        std::string(wire::to_text(refusal.word)) + ": " + refusal.detail});
}

}  // namespace club::engine
