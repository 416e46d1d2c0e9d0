#include "pos/app/step.hpp"

#include <algorithm>

#include "pos/app/basket_bytes.hpp"
#include "pos/app/step_stage.hpp"
#include "pos/domain/clean_text.hpp"
#include "pos/domain/format.hpp"
#include "pos/domain/payment_card.hpp"

namespace pos::app {

namespace {

constexpr std::size_t kIdsKept = 8;     // a join takes three, a sale one
constexpr std::size_t kIdsAsked = 16;   // at a time
constexpr std::size_t kQueuedMax = 32;  // scans between Enter and the commit: far beyond any hand

domain::Language next_language(domain::Language language) {
  const auto next = (static_cast<std::size_t>(language) + 1) % domain::kLanguages.size();
  return domain::kLanguages[next];
}

void switch_language(Stage& stage) {
  stage.state.language = next_language(stage.state.language);
  stage.effects.emplace_back(KeepLanguage{stage.state.language});
}

void sign_out(Stage& stage) {
  State& state = stage.state;
  state.employee.reset();
  state.question.reset();
  state.message = {};
  close_sheet(stage);
}

void escape(Stage& stage) {
  State& state = stage.state;
  if (state.question) return answer_question(stage, false);
  if (state.sheet == Sheet::points) {
    state.basket.points_wish = state.points_before;
    state.basket.use_value = state.value_before;
  }
  if (state.sheet == Sheet::give_back && state.give_back.sale) {
    // One level back: the slip is put aside, the sheet stays for the next one.
    state.give_back = {};
    state.sheet_message = {};
    return;
  }
  if (state.sheet == Sheet::join && state.join.family_open) return turn_family_page(stage);
  if (state.sheet != Sheet::none) return close_sheet(stage);
  if (!state.entry.empty()) return state.entry.clear();
  state.selected.reset();
  state.message = {};
}

void confirm(Stage& stage) {
  State& state = stage.state;
  if (state.question) return answer_question(stage, false);
  switch (state.sheet) {
    case Sheet::none:
      return on_entry(stage);
    case Sheet::find:
      return confirm_find(stage, 0);
    case Sheet::join:
      return confirm_join(stage);
    case Sheet::pay:
      return confirm_pay(stage);
    case Sheet::ask:
      return skip_question(stage);
    case Sheet::give_back:
      return confirm_return(stage, false);
    case Sheet::day:
      return confirm_day(stage);
    case Sheet::points:
    case Sheet::why:
      return close_sheet(stage);
  }
}

void say_connection(Stage& stage) {
  const State& state = stage.state;
  using Kind = TroubleChanged::Kind;
  switch (shown_trouble(state)) {
    case Kind::not_paired:
      return stage.say(Mood::attention, Text::trouble_not_paired_advice);
    case Kind::clock_unsafe:
      return stage.say(Mood::attention, Text::trouble_clock_advice);
    case Kind::disk_nearly_full:
      return stage.say(Mood::attention, Text::trouble_disk_advice);
    case Kind::queue_old:
      return stage.say(Mood::attention, Text::trouble_queue_old_advice);
    case Kind::key_refused:
      return stage.say(Mood::attention, Text::trouble_key_refused_advice);
    case Kind::copy_found:
      return stage.say(Mood::attention, Text::trouble_copy_advice);
    case Kind::record_damaged:
      return stage.say(Mood::attention, Text::trouble_record_advice);
    case Kind::examples_differ:
      return stage.say(Mood::attention, Text::trouble_examples_advice);
    case Kind::none:
      break;
  }
  if (state.connection.online) return;
  stage.say(Mood::attention, Text::offline_advice,
            {static_cast<std::int64_t>(state.connection.waiting)});
}

void step_points(Stage& stage, std::int64_t steps) {
  const programme::Programme* programme = stage.directory.programme();
  if (programme == nullptr) return;
  const domain::Points wish = stage.basket().points_wish;
  choose_points(stage, wish + programme->rules().spend_step * steps);
}

/// Keys that only mean something on the sheet that is open.
void press_on_sheet(Stage& stage, Action action) {
  State& state = stage.state;
  switch (state.sheet) {
    case Sheet::points:
      if (action == Action::fewer) return step_points(stage, -1);
      if (action == Action::more) return step_points(stage, 1);
      if (action == Action::no_points) return choose_points(stage, {});
      if (action == Action::use_value) {
        state.basket.use_value = !state.basket.use_value;
        return;
      }
      if (action == Action::all_points && state.quote) {
        return choose_points(stage, state.quote->points_offer.spendable);
      }
      return;
    case Sheet::give_back:
      if (action == Action::all_back) return return_everything(stage);
      if (action == Action::void_sale) return confirm_return(stage, true);
      return;
    case Sheet::join:
      if (action == Action::attach_existing) return attach_existing(stage);
      if (action == Action::family_days) return turn_family_page(stage);
      return;
    case Sheet::find:
      if (action == Action::join) return open_join(stage);
      return;
    case Sheet::none:
    case Sheet::why:
    case Sheet::pay:
    case Sheet::ask:
    case Sheet::day:
      return;
  }
}

void change_selected(Stage& stage, std::int64_t by) {
  const auto& selected = stage.state.selected;
  const auto& lines = stage.basket().lines;
  if (!selected || *selected >= lines.size()) return;
  const std::int64_t quantity = lines[*selected].quantity + by;
  if (quantity >= 1) set_quantity(stage, *selected, quantity);
}

void press_on_checkout(Stage& stage, Action action) {
  switch (action) {
    case Action::find:
      return open_sheet(stage, Sheet::find);
    case Action::join:
      return open_sheet(stage, Sheet::join);
    case Action::why:
      return open_sheet(stage, Sheet::why);
    case Action::give_back:
      return open_sheet(stage, Sheet::give_back);
    case Action::points:
      return open_sheet(stage, Sheet::points);
    case Action::pay:
      return open_sheet(stage, Sheet::pay);
    case Action::close_day:
      return open_sheet(stage, Sheet::day);
    case Action::remove_member:
      return remove_member(stage);
    case Action::undo:
      return undo(stage);
    case Action::fewer:
      return change_selected(stage, -1);
    case Action::more:
      return change_selected(stage, 1);
    case Action::delete_line:
      if (stage.state.selected) set_quantity(stage, *stage.state.selected, 0);
      return;
    default:
      return;
  }
}

void on(Stage& stage, const Pressed& pressed) {
  State& state = stage.state;
  if (pressed.action == Action::language) return switch_language(stage);
  if (!state.employee) return;
  if (pressed.action == Action::sign_out) return sign_out(stage);
  if (pressed.action == Action::escape) return escape(stage);
  if (pressed.action == Action::confirm) return confirm(stage);
  if (state.question) return;
  if (pressed.action == Action::connection) return say_connection(stage);
  if (state.sheet != Sheet::none) return press_on_sheet(stage, pressed.action);
  press_on_checkout(stage, pressed.action);
}

/// Law 13: what a field may hold. Everything else is cut here, so that no later place has to.
bool is_writable(const std::string& text) { return text.size() <= domain::kInputBytesMax; }

void on(Stage& stage, const Edited& edited) {
  State& state = stage.state;
  if (!state.employee || state.question || !is_writable(edited.text)) return;
  const auto& ranges = stage.directory.profile().ranges;
  switch (edited.field) {
    case Field::entry:
    case Field::search:
    case Field::received:
    case Field::receipt: {
      const bool refused = domain::contains_payment_card(edited.text, ranges);
      const std::string text = refused ? std::string() : edited.text;
      if (refused) stage.refuse(Text::payment_card);
      if (edited.field == Field::entry) state.entry = text;
      if (edited.field == Field::search && state.sheet == Sheet::find) edit_find(stage, text);
      if (edited.field == Field::received) state.pay.received = text;
      if (edited.field == Field::receipt) state.give_back.receipt = text;
      if (!refused) state.sheet_message = {};
      return;
    }
    case Field::phone:
    case Field::first_name:
    case Field::birth_day:
    case Field::birth_month:
    case Field::card:
    case Field::referrer:
    case Field::family_day:
    case Field::family_month:
    case Field::relation:
    case Field::liking:
      if (state.sheet == Sheet::join) edit_join(stage, edited);
      return;
  }
}

void on(Stage& stage, const Scanned& scanned) { on_scanned(stage, scanned); }

void on(Stage& stage, const LineSelected& selected) {
  if (selected.line < stage.basket().lines.size()) stage.state.selected = selected.line;
}

void on(Stage& stage, const LineQuantity& quantity) {
  if (!stage.state.employee) return;
  set_quantity(stage, quantity.line, quantity.quantity);
}

void on(Stage& stage, const BenefitAnswered& answered) {
  if (!stage.state.employee) return;
  answer_benefit(stage, answered);
  if (stage.state.sheet != Sheet::ask) return;
  requote(stage);
  open_pay(stage);
}

void on(Stage& stage, const QuestionAnswered& answered) {
  answer_question(stage, answered.replace);
}

void on(Stage& stage, const TenderChosen& chosen) {
  stage.state.sheet_message = {};
  if (stage.state.sheet == Sheet::pay) stage.state.pay.kind = chosen.kind;
  if (stage.state.sheet == Sheet::give_back) stage.state.give_back.kind = chosen.kind;
}

void on(Stage& stage, const ReceivedChosen& chosen) {
  const programme::Programme* programme = stage.directory.programme();
  if (stage.state.sheet != Sheet::pay || programme == nullptr) return;
  if (chosen.received.is_negative()) return;
  stage.state.pay.received =
      domain::format_money(chosen.received, programme->rules().money_form(), stage.state.language);
  stage.state.sheet_message = {};
}

void on(Stage& stage, const ClassChosen& chosen) {
  auto& paid = stage.state.join.paid_class;
  if (stage.state.sheet != Sheet::join) return;
  stage.state.sheet_message = {};
  if (paid == chosen.code) {
    paid.reset();
  } else {
    paid = chosen.code;
  }
}

void on(Stage& stage, const ConsentTicked& ticked) {
  if (stage.state.sheet != Sheet::join) return;
  JoinSheet& join = stage.state.join;
  (ticked.consent == Consent::terms ? join.terms : join.marketing) = ticked.given;
  stage.state.sheet_message = {};
}

void on(Stage& stage, const PointsChosen& chosen) { choose_points(stage, chosen.points); }

void on(Stage& stage, const FoundChosen& chosen) {
  if (stage.state.sheet == Sheet::find) confirm_find(stage, chosen.result);
}

void on(Stage& stage, const ReturnQuantity& quantity) {
  set_return(stage, quantity.line, quantity.quantity);
}

void on(Stage& stage, const SignInChosen& chosen) {
  State& state = stage.state;
  if (state.employee) return;
  const auto staff = stage.directory.staff();
  const bool known = std::any_of(staff.begin(), staff.end(), [&](const auto& employee) {
    return employee.code == chosen.employee;
  });
  if (!known) return;
  state.employee = chosen.employee;
  state.message = {};
  // Her own card may have been attached by somebody else.
  const auto& attached = state.basket.attached;
  if (!attached || !attached->facts) return;
  const auto employee = stage.directory.employee_of(attached->facts->id);
  if (employee && *employee == chosen.employee) {
    remove_member(stage);
    state.removed.reset();
    stage.undo_offered = false;
    stage.say(Mood::attention, Text::own_card);
  }
}

void on(Stage&, const Sealed&) {}
void on(Stage& stage, const Authorised& answer) { on_authorised(stage, answer); }
void on(Stage& stage, const SaleFound& found) { on_sale_found(stage, found); }
void on(Stage& stage, const DayClosed& closed) { on_day_closed(stage, closed); }
void on(Stage& stage, const SealFailed& failed) { on_seal_failed(stage, failed); }
void on(Stage& stage, const Printed& printed) { on_printed(stage, printed); }
void on(Stage& stage, const PrintFailed& failed) { on_print_failed(stage, failed); }
void on(Stage& stage, const CacheChanged&) { refresh_attached(stage); }
void on(Stage& stage, const ConnectionChanged& changed) {
  if (changed.online != stage.state.connection.online) stage.state.by_rights = false;
  stage.state.connection = changed;
}
void on(Stage& stage, const TroubleChanged& changed) { stage.state.trouble = changed.kind; }
void on(Stage& stage, const ExamplesDiffer&) { stage.state.examples_differ = true; }
void on(Stage&, const RightChanged&) {}
void on(Stage& stage, const DeviceChanged& changed) {
  using Kind = DeviceChanged::Kind;
  switch (changed.kind) {
    case Kind::scanner_lost:
      return stage.say(Mood::attention, Text::scanner_lost);
    case Kind::scanner_back:
      return stage.say(Mood::plain, Text::scanner_back);
    case Kind::printer_lost:
      return stage.say(Mood::attention, Text::printer_lost);
    case Kind::printer_back:
      return stage.say(Mood::plain, Text::printer_back);
  }
}
void on(Stage& stage, const PictureUnread&) { stage.refuse(Text::picture_unread); }
void on(Stage&, const MinuteChanged&) {}
void on(Stage& stage, const IdsMinted& minted) {
  auto& ids = stage.state.fresh_ids;
  ids.insert(ids.end(), minted.ids.begin(), minted.ids.end());
  stage.state.ids_asked = false;
}
void on(Stage& stage, const Restored& restored) { on_restored(stage, restored); }

/// Between Enter and the commit only news from the workers and the language come through; scans
/// wait for the next sale.
bool passes_while_sealing(const Event& event) {
  if (const auto* pressed = std::get_if<Pressed>(&event)) {
    return pressed->action == Action::language;
  }
  return std::holds_alternative<SealFailed>(event) || std::holds_alternative<Authorised>(event) ||
         std::holds_alternative<DayClosed>(event) || std::holds_alternative<Printed>(event) ||
         std::holds_alternative<PrintFailed>(event) ||
         std::holds_alternative<ConnectionChanged>(event) ||
         std::holds_alternative<TroubleChanged>(event) ||
         std::holds_alternative<ExamplesDiffer>(event) ||
         std::holds_alternative<DeviceChanged>(event) || std::holds_alternative<IdsMinted>(event);
}

/// One event outside the freeze: decide, then recalculate from zero and keep the basket.
void apply(Stage& stage, const Event& event) {
  State& state = stage.state;
  if (state.pending && !passes_while_sealing(event)) {
    const auto* scanned = std::get_if<Scanned>(&event);
    if (scanned != nullptr && state.queued.size() < kQueuedMax) state.queued.push_back(*scanned);
    return;
  }
  const Basket before = state.basket;
  stage.undo_offered = false;
  std::visit([&](const auto& happened) { on(stage, happened); }, event);
  if (state.selected && *state.selected >= state.basket.lines.size()) state.selected.reset();
  const bool changed = state.basket != before;
  if (changed && !stage.undo_offered) state.removed.reset();
  if (state.basket.empty()) {
    state.by_rights = false;
    state.budgets_heard.clear();
  }
  if (changed) stage.effects.emplace_back(KeepBasket{encode_basket(state.basket)});
  if (!state.pending) requote(stage);
  // The basket changed beneath the question, and it has no reason any more.
  if (state.sheet == Sheet::ask && open_question(state) == nullptr) close_sheet(stage);
}

void drain_queue(Stage& stage) {
  while (!stage.state.pending && !stage.state.queued.empty()) {
    const Scanned scanned = std::move(stage.state.queued.front());
    stage.state.queued.pop_front();
    apply(stage, scanned);
  }
}

}  // namespace

Step step(State state, const Event& event, const Directory& directory, const core::Moment& now,
          core::Tick tick) {
  Step result{std::move(state), {}};
  Stage stage(result.state, result.effects, directory, now, tick);
  if (const auto* sealed = std::get_if<Sealed>(&event)) {
    on_sealed(stage, *sealed);  // the basket after it was kept in the same transaction
    if (!result.state.pending) requote(stage);
  } else {
    apply(stage, event);
  }
  drain_queue(stage);
  if (result.state.fresh_ids.size() < kIdsKept && !result.state.ids_asked) {
    result.state.ids_asked = true;
    result.effects.emplace_back(MintIds{kIdsAsked});
  }
  return result;
}

}  // namespace pos::app
