#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

/// The two columns of figures, as wide as their widest text.
struct DayColumns {
  float here = 0;
  float hub = 0;
};

TextLook day_figure(Widgets& w) {
  TextLook look = w.look(w.size().text_body);
  look.weight = text::Weight::bold;
  look.align = Align::right;
  return look;
}

TextLook day_heading(Widgets& w) {
  TextLook look = w.look(w.size().text_note);
  look.colour = w.colour().soft;
  look.weight = text::Weight::bold;
  look.align = Align::right;
  return look;
}

DayColumns day_columns(Widgets& w, const app::DayView& view) {
  const float least = w.px(34'000);
  DayColumns columns{std::max(least, w.text_width(view.here_heading, day_heading(w)) + 1),
                     std::max(least, w.text_width(view.hub_heading, day_heading(w)) + 1)};
  for (const app::DayRowView& row : view.rows) {
    columns.here = std::max(columns.here, w.text_width(row.here, day_figure(w)) + 1);
    columns.hub = std::max(columns.hub, w.text_width(row.hub, day_figure(w)) + 1);
  }
  return columns;
}

void day_row(Scene& scene, Box box, const app::DayRowView& row, const DayColumns& columns) {
  Widgets& w = scene.w;
  w.hairline(box, true);
  TextLook figure = day_figure(w);
  if (row.differs) figure.colour = w.colour().stop;
  w.text(box.cut_end(columns.hub), row.hub, figure);
  (void)box.cut_end(w.px(8'000));
  w.text(box.cut_end(columns.here), row.here, figure);
  (void)box.cut_end(w.px(4'000));
  if (row.differs) {
    w.icon(Icon::alert, box.cut_start(w.px(6'400)), w.colour().stop);
    (void)box.cut_start(w.px(3'000));
  }
  w.text(box, row.label, w.look(w.size().text_body));
}

void day_table(Scene& scene, Box box, const app::DayView& view) {
  Widgets& w = scene.w;
  const DayColumns columns = day_columns(w, view);
  Box head = box.cut_top(w.px(9'000));
  w.text(head.cut_end(columns.hub), view.hub_heading, day_heading(w));
  (void)head.cut_end(w.px(8'000));
  w.text(head.cut_end(columns.here), view.here_heading, day_heading(w));
  const float pitch = std::min(
      w.px(12'600), box.height() / static_cast<float>(std::max<std::size_t>(view.rows.size(), 1)));
  for (const app::DayRowView& row : view.rows) {
    day_row(scene, box.cut_top(pitch), row, columns);
  }
}

/// Whether both sides say the same, and what is missing.
void day_judgement(Scene& scene, Box box, const app::DayView& view) {
  Widgets& w = scene.w;
  const MoodLook mood = mood_look(w.colour(), view.verdict.mood);
  TextLook verdict = w.look(w.size().text_body);
  verdict.weight = text::Weight::bold;
  verdict.colour = mood.ink;
  verdict.fit = Fit::wrap;
  const float pad = w.px(5'000);
  const float icon = w.px(7'000);
  const float width = box.width() - 2 * pad - icon - w.px(3'000);
  const auto lines = static_cast<float>(w.line_count(view.verdict.text, verdict, width));
  Box panel = box.cut_top(w.line_height(verdict.size_um) * lines + 2 * pad);
  w.painter().fill(panel, mood.ground, w.px(w.size().radius_panel));
  panel = panel.inset(pad, pad);
  w.icon(mood.icon, panel.cut_start(icon).cut_top(w.line_height(verdict.size_um)), mood.ink);
  (void)panel.cut_start(w.px(3'000));
  w.text(panel, view.verdict.text, verdict);
  (void)box.cut_top(w.px(5'000));
  TextLook note = w.look(w.size().text_list);
  note.fit = Fit::wrap;
  for (const std::string& text : view.notes) {
    const auto count = static_cast<float>(w.line_count(text, note, box.width()));
    w.text(box.cut_top(w.line_height(note.size_um) * count), text, note);
    (void)box.cut_top(w.px(3'000));
  }
}

}  // namespace

void draw_sheet(Scene& scene, const app::DayView& view) {
  Widgets& w = scene.w;
  SheetRoom room = open_sheet(scene, view.title, view.subtitle, view.cancel, true);
  if (!view.rows.empty()) {
    Box side = room.body.cut_end(std::round(room.body.width() * 0.36F));
    (void)room.body.cut_end(w.px(10'000));
    day_table(scene, room.body, view);
    day_judgement(scene, side, view);
  } else if (!view.busy.empty()) {
    TextLook busy = w.look(w.size().text_body);
    busy.colour = w.colour().soft;
    busy.align = Align::centre;
    busy.fit = Fit::wrap;
    w.text(room.body, view.busy, busy);
  }
  confirm_button(scene, room.foot, view.confirm);
  message_line(scene, room.foot, view.message);
}

}  // namespace pos::ui
