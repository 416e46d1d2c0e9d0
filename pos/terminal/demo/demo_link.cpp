#include "pos/terminal/demo/demo_link.hpp"

namespace pos::terminal::demo {

using club::wire::LinkFault;

/// Nothing when the hub's disk does not write.
std::optional<club::hub::Reply> DemoLink::ask(const club::wire::Request& request, core::Tick now) {
  const std::lock_guard turn(turn_);
  club::hub::Reply reply = hub_.handle(request, now);
  auto applied = hub_.run_once();
  while (applied && *applied > 0) applied = hub_.run_once();
  return applied ? std::optional(std::move(reply)) : std::nullopt;
}

core::Expected<club::wire::Response, LinkFault> DemoLink::call(const club::wire::Request& request,
                                                               core::Millis) {
  const core::Tick begin = clock_.tick();
  auto asked = ask(request, begin);
  if (!asked) return core::fail(LinkFault{LinkFault::Kind::cut, "the hub's disk does not write"});
  club::hub::Reply& reply = *asked;
  std::unique_lock lock(mutex_);
  if (patient_ && reply.waiting) {
    woken_.wait_for(lock, reply.waiting->deadline - begin, [this] { return cancelled_; });
  }
  if (cancelled_) return core::fail(LinkFault{LinkFault::Kind::stopped, "the till ends"});
  return std::move(reply.response);
}

void DemoLink::cancel() {
  {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
  }
  woken_.notify_all();
}

}  // namespace pos::terminal::demo
