#pragma once

#include "tests/ui/example_views.hpp"

namespace tests::ui {

using namespace pos::app;

inline std::string minus(Language language, const std::string& ascii) {
  return figure(language, "−" + ascii);
}

inline ButtonView button(Action action, const char* id, std::string label, const char* key) {
  return {action, id, std::move(label), key, true, false};
}

inline FieldView field_of(Field field, const char* id, std::string label, std::string text,
                          bool digits) {
  FieldView f;
  f.field = field;
  f.id = id;
  f.label = std::move(label);
  f.text = std::move(text);
  f.digits = digits;
  f.left_to_right = digits;
  return f;
}

inline ButtonView cancel_of(Language l, const char* id) {
  return button(Action::escape, id, pick(l, "Back", "חזרה", "بازگشت"), "Esc");
}

inline ButtonView confirm_of(const char* id, std::string label) {
  ButtonView b = button(Action::confirm, id, std::move(label), "Enter");
  b.primary = true;
  return b;
}

}  // namespace tests::ui
