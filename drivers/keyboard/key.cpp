#include "drivers/keyboard/key.hpp"

#include <string_view>

namespace drivers::keyboard {

namespace {

constexpr std::string_view kPlain = "`1234567890-=[]\\;',./ ";
constexpr std::string_view kShifted = "~!@#$%^&*()_+{}|:\"<>? ";
static_assert(kPlain.size() == kShifted.size());

std::optional<char> keypad_character(int code) {
  constexpr std::string_view kAfterNine = "./*-+";
  const int place = code - static_cast<int>(Key::keypad_0);
  if (place >= 0 && place <= 9) return static_cast<char>('0' + place);
  const int sign = code - static_cast<int>(Key::keypad_decimal);
  if (sign >= 0 && sign < static_cast<int>(kAfterNine.size())) {
    return kAfterNine[static_cast<std::size_t>(sign)];
  }
  if (code == static_cast<int>(Key::keypad_equal)) return '=';
  return std::nullopt;
}

}  // namespace

std::optional<char> us_character(Key key, bool shift) {
  const int code = static_cast<int>(key);
  if (code >= 'A' && code <= 'Z') return static_cast<char>(shift ? code : code - 'A' + 'a');
  if (code >= 32 && code < 127) {
    const auto at = kPlain.find(static_cast<char>(code));
    if (at != std::string_view::npos) return shift ? kShifted[at] : kPlain[at];
  }
  return keypad_character(code);
}

bool is_modifier(Key key) {
  const bool held = key >= Key::left_shift && key <= Key::right_super;
  const bool lock = key >= Key::caps_lock && key < Key::pause;
  return held || lock;
}

}  // namespace drivers::keyboard
