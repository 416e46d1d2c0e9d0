#include "pos/ui/screens/scene.hpp"

namespace pos::ui {

void question_box(Scene& scene, const app::QuestionView& view) {
  Widgets& w = scene.w;
  const Box screen = w.screen();
  w.painter().fill(screen, w.colour().shade);
  Box box = screen.centred(std::min(w.px(210'000), screen.width() - w.px(20'000)), w.px(88'000));
  const float radius = w.px(w.size().radius_panel * 4 / 3);
  w.painter().fill(box, w.colour().surface, radius);
  Box edge = box;
  w.painter().fill_top(edge.cut_top(radius), w.colour().attention, radius);
  w.painter().fill({box.x0, box.y0 + w.px(2'200), box.x1, box.y0 + radius + 1}, w.colour().surface);
  box = box.inset(w.px(9'000), w.px(8'000));

  Box buttons = box.cut_bottom(w.px(22'000));
  const Box keep = buttons.column(0, 2, w.px(4'000));
  const Box replace = buttons.column(1, 2, w.px(4'000));
  const std::string keep_id = view.id + ".keep";
  const std::string replace_id = view.id + ".replace";
  const bool kept = w.button(
      keep_id, keep,
      {.label = view.keep_label, .kind = ButtonKind::primary, .text_um = w.size().text_body});
  const bool replaced =
      w.button(replace_id, replace, {.label = view.replace_label, .text_um = w.size().text_body});
  if (replaced) scene.send(app::QuestionAnswered{true});
  if (kept || w.take(Key::escape) || w.take(Key::enter)) scene.send(app::QuestionAnswered{false});
  if (w.take(Key::left) || w.take(Key::right)) w.focus_step(1);

  Box icon = box.cut_start(w.px(15'000));
  w.icon(Icon::alert, icon.cut_top(w.px(15'000)), w.colour().attention, 800);
  (void)box.cut_start(w.px(5'000));
  TextLook title = w.look(w.size().text_title);
  title.weight = text::Weight::bold;
  title.fit = Fit::wrap;
  const auto lines = static_cast<float>(w.line_count(view.title, title, box.width()));
  w.text(box.cut_top(std::min(box.height(), w.line_height(title.size_um) * lines)), view.title,
         title);
  (void)box.cut_top(w.px(2'000));
  TextLook detail = w.look(w.size().text_list);
  detail.colour = w.colour().soft;
  detail.fit = Fit::wrap;
  const auto more = static_cast<float>(w.line_count(view.detail, detail, box.width()));
  w.text(box.cut_top(std::min(box.height(), w.line_height(detail.size_um) * more)), view.detail,
         detail);
}

}  // namespace pos::ui
