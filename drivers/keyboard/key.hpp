#pragma once

#include <optional>

#include "pos/core/time.hpp"

namespace drivers::keyboard {

/// A key by its place on a US keyboard, whatever the layout makes of it. The numbers are those of
/// GLFW's key tokens (printable keys: the upper-case ASCII character), so that an adapter only
/// casts. Keys without a name here keep their number.
enum class Key : int {
  unknown = -1,
  space = 32,
  right_bracket = 93,
  escape = 256,
  enter = 257,
  tab = 258,
  backspace = 259,
  insert = 260,
  delete_forward = 261,
  right = 262,
  left = 263,
  down = 264,
  up = 265,
  page_up = 266,
  page_down = 267,
  home = 268,
  end = 269,
  caps_lock = 280,
  pause = 284,
  f1 = 290,
  f8 = 297,
  f25 = 314,
  keypad_0 = 320,
  keypad_9 = 329,
  keypad_decimal = 330,
  keypad_divide = 331,
  keypad_multiply = 332,
  keypad_subtract = 333,
  keypad_add = 334,
  keypad_enter = 335,
  keypad_equal = 336,
  left_shift = 340,
  right_super = 347,
};

enum class KeyAction { release = 0, press = 1, repeat = 2 };

/// One call of the window's key callback. The native numbers are only carried along, for whoever
/// gets the key back.
struct KeyEvent {
  Key key = Key::unknown;
  KeyAction action = KeyAction::press;
  bool shift = false;
  bool control = false;
  bool alt = false;
  bool super = false;
  int native_key = 0;
  int native_scancode = 0;
  int native_mods = 0;
  friend bool operator==(const KeyEvent&, const KeyEvent&) = default;
};

/// What the key types on a US keyboard; nothing for keys that type nothing.
[[nodiscard]] std::optional<char> us_character(Key key, bool shift);

[[nodiscard]] bool is_modifier(Key key);

}  // namespace drivers::keyboard
