#include "pos/ui/glfw_keys.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <array>

namespace pos::ui {
namespace {

struct Pair {
  int token;
  Key key;
};

constexpr std::array kNamed = {
    Pair{GLFW_KEY_ENTER, Key::enter},
    Pair{GLFW_KEY_KP_ENTER, Key::keypad_enter},
    Pair{GLFW_KEY_ESCAPE, Key::escape},
    Pair{GLFW_KEY_TAB, Key::tab},
    Pair{GLFW_KEY_BACKSPACE, Key::backspace},
    Pair{GLFW_KEY_DELETE, Key::erase},
    Pair{GLFW_KEY_LEFT, Key::left},
    Pair{GLFW_KEY_RIGHT, Key::right},
    Pair{GLFW_KEY_UP, Key::up},
    Pair{GLFW_KEY_DOWN, Key::down},
    Pair{GLFW_KEY_HOME, Key::home},
    Pair{GLFW_KEY_END, Key::end},
    Pair{GLFW_KEY_PAGE_UP, Key::page_up},
    Pair{GLFW_KEY_PAGE_DOWN, Key::page_down},
    Pair{GLFW_KEY_LEFT_SHIFT, Key::left_shift},
    Pair{GLFW_KEY_RIGHT_SHIFT, Key::right_shift},
    Pair{GLFW_KEY_LEFT_CONTROL, Key::left_control},
    Pair{GLFW_KEY_RIGHT_CONTROL, Key::right_control},
    Pair{GLFW_KEY_LEFT_ALT, Key::left_alt},
    Pair{GLFW_KEY_RIGHT_ALT, Key::right_alt},
    Pair{GLFW_KEY_KP_DECIMAL, Key::keypad_decimal},
    Pair{GLFW_KEY_KP_DIVIDE, Key::keypad_divide},
    Pair{GLFW_KEY_KP_MULTIPLY, Key::keypad_multiply},
    Pair{GLFW_KEY_KP_SUBTRACT, Key::keypad_subtract},
    Pair{GLFW_KEY_KP_ADD, Key::keypad_add},
};

Key offset(Key first, int by) { return static_cast<Key>(static_cast<int>(first) + by); }

}  // namespace

Key key_from_glfw(int token) {
  if (token >= GLFW_KEY_SPACE && token <= GLFW_KEY_GRAVE_ACCENT) return static_cast<Key>(token);
  if (token >= GLFW_KEY_F1 && token <= GLFW_KEY_F12) return offset(Key::f1, token - GLFW_KEY_F1);
  if (token >= GLFW_KEY_KP_0 && token <= GLFW_KEY_KP_9) {
    return offset(Key::keypad_0, token - GLFW_KEY_KP_0);
  }
  for (const Pair& pair : kNamed) {
    if (pair.token == token) return pair.key;
  }
  return Key::unknown;
}

Modifiers modifiers_from_glfw(int bits) {
  return {(bits & GLFW_MOD_SHIFT) != 0, (bits & GLFW_MOD_CONTROL) != 0, (bits & GLFW_MOD_ALT) != 0,
          (bits & GLFW_MOD_CAPS_LOCK) != 0};
}

}  // namespace pos::ui
