#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

/// Widths that hold every figure on the page, so that columns stand still while paging does not
/// matter.
struct Columns {
  float number = 0;
  float quantity = 0;
  float unit = 0;
  float amount = 0;
};

TextLook amount_look(const Widgets& w) {
  TextLook look = w.look(w.size().text_body);
  look.weight = text::Weight::bold;
  look.align = Align::right;
  return look;
}

TextLook figure_look(const Widgets& w) {
  TextLook look = w.look(w.size().text_body);
  look.colour = w.colour().soft;
  look.align = Align::right;
  return look;
}

Columns measure(Widgets& w, const std::vector<app::BasketLineView>& lines) {
  Columns c{w.px(9'000), w.px(13'000), w.px(16'000), w.px(20'000)};
  const TextLook figure = figure_look(w);
  const TextLook amount = amount_look(w);
  for (const auto& line : lines) {
    c.quantity = std::max(c.quantity, w.text_width(line.quantity, figure));
    c.unit = std::max(c.unit, w.text_width(line.unit_price, figure));
    c.amount = std::max(c.amount, w.text_width(line.amount, amount));
  }
  return c;
}

void article_row(Scene& scene, Box box, const app::BasketLineView& line, const Columns& c) {
  Widgets& w = scene.w;
  const float gap = w.px(4'500);
  box = box.inset(w.px(w.size().padding), 0);
  w.text(box.cut_end(c.amount), line.amount, amount_look(w));
  (void)box.cut_end(gap);
  w.text(box.cut_end(c.unit), line.unit_price, figure_look(w));
  (void)box.cut_end(gap);
  w.text(box.cut_end(c.quantity), line.quantity, figure_look(w));
  (void)box.cut_end(gap);
  TextLook number = w.look(w.size().text_note);
  number.colour = w.colour().soft;
  w.text(box.cut_start(c.number), line.number, number);
  TextLook name = w.look(w.size().text_body);
  if (line.selected) name.weight = text::Weight::bold;
  w.text(box, line.name, name);
}

void discount_row(Scene& scene, Box box, const app::AmountView& discount, const Columns& c) {
  Widgets& w = scene.w;
  box = box.inset(w.px(w.size().padding), 0);
  TextLook look = w.look(w.size().text_list);
  look.colour = w.colour().good;
  TextLook amount = look;
  amount.align = Align::right;
  w.text(box.cut_end(c.amount), discount.value, amount);
  (void)box.cut_start(c.number);
  (void)box.cut_end(w.px(4'500));
  w.text(box, discount.label, look);
}

float row_height(const Widgets& w, const app::BasketLineView& line) {
  return w.px(w.size().row_line) +
         w.px(w.size().row_discount) * static_cast<float>(line.discounts.size());
}

void draw_lines(Scene& scene, Box box, const app::CheckoutView& view, const PageRange& range) {
  Widgets& w = scene.w;
  const Columns columns = measure(w, view.lines);
  const Painter::Clip clip(w.painter(), box);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const app::BasketLineView& line = view.lines[i];
    const Box whole = box.cut_top(row_height(w, line));
    if (i % 2 == 0 && !line.selected) w.painter().fill(whole, w.colour().row);
    if (w.row(line.id, whole, line.selected, 0)) scene.send(app::LineSelected{line.line});
    if (line.selected) {
      Box mark = whole;
      w.painter().fill(mark.cut_start(w.px(1'300)), w.colour().brand);
    }
    Box rows = whole;
    article_row(scene, rows.cut_top(w.px(w.size().row_line)), line, columns);
    for (const auto& discount : line.discounts) {
      discount_row(scene, rows.cut_top(w.px(w.size().row_discount)), discount, columns);
    }
  }
}

void empty_basket(Scene& scene, const Box& box, const std::string& words) {
  Widgets& w = scene.w;
  Box middle = box.centred(box.width() * 0.8F, w.px(46'000));
  const Box icon = middle.cut_top(w.px(24'000));
  w.icon(Icon::basket, icon.centred(w.px(24'000), w.px(24'000)), w.colour().border, 700);
  TextLook look = w.look(w.size().text_body);
  look.colour = w.colour().soft;
  look.align = Align::centre;
  look.fit = Fit::wrap;
  w.text(middle, words, look);
}

Icon line_icon(app::Action action) {
  return action == app::Action::fewer  ? Icon::minus
         : action == app::Action::more ? Icon::plus
                                       : Icon::trash;
}

/// The entry, and what can be done with the selected line.
void entry_row(Scene& scene, Box box, const app::CheckoutView& view, const PageRange& range) {
  Widgets& w = scene.w;
  box = box.inset(w.px(1'700), w.px(1'700));
  if (range.before || range.after) page_buttons(scene, box, "basket", range);
  for (auto button = view.line_buttons.rbegin(); button != view.line_buttons.rend(); ++button) {
    const Box place = box.cut_end(w.px(16'000));
    (void)box.cut_end(w.px(2'400));
    if (w.button(button->id, place,
                 {.icon = line_icon(button->action), .enabled = button->enabled}) ||
        (button->enabled && take_key_of(scene, *button))) {
      scene.press(button->action);
    }
  }
  const app::FieldView& entry = view.entry;
  const auto edited = w.field(entry.id, box,
                              {.text = entry.text,
                               .placeholder = entry.placeholder,
                               .digits = entry.digits,
                               .letters = takes_codes(entry.field),
                               .left_to_right = entry.left_to_right,
                               .eastern_digits = scene.view.language == domain::Language::fa,
                               .text_um = w.size().text_body,
                               .icon = Icon::scan});
  if (edited) scene.send(app::Edited{entry.field, *edited});
}

std::optional<std::size_t> selected_line(const app::CheckoutView& view) {
  for (std::size_t i = 0; i < view.lines.size(); ++i) {
    if (view.lines[i].selected) return i;
  }
  return std::nullopt;
}

void arrow_keys(Scene& scene, const app::CheckoutView& view, std::optional<std::size_t> selected) {
  if (view.lines.empty()) return;
  const std::size_t count = view.lines.size();
  if (scene.w.take(Key::up)) {
    const std::size_t to = selected ? (*selected == 0 ? 0 : *selected - 1) : count - 1;
    scene.send(app::LineSelected{view.lines[to].line});
  } else if (scene.w.take(Key::down)) {
    const std::size_t to = selected ? std::min(*selected + 1, count - 1) : count - 1;
    scene.send(app::LineSelected{view.lines[to].line});
  }
}

}  // namespace

void basket_panel(Scene& scene, Box box, const app::CheckoutView& view) {
  Widgets& w = scene.w;
  w.panel(box);
  box = box.inset(w.px(w.size().line), w.px(w.size().line));
  Box head = box.cut_top(w.px(9'400));
  w.hairline(head, true);
  head = head.inset(w.px(w.size().padding), 0);
  TextLook caption = w.look(w.size().text_caption);
  caption.colour = w.colour().soft;
  caption.weight = text::Weight::bold;
  TextLook count = caption;
  count.align = Align::end;
  count.weight = text::Weight::regular;
  w.text(head.cut_end(head.width() / 3), view.item_count, count);
  w.text(head, view.basket_heading, caption);

  const Box foot = box.cut_bottom(w.px(15'600));
  w.hairline(foot, false);
  const auto selected = selected_line(view);
  std::vector<float> heights;
  heights.reserve(view.lines.size());
  for (const auto& line : view.lines) heights.push_back(row_height(w, line));
  const PageRange range = page_of(scene, "basket", heights, box.height(), true, selected);
  if (view.lines.empty()) {
    empty_basket(scene, box, view.empty_basket);
  } else {
    draw_lines(scene, box, view, range);
  }
  entry_row(scene, foot, view, range);
  arrow_keys(scene, view, selected);
}

}  // namespace pos::ui
