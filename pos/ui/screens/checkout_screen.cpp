#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

void totals(Scene& scene, Box box, const app::CheckoutView& view) {
  Widgets& w = scene.w;
  w.panel(box);
  box = box.inset(w.px(w.size().padding + 800), 0);
  TextLook value = w.look(w.size().text_total);
  value.weight = text::Weight::bold;
  value.align = Align::end;
  const float value_width = std::min(w.text_width(view.total.value, value), box.width() * 0.55F);
  const Box value_box = box.cut_end(value_width + 1);
  w.text(value_box, view.total.value, value);
  (void)box.cut_end(w.px(6'000));
  TextLook label = w.look(w.size().text_body);
  label.colour = w.colour().soft;
  label.align = Align::end;
  Box label_box =
      box.cut_end(std::min(w.text_width(view.total.label, label) + 1, box.width() * 0.4F));
  // On the baseline of the figure.
  const float drop = (w.px(w.size().text_total) - w.px(w.size().text_body)) * 0.36F;
  label_box.y0 += drop;
  label_box.y1 += drop;
  w.text(label_box, view.total.label, label);
  (void)box.cut_end(w.px(4'000));

  TextLook saved = w.look(w.size().text_body);
  saved.weight = text::Weight::bold;
  saved.colour = w.colour().good;
  const bool paid = !view.points_paid.label.empty();
  if (paid && !view.saved.empty()) {
    Box both = box.centred(box.width(), w.px(17'000));
    w.text(both.cut_top(w.px(8'500)), view.saved, saved);
    saved.weight = text::Weight::regular;
    w.text(both, view.points_paid.label + "  " + view.points_paid.value, saved);
  } else {
    w.text(box, paid ? view.points_paid.label + "  " + view.points_paid.value : view.saved, saved);
  }
}

void key_row(Scene& scene, Box box, const std::vector<app::ButtonView>& buttons) {
  if (buttons.empty()) return;
  Widgets& w = scene.w;
  const float gap = w.px(3'000);
  const bool has_primary = buttons.back().primary;
  const auto plain = buttons.size() - (has_primary ? 1U : 0U);
  if (has_primary) {
    const float share = 1.9F / (1.9F + static_cast<float>(plain));
    const Box place = box.cut_end(std::clamp(box.width() * share, w.px(60'000), w.px(110'000)));
    (void)box.cut_end(gap);
    action_button(scene, place, buttons.back(), ButtonKind::primary);
  }
  for (std::size_t i = 0; i < plain; ++i) {
    action_button(scene, box.column(static_cast<int>(i), static_cast<int>(plain), gap), buttons[i]);
  }
}

}  // namespace

void checkout_screen(Scene& scene, const app::CheckoutView& view) {
  Widgets& w = scene.w;
  Box screen = w.screen();
  status_bar(scene, screen.cut_top(w.px(w.size().bar_status)), view.status);
  screen = screen.inset(w.px(w.size().edge), 0);
  const float gap = w.px(w.size().gap);
  (void)screen.cut_top(gap);
  const Box foot = screen.cut_bottom(w.px(w.size().bar_footer));
  const Box keys = screen.cut_bottom(w.px(w.size().bar_keys));
  (void)screen.cut_bottom(gap);
  const Box total = screen.cut_bottom(w.px(w.size().bar_total));
  (void)screen.cut_bottom(gap);
  const Box member = screen.cut_end(std::max(w.px(118'000), screen.width() * 0.375F));
  (void)screen.cut_end(gap);

  basket_panel(scene, screen, view);
  member_panel(scene, member, view.member);
  totals(scene, total, view);
  key_row(scene, keys, view.buttons);
  message_line(scene, foot, view.message);
  if (w.take(Key::enter)) scene.press(app::Action::confirm);
  if (w.take(Key::escape)) scene.press(app::Action::escape);
}

}  // namespace pos::ui
