#pragma once

#include "pos/ui/keys.hpp"

namespace pos::ui {

/// GLFW's token of a key, and its modifier bits, in our terms.
[[nodiscard]] Key key_from_glfw(int token);
[[nodiscard]] Modifiers modifiers_from_glfw(int bits);

}  // namespace pos::ui
