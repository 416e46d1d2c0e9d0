#include "sync/hub/hub_handler.hpp"

#include <ostream>

namespace club::hub {
namespace {

/// Between two turns of the apply worker calls are answered, so a turn is kept short.
constexpr std::size_t kAppliedPerTurn = 200;
constexpr std::size_t kJudgedPerTurn = 50;

struct WaitingPull final : net::CallHandler::Pending {
  Waiting waiting;
};

}  // namespace

net::CallHandler::Reply HubHandler::handle(const wire::Request& request, pos::core::Tick now) {
  auto answer = hub_.handle(request, now);
  Reply reply{std::move(answer.response), nullptr};
  if (answer.waiting) {
    auto pending = std::make_unique<WaitingPull>();
    pending->deadline = answer.waiting->deadline;
    pending->waiting = std::move(*answer.waiting);
    reply.pending = std::move(pending);
  }
  return reply;
}

std::optional<wire::Response> HubHandler::resume(const Pending& pending, pos::core::Tick now) {
  return hub_.resume(static_cast<const WaitingPull&>(pending).waiting, now);
}

bool HubHandler::work() {
  auto done = hub_.run_once(kAppliedPerTurn);
  if (done && *done == 0) done = hub_.judge_once(kJudgedPerTurn);
  if (done) {
    said_ = false;
    return *done > 0;
  }
  if (!said_) err_ << "clubhub: cannot apply: " << done.error().detail << std::endl;
  said_ = true;  // once for a trouble, not fifty times a second
  return false;
}

}  // namespace club::hub
