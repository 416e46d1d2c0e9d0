#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

/// A gift card holds no points.
bool has_points(const app::PointsView& view) { return !view.fewer.label.empty(); }

/// What the member has, and what may go.
void purse(Scene& scene, Box box, const app::PointsView& view) {
  Widgets& w = scene.w;
  w.painter().fill(box, w.colour().brand_soft, w.px(w.size().radius_panel));
  box = box.inset(w.px(7'000), w.px(6'000));
  TextLook balance = w.look(w.size().text_name * 5 / 4);
  balance.weight = text::Weight::bold;
  w.text(box.cut_top(w.px(15'000)), view.balance, balance);
  TextLook worth = w.look(w.size().text_body);
  worth.colour = w.colour().soft;
  w.text(box.cut_top(w.px(9'000)), view.worth, worth);
  (void)box.cut_top(w.px(7'000));
  TextLook most = w.look(w.size().text_body);
  most.weight = text::Weight::bold;
  most.fit = Fit::wrap;
  const auto lines = static_cast<float>(w.line_count(view.spendable, most, box.width()));
  w.text(box.cut_top(w.line_height(most.size_um) * lines), view.spendable, most);
  (void)box.cut_top(w.px(5'000));
  TextLook day = w.look(w.size().text_list);
  day.colour = w.colour().soft;
  day.fit = Fit::wrap;
  for (const std::string& text : view.days) {
    const auto count = static_cast<float>(w.line_count(text, day, box.width()));
    w.text(box.cut_top(w.line_height(day.size_um) * count), text, day);
    (void)box.cut_top(w.px(2'000));
  }
  if (view.limit.empty()) return;
  TextLook limit = w.look(w.size().text_list);
  limit.colour = w.colour().attention;
  limit.fit = Fit::wrap;
  Box row = box.cut_top(std::min(box.height(), w.px(24'000)));
  Box icon = row.cut_start(w.px(6'400));
  w.icon(Icon::triangle, icon.cut_top(w.line_height(limit.size_um)), w.colour().attention);
  (void)row.cut_start(w.px(3'000));
  const auto count = static_cast<float>(w.line_count(view.limit, limit, row.width()));
  w.text(row.cut_top(w.line_height(limit.size_um) * count), view.limit, limit);
}

/// A step button shows its sign; the words are for those who hear the screen.
void step_button(Scene& scene, const Box& box, const app::ButtonView& button, Icon icon) {
  const bool pressed =
      scene.w.button(button.id, box,
                     {.icon = icon, .enabled = button.enabled, .icon_um = 12'000, .repeats = true});
  if (pressed || (button.enabled && take_key_of(scene, button))) scene.press(button.action);
}

/// Stored value goes whole or not at all.
void value_button(Scene& scene, const Box& box, const app::PointsView& view) {
  const ButtonLook look{.label = view.value.label,
                        .kind = view.value_used ? ButtonKind::chosen : ButtonKind::plain,
                        .icon = view.value_used ? std::optional(Icon::check) : std::nullopt,
                        .text_um = scene.w.size().text_body};
  if (scene.w.button(view.value.id, box, look)) scene.press(view.value.action);
}

void point_steps(Scene& scene, Box& box, const app::PointsView& view) {
  Widgets& w = scene.w;
  Box row = box.cut_top(w.px(26'000));
  // More is always on the right, as on a keypad.
  Box steps = row.left_to_right();
  step_button(scene, steps.cut_start(w.px(26'000)), view.fewer, Icon::minus);
  step_button(scene, steps.cut_end(w.px(26'000)), view.more, Icon::plus);
  TextLook chosen = w.look(w.size().text_name * 5 / 4);
  chosen.weight = text::Weight::bold;
  chosen.align = Align::centre;
  w.text(Box(steps.inset(w.px(3'000), 0), row.rtl), view.chosen, chosen);
  (void)box.cut_top(w.px(4'000));
  const Box ends = box.cut_top(w.px(18'000)).left_to_right();
  action_button(scene, ends.column(0, 2, w.px(3'000)), view.none);
  action_button(scene, ends.column(1, 2, w.px(3'000)), view.all);
  (void)box.cut_top(w.px(3'000));
}

void chooser(Scene& scene, Box box, const app::PointsView& view) {
  Widgets& w = scene.w;
  if (has_points(view)) point_steps(scene, box, view);
  if (!view.value.label.empty()) {
    value_button(scene, box.cut_top(w.px(16'000)), view);
    (void)box.cut_top(w.px(4'000));
  } else {
    (void)box.cut_top(w.px(6'000));
  }
  amount_line(scene, box.cut_top(w.px(11'000)), view.chosen_worth, w.size().text_body,
              w.size().text_title, w.colour().good);
  w.hairline(box.cut_top(w.px(2'000)), true);
  (void)box.cut_top(w.px(2'000));
  amount_line(scene, box.cut_top(w.px(19'000)), view.total_after, w.size().text_body,
              w.size().text_total, w.colour().ink);
}

}  // namespace

void draw_sheet(Scene& scene, const app::PointsView& view) {
  Widgets& w = scene.w;
  SheetRoom room = open_sheet(scene, view.title, view.member, view.cancel, true);
  room.body = room.body.centred(
      room.body.width(),
      std::min(room.body.height(), w.px(view.value.label.empty() ? 94'000 : 105'000)));
  Box left = room.body.cut_start(std::round(room.body.width() * 0.44F));
  (void)room.body.cut_start(w.px(10'000));
  purse(scene, left, view);
  chooser(scene, room.body, view);
  if (has_points(view)) {
    const Key less = w.rtl() ? Key::right : Key::left;
    const Key more = w.rtl() ? Key::left : Key::right;
    if (w.take(less) || w.take(Key::down)) scene.press(view.fewer.action);
    if (w.take(more) || w.take(Key::up)) scene.press(view.more.action);
  }
  confirm_button(scene, room.foot, view.confirm);
  message_line(scene, room.foot, view.message);
}

}  // namespace pos::ui
