#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace pos::terminal {

/// Turns SIGINT and SIGTERM into a call on a thread of its own. Make it before any other thread, so
/// that all of them leave these signals to it. SIGPIPE is ignored from then on: a gone printer is
/// an answer, not an end.
class SignalWatch {
 public:
  explicit SignalWatch(std::function<void()> stop);
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch();

 private:
  std::function<void()> stop_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

}  // namespace pos::terminal
