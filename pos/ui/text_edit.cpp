#include "pos/ui/text_edit.hpp"

#include <algorithm>

namespace pos::ui {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t before(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  do {
    --at;
  } while (at > 0 && is_continuation(text[at]));
  return at;
}

std::size_t after(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  do {
    ++at;
  } while (at < text.size() && is_continuation(text[at]));
  return at;
}

/// The code point of one well-formed character; 0 for anything else.
char32_t decode(std::string_view c) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(c[i]); };
  if (c.size() == 1 && byte(0) < 0x80) return byte(0);
  if (c.size() == 2) return (byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU);
  if (c.size() == 3) return (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
  if (c.size() == 4) {
    return (byte(0) & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 |
           (byte(3) & 0x3FU);
  }
  return 0;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F || c == 0x061C ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

/// The ASCII character that a digits field keeps for `c`; 0: none.
char ascii_figure(char32_t c, bool letters) {
  if (c >= 0x06F0 && c <= 0x06F9) return static_cast<char>('0' + (c - 0x06F0));
  if (c >= 0x0660 && c <= 0x0669) return static_cast<char>('0' + (c - 0x0660));
  if (c == 0x066B) return '.';
  if (letters && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) return static_cast<char>(c);
  if (c < 0x80 &&
      std::string_view("0123456789+-*/., ").find(static_cast<char>(c)) != std::string_view::npos) {
    return static_cast<char>(c);
  }
  return 0;
}

bool edit_key(TextEdit& edit, const Input::Item& item, const text::ShapedLine& line) {
  const bool extend = item.modifiers.shift;
  switch (item.key) {
    case Key::left:
      edit.move(line.step_left(edit.caret), extend);
      return true;
    case Key::right:
      edit.move(line.step_right(edit.caret), extend);
      return true;
    case Key::home:
      edit.move(0, extend);
      return true;
    case Key::end:
      edit.move(edit.text.size(), extend);
      return true;
    case Key::backspace:
      edit.erase_before();
      return true;
    case Key::erase:
      edit.erase_after();
      return true;
    default:
      return false;
  }
}

bool control_key(TextEdit& edit, const Input::Item& item, Accept accept, Clipboard& clipboard) {
  switch (static_cast<char>(item.key)) {
    case 'A':
      edit.select_all();
      return true;
    case 'C':
      if (edit.has_selection()) clipboard.set(std::string(edit.selected()));
      return true;
    case 'X':
      if (edit.has_selection()) clipboard.set(std::string(edit.selected()));
      edit.erase_selection();
      return true;
    case 'V':
      edit.insert(clipboard.get(), accept);
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string_view TextEdit::selected() const {
  return std::string_view(text).substr(selection_begin(), selection_end() - selection_begin());
}

void TextEdit::replace(std::string_view value) {
  if (text == value) return;
  const bool at_end = caret == text.size();
  text = value;
  caret = at_end ? text.size() : std::min(caret, text.size());
  while (caret > 0 && caret < text.size() && is_continuation(text[caret])) --caret;
  anchor = caret;
}

std::string accepted(std::string_view characters, Accept accept) {
  std::string out;
  for (std::size_t at = 0; at < characters.size();) {
    const std::size_t next = after(characters, at);
    const std::string_view character = characters.substr(at, next - at);
    const char32_t point = decode(character);
    at = next;
    if (point == 0 || is_control(point)) continue;
    if (accept == Accept::any) {
      out += character;
    } else if (const char figure = ascii_figure(point, accept == Accept::code); figure != 0) {
      out += figure;
    }
  }
  return out;
}

void TextEdit::insert(std::string_view characters, Accept accept) {
  const std::string wanted = accepted(characters, accept);
  erase_selection();
  if (text.size() + wanted.size() > kBytesMax) return;
  text.insert(caret, wanted);
  caret += wanted.size();
  anchor = caret;
}

void TextEdit::move(std::size_t to, bool extend) {
  caret = std::min(to, text.size());
  if (!extend) anchor = caret;
}

void TextEdit::select_all() {
  anchor = 0;
  caret = text.size();
}

void TextEdit::erase_before() {
  if (!has_selection()) anchor = before(text, caret);
  erase_selection();
}

void TextEdit::erase_after() {
  if (!has_selection()) anchor = after(text, caret);
  erase_selection();
}

void TextEdit::erase_selection() {
  const std::size_t begin = selection_begin();
  text.erase(begin, selection_end() - begin);
  caret = anchor = begin;
}

bool apply(TextEdit& edit, const Input::Item& item, Accept accept, const text::ShapedLine& line,
           Clipboard& clipboard) {
  if (item.key == Key::unknown) {
    edit.insert(item.text, accept);
    return true;
  }
  if (item.modifiers.control) return control_key(edit, item, accept, clipboard);
  return edit_key(edit, item, line);
}

}  // namespace pos::ui
