#include "pos/terminal/journal_worker.hpp"

namespace pos::terminal {
namespace {

app::SealFault fault_of(const disk::DiskError& error) {
  switch (error.fault) {
    case disk::DiskError::Fault::full:
      return app::SealFault::disk_full;
    case disk::DiskError::Fault::misuse:
      return app::SealFault::too_large;
    case disk::DiskError::Fault::right_ended:
      return app::SealFault::right_ended;
    default:
      return app::SealFault::disk_error;
  }
}

/// Empty bytes clear the basket.
disk::StateChange basket_change(const core::Bytes& bytes) {
  return {disk::kBasketKey, bytes.empty() ? std::nullopt : std::optional(bytes)};
}

}  // namespace

void JournalWorker::push(Command command) {
  const auto* seal = std::get_if<app::SealFact>(&command);
  const auto uid = seal != nullptr ? std::optional(seal->uid) : std::nullopt;
  if (!commands_.push(std::move(command)) && uid) {
    inbox_.push(app::SealFailed{*uid, app::SealFault::disk_error});
  }
}

core::Micros JournalWorker::run_once() {
  constexpr core::Micros kIdle{3'600'000'000};  // woken by the next command
  const std::vector<Command> commands = commands_.drain(kCommandsMax);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    // Of baskets that follow each other only the newest matters.
    const bool stale = std::holds_alternative<app::KeepBasket>(commands[i]) &&
                       i + 1 < commands.size() &&
                       std::holds_alternative<app::KeepBasket>(commands[i + 1]);
    if (!stale) std::visit([this](const auto& command) { run(command); }, commands[i]);
  }
  return kIdle;
}

void JournalWorker::run(const app::SealFact& seal) {
  disk::SealRequest request{seal.uid, seal.fact, std::nullopt, {}};
  if (seal.person) {
    request.box = core::seal_for(hub_, programme::encode_person(*seal.person), chance_);
    if (auto* join = std::get_if<programme::JoinFact>(&request.fact))
      join->person = core::blake2b(*request.box);
  }
  if (seal.basket) request.changes.push_back(basket_change(*seal.basket));
  const auto sealed = journal_.seal(request);
  if (!sealed) {
    inbox_.push(app::SealFailed{seal.uid, fault_of(sealed.error())});
    return;
  }
  inbox_.push(app::Sealed{seal.uid, sealed->fields.seq});
  if (on_sealed_) on_sealed_(seal.fact);
}

void JournalWorker::run(const app::KeepBasket& keep) {
  // A basket that cannot be kept is still on the screen; the next change tries again.
  static_cast<void>(journal_.change_state({basket_change(keep.bytes)}));
}

void JournalWorker::run(const app::MarkPrinted& mark) {
  // Without the mark the slip prints once more, as a copy: the safe side.
  static_cast<void>(journal_.mark_printed(mark.uid));
}

}  // namespace pos::terminal
