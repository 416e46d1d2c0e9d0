#pragma once

#include <functional>

#include "drivers/port/bounded_queue.hpp"
#include "pos/app/effects.hpp"
#include "pos/app/events.hpp"
#include "pos/core/clock.hpp"
#include "pos/disk/journal_reader.hpp"
#include "pos/disk/till_keys.hpp"
#include "sync/wire/call.hpp"

namespace pos::terminal {

/// Adds up a day and asks the hub for its half, away from the thread that draws and from the one
/// that asks for sales: a day may take seconds.
class DayWorker {
 public:
  using Inbox = drivers::port::BoundedQueue<app::Event>;
  struct Parts {
    const disk::Pairing& pairing;
    const disk::TillKeys& keys;
    club::wire::Link& link;
    const core::Clock& clock;
    core::Chance& chance;
    Inbox& inbox;
  };

  /// All parts outlive the worker.
  DayWorker(const Parts& parts, disk::JournalReader journal)
      : parts_(parts), journal_(std::move(journal)) {}

  /// Any thread; wake the worker's thread then. One that finds no room is one of many.
  void push(const app::CloseDay& close) { days_.push(close); }

  /// Answers what waits, the newest wish alone. Returns how long to rest.
  [[nodiscard]] core::Micros run_once();

 private:
  static constexpr std::size_t kDaysMax = 4;

  Parts parts_;
  disk::JournalReader journal_;
  drivers::port::BoundedQueue<app::CloseDay> days_{kDaysMax};
};

}  // namespace pos::terminal
