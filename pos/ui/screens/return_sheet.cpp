#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

void sold_row(Scene& scene, Box box, const app::ReturnLineView& line, bool enabled) {
  Widgets& w = scene.w;
  w.hairline(box, true);
  box = box.inset(0, w.px(1'500));
  TextLook amount = w.look(w.size().text_body);
  amount.weight = text::Weight::bold;
  amount.align = Align::right;
  w.text(box.cut_end(std::max(w.px(24'000), w.text_width(line.amount, amount))), line.amount,
         amount);
  (void)box.cut_end(w.px(4'000));
  Box stepper = box.cut_end(w.px(46'000));
  stepper = stepper.left_to_right();
  const float side = w.px(14'000);
  const Box minus = stepper.cut_start(side).centred(side, w.px(12'600));
  const Box plus = stepper.cut_end(side).centred(side, w.px(12'600));
  if (w.button(line.id + ".less", minus,
               {.icon = Icon::minus, .enabled = enabled && line.quantity > 0, .repeats = true})) {
    scene.send(app::ReturnQuantity{line.line, line.quantity - 1});
  }
  if (w.button(line.id + ".more", plus,
               {.icon = Icon::plus,
                .enabled = enabled && line.quantity < line.quantity_max,
                .repeats = true})) {
    scene.send(app::ReturnQuantity{line.line, line.quantity + 1});
  }
  TextLook chosen = w.look(w.size().text_title);
  chosen.weight = text::Weight::bold;
  chosen.align = Align::centre;
  w.text(stepper, line.chosen, chosen);
  (void)box.cut_end(w.px(4'000));
  TextLook small = w.look(w.size().text_caption);
  small.colour = w.colour().soft;
  Box both = box.centred(box.width(), w.px(13'000));
  w.text(both.cut_top(w.px(7'200)), line.name, w.look(w.size().text_body));
  w.text(both, line.sold, small);
}

void sold_lines(Scene& scene, Box box, const app::ReturnView& view) {
  Widgets& w = scene.w;
  const float pitch = w.px(16'400);
  const std::vector<float> heights(view.lines.size(), pitch);
  const bool paged = pitch * static_cast<float>(heights.size()) > box.height();
  Box foot = paged ? box.cut_bottom(w.px(15'000)) : Box({}, false);
  const PageRange range = page_of(scene, "return", heights, box.height(), false);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    sold_row(scene, box.cut_top(pitch), view.lines[i], !view.busy);
  }
  if (paged) page_buttons(scene, foot, "return", range);
}

void money_back(Scene& scene, Box box, const app::ReturnView& view) {
  Widgets& w = scene.w;
  if (view.void_sale) {
    action_button(scene, box.cut_bottom(w.px(17'000)), *view.void_sale, ButtonKind::warning);
    (void)box.cut_bottom(w.px(3'000));
  }
  if (view.all_back) {
    action_button(scene, box.cut_bottom(w.px(17'000)), *view.all_back);
    (void)box.cut_bottom(w.px(4'000));
  }
  const auto tenders = static_cast<int>(view.tenders.size());
  if (tenders > 0) {
    tender_buttons(scene, box.cut_top(w.px(16'000)), view.tenders, !view.busy);
    (void)box.cut_top(w.px(3'000));
  }
  for (const auto& points : view.points) {
    amount_line(scene, box.cut_top(w.px(9'000)), points, w.size().text_list, w.size().text_list,
                w.colour().ink);
  }
  if (!view.rounding.label.empty()) {
    amount_line(scene, box.cut_top(w.px(9'000)), view.rounding, w.size().text_list,
                w.size().text_list, w.colour().ink);
  }
  if (view.money_back.label.empty()) return;
  w.hairline(box.cut_top(w.px(1'500)), true);
  (void)box.cut_top(w.px(1'500));
  amount_line(scene, box.cut_top(w.px(17'000)), view.money_back, w.size().text_body,
              w.size().text_name * 5 / 4, w.colour().good);
}

}  // namespace

void draw_sheet(Scene& scene, const app::ReturnView& view) {
  Widgets& w = scene.w;
  SheetRoom room = open_sheet(scene, view.title, view.subtitle, view.cancel, true);
  Box body = room.body;
  const bool found = !view.lines.empty();
  const float side_width = found ? std::min(w.px(92'000), body.width() * 0.36F)
                                 : std::min(keypad_width(w), body.width() * 0.38F);
  Box side = body.cut_end(side_width);
  (void)body.cut_end(w.px(8'000));
  field_block(scene, body.cut_top(field_block_height(w, !view.receipt.label.empty(), true)),
              view.receipt,
              {.enabled = !view.busy, .text_um = w.size().text_body, .icon = Icon::scan});
  if (found) {
    sold_lines(scene, body, view);
    money_back(scene, side, view);
  } else {
    keypad(scene, side.cut_top(std::min(keypad_height(w), side.height())), view.receipt.id,
           !view.busy);
  }
  confirm_button(scene, room.foot, view.confirm);
  explanation_or_message(scene, room.foot, view.explanation, view.message);
}

}  // namespace pos::ui
