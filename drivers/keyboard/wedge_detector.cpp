#include "drivers/keyboard/wedge_detector.hpp"

#include "pos/core/utf8.hpp"

namespace drivers::keyboard {

namespace {

using pos::core::Micros;
using pos::core::Tick;

constexpr char kGroupSeparator = '\x1d';

bool is_end_key(Key key) {
  return key == Key::enter || key == Key::keypad_enter || key == Key::tab;
}

/// Keys that edit or move: no scan begins with them, so they need not wait.
bool is_editing(Key key) { return (key >= Key::backspace && key <= Key::end) || is_end_key(key); }

/// What a held key adds to a scan; nothing for a command.
std::optional<char> scanned_character(const KeyEvent& event) {
  if (event.key == Key::f8) return kGroupSeparator;
  if (event.control && event.key == Key::right_bracket && !event.alt) return kGroupSeparator;
  if (event.control || event.alt || event.super) return std::nullopt;
  return us_character(event.key, event.shift);
}

int identity(const KeyEvent& event) {
  return event.native_scancode != 0 ? event.native_scancode : static_cast<int>(event.key);
}

}  // namespace

void WedgeDetector::on_key(const KeyEvent& event, Tick now, std::vector<Keyed>& out) {
  if (event.action == KeyAction::press) return on_press(event, now, out);
  if (event.action == KeyAction::repeat) {
    // Only a finger repeats a key.
    release_held(out);
    last_typed_ = now;
    return give(event, out);
  }
  // Behind the longest code nothing more is kept: such a burst is swallowed anyhow.
  if (held_.empty() || characters_ > settings_.characters_max) return give(event, out);
  held_.push_back({event});
}

void WedgeDetector::on_press(const KeyEvent& event, Tick now, std::vector<Keyed>& out) {
  if (in_burst_ && is_gap(now)) release_held(out);
  if (is_modifier(event.key)) {
    if (held_.empty()) return give(event, out);
    if (characters_ <= settings_.characters_max) held_.push_back({event});
    return;
  }
  if (!in_burst_ && is_editing(event.key)) {
    last_typed_.reset();
    return give(event, out);
  }
  if (!in_burst_ && last_typed_ && now - *last_typed_ <= settings_.quiet_before) {
    last_typed_ = now;
    return give(event, out);
  }
  if (is_end_key(event.key) && !event.control && !event.alt) return end_burst(event, now, out);
  hold(event, now);
}

void WedgeDetector::hold(const KeyEvent& event, Tick now) {
  in_burst_ = true;
  last_press_ = now;
  const auto character = scanned_character(event);
  awaits_character_ = !character && event.key == Key::unknown;
  if (character) {
    ++characters_;
    if (characters_ <= settings_.characters_max) text_ += *character;
  } else if (!awaits_character_) {
    commands_ = true;
  }
  if (characters_ <= settings_.characters_max) held_.push_back({event});
}

void WedgeDetector::on_character(char32_t character, Tick now, std::vector<Keyed>& out) {
  if (!in_burst_) {
    if (last_typed_) last_typed_ = now;
    out.emplace_back(TypedCharacter{character});
    return;
  }
  if (awaits_character_) {
    awaits_character_ = false;
    ++characters_;
    if (characters_ <= settings_.characters_max) pos::core::append_utf8(text_, character);
  }
  if (characters_ <= settings_.characters_max) held_.push_back({character});
}

void WedgeDetector::end_burst(const KeyEvent& event, Tick now, std::vector<Keyed>& out) {
  if (characters_ < settings_.characters_min) {
    release_held(out);
    last_typed_.reset();
    return give(event, out);
  }
  if (characters_ > settings_.characters_max) {
    out.emplace_back(WedgeRefused{WedgeRefused::Reason::too_long});
  } else if (commands_) {
    out.emplace_back(WedgeRefused{WedgeRefused::Reason::command_keys});
  } else {
    out.emplace_back(WedgeScan{text_, now});
  }
  swallow_held(out);
}

void WedgeDetector::on_focus_lost(std::vector<Keyed>& out) {
  if (characters_ >= settings_.characters_min) {
    swallow_held(out);
  } else {
    release_held(out);
  }
  // The system sends no releases to a window without focus.
  given_down_.clear();
}

void WedgeDetector::poll(Tick now, std::vector<Keyed>& out) {
  if (in_burst_ && is_gap(now)) release_held(out);
}

std::optional<Tick> WedgeDetector::next_deadline() const {
  if (!in_burst_) return std::nullopt;
  return last_press_ + settings_.key_gap_max + Micros(1);
}

void WedgeDetector::not_listening(Micros span) {
  if (in_burst_) last_press_ = last_press_ + span;
}

bool WedgeDetector::is_gap(Tick now) const { return now - last_press_ > settings_.key_gap_max; }

void WedgeDetector::release_held(std::vector<Keyed>& out) {
  if (characters_ > settings_.characters_max) {
    out.emplace_back(WedgeRefused{WedgeRefused::Reason::too_long});
    return swallow_held(out);
  }
  if (in_burst_) last_typed_ = last_press_;
  for (const Held& held : held_) {
    if (const auto* event = std::get_if<KeyEvent>(&held.what)) {
      give(*event, out);
    } else {
      out.emplace_back(TypedCharacter{std::get<char32_t>(held.what)});
    }
  }
  clear_burst();
}

void WedgeDetector::swallow_held(std::vector<Keyed>& out) {
  for (const Held& held : held_) {
    const auto* event = std::get_if<KeyEvent>(&held.what);
    if (event != nullptr && event->action == KeyAction::release) give(*event, out);
  }
  clear_burst();
}

void WedgeDetector::give(const KeyEvent& event, std::vector<Keyed>& out) {
  const int key = identity(event);
  if (event.action == KeyAction::release) {
    if (given_down_.erase(key) == 0) return;
  } else {
    given_down_.insert(key);
  }
  out.emplace_back(TypedKey{event});
}

void WedgeDetector::clear_burst() {
  for (char& c : text_) c = '\0';
  text_.clear();
  held_.clear();
  characters_ = 0;
  commands_ = awaits_character_ = in_burst_ = false;
}

}  // namespace drivers::keyboard
