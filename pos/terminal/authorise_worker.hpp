#pragma once

#include <variant>

#include "drivers/port/bounded_queue.hpp"
#include "pos/app/effects.hpp"
#include "pos/app/events.hpp"
#include "sync/engine/authoriser.hpp"

namespace pos::terminal {

/// Asks the hub for its yes to a sale, away from the thread that draws and from the one that pulls.
class AuthoriseWorker {
 public:
  using Inbox = drivers::port::BoundedQueue<app::Event>;
  using Command = std::variant<app::Authorise, app::FindSale, app::AbandonSale>;

  /// Both outlive the worker.
  AuthoriseWorker(club::engine::Authoriser authoriser, Inbox& inbox)
      : authoriser_(std::move(authoriser)), inbox_(inbox) {}

  /// Any thread; wake the worker's thread then. Every question is answered, one that finds no room
  /// at once.
  void push(Command command);

  /// Answers what waits; then hands back what no sale will come for. Returns how long to rest.
  [[nodiscard]] core::Micros run_once();

 private:
  void run(const app::Authorise& ask);
  void run(const app::FindSale& find);
  void run(const app::AbandonSale& abandon) { authoriser_.abandon(abandon.uid); }

  static constexpr std::size_t kCommandsMax = 16;

  club::engine::Authoriser authoriser_;
  Inbox& inbox_;
  drivers::port::BoundedQueue<Command> commands_{kCommandsMax};
};

}  // namespace pos::terminal
