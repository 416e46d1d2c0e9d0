#pragma once

#include <variant>

#include "drivers/port/bounded_queue.hpp"
#include "pos/app/effects.hpp"
#include "pos/app/events.hpp"
#include "pos/core/chance.hpp"
#include "pos/core/time.hpp"
#include "pos/disk/journal.hpp"

namespace pos::terminal {

/// Writes what the till decided into its journal, in order, away from the thread that draws.
/// Sealing never queues behind a page of members: those go to another file by another worker.
class JournalWorker {
 public:
  using Inbox = drivers::port::BoundedQueue<app::Event>;
  using Command = std::variant<app::SealFact, app::KeepBasket, app::MarkPrinted>;

  /// All of them outlive the worker. `hub` is the key that joinings are sealed to.
  JournalWorker(disk::Journal& journal, const core::BoxPublicKey& hub, core::Chance& chance,
                Inbox& inbox)
      : journal_(journal), hub_(hub), chance_(chance), inbox_(inbox) {}

  /// Any thread. A fact that finds no room is answered with SealFailed at once.
  void push(Command command);

  /// Answers a SealFact with Sealed or SealFailed. Returns how long to rest.
  [[nodiscard]] core::Micros run_once();

  /// A fact was sealed: somebody who delivers may be woken. Called on the worker's thread.
  void on_sealed(std::function<void(const programme::Fact&)> call) { on_sealed_ = std::move(call); }

 private:
  void run(const app::SealFact& seal);
  void run(const app::KeepBasket& keep);
  void run(const app::MarkPrinted& mark);

  static constexpr std::size_t kCommandsMax = 1024;

  disk::Journal& journal_;
  core::BoxPublicKey hub_;
  core::Chance& chance_;
  Inbox& inbox_;
  std::function<void(const programme::Fact&)> on_sealed_;
  drivers::port::BoundedQueue<Command> commands_{kCommandsMax};
};

}  // namespace pos::terminal
