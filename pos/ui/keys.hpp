#pragma once

#include <cstdint>

#include "pos/core/time.hpp"

namespace pos::ui {

/// Where a key sits on the keyboard, named by what a US layout prints there. Printable keys have
/// the value of that character ('A' ... 'Z', '0' ... '9', ',' ...), so that a device that types can
/// be read whatever layout is set.
enum class Key : std::uint16_t {
  unknown = 0,
  space = ' ',
  enter = 256,
  keypad_enter,
  escape,
  tab,
  backspace,
  erase,  // "Delete"
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  left_shift,
  right_shift,
  left_control,
  right_control,
  left_alt,
  right_alt,
  keypad_0 = 300,  // ... keypad_0 + 9
  keypad_decimal = 310,
  keypad_divide,
  keypad_multiply,
  keypad_subtract,
  keypad_add,
  f1 = 320,  // ... f1 + 11
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
};

struct Modifiers {
  bool shift = false;
  bool control = false;
  bool alt = false;
  bool caps_lock = false;
  friend bool operator==(const Modifiers&, const Modifiers&) = default;
};

/// A key went down, came up, or repeats while held.
struct RawKey {
  enum class Motion : std::uint8_t { press, release, repeat };
  Key key = Key::unknown;
  Motion motion = Motion::press;
  Modifiers modifiers;
  core::Tick at;
};

/// Takes what the keyboard does before any field sees it. Who owns this decides what was a scan and
/// what a person typed, and gives the latter back through Input::key() and Input::text(), in order.
/// Called on the main thread, from within Window::wait_events().
class KeyboardSink {
 public:
  virtual ~KeyboardSink() = default;
  virtual void on_key(const RawKey& key) = 0;
  /// Follows the press that made it.
  virtual void on_character(char32_t character, core::Tick at) = 0;
  /// The window lost the keyboard: what follows is typed elsewhere.
  virtual void on_focus_lost() = 0;
};

}  // namespace pos::ui
