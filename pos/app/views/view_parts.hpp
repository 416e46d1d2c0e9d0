#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pos/app/actions.hpp"

// What the screens are made of. All text in a view is final: localised UTF-8 with numbers formatted
// and isolated. The drawing adds no words. Ids are stable, ASCII and the same in every language.

namespace pos::app {

/// Colour never carries the meaning alone: each mood has its icon (tick, triangle, circle-bar).
enum class Mood : std::uint8_t { plain, good, attention, refused };

struct ButtonView {
  Action action = Action::escape;
  std::string id;     ///< "checkout.pay"
  std::string label;  ///< a short verb
  std::string key;    ///< "F9", "Enter"; empty: no key
  bool enabled = true;
  bool primary = false;  ///< the one big button of the screen
};

struct FieldView {
  Field field = Field::entry;
  std::size_t item = 0;  ///< as of Edited
  std::string id;        ///< "join.phone"
  std::string label;     ///< above the field; may be empty
  std::string text;      ///< what is written so far
  std::string placeholder;
  std::string hint;  ///< one line beneath; may be empty
  Mood hint_mood = Mood::plain;
  bool digits = false;         ///< takes the number pad
  bool left_to_right = false;  ///< numbers are written left to right in every language
};

/// A sentence that may carry an undo.
struct MessageView {
  Mood mood = Mood::plain;
  std::string text;  ///< empty: nothing to say
  std::optional<ButtonView> undo;
};

/// A label and its amount, the amount already signed and formatted.
struct AmountView {
  std::string label;
  std::string value;
};

}  // namespace pos::app
