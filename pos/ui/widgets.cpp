#include "pos/ui/widgets.hpp"

#include <algorithm>
#include <cmath>

#include "pos/text/paragraph.hpp"
#include "pos/ui/imgui_adapter.hpp"

namespace pos::ui {
namespace {

constexpr core::Micros kSameButtonAgain{250'000};
constexpr int kShrinkLeastPercent = 74;
constexpr int kWrapLeastPercent = 64;

constexpr int kHoverTint = 12;  // parts of 255 of ink over the ground
constexpr int kHeldTint = 34;

}  // namespace

// Text ------------------------------------------------------------------------------------------

text::Style Widgets::style(const TextLook& look) const {
  return {theme().font_px(look.size_um), look.weight};
}

float Widgets::line_x(const Box& box, float width, Align align) const {
  switch (align) {
    case Align::centre:
      return box.middle_x() - width / 2;
    case Align::left:
      return box.x0;
    case Align::right:
      return box.x1 - width;
    case Align::start:
      return box.rtl ? box.x1 - width : box.x0;
    case Align::end:
      return box.rtl ? box.x0 : box.x1 - width;
  }
  return box.x0;
}

void Widgets::put(const Box& box, const text::ShapedLine& line, float middle,
                  const TextLook& look) {
  const float baseline = middle + static_cast<float>(line.metrics.cap_height) / 2;
  parts_.painter.glyphs(line, line_x(box, line.width, look.align), baseline, look.colour);
}

text::Direction Widgets::direction(std::string_view words, const TextLook& look) const {
  if (look.natural) return text::Direction::automatic;
  const bool rtl = frame_.rtl && !text::is_figure(words);
  return rtl ? text::Direction::rtl : text::Direction::ltr;
}

void Widgets::draw_lines(const Box& box, const std::vector<text::ShapedLine>& lines,
                         const TextLook& look) {
  const float height = leading(look.size_um);
  const auto count = static_cast<float>(lines.size());
  float middle = box.middle_y() - height * (count - 1) / 2;
  for (const text::ShapedLine& line : lines) {
    put(box, line, middle, look);
    middle += height;
  }
}

int Widgets::fitting_size(std::string_view words, const TextLook& look, float width, int least_um) {
  TextLook tried = look;
  while (text_width(words, tried) > width && tried.size_um > least_um) {
    tried.size_um = std::max(least_um, tried.size_um - look.size_um / 16);
  }
  return tried.size_um;
}

bool Widgets::draw_shrunk(const Box& box, std::string_view words, const TextLook& look) {
  TextLook fitted = look;
  fitted.size_um = fitting_size(words, look, box.width(), look.size_um * kShrinkLeastPercent / 100);
  if (text_width(words, fitted) <= box.width()) {
    put(box, parts_.text.cache.line(words, style(fitted), direction(words, fitted)), box.middle_y(),
        fitted);
    return true;
  }
  for (int percent = 88; percent >= kWrapLeastPercent; percent -= 6) {
    fitted.size_um = look.size_um * percent / 100;
    if (longest_word(words, fitted) > box.width()) continue;
    const auto& lines =
        parts_.text.cache.wrapped(words, style(fitted), direction(words, fitted), box.width());
    if (leading(fitted.size_um) * static_cast<float>(lines.size()) > box.height() * 1.06F) continue;
    draw_lines(box, lines, fitted);
    return true;
  }
  return false;
}

float Widgets::longest_word(std::string_view words, const TextLook& look) {
  float longest = 0;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    longest = std::max(longest, text_width(words.substr(at, end - at), look));
    at = end + 1;
  }
  return longest;
}

float Widgets::leading(int size_um) {
  // The fonts of all scripts together ask for more than one script needs.
  return std::min(line_height(size_um), std::round(px(size_um) * 1.42F));
}

float Widgets::text(const Box& box, std::string_view words, const TextLook& look) {
  if (words.empty() || box.width() < 1) return 0;
  auto& cache = parts_.text.cache;
  const text::ShapedLine& whole = cache.line(words, style(look), direction(words, look));
  const bool fits = whole.width <= box.width();
  const float width = std::min(whole.width, box.width());
  const auto height = static_cast<float>(whole.metrics.line_height());
  const float x = line_x(box, width, look.align);
  bool cut = false;
  if (fits && look.fit != Fit::wrap) {
    put(box, whole, box.middle_y(), look);
  } else if (look.fit == Fit::wrap) {
    const auto& lines = cache.wrapped(words, style(look), direction(words, look), box.width());
    draw_lines(box, lines, look);
    cut = leading(look.size_um) * static_cast<float>(lines.size()) > box.height() * 1.06F + 1;
  } else if (look.fit == Fit::ellipsis || !draw_shrunk(box, words, look)) {
    TextLook smaller = look;
    if (look.fit == Fit::shrink) smaller.size_um = look.size_um * kShrinkLeastPercent / 100;
    put(box, cache.line_within(words, style(smaller), direction(words, look), box.width()),
        box.middle_y(), smaller);
    cut = true;
  }
  const Rect ink{x, box.middle_y() - height / 2, x + width, box.middle_y() + height / 2};
  record({std::string(words), ink, box, cut, whole.direction});
  return width;
}

float Widgets::text_width(std::string_view words, const TextLook& look) {
  return words.empty() ? 0
                       : parts_.text.cache.line(words, style(look), direction(words, look)).width;
}

int Widgets::line_count(std::string_view words, const TextLook& look, float width) {
  if (words.empty()) return 0;
  return static_cast<int>(
      parts_.text.cache.wrapped(words, style(look), direction(words, look), width).size());
}

float Widgets::line_height(int size_um) {
  return static_cast<float>(
      parts_.text.shaper.metrics({theme().font_px(size_um), text::Weight::regular}).line_height());
}

// Surfaces --------------------------------------------------------------------------------------

void Widgets::panel(const Box& box) {
  const float radius = px(size().radius_panel);
  parts_.painter.fill(box, colour().surface, radius);
  parts_.painter.stroke(box, colour().line, radius, px(size().line));
}

void Widgets::hairline(const Box& box, bool bottom) {
  const float thick = px(size().line);
  Rect line = box;
  if (bottom) {
    line.y0 = line.y1 - thick;
  } else {
    line.y1 = line.y0 + thick;
  }
  parts_.painter.fill(line, colour().line);
}

void Widgets::icon(Icon icon, const Box& box, Colour colour, int stroke_um) {
  const int stroke = stroke_um == 0 ? size().stroke * 3 / 2 : stroke_um;
  draw_icon(parts_.painter, icon, box, colour,
            std::max(1.5F, static_cast<float>(stroke) * theme().px_per_mm() / 1000.0F));
}

void Widgets::chip(Box& row, std::string_view words, Colour ink, Colour ground, bool at_end) {
  TextLook look = this->look(size().text_note);
  look.weight = text::Weight::bold;
  look.colour = ink;
  look.align = Align::centre;
  look.natural = true;
  const float width = text_width(words, look) + px(2'600) * 2;
  const Box room = at_end ? row.cut_end(width) : row.cut_start(width);
  const Box box = room.centred(room.width(), px(8'000));
  const float radius = px(size().radius_small);
  parts_.painter.fill(box, ground, radius);
  parts_.painter.stroke(box, ink, radius, px(size().stroke));
  text(box, words, look);
  (void)(at_end ? row.cut_end(px(2'000)) : row.cut_start(px(2'000)));
}

void Widgets::progress(const Box& box, int percent, Colour colour) {
  const float radius = box.height() / 2;
  parts_.painter.fill(box, this->colour().line, radius);
  Box done = box;
  const float width = box.width() * static_cast<float>(std::clamp(percent, 0, 100)) / 100.0F;
  if (width >= box.height()) {
    parts_.painter.fill(done.cut_start(width), colour, radius);
  }
}

// Controls --------------------------------------------------------------------------------------

bool Widgets::first_activation(std::string_view id, bool repeats) {
  WidgetMemory& m = parts_.memory;
  const bool again =
      m.pressed_before && m.last_pressed == id && frame_.now - m.last_pressed_at < kSameButtonAgain;
  if (again && !repeats) return false;
  m.pressed_before = true;
  m.last_pressed = id;
  m.last_pressed_at = frame_.now;
  return true;
}

Widgets::Touched Widgets::touch(std::string_view id, const Box& box, bool enabled, bool repeats,
                                bool tab_stop, bool takes_enter) {
  WidgetMemory& m = parts_.memory;
  const bool usable = enabled && reachable_;
  const bool has_keys = usable && tab_stop && m.focus == id && m.focus_by_key;
  m.controls.push_back({std::string(id), box, usable, has_keys});
  if (!usable) return {};
  if (tab_stop) m.tab_order.emplace_back(id);
  const imgui::Touch t = imgui::touch(m.controls.back().id.c_str(), box);
  if (!m.still_at) m.still_at = frame_.pointer;
  const bool moved = frame_.pointer.x != m.still_at->x || frame_.pointer.y != m.still_at->y;
  Touched result{t.hovered && moved, t.held && t.hovered, false};
  if (t.released) {
    m.still_at = frame_.pointer;
    result.activated = first_activation(id, repeats);
  }
  const Input::Item* front = parts_.input.front();
  const bool key =
      front && !front->repeat && ((takes_enter && front->key == Key::enter) || front->text == " ");
  if (has_keys && key) {
    parts_.input.pop();
    result.activated = first_activation(id, repeats);
  }
  return result;
}

void Widgets::focus_ring(std::string_view id, const Box& box, float radius) {
  const WidgetMemory& m = parts_.memory;
  if (!reachable_ || !m.focus_by_key || m.focus != id) return;
  const float gap = px(500);
  parts_.painter.stroke(box.grown(gap + px(700)), colour().brand, radius + gap, px(700));
}

namespace {

struct ButtonColours {
  Colour ground;
  Colour border;
  Colour ink;
  Colour hint;
};

ButtonColours button_colours(const Palette& p, const ButtonLook& look) {
  if (!look.enabled) return {blend(p.surface, p.background, 190), p.line, p.soft, p.soft};
  switch (look.kind) {
    case ButtonKind::primary:
      return {p.brand, p.brand, p.brand_ink, p.brand_ink};
    case ButtonKind::chosen:
      return {p.brand_soft, p.brand, p.ink, p.soft};
    case ButtonKind::warning:
      return {p.surface, p.attention, p.attention, p.attention};
    case ButtonKind::quiet:
      return {p.surface, p.border, p.ink, p.soft};
    case ButtonKind::plain:
    case ButtonKind::key:
      break;
  }
  return {p.surface, p.border, p.ink, p.soft};
}

int button_text_um(const Sizes& size, const ButtonLook& look) {
  if (look.text_um != 0) return look.text_um;
  switch (look.kind) {
    case ButtonKind::primary:
      return size.text_action;
    case ButtonKind::key:
      return size.text_big * 5 / 4;
    case ButtonKind::quiet:
    case ButtonKind::warning:
      return size.text_note;
    default:
      return size.text_label;
  }
}

}  // namespace

void Widgets::button_words(const Box& inner, const ButtonLook& look, Colour ink, Colour hint_ink) {
  TextLook words{.size_um = button_text_um(size(), look), .colour = ink};
  words.weight = text::Weight::bold;
  words.align = Align::centre;
  TextLook small{.size_um = size().text_caption, .colour = hint_ink};
  small.align = Align::centre;
  if (look.kind == ButtonKind::quiet && !look.hint.empty()) {
    const float gap = px(2'000);
    const float hint_width = text_width(look.hint, small) + 1;
    Box both =
        inner.centred(std::min(inner.width(), text_width(look.label, words) + 1 + gap + hint_width),
                      inner.height());
    text(both.cut_end(hint_width), look.hint, small);
    (void)both.cut_end(gap);
    text(both, look.label, words);
  } else if (!look.hint.empty()) {
    const float hint_height = px(size().text_caption) * 1.1F;
    const float room = inner.height() - hint_height;
    const bool one_line = fitting_size(look.label, words, inner.width(), words.size_um * 3 / 4) >
                          words.size_um * 3 / 4;
    const float label_height = std::min(room, one_line ? px(words.size_um) + px(1'700) : room);
    Box both = inner.centred(inner.width(), label_height + hint_height);
    text(both.cut_bottom(hint_height), look.hint, small);
    text(both, look.label, words);
  } else if (look.icon) {
    const float side = px(words.size_um);
    const float gap = px(1'800);
    Box both = inner.centred(
        std::min(inner.width(), text_width(look.label, words) + side + gap + 1), inner.height());
    icon(*look.icon, both.cut_start(side), ink);
    (void)both.cut_start(gap);
    text(both, look.label, words);
  } else {
    text(inner, look.label, words);
  }
}

bool Widgets::button(std::string_view id, const Box& box, const ButtonLook& look) {
  const Touched touched = touch(id, box, look.enabled, look.repeats, true);
  const ButtonColours c = button_colours(colour(), look);
  const bool quiet = look.kind == ButtonKind::quiet;
  // A quiet button is as large as any for the finger, and smaller for the eye.
  const Box drawn = quiet ? box.inset(0, px(1'100)) : box;
  const float radius = px(quiet ? size().radius_small : size().radius_control);
  const int tint = touched.held ? kHeldTint : touched.hovered ? kHoverTint : 0;
  const Colour over = look.kind == ButtonKind::primary ? Colour{} : colour().ink;
  parts_.painter.fill(drawn, blend(c.ground, over, tint), radius);
  parts_.painter.stroke(
      drawn, c.border, radius,
      px(look.kind == ButtonKind::chosen ? size().stroke * 3 / 2 : size().stroke));
  focus_ring(id, drawn, radius);
  if (look.icon && look.label.empty()) {
    const float side = std::min(drawn.height() * 0.5F, px(look.icon_um));
    icon(*look.icon, drawn.centred(side, side), c.ink);
  } else {
    button_words(drawn.inset(px(1'600), px(800)), look, c.ink, c.hint);
  }
  return touched.activated;
}

bool Widgets::row(std::string_view id, const Box& box, bool selected, float radius) {
  const Touched touched = touch(id, box, true, false, false);
  if (selected) {
    parts_.painter.fill(box, colour().brand_soft, radius);
  } else if (touched.hovered || touched.held) {
    parts_.painter.fill(box, colour().ink.with_alpha(touched.held ? kHeldTint : kHoverTint),
                        radius);
  }
  return touched.activated;
}

bool Widgets::check_box(std::string_view id, const Box& box, std::string_view label,
                        std::string_view detail, bool ticked) {
  const Touched touched = touch(id, box, true, false, true, false);
  Box rest = box;
  const float side = px(8'200);
  const Box square = rest.cut_start(side).centred(side, side);
  (void)rest.cut_start(px(3'200));
  const float radius = px(size().radius_small);
  const Colour ground = ticked ? colour().brand : colour().surface;
  const int tint = touched.held ? kHeldTint : touched.hovered ? kHoverTint : 0;
  parts_.painter.fill(square, blend(ground, colour().ink, tint), radius);
  parts_.painter.stroke(square, ticked ? colour().brand : colour().soft, radius,
                        px(size().stroke * 3 / 2));
  if (ticked) icon(Icon::check, square.inset(px(1'300), px(1'300)), colour().brand_ink, 850);
  focus_ring(id, square, radius);
  TextLook words = look(size().text_list);
  if (detail.empty()) {
    text(rest, label, words);
    return touched.activated;
  }
  Box both =
      rest.centred(rest.width(), line_height(size().text_list) + line_height(size().text_caption));
  text(both.cut_top(line_height(size().text_list)), label, words);
  TextLook small = look(size().text_caption);
  small.colour = colour().soft;
  text(both, detail, small);
  return touched.activated;
}

// Keyboard --------------------------------------------------------------------------------------

void Widgets::focus(std::string_view id, bool ring) {
  parts_.memory.focus = id;
  parts_.memory.focus_by_key = ring;
}

void Widgets::focus_step(int by) { parts_.memory.step_focus(by); }

void WidgetMemory::step_focus(int by) {
  if (last_tab_order.empty()) return;
  const auto count = static_cast<int>(last_tab_order.size());
  const auto at = std::find(last_tab_order.begin(), last_tab_order.end(), focus);
  int index = by < 0 ? count - 1 : 0;
  if (at != last_tab_order.end()) {
    index = (static_cast<int>(at - last_tab_order.begin()) + count + by) % count;
  }
  focus = last_tab_order[static_cast<std::size_t>(index)];
  focus_by_key = true;
  const auto edit = edits.find(focus);
  if (edit != edits.end()) edit->second.select_all();
}

bool Widgets::take(Key key, Modifiers modifiers) {
  if (!reachable_) return false;
  const Input::Item* front = parts_.input.front();
  if (!front || front->key != key || front->repeat) return false;
  if (front->modifiers.shift != modifiers.shift || front->modifiers.control != modifiers.control) {
    return false;
  }
  parts_.input.pop();
  return true;
}

bool Widgets::take_typed(std::string_view characters) {
  if (!reachable_) return false;
  const Input::Item* front = parts_.input.front();
  if (!front || front->key != Key::unknown || front->text != characters) return false;
  parts_.input.pop();
  return true;
}

}  // namespace pos::ui
