#include <cmath>

#include "pos/ui/imgui_adapter.hpp"
#include "pos/ui/widgets.hpp"

// The text field: what is written lives in the application's state; caret, selection and scroll
// live here.

namespace pos::ui {
namespace {

/// What Persian writes with a character of its own.
bool is_figure(char c) { return (c >= '0' && c <= '9') || c == '.'; }

/// Digits as Persian writes them. Each takes one byte more.
std::string eastern(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_figure(c)) {
      out += utf8(c == '.' ? char32_t{0x066B} : static_cast<char32_t>(0x06F0 + (c - '0')));
    } else {
      out += c;
    }
  }
  return out;
}

std::size_t to_shown(std::string_view text, std::size_t at, bool eastern_digits) {
  if (!eastern_digits) return at;
  std::size_t shown = at;
  for (const char c : text.substr(0, at)) shown += is_figure(c) ? 1U : 0U;
  return shown;
}

std::size_t from_shown(std::string_view text, std::size_t shown, bool eastern_digits) {
  if (!eastern_digits) return shown;
  std::size_t at = 0;
  std::size_t passed = 0;
  while (at < text.size() && passed < shown) passed += is_figure(text[at++]) ? 2U : 1U;
  return at;
}

}  // namespace

namespace {

Accept accept_of(const Widgets::FieldLook& look) {
  if (!look.digits) return Accept::any;
  return look.letters ? Accept::code : Accept::digits;
}

}  // namespace

const text::ShapedLine& Widgets::field_line(const std::string& text, const FieldLook& look) {
  const text::Style style{theme().font_px(look.text_um == 0 ? size().text_big : look.text_um),
                          text::Weight::regular};
  const auto base = frame_.rtl ? text::Direction::rtl : text::Direction::ltr;
  // A name is set by its own letters, so that Latin reads right in a Hebrew field.
  const auto direction = look.left_to_right ? text::Direction::ltr
                         : text.empty()     ? base
                                            : text::Direction::automatic;
  if (look.eastern_digits && look.digits) {
    return parts_.text.cache.line(eastern(text), style, direction);
  }
  return parts_.text.cache.line(text, style, direction);
}

bool Widgets::consume(std::string_view id, const FieldLook& look, TextEdit& edit) {
  if (!reachable_ || !look.enabled || !focused(id)) return false;
  const std::string before = edit.text;
  const Accept accept = accept_of(look);
  FieldLook plain = look;
  plain.eastern_digits = false;
  while (const Input::Item* front = parts_.input.front()) {
    if (!apply(edit, *front, accept, field_line(edit.text, plain), parts_.clipboard)) break;
    parts_.input.pop();
  }
  return edit.text != before;
}

void Widgets::drag_caret(std::string_view id, const Box& inner, const FieldLook& look,
                         TextEdit& edit, bool held) {
  WidgetMemory& m = parts_.memory;
  if (!held) {
    if (m.dragging == id) m.dragging.clear();
    return;
  }
  const auto& line = field_line(edit.text, look);
  const bool right = inner.rtl && !edit.text.empty();
  const float left = right ? inner.x1 - line.width + edit.scroll : inner.x0 - edit.scroll;
  const bool shown_east = look.eastern_digits && look.digits;
  const std::size_t at = from_shown(edit.text, line.byte_at(frame_.pointer.x - left), shown_east);
  edit.move(at, m.dragging == id);
  m.dragging = id;
}

std::optional<std::string> Widgets::field(std::string_view id, const Box& box,
                                          const FieldLook& look) {
  WidgetMemory& m = parts_.memory;
  const bool first = !m.edits.contains(std::string(id));
  TextEdit& edit = m.edits[std::string(id)];
  if (first) edit.caret = edit.anchor = edit.text.size();
  edit.replace(look.digits ? accepted(look.text, accept_of(look)) : std::string(look.text));

  const Touched touched = touch(id, box, look.enabled, true, false);
  if (reachable_ && look.enabled) m.tab_order.emplace_back(id);
  if (touched.held && !focused(id)) focus(id);
  Box inner = box.inset(px(4'000), px(1'000));
  if (look.icon) (void)inner.cut_start(px(10'000));
  if (reachable_) drag_caret(id, inner, look, edit, touched.held);
  const bool changed = consume(id, look, edit);
  draw_field(id, box, look, edit);
  if (changed) return edit.text;
  return std::nullopt;
}

void Widgets::draw_field(std::string_view id, const Box& box, const FieldLook& look,
                         TextEdit& edit) {
  const bool on = focused(id) && reachable_ && look.enabled;
  const float radius = px(size().radius_control);
  painter().fill(box, on ? colour().brand_soft : colour().surface, radius);
  painter().stroke(box, on ? colour().brand : colour().border, radius,
                   px(on ? size().stroke * 3 / 2 : size().stroke));
  Box inner = box.inset(px(4'000), px(1'000));
  if (look.icon) {
    Box place = inner.cut_start(px(10'000));
    icon(*look.icon, place.cut_start(px(6'600)), on ? colour().brand : colour().soft);
  }
  if (edit.text.empty() && !look.placeholder.empty()) {
    TextLook words =
        this->look(std::min(look.text_um == 0 ? size().text_big : look.text_um, size().text_body));
    words.colour = colour().soft;
    Box room = inner;
    if (on) (void)room.cut_start(px(1'400));
    text(room, look.placeholder, words);
  }
  draw_field_text(inner, look, edit, on);
}

void Widgets::draw_field_text(const Box& inner, const FieldLook& look, TextEdit& edit,
                              bool focused) {
  const bool shown_east = look.eastern_digits && look.digits;
  const auto& line = field_line(edit.text, look);
  const float caret = line.caret_x(to_shown(edit.text, edit.caret, shown_east));
  const float thick = std::max(2.0F, px(500));
  // The end that reading starts from stays put until the caret would leave the field.
  const float overflow = std::max(0.0F, line.width + thick * 2 - inner.width());
  const float from_start = inner.rtl ? line.width - caret : caret;
  if (focused) {
    edit.scroll = std::clamp(edit.scroll, from_start + thick * 2 - inner.width(), from_start);
  }
  edit.scroll = std::clamp(edit.scroll, 0.0F, overflow);
  const float left = inner.rtl ? inner.x1 - line.width + edit.scroll : inner.x0 - edit.scroll;
  const auto height = static_cast<float>(line.metrics.line_height());
  const float baseline = inner.middle_y() + static_cast<float>(line.metrics.cap_height) / 2;

  const Painter::Clip clip(painter(), inner.grown(thick));
  if (focused && edit.has_selection()) {
    const std::size_t begin = to_shown(edit.text, edit.selection_begin(), shown_east);
    const std::size_t end = to_shown(edit.text, edit.selection_end(), shown_east);
    for (const auto& part : line.selection(begin, end)) {
      painter().fill({left + part.left, inner.middle_y() - height / 2, left + part.right,
                      inner.middle_y() + height / 2},
                     blend(colour().brand_soft, colour().brand, 70));
    }
  }
  painter().glyphs(line, left, baseline, look.enabled ? colour().ink : colour().soft);
  if (focused) {
    const float tall = height * 0.42F;
    const float x = std::round(left + caret);
    painter().fill(
        {x, std::round(inner.middle_y() - tall), x + thick, std::round(inner.middle_y() + tall)},
        colour().brand);
  }
}

}  // namespace pos::ui
