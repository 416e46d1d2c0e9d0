#include "pos/app/views/build_view.hpp"

namespace pos::app {

namespace {

using programme::BenefitState;

ConnectionView build_connection(const ViewSource& source) {
  const Wording& words = source.words;
  ConnectionView view;
  const auto waiting = static_cast<std::int64_t>(source.state.connection.waiting);
  if (waiting > 0) view.waiting = words.count(Text::waiting, waiting);
  view.kind = ConnectionView::Kind::trouble;
  using Trouble = TroubleChanged::Kind;
  switch (shown_trouble(source.state)) {
    case Trouble::not_paired:
      view.text = words.say(Text::trouble_not_paired);
      break;
    case Trouble::clock_unsafe:
      view.text = words.say(Text::trouble_clock);
      break;
    case Trouble::disk_nearly_full:
      view.text = words.say(Text::trouble_disk);
      break;
    case Trouble::queue_old:
      view.text = words.say(Text::trouble_queue_old);
      break;
    case Trouble::key_refused:
      view.text = words.say(Text::trouble_key_refused);
      break;
    case Trouble::copy_found:
      view.text = words.say(Text::trouble_copy);
      break;
    case Trouble::record_damaged:
      view.text = words.say(Text::trouble_record);
      break;
    case Trouble::examples_differ:
      view.text = words.say(Text::trouble_examples);
      break;
    case Trouble::none:
      view.kind = source.state.connection.online ? ConnectionView::Kind::connected
                                                 : ConnectionView::Kind::offline;
      break;
  }
  if (view.kind == ConnectionView::Kind::connected) {
    view.text = words.say(Text::connected);
    return view;
  }
  if (view.kind == ConnectionView::Kind::offline) {
    view.text =
        words.say(Text::offline_since, {words.when(source.state.connection.since, source.now)});
  }
  view.what_to_do = words.button(Action::connection, "status.what_to_do", Text::what_to_do);
  return view;
}

/// Discounts that belong to this line alone; those spread over several lines stand in the panel.
std::vector<AmountView> discounts_of(const ViewSource& source, std::size_t line) {
  std::vector<AmountView> discounts;
  const programme::Programme* programme = source.directory.programme();
  if (!source.state.quote || programme == nullptr) return discounts;
  for (const programme::HeldBack& held : source.state.quote->held_back) {
    if (held.line != line) continue;
    discounts.push_back(
        {source.words.say(Text::on_sale_from, {source.words.date(held.on_sale)}), ""});
  }
  for (const auto& outcome : source.state.quote->outcomes) {
    if (outcome.state != BenefitState::applied || outcome.shares.size() != 1) continue;
    const programme::LineShare& share = outcome.shares.front();
    if (share.line != line || share.amount.is_zero()) continue;
    discounts.push_back(
        {benefit_name(source, outcome.benefit), source.words.minus_cell(share.amount)});
  }
  return discounts;
}

BasketLineView build_line(const ViewSource& source, std::size_t index) {
  const programme::BasketLine& line = source.state.basket.lines[index];
  const Wording& words = source.words;
  const auto position = static_cast<std::int64_t>(index);
  BasketLineView view;
  view.id = "basket.line." + std::to_string(index);
  view.line = index;
  view.number = words.number_cell(position + 1);
  view.name = words.of(line.article.name);
  view.quantity = words.times_cell(line.quantity);
  view.unit_price = words.money_cell(line.article.price);
  view.amount = words.money_cell(line.article.price * line.quantity);
  view.discounts = discounts_of(source, index);
  view.selected = source.state.selected == index;
  return view;
}

std::vector<ButtonView> build_line_buttons(const ViewSource& source) {
  if (!source.state.selected) return {};
  const Wording& words = source.words;
  ButtonView fewer = words.button(Action::fewer, "basket.fewer", Text::less);
  const auto& lines = source.state.basket.lines;
  fewer.enabled =
      *source.state.selected < lines.size() && lines[*source.state.selected].quantity > 1;
  return {fewer, words.button(Action::more, "basket.more", Text::more),
          words.button(Action::delete_line, "basket.delete", Text::delete_line)};
}

std::vector<ButtonView> build_buttons(const ViewSource& source) {
  const Wording& words = source.words;
  const State& state = source.state;
  const bool known = state.basket.attached && paying_account(*state.basket.attached);
  const bool spendable = known && state.quote && !state.quote->points_offer.nothing();
  const bool by_card = known && !state.basket.attached->facts;
  ButtonView pay = words.button(Action::pay, "checkout.pay", Text::pay, "F9",
                                !state.basket.lines.empty() && state.quote);
  pay.primary = true;
  return {words.button(Action::find, "checkout.find", Text::find_member, "F2"),
          words.button(Action::join, "checkout.join", Text::join, "F3"),
          words.button(Action::why, "checkout.why", Text::why, "F4"),
          words.button(Action::give_back, "checkout.return", Text::give_back, "F7"),
          words.button(Action::points, "checkout.points",
                       by_card ? Text::use_gift_card : Text::use_points, "F8", spendable),
          std::move(pay)};
}

void add_totals(const ViewSource& source, CheckoutView& view) {
  const Wording& words = source.words;
  domain::Money total;
  if (const auto& quote = source.state.quote) {
    total = quote->payable;
    if (!quote->discount.is_zero()) {
      view.saved = words.say(Text::saved, {words.money(quote->discount)});
    }
    const domain::Money paid = quote->points_value + quote->value_spent;
    if (!paid.is_zero()) {
      const Text label = quote->value_spent.is_zero()    ? Text::paid_with_points
                         : quote->points_value.is_zero() ? Text::paid_with_value
                                                         : Text::paid_with_both;
      view.points_paid = {words.say(label), words.minus_cell(paid)};
    }
  } else {
    for (const auto& line : source.state.basket.lines) {
      total += line.article.price * line.quantity;
    }
  }
  view.total = {words.say(Text::total), words.priced_cell(total)};
}

}  // namespace

StatusView build_status(const ViewSource& source) {
  const Wording& words = source.words;
  const TillProfile& profile = source.directory.profile();
  StatusView view;
  view.till = words.say(Text::till_number, {words.number_cell(profile.till.value)});
  if (source.state.employee) {
    for (const domain::Employee& employee : source.directory.staff()) {
      if (employee.code != *source.state.employee) continue;
      view.employee = words.of(employee.name);
      if (!employee.manager) continue;
      view.close_day = words.button(Action::close_day, "status.day", Text::day_close, "F10",
                                    source.state.sheet == Sheet::none);
    }
  }
  view.connection = build_connection(source);
  view.language = words.button(Action::language, "status.language", Text::language_code, "F11");
  view.lock = words.button(Action::sign_out, "status.lock", Text::lock, "F12",
                           source.state.employee.has_value());
  view.time = words.time(source.now);
  if (profile.demo) view.demo_mark = words.say(Text::demo_mark);
  return view;
}

CheckoutView build_checkout(const ViewSource& source) {
  const Wording& words = source.words;
  const State& state = source.state;
  CheckoutView view;
  view.status = build_status(source);
  view.basket_heading = words.say(Text::basket);
  std::int64_t pieces = 0;
  for (std::size_t line = 0; line < state.basket.lines.size(); ++line) {
    pieces += state.basket.lines[line].quantity;
    view.lines.push_back(build_line(source, line));
  }
  view.item_count = words.count(Text::items, pieces);
  if (view.lines.empty()) view.empty_basket = words.say(Text::basket_empty);
  view.entry.field = Field::entry;
  view.entry.id = "checkout.entry";
  view.entry.text = state.entry;
  view.entry.placeholder = words.say(Text::entry_placeholder);
  view.entry.left_to_right = true;
  view.entry.digits = true;
  view.line_buttons = build_line_buttons(source);
  view.member = build_member_panel(source);
  add_totals(source, view);
  view.buttons = build_buttons(source);
  view.message = words.message(state.message);
  if (state.removed) {
    view.message.undo = words.button(Action::undo, "message.undo", Text::undo);
  }
  return view;
}

}  // namespace pos::app
