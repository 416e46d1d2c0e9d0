#pragma once

#include <string_view>

#include "pos/app/views/slip_view.hpp"
#include "pos/slip/canvas.hpp"
#include "pos/text/shaper.hpp"

namespace pos::slip {

/// Sizes in dots of 1/8 mm; the same reading distance on both papers, so narrow paper only loses
/// where it must.
struct Sizes {
  int small = 20;
  int body = 24;
  int strong = 28;
  int title = 44;
  int total_label = 34;
  int total = 48;
  int margin = 12;
  int indent = 22;
  int gap = 14;  // between blocks
};
[[nodiscard]] Sizes sizes_for(int width_dots);

/// Sets blocks of text under each other, from the side where the language starts.
class Typesetter {
 public:
  Typesetter(Canvas& canvas, const pos::text::Shaper& shaper, bool right_to_left, Sizes sizes);

  using Style = pos::text::Style;
  struct Look {
    Style label;
    Style value;
    int indent = 0;
  };

  void space(int dots) { y_ += dots; }
  void rule(int thickness);
  void dots();
  void centred(std::string_view text, Style style);
  /// White on a black bar over the whole width.
  void banner(std::string_view text, Style style);
  /// Wrapped, from the start edge.
  void paragraph(std::string_view text, Style style, int indent = 0);
  /// A label at the start, a value at the end. Values of one column end below each other.
  void pair(const pos::app::SlipAmount& amount, const Look& look);
  /// A label at the start and the value against the end edge, outside the column.
  void spread(const pos::app::SlipAmount& amount, const Look& look);
  void qr(pos::core::BytesView payload);

  /// Between the two everything is set inside a box.
  void begin_box();
  void end_box();

  /// The next pair() starts another column of values.
  void new_column() { column_width_ = 0; }
  /// Makes the column of values wide enough; call for all of them before its first pair().
  void reserve(std::string_view value, Style style);

  [[nodiscard]] const Sizes& sizes() const { return sizes_; }
  [[nodiscard]] int y() const { return y_; }

 private:
  [[nodiscard]] pos::text::Direction direction() const;
  [[nodiscard]] int inner_width() const { return canvas_->width() - 2 * inset_; }
  void set_at_start(const pos::text::ShapedLine& line, int indent, int baseline);
  void set_ending_at(const pos::text::ShapedLine& line, int end, int baseline);
  void set_row(const pos::app::SlipAmount& amount, const Look& look, int column_width);

  Canvas* canvas_;
  const pos::text::Shaper* shaper_;
  bool right_to_left_;
  Sizes sizes_;
  int inset_;
  int y_ = 0;
  int box_top_ = 0;
  int column_width_ = 0;
};

}  // namespace pos::slip
