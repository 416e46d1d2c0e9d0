#include "pos/ui/input.hpp"

#include <utility>

#include "pos/core/check.hpp"

namespace pos::ui {
namespace {

// Far more than a person types between two frames; a stuck key must not fill the memory.
constexpr std::size_t kItemsMax = 1024;

bool is_printable(Key key) { return key >= Key::space && key < Key::enter; }

bool is_modifier(Key key) { return key >= Key::left_shift && key <= Key::right_alt; }

bool is_keypad_character(Key key) { return key >= Key::keypad_0 && key <= Key::keypad_add; }

}  // namespace

std::string utf8(char32_t c) {
  const auto byte = [](char32_t value) {
    return static_cast<char>(static_cast<unsigned char>(value));
  };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | (c >> 6)), byte(0x80 | (c & 0x3F))};
  if (c >= 0xD800 && c < 0xE000) return {};
  if (c < 0x10000) {
    return {byte(0xE0 | (c >> 12)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F))};
  }
  if (c > 0x10FFFF) return {};
  return {byte(0xF0 | (c >> 18)), byte(0x80 | ((c >> 12) & 0x3F)), byte(0x80 | ((c >> 6) & 0x3F)),
          byte(0x80 | (c & 0x3F))};
}

void Input::key(Key key, Modifiers modifiers, bool repeat) {
  if (is_modifier(key) || key == Key::unknown || items_.size() >= kItemsMax) return;
  if ((is_printable(key) || is_keypad_character(key)) && !modifiers.control) return;
  if (key == Key::keypad_enter) key = Key::enter;
  items_.push_back({key, modifiers, repeat, {}});
}

void Input::text(std::string_view characters) {
  if (characters.empty() || items_.size() >= kItemsMax) return;
  items_.push_back({Key::unknown, {}, false, std::string(characters)});
}

void Input::character(char32_t character) { text(utf8(character)); }

void Input::pop() {
  CLUBTILL_CHECK(!items_.empty());
  items_.pop_front();
  ++taken_;
}

}  // namespace pos::ui
