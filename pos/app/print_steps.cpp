#include <algorithm>
#include <utility>

#include "pos/app/step_stage.hpp"
#include "pos/app/views/build_slip.hpp"

// From the sealed fact to the paper. Every fact has its slip in the end: what the printer refused,
// or what it was not heard of, is printed as a copy behind the next one that it takes.

namespace pos::app {
namespace {

void send(Stage& stage, OwedSlip& owed) {
  auto slip = build_slip(owed.uid, owed.fact, stage.directory, owed.is_copy);
  owed.sent = true;
  if (slip) {
    stage.effects.emplace_back(PrintSlip{owed.uid, std::move(*slip)});
  } else {
    stage.effects.emplace_back(MarkPrinted{owed.uid});
  }
}

void settle(Stage& stage, const domain::FactId& uid) {
  std::erase_if(stage.state.owed_slips, [&](const OwedSlip& owed) { return owed.uid == uid; });
}

/// One copy at a time, so that the slip of a customer who waits is never behind more than that.
void send_next_copy(Stage& stage) {
  auto& owed = stage.state.owed_slips;
  if (std::ranges::any_of(owed, &OwedSlip::sent)) return;
  while (!owed.empty()) {
    send(stage, owed.front());
    if (std::holds_alternative<PrintSlip>(stage.effects.back())) return;
    owed.erase(owed.begin());  // it has no slip
  }
}

}  // namespace

void print_slip(Stage& stage, const domain::FactId& uid, programme::Fact fact) {
  auto& owed = stage.state.owed_slips;
  owed.push_back({uid, std::move(fact), false, false});
  send(stage, owed.back());
  if (std::holds_alternative<MarkPrinted>(stage.effects.back())) owed.pop_back();
}

void owe_copies(Stage& stage, const std::vector<Restored::Unprinted>& unprinted) {
  for (const Restored::Unprinted& one : unprinted) {
    stage.state.owed_slips.push_back({one.uid, one.fact, true, false});
  }
  send_next_copy(stage);
}

void on_printed(Stage& stage, const Printed& printed) {
  stage.effects.emplace_back(MarkPrinted{printed.uid});
  settle(stage, printed.uid);
  send_next_copy(stage);
}

void on_print_failed(Stage& stage, const PrintFailed& failed) {
  for (OwedSlip& owed : stage.state.owed_slips) {
    if (owed.uid != failed.uid) continue;
    owed.sent = false;
    owed.is_copy = true;  // a part of it may be on paper
  }
  stage.say(Mood::attention, Text::print_failed);
  stage.tone(PlayTone::Kind::decision);
}

}  // namespace pos::app
