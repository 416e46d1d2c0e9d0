#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

/// Words and their key; the whole height of the bar can be pressed, and nothing shouts.
void bar_button(Scene& scene, Box& bar, const app::ButtonView& button) {
  Widgets& w = scene.w;
  TextLook label = w.look(w.size().text_note);
  label.weight = text::Weight::bold;
  TextLook key = w.look(w.size().text_caption);
  key.colour = w.colour().soft;
  const float gap = w.px(1'600);
  const float label_width = w.text_width(button.label, label);
  const float key_width = w.text_width(button.key, key);
  const float width = std::max(w.px(15'000), label_width + gap + key_width + w.px(5'000));
  Box place = bar.cut_end(width);
  const bool pressed = w.row(button.id, place, false, w.px(w.size().radius_small));
  Box words = place.centred(label_width + gap + key_width, place.height());
  w.text(words.cut_start(label_width + 1), button.label, label);
  (void)words.cut_start(gap - 1);
  words.x1 += 2;
  w.text(words, button.key, key);
  if (pressed || (button.enabled && take_key_of(scene, button))) scene.press(button.action);
}

void connection_pill(Scene& scene, const Box& room, const app::ConnectionView& view) {
  Widgets& w = scene.w;
  const bool quiet = view.kind == app::ConnectionView::Kind::connected;
  const bool trouble = view.kind == app::ConnectionView::Kind::trouble;
  const Colour ink = quiet ? w.colour().soft : trouble ? w.colour().stop : w.colour().attention;
  const Colour ground = trouble ? w.colour().stop_soft : w.colour().attention_soft;
  TextLook words = w.look(w.size().text_note);
  words.colour = ink;
  words.weight = quiet ? text::Weight::regular : text::Weight::bold;
  const float icon = w.px(6'200);
  const float gap = w.px(2'200);
  const float pad = w.px(4'200);
  const float text_width = w.text_width(view.text, words) + 1;
  const float waiting_width =
      view.waiting.empty() ? 0 : w.text_width(view.waiting, words) + 1 + gap * 2;
  TextLook todo = words;
  todo.weight = text::Weight::bold;
  const float todo_width =
      view.what_to_do ? w.text_width(view.what_to_do->label, todo) + w.px(8'000) : 0;
  const float wanted = pad + icon + gap + text_width + waiting_width + w.px(800) +
                       (view.what_to_do ? gap + todo_width : pad);
  Box pill = room.centred(std::min(wanted, room.width()), room.height());
  // In the middle of the screen, when that is free.
  const float shift =
      std::clamp(w.screen().middle_x() - pill.middle_x(), room.x0 - pill.x0, room.x1 - pill.x1);
  pill.x0 = std::round(pill.x0 + shift);
  pill.x1 = std::round(pill.x1 + shift);
  if (!quiet) {
    const Box ground_box = pill.centred(pill.width(), w.px(9'400));
    w.painter().fill(ground_box, ground, ground_box.height() / 2);
  }
  if (view.what_to_do) {
    const Box place = pill.cut_end(todo_width);
    const Box drawn = place.centred(place.width(), w.px(9'400));
    const bool pressed = w.row(view.what_to_do->id, place, false, place.height() / 2);
    w.painter().stroke(drawn, ink, drawn.height() / 2, w.px(w.size().stroke));
    todo.align = Align::centre;
    w.text(drawn.inset(w.px(2'000), 0), view.what_to_do->label, todo);
    if (pressed || take_key_of(scene, *view.what_to_do)) scene.press(view.what_to_do->action);
    (void)pill.cut_end(gap);
  }
  (void)pill.cut_start(pad);
  w.icon(quiet ? Icon::cloud : trouble ? Icon::alert : Icon::cloud_off, pill.cut_start(icon), ink);
  (void)pill.cut_start(gap);
  if (waiting_width > 0) {
    Box waiting = pill.cut_end(std::min(waiting_width, pill.width() * 0.5F));
    Box bar = waiting.cut_start(gap * 2);
    bar = bar.centred(w.px(w.size().stroke), w.px(5'000));
    w.painter().fill(bar, ink);
    w.text(waiting, view.waiting, words);
  }
  w.text(pill, view.text, words);
}

}  // namespace

void status_bar(Scene& scene, Box bar, const app::StatusView& status) {
  Widgets& w = scene.w;
  w.painter().fill(bar, w.colour().surface);
  w.hairline(bar, true);
  bar = bar.inset(w.px(w.size().edge), 0);
  TextLook strong = w.look(w.size().text_note);
  strong.weight = text::Weight::bold;
  TextLook soft = w.look(w.size().text_note);
  soft.colour = w.colour().soft;
  soft.natural = true;

  Box end = bar.cut_end(std::round(bar.width() * 0.33F));
  TextLook time = strong;
  const float time_width = w.text_width(status.time, time);
  w.text(end.cut_end(time_width + 1), status.time, time);
  (void)end.cut_end(w.px(2'000));
  if (!status.lock.label.empty()) bar_button(scene, end, status.lock);
  if (!status.language.label.empty()) bar_button(scene, end, status.language);
  if (!status.close_day.label.empty()) bar_button(scene, end, status.close_day);

  Box start = bar.cut_start(std::round(bar.width() * 0.30F));
  const float till = std::min(w.text_width(status.till, strong), start.width() * 0.6F);
  w.text(start.cut_start(till + 1), status.till, strong);
  (void)start.cut_start(w.px(4'000));
  if (!status.demo_mark.empty()) {
    w.chip(start, status.demo_mark, w.colour().attention, w.colour().attention_soft, false);
    (void)start.cut_start(w.px(2'000));
  }
  w.text(start, status.employee, soft);

  // The pill may use what the buttons left over.
  Box middle = bar;
  (bar.rtl ? middle.x0 : middle.x1) = bar.rtl ? end.x0 : end.x1;
  connection_pill(scene, middle.inset(w.px(3'000), 0), status.connection);
}

}  // namespace pos::ui
