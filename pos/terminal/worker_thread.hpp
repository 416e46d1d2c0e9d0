#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "pos/core/time.hpp"

namespace pos::terminal {

/// Turns a worker round on a thread of its own until it is destroyed. The worker itself knows
/// nothing of threads (the seam of docs/architecture.md); it says after each turn how long it may
/// rest.
class WorkerThread {
 public:
  /// `turn` runs on the new thread only. A rest of zero means: again at once.
  explicit WorkerThread(std::function<core::Micros()> turn);
  WorkerThread(const WorkerThread&) = delete;
  WorkerThread& operator=(const WorkerThread&) = delete;
  /// Waits for the turn under way.
  ~WorkerThread();

  /// Ends the rest early. Any thread.
  void wake();

 private:
  void run(const std::function<core::Micros()>& turn);

  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pos::terminal
