#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

void quick_amounts(Scene& scene, const Box& box, const app::PayView& view) {
  const int count = static_cast<int>(view.quick.size());
  for (int i = 0; i < count; ++i) {
    const auto& quick = view.quick[static_cast<std::size_t>(i)];
    const ButtonLook look{
        .label = quick.label, .enabled = !view.busy, .text_um = scene.w.size().text_body};
    if (scene.w.button(quick.id, box.column(i, count, scene.w.px(3'000)), look)) {
      scene.send(app::ReceivedChosen{quick.received});
    }
  }
}

void change(Scene& scene, Box box, const app::PayView& view) {
  Widgets& w = scene.w;
  if (view.change.label.empty()) return;
  const Colour ink = view.short_of_money ? w.colour().attention : w.colour().good;
  const float radius = w.px(w.size().radius_control);
  w.painter().fill(box, view.short_of_money ? w.colour().attention_soft : w.colour().brand_soft,
                   radius);
  box = box.inset(w.px(5'000), 0);
  if (view.short_of_money) {
    w.icon(Icon::triangle, box.cut_start(w.px(6'400)), ink);
    (void)box.cut_start(w.px(2'600));
  }
  TextLook value = w.look(w.size().text_total * 3 / 4);
  value.weight = text::Weight::bold;
  value.colour = ink;
  value.align = Align::end;
  w.text(box.cut_end(std::min(box.width() * 0.66F, w.text_width(view.change.value, value) + 1)),
         view.change.value, value);
  (void)box.cut_end(w.px(3'000));
  TextLook label = w.look(w.size().text_body);
  label.colour = ink;
  label.weight = text::Weight::bold;
  w.text(box, view.change.label, label);
}

}  // namespace

void draw_sheet(Scene& scene, const app::PayView& view) {
  Widgets& w = scene.w;
  SheetRoom room = open_sheet(scene, view.title, view.member, view.cancel, true);
  const float pad_width = std::min(keypad_width(w), room.body.width() * 0.38F);
  Box side = room.body.cut_end(pad_width);
  (void)room.body.cut_end(w.px(8'000));
  if (view.received) {
    keypad(scene, side.cut_top(std::min(keypad_height(w), side.height())), view.received->id,
           !view.busy, true);
  }
  Box body = room.body;
  TextLook total = w.look(w.size().text_amount);
  total.weight = text::Weight::bold;
  w.text(body.cut_top(w.px(20'000)), view.total, total);
  (void)body.cut_top(w.px(3'500));
  tender_buttons(scene, body.cut_top(w.px(20'000)), view.tenders, !view.busy);
  (void)body.cut_top(w.px(2'500));
  if (view.received) {
    field_block(scene, body.cut_top(field_block_height(w, true, false)), *view.received,
                {.enabled = !view.busy, .with_hint = false});
    (void)body.cut_top(w.px(3'000));
    quick_amounts(scene, body.cut_top(w.px(15'000)), view);
    (void)body.cut_top(w.px(3'000));
  }
  amount_line(scene, body.cut_top(view.rounding.label.empty() ? 0 : w.px(8'600)), view.rounding,
              w.size().text_list, w.size().text_list, w.colour().ink);
  if (!view.change.label.empty()) {
    (void)body.cut_top(w.px(1'200));
    change(scene, body.cut_top(w.px(17'000)), view);
  }
  (void)body.cut_top(w.px(1'500));
  TextLook earns = w.look(w.size().text_list);
  earns.colour = w.colour().soft;
  w.text(body.cut_top(std::min(body.height(), w.px(9'000))), view.earns, earns);

  confirm_button(scene, room.foot, view.confirm);
  explanation_or_message(scene, room.foot, view.explanation, view.message);
}

}  // namespace pos::ui
