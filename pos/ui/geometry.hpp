#pragma once

#include <algorithm>
#include <cmath>

namespace pos::ui {

struct Point {
  float x = 0;
  float y = 0;
};

/// Half open, in pixels from the upper left corner of the window.
struct Rect {
  float x0 = 0;
  float y0 = 0;
  float x1 = 0;
  float y1 = 0;

  [[nodiscard]] float width() const { return x1 - x0; }
  [[nodiscard]] float height() const { return y1 - y0; }
  [[nodiscard]] float middle_x() const { return (x0 + x1) / 2; }
  [[nodiscard]] float middle_y() const { return (y0 + y1) / 2; }
  [[nodiscard]] bool contains(Point at) const {
    return at.x >= x0 && at.x < x1 && at.y >= y0 && at.y < y1;
  }
  [[nodiscard]] bool contains(const Rect& other) const {
    return other.x0 >= x0 && other.y0 >= y0 && other.x1 <= x1 && other.y1 <= y1;
  }
  [[nodiscard]] bool overlaps(const Rect& other) const {
    return x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1;
  }
  [[nodiscard]] Rect grown(float by) const { return {x0 - by, y0 - by, x1 + by, y1 + by}; }
};

/// A room that is handed out piece by piece. "Start" is the side where reading begins, so a layout
/// that is written once stands right in every language. What must never mirror (keypads) is cut out
/// of a box made left_to_right().
struct Box : Rect {
  bool rtl = false;

  Box() = default;
  Box(Rect rect, bool right_to_left) : Rect(rect), rtl(right_to_left) {}

  Box cut_top(float height) {
    Box piece = *this;
    piece.y1 = y0 = std::min(y1, std::round(y0 + height));
    return piece;
  }
  Box cut_bottom(float height) {
    Box piece = *this;
    piece.y0 = y1 = std::max(y0, std::round(y1 - height));
    return piece;
  }
  Box cut_start(float width) { return rtl ? cut_right(width) : cut_left(width); }
  Box cut_end(float width) { return rtl ? cut_left(width) : cut_right(width); }
  [[nodiscard]] Box inset(float x, float y) const {
    return {Rect{x0 + x, y0 + y, x1 - x, y1 - y}, rtl};
  }
  [[nodiscard]] Box left_to_right() const { return {*this, false}; }
  /// A box of this size in the middle.
  [[nodiscard]] Box centred(float width, float height) const {
    const float x = std::round(middle_x() - width / 2);
    const float y = std::round(middle_y() - height / 2);
    return {Rect{x, y, x + width, y + height}, rtl};
  }
  /// The `index`th of `count` equal columns (from the start) or rows (from the top).
  [[nodiscard]] Box column(int index, int count, float gap) const {
    const float width =
        (this->width() - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
    const float at = (width + gap) * static_cast<float>(index);
    const float left = rtl ? x1 - at - width : x0 + at;
    return {Rect{std::round(left), y0, std::round(left + width), y1}, rtl};
  }
  [[nodiscard]] Box row(int index, int count, float gap) const {
    const float height =
        (this->height() - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
    const float top = y0 + (height + gap) * static_cast<float>(index);
    return {Rect{x0, std::round(top), x1, std::round(top + height)}, rtl};
  }

 private:
  Box cut_left(float width) {
    Box piece = *this;
    piece.x1 = x0 = std::min(x1, std::round(x0 + width));
    return piece;
  }
  Box cut_right(float width) {
    Box piece = *this;
    piece.x0 = x1 = std::max(x0, std::round(x1 - width));
    return piece;
  }
};

}  // namespace pos::ui
