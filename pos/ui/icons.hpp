#pragma once

#include <cstdint>

#include "pos/ui/painter.hpp"

namespace pos::ui {

/// Drawn from strokes, so that they are sharp at any size. Each state has a shape of its own; none
/// stands without a word.
enum class Icon : std::uint8_t {
  check,
  triangle,      // nearly there, or attention
  minus_circle,  // not now, or refused
  star,
  cloud,
  cloud_off,
  alert,
  close,
  backspace,
  chevron_up,
  chevron_down,
  trash,
  plus,
  minus,
  person,
  scan,
  basket,
  gift,
};

/// In the largest square in the middle of `rect`.
void draw_icon(Painter& painter, Icon icon, const Rect& rect, Colour colour, float thickness);

}  // namespace pos::ui
