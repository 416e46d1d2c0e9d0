#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

void result_row(Scene& scene, const Box& box, const app::FoundView& found) {
  Widgets& w = scene.w;
  if (w.button(found.id, box, {})) scene.send(app::FoundChosen{found.result});
  Box inner = box.inset(w.px(4'500), w.px(1'200));
  w.icon(Icon::person, inner.cut_start(w.px(7'000)), w.colour().brand);
  (void)inner.cut_start(w.px(4'000));
  TextLook name = w.look(w.size().text_title * 9 / 10);
  name.weight = text::Weight::bold;
  name.natural = true;
  name.align = inner.rtl ? Align::right : Align::left;
  TextLook detail = w.look(w.size().text_note);
  detail.colour = w.colour().soft;
  Box both = inner.centred(inner.width(), w.px(16'000));
  w.text(both.cut_top(w.px(9'200)), found.name, name);
  w.text(both, found.detail, detail);
}

}  // namespace

void draw_sheet(Scene& scene, const app::FindView& view) {
  Widgets& w = scene.w;
  SheetRoom room = open_sheet(scene, view.title, {}, view.cancel, true);
  const float pad_width = std::min(keypad_width(w), room.body.width() * 0.38F);
  Box side = room.body.cut_end(pad_width);
  (void)room.body.cut_end(w.px(8'000));
  keypad(scene, side.cut_top(std::min(keypad_height(w), side.height())), view.search.id, true);

  Box body = room.body;
  field_block(scene, body.cut_top(field_block_height(w, !view.search.label.empty(), true)),
              view.search, {});
  (void)body.cut_top(w.px(3'000));
  if (view.join) {
    action_button(scene, body.cut_bottom(w.px(18'000)), *view.join, ButtonKind::chosen);
    (void)body.cut_bottom(w.px(3'000));
  }
  const float pitch = w.px(22'000);
  const std::vector<float> heights(view.results.size(), pitch);
  const float all = pitch * static_cast<float>(heights.size());
  const bool paged = all > body.height() + w.px(3'000);
  Box pages = paged ? body.cut_bottom(w.px(15'000)) : Box({}, false);
  const PageRange range = page_of(scene, "find", heights, body.height() + w.px(3'000), false);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Box place = body.cut_top(pitch);
    place.y1 = place.y0 + w.px(19'000);
    result_row(scene, place, view.results[i]);
  }
  if (paged) page_buttons(scene, pages, "find", range);

  confirm_button(scene, room.foot, view.confirm);
  explanation_or_message(scene, room.foot, view.explanation, view.message);
}

}  // namespace pos::ui
