#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace drivers::port {

/// Carries values from many worker threads to the one that drains it. A full queue drops the newest
/// value and counts it, so that a device gone mad can neither block a worker nor fill the memory.
template <class Value>
class BoundedQueue {
 public:
  /// `wake` is called after each value that went in, on the producer's thread and outside the lock.
  explicit BoundedQueue(std::size_t capacity, std::function<void()> wake = {})
      : capacity_(capacity), wake_(std::move(wake)) {}

  /// Any thread, never blocks for long. False when the value was dropped.
  bool push(Value value) {
    {
      const std::lock_guard lock(mutex_);
      if (values_.size() >= capacity_) {
        ++dropped_;
        return false;
      }
      values_.push_back(std::move(value));
    }
    if (wake_) wake_();
    return true;
  }

  /// Takes out at most `count_max` values, oldest first. One thread only.
  [[nodiscard]] std::vector<Value> drain(std::size_t count_max) {
    const std::lock_guard lock(mutex_);
    std::vector<Value> taken;
    while (!values_.empty() && taken.size() < count_max) {
      taken.push_back(std::move(values_.front()));
      values_.pop_front();
    }
    return taken;
  }

  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return values_.size();
  }

  /// How many values were dropped since the start.
  [[nodiscard]] std::uint64_t dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
  }

 private:
  const std::size_t capacity_;
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::deque<Value> values_;
  std::uint64_t dropped_ = 0;
};

}  // namespace drivers::port
