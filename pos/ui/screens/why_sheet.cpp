#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

/// A heading or a benefit, so that both turn with the page.
struct Item {
  const app::WhySectionView* section = nullptr;
  const app::WhyRowView* row = nullptr;  // null: the heading
};

std::vector<Item> items_of(const app::WhyView& view) {
  std::vector<Item> items;
  for (const auto& section : view.sections) {
    items.push_back({&section, nullptr});
    for (const auto& row : section.rows) items.push_back({&section, &row});
  }
  return items;
}

void draw_heading(Scene& scene, Box box, const app::WhySectionView& section) {
  Widgets& w = scene.w;
  box.y0 += w.px(2'400);
  TextLook caption = w.look(w.size().text_caption);
  caption.colour = w.colour().soft;
  caption.weight = text::Weight::bold;
  w.text(box, section.heading, caption);
}

void draw_row(Scene& scene, Box box, const Item& item) {
  Widgets& w = scene.w;
  const bool now = item.section->mood != app::Mood::plain;
  const MoodLook mood = mood_look(w.colour(), item.section->mood);
  w.hairline(box, true);
  box = box.inset(0, w.px(1'000));
  const float side = w.px(6'600);
  w.icon(mood.icon, box.cut_start(side), mood.ink);
  (void)box.cut_start(w.px(5'000));
  TextLook amount = w.look(w.size().text_body);
  amount.weight = text::Weight::bold;
  amount.align = Align::right;
  amount.colour = mood.ink;
  const float width = std::max(w.px(24'000), w.text_width(item.row->amount, amount));
  w.text(box.cut_end(width), item.row->amount, amount);
  (void)box.cut_end(w.px(3'000));
  TextLook name = w.look(w.size().text_body);
  if (!now) name.colour = w.colour().soft;
  TextLook sentence = w.look(w.size().text_note);
  sentence.colour = w.colour().soft;
  if (item.row->sentence.empty()) {
    w.text(box, item.row->name, name);
    return;
  }
  Box both = box.centred(box.width(), w.px(14'200));
  w.text(both.cut_top(w.px(7'600)), item.row->name, name);
  w.text(both, item.row->sentence, sentence);
}

}  // namespace

void draw_sheet(Scene& scene, const app::WhyView& view) {
  Widgets& w = scene.w;
  SheetRoom room =
      open_sheet(scene, view.title, view.subtitle, view.cancel, !view.message.text.empty());
  message_line(scene, room.foot, view.message);
  if (!view.message.text.empty()) {
    message_line(scene, room.body.cut_bottom(w.px(14'000)), view.message);
  }
  const std::vector<Item> items = items_of(view);
  if (items.empty()) {
    TextLook look = w.look(w.size().text_body);
    look.colour = w.colour().soft;
    look.align = Align::centre;
    look.fit = Fit::wrap;
    w.text(room.body, view.nothing, look);
    return;
  }
  std::vector<float> heights;
  float all = 0;
  for (const Item& item : items) {
    heights.push_back(w.px(item.row ? 17'200 : 10'000));
    all += heights.back();
  }
  const bool paged = all > room.body.height();
  Box foot = paged ? room.body.cut_bottom(w.px(15'000)) : Box({}, false);
  const PageRange range = page_of(scene, "why", heights, room.body.height(), false);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Box place = room.body.cut_top(heights[i]);
    if (items[i].row) {
      draw_row(scene, place, items[i]);
    } else {
      draw_heading(scene, place, *items[i].section);
    }
  }
  if (paged) page_buttons(scene, foot, "why", range);
}

}  // namespace pos::ui
