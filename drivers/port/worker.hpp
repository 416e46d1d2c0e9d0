#pragma once

namespace drivers::port {

/// What a thread of the composition turns round. Everything a worker does happens inside
/// run_once(), so that a test can drive it in its own thread.
class Worker {
 public:
  virtual ~Worker() = default;
  /// One turn: waits at most the worker's own bound (tens of milliseconds) and returns. Always from
  /// one thread.
  virtual void run_once() = 0;
};

}  // namespace drivers::port
