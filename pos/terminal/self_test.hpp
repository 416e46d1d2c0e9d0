#pragma once

#include <span>

#include "drivers/port/bounded_queue.hpp"
#include "pos/app/events.hpp"
#include "pos/core/time.hpp"
#include "pos/programme/certified_examples.hpp"

namespace pos::terminal {

/// Runs the certified examples once, on a thread of its own, and tells the main thread when this
/// till judges one differently from what is written. Nothing is refused for that: a person has to
/// look.
class SelfTest {
 public:
  using Inbox = drivers::port::BoundedQueue<app::Event>;

  /// The set and the inbox outlive it.
  SelfTest(std::span<const programme::ExampleText> set, Inbox& inbox) : set_(set), inbox_(inbox) {}

  /// All examples at the first call, nothing at any other. Returns how long to rest.
  [[nodiscard]] core::Micros run_once();

 private:
  std::span<const programme::ExampleText> set_;
  Inbox& inbox_;
  bool done_ = false;
};

}  // namespace pos::terminal
