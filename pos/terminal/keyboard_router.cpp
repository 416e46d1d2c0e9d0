#include "pos/terminal/keyboard_router.hpp"

#include <array>

namespace pos::terminal {
namespace {

namespace keyboard = drivers::keyboard;

/// Where the two vocabularies of keys differ; printable keys have the same number in both.
struct Pair {
  ui::Key screen;
  keyboard::Key wedge;
};
constexpr std::array kNamed = {
    Pair{ui::Key::enter, keyboard::Key::enter},
    Pair{ui::Key::keypad_enter, keyboard::Key::keypad_enter},
    Pair{ui::Key::escape, keyboard::Key::escape},
    Pair{ui::Key::tab, keyboard::Key::tab},
    Pair{ui::Key::backspace, keyboard::Key::backspace},
    Pair{ui::Key::erase, keyboard::Key::delete_forward},
    Pair{ui::Key::left, keyboard::Key::left},
    Pair{ui::Key::right, keyboard::Key::right},
    Pair{ui::Key::up, keyboard::Key::up},
    Pair{ui::Key::down, keyboard::Key::down},
    Pair{ui::Key::home, keyboard::Key::home},
    Pair{ui::Key::end, keyboard::Key::end},
    Pair{ui::Key::page_up, keyboard::Key::page_up},
    Pair{ui::Key::page_down, keyboard::Key::page_down},
    Pair{ui::Key::keypad_decimal, keyboard::Key::keypad_decimal},
    Pair{ui::Key::keypad_divide, keyboard::Key::keypad_divide},
    Pair{ui::Key::keypad_multiply, keyboard::Key::keypad_multiply},
    Pair{ui::Key::keypad_subtract, keyboard::Key::keypad_subtract},
    Pair{ui::Key::keypad_add, keyboard::Key::keypad_add},
};

template <class To>
To offset(To first, int by) {
  return static_cast<To>(static_cast<int>(first) + by);
}

keyboard::Key wedge_key(ui::Key key) {
  const int number = static_cast<int>(key);
  const auto from = [&](ui::Key first) { return number - static_cast<int>(first); };
  if (number >= ' ' && number < static_cast<int>(ui::Key::enter))
    return static_cast<keyboard::Key>(number);
  if (from(ui::Key::f1) >= 0 && from(ui::Key::f1) < 12)
    return offset(keyboard::Key::f1, from(ui::Key::f1));
  if (from(ui::Key::keypad_0) >= 0 && from(ui::Key::keypad_0) < 10) {
    return offset(keyboard::Key::keypad_0, from(ui::Key::keypad_0));
  }
  if (from(ui::Key::left_shift) >= 0 && from(ui::Key::left_shift) < 6)
    return keyboard::Key::left_shift;
  for (const Pair& pair : kNamed) {
    if (pair.screen == key) return pair.wedge;
  }
  return keyboard::Key::unknown;
}

keyboard::KeyEvent wedge_event(const ui::RawKey& key) {
  keyboard::KeyEvent event;
  event.key = wedge_key(key.key);
  switch (key.motion) {
    case ui::RawKey::Motion::press:
      event.action = keyboard::KeyAction::press;
      break;
    case ui::RawKey::Motion::release:
      event.action = keyboard::KeyAction::release;
      break;
    case ui::RawKey::Motion::repeat:
      event.action = keyboard::KeyAction::repeat;
      break;
  }
  event.shift = key.modifiers.shift;
  event.control = key.modifiers.control;
  event.alt = key.modifiers.alt;
  event.native_key = static_cast<int>(key.key);
  event.native_mods = key.modifiers.caps_lock ? 1 : 0;
  return event;
}

}  // namespace

KeyboardRouter::KeyboardRouter(ui::Input& input, drivers::port::ScanSource source, OnScan on_scan)
    : input_(input), source_(source), on_scan_(std::move(on_scan)) {}

void KeyboardRouter::on_key(const ui::RawKey& key) {
  std::vector<keyboard::Keyed> keyed;
  wedge_.on_key(wedge_event(key), key.at, keyed);
  pass_on(keyed);
}

void KeyboardRouter::on_character(char32_t character, core::Tick at) {
  std::vector<keyboard::Keyed> keyed;
  wedge_.on_character(character, at, keyed);
  pass_on(keyed);
}

void KeyboardRouter::on_focus_lost() {
  std::vector<keyboard::Keyed> keyed;
  wedge_.on_focus_lost(keyed);
  pass_on(keyed);
}

void KeyboardRouter::poll(core::Tick now) {
  std::vector<keyboard::Keyed> keyed;
  wedge_.poll(now, keyed);
  pass_on(keyed);
}

void KeyboardRouter::pass_on(const std::vector<keyboard::Keyed>& keyed) {
  for (const keyboard::Keyed& item : keyed) {
    if (const auto* typed = std::get_if<keyboard::TypedKey>(&item)) {
      if (typed->event.action == keyboard::KeyAction::release) continue;
      const ui::Modifiers modifiers{typed->event.shift, typed->event.control, typed->event.alt,
                                    typed->event.native_mods != 0};
      input_.key(static_cast<ui::Key>(typed->event.native_key), modifiers,
                 typed->event.action == keyboard::KeyAction::repeat);
    } else if (const auto* character = std::get_if<keyboard::TypedCharacter>(&item)) {
      input_.character(character->character);
    } else if (const auto* scan = std::get_if<keyboard::WedgeScan>(&item)) {
      const drivers::scan::AimSplit split = drivers::scan::split_aim(scan->text);
      const auto passed = gate_.pass(source_, drivers::port::ScanKind::keyboard, split.text,
                                     split.aim, scan->seen_at);
      if (passed) on_scan_(*passed);
    }
    // A refused burst was no code and no typing: nothing happens, which is its point.
  }
}

}  // namespace pos::terminal
