#include <algorithm>

#include "pos/app/basket_bytes.hpp"
#include "pos/app/step_stage.hpp"
#include "pos/programme/class_joining.hpp"

// Between Enter and the commit the basket stands still; only the committed fact is printed.

namespace pos::app {

namespace {

void add_fee(Basket& basket, const std::optional<domain::Article>& fee) {
  if (!fee) return;
  const auto same = [&](const auto& line) { return line.article.code == fee->code; };
  if (std::ranges::none_of(basket.lines, same)) basket.lines.push_back({*fee, 1});
}

}  // namespace

void seal(Stage& stage, Pending pending, std::optional<programme::PersonDetails> person) {
  SealFact effect;
  effect.uid = pending.uid;
  effect.fact = pending.fact;
  effect.person = std::move(person);
  if (pending.kind == Pending::Kind::sale) effect.basket = core::Bytes{};
  if (pending.kind == Pending::Kind::join) {
    Basket after = stage.basket();
    after.attached = pending.joined;
    after.forget_wishes();
    add_fee(after, pending.fee);
    effect.basket = encode_basket(after);
  }
  stage.state.sheet_message = {};
  stage.state.question.reset();
  stage.state.pending = std::move(pending);
  stage.effects.emplace_back(std::move(effect));
}

namespace {

void after_sale(Stage& stage, const programme::SaleFact& sale) {
  State& state = stage.state;
  state.basket = {};
  state.question_left.reset();
  state.by_rights = false;
  state.budgets_heard.clear();
  state.selected.reset();
  state.entry.clear();
  if (sale.tender.change.is_zero()) {
    stage.say(Mood::good, Text::sale_done);
  } else {
    stage.say(Mood::good, Text::sale_done_change, {sale.tender.change});
  }
  if (sale.result.reached && stage.directory.programme() != nullptr) {
    state.message.tier_reached = stage.directory.programme()->tier_name(*sale.result.reached);
  }
}

void after_return(Stage& stage, const programme::ReturnFact& fact) {
  stage.state.give_back = {};
  stage.say(Mood::good, fact.is_void ? Text::void_done : Text::return_done, {fact.tender.due});
}

void after_join(Stage& stage, Attached joined, const std::optional<domain::Article>& fee) {
  State& state = stage.state;
  const programme::Programme* programme = stage.directory.programme();
  const bool waiting = !fee && programme != nullptr && joined.facts &&
                       programme::waits(programme->classes(), *joined.facts);
  stage.say(Mood::good, waiting ? Text::join_waits : Text::join_done, {name_of(joined)});
  state.basket.attached = std::move(joined);
  state.basket.forget_wishes();
  add_fee(state.basket, fee);
  state.join = {};
}

}  // namespace

void on_sealed(Stage& stage, const Sealed& sealed) {
  State& state = stage.state;
  if (!state.pending || state.pending->uid != sealed.uid) return;
  Pending pending = std::move(*state.pending);
  state.pending.reset();
  state.sheet = Sheet::none;
  state.removed.reset();
  state.offered_phone.clear();
  switch (pending.kind) {
    case Pending::Kind::sale:
      after_sale(stage, std::get<programme::SaleFact>(pending.fact));
      break;
    case Pending::Kind::give_back:
      after_return(stage, std::get<programme::ReturnFact>(pending.fact));
      break;
    case Pending::Kind::join:
      after_join(stage, std::move(*pending.joined), pending.fee);
      return stage.tone(PlayTone::Kind::accepted);
  }
  print_slip(stage, pending.uid, std::move(pending.fact));
  stage.tone(PlayTone::Kind::finished);
}

void on_seal_failed(Stage& stage, const SealFailed& failed) {
  State& state = stage.state;
  if (!state.pending || state.pending->uid != failed.uid) return;
  state.pending.reset();
  Text text = Text::seal_failed;
  if (failed.reason == SealFault::disk_full) text = Text::seal_disk_full;
  if (failed.reason == SealFault::too_large) text = Text::seal_too_large;
  if (failed.reason == SealFault::right_ended) {
    // What the till may give has changed since the quote: the cashier sees the new one.
    requote(stage);
    text = Text::sale_changed;
  }
  state.sheet_message = {Mood::refused, text, {}};
  stage.tone(PlayTone::Kind::refused);
}

void on_restored(Stage& stage, const Restored& restored) {
  owe_copies(stage, restored.unprinted);
  if (!restored.basket || !stage.basket().empty()) return;
  auto basket = decode_basket(*restored.basket, stage.directory);
  if (!basket || basket->empty()) return;
  stage.state.basket = std::move(*basket);
  stage.say(Mood::plain, Text::basket_restored);
}

}  // namespace pos::app
