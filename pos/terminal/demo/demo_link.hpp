#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>

#include "pos/core/clock.hpp"
#include "sync/hub/hub.hpp"

namespace pos::terminal::demo {

/// A line to a hub in this very process: every call is answered, and what it brought is applied
/// before the next. One thread calls; hub and clock outlive the link. Several lines to one hub take
/// turns by the hub's mutex, which outlives them, too.
class DemoLink final : public club::wire::Link {
 public:
  /// `patient`: a pull without news waits as long as it asks to; otherwise it is told at once.
  DemoLink(club::hub::Hub& hub, std::mutex& turn, const core::Clock& clock, bool patient)
      : hub_(hub), turn_(turn), clock_(clock), patient_(patient) {}

  [[nodiscard]] core::Expected<club::wire::Response, club::wire::LinkFault> call(
      const club::wire::Request& request, core::Millis timeout) override;

  /// Ends a call that waits, and every later one, with LinkFault::stopped. Any thread.
  void cancel();

 private:
  [[nodiscard]] std::optional<club::hub::Reply> ask(const club::wire::Request& request,
                                                    core::Tick now);

  club::hub::Hub& hub_;
  std::mutex& turn_;
  const core::Clock& clock_;
  const bool patient_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool cancelled_ = false;
};

}  // namespace pos::terminal::demo
