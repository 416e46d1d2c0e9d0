#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "pos/ui/keys.hpp"

namespace pos::ui {

/// What a person typed, in order, until a field or a command takes it from the front. A command
/// that opens a sheet therefore never swallows the characters typed after it. Main thread.
class Input {
 public:
  /// A press or a repeat. Presses of printable keys count only together with Control; the
  /// characters come through text().
  void key(Key key, Modifiers modifiers = {}, bool repeat = false);
  /// UTF-8.
  void text(std::string_view characters);
  void character(char32_t character);

  struct Item {
    Key key = Key::unknown;  // unknown: text
    Modifiers modifiers;
    bool repeat = false;
    std::string text;
  };
  [[nodiscard]] const Item* front() const { return items_.empty() ? nullptr : &items_.front(); }
  void pop();
  [[nodiscard]] bool empty() const { return items_.empty(); }
  /// How many items were taken since the start; tells whether the front is the one seen before.
  [[nodiscard]] std::uint64_t taken() const { return taken_; }
  void clear() { items_.clear(); }

 private:
  std::deque<Item> items_;
  std::uint64_t taken_ = 0;
};

/// UTF-8 of one code point; nothing for surrogates and beyond U+10FFFF.
[[nodiscard]] std::string utf8(char32_t character);

}  // namespace pos::ui
