#include "pos/slip/typesetter.hpp"

#include <algorithm>
#include <cmath>

#include "pos/slip/qr_matrix.hpp"
#include "pos/slip/receipt.hpp"

namespace pos::slip {
namespace {

constexpr int kColumnGap = 16;   // between a label and its value
constexpr int kBoxPadding = 14;  // between a box and what it holds
constexpr int kBoxOutset = 2;    // from the edge of the paper
constexpr int kQrModuleMax = 7;  // dots; larger only wastes paper
constexpr int kQrModuleMin = 4;  // dots; smaller only where the paper is too narrow for it
constexpr int kQuietZone = 4;    // modules of paper around a QR code

int dots_of(float width) { return static_cast<int>(std::lround(width)); }

}  // namespace

Sizes sizes_for(int width_dots) {
  if (width_dots >= 500) return {};
  return {19, 22, 25, 34, 27, 36, 6, 16, 12};
}

Typesetter::Typesetter(Canvas& canvas, const pos::text::Shaper& shaper, bool right_to_left,
                       Sizes sizes)
    : canvas_(&canvas),
      shaper_(&shaper),
      right_to_left_(right_to_left),
      sizes_(sizes),
      inset_(sizes.margin) {}

pos::text::Direction Typesetter::direction() const {
  return right_to_left_ ? pos::text::Direction::rtl : pos::text::Direction::ltr;
}

void Typesetter::set_at_start(const pos::text::ShapedLine& line, int indent, int baseline) {
  const int start = inset_ + indent;
  const int x = right_to_left_ ? canvas_->width() - start - dots_of(line.width) : start;
  canvas_->text(line, x, baseline);
}

void Typesetter::set_ending_at(const pos::text::ShapedLine& line, int end, int baseline) {
  canvas_->text(line, end - dots_of(line.width), baseline);
}

void Typesetter::rule(int thickness) {
  canvas_->fill(inset_, y_, inner_width(), thickness);
  y_ += thickness;
}

void Typesetter::dots() {
  for (int x = inset_; x + 3 <= canvas_->width() - inset_; x += 9) canvas_->fill(x, y_, 3, 2);
  y_ += 2;
}

void Typesetter::centred(std::string_view text, Style style) {
  if (text.empty()) return;
  const auto width = static_cast<float>(inner_width());
  for (const auto& line : shaper_->wrap(text, style, direction(), width)) {
    canvas_->text(line, (canvas_->width() - dots_of(line.width)) / 2, y_ + line.metrics.ascent);
    y_ += line.metrics.line_height();
  }
}

void Typesetter::banner(std::string_view text, Style style) {
  if (text.empty()) return;
  const auto width = static_cast<float>(inner_width() - 2 * kBoxPadding);
  const auto lines = shaper_->wrap(text, style, direction(), width);
  const int height = static_cast<int>(lines.size()) * lines.front().metrics.line_height() + 6;
  canvas_->fill(inset_, y_, inner_width(), height);
  int baseline = y_ + 3 + lines.front().metrics.ascent;
  for (const auto& line : lines) {
    canvas_->text(line, (canvas_->width() - dots_of(line.width)) / 2, baseline, Canvas::Ink::paper);
    baseline += line.metrics.line_height();
  }
  y_ += height;
}

void Typesetter::paragraph(std::string_view text, Style style, int indent) {
  if (text.empty()) return;
  const auto width = static_cast<float>(inner_width() - indent);
  for (const auto& line : shaper_->wrap(text, style, direction(), width)) {
    set_at_start(line, indent, y_ + line.metrics.ascent);
    y_ += line.metrics.line_height();
  }
}

void Typesetter::reserve(std::string_view value, Style style) {
  const float width = shaper_->measure(value, style, pos::text::Direction::automatic);
  const int widest = inner_width() / 2;  // a longer value gets a line of its own
  if (dots_of(width) <= widest) column_width_ = std::max(column_width_, dots_of(width));
}

void Typesetter::set_row(const pos::app::SlipAmount& amount, const Look& look, int column_width) {
  if (amount.label.empty() && amount.value.empty()) return;
  const auto value = shaper_->shape_within(
      amount.value, look.value, pos::text::Direction::automatic, static_cast<float>(inner_width()));
  const int taken = std::max(column_width, dots_of(value.width));
  const bool beside = taken <= inner_width() * 2 / 3;
  const int room = inner_width() - look.indent - (beside ? taken + kColumnGap : 0);
  const auto lines = shaper_->wrap(amount.label, look.label, direction(), static_cast<float>(room));
  // Where the value ends: the paper's end edge, or in right-to-left the end of the column there.
  const int end = right_to_left_ ? inset_ + taken : canvas_->width() - inset_;

  int baseline = y_ + lines.front().metrics.ascent;
  if (beside) baseline = y_ + std::max(lines.front().metrics.ascent, value.metrics.ascent);
  if (beside) set_ending_at(value, end, baseline);
  int bottom = beside ? baseline + value.metrics.descent : y_;
  for (const auto& line : lines) {
    set_at_start(line, look.indent, baseline);
    bottom = std::max(bottom, baseline + line.metrics.descent);
    baseline += line.metrics.line_height();
  }
  if (!beside) {
    set_ending_at(value, end, bottom + value.metrics.ascent);
    bottom += value.metrics.line_height();
  }
  y_ = bottom;
}

void Typesetter::pair(const pos::app::SlipAmount& amount, const Look& look) {
  set_row(amount, look, column_width_);
}

void Typesetter::spread(const pos::app::SlipAmount& amount, const Look& look) {
  set_row(amount, look, 0);
}

void Typesetter::begin_box() {
  box_top_ = y_;
  inset_ += kBoxPadding;
  y_ += kBoxPadding - 4;  // a line of text brings its own room above
}

void Typesetter::end_box() {
  y_ += kBoxPadding - 4;
  inset_ -= kBoxPadding;
  canvas_->frame(kBoxOutset, box_top_, canvas_->width() - 2 * kBoxOutset, y_ - box_top_, 2, 12);
}

void Typesetter::qr(pos::core::BytesView payload) {
  const auto matrix = qr_matrix(payload);
  if (!matrix) return;
  const int whole = matrix->side + 2 * kQuietZone;
  const int wanted =
      std::clamp(canvas_->width() * 2 / 5 / matrix->side, kQrModuleMin, kQrModuleMax);
  const int module = std::min(wanted, canvas_->width() / whole);
  if (module < 1) return;  // no printer could burn it; the code beneath names the sale too
  const int left = (canvas_->width() - matrix->side * module) / 2;
  const int top = y_ + kQuietZone * module;
  for (int row = 0; row < matrix->side; ++row) {
    for (int column = 0; column < matrix->side; ++column) {
      const auto at = static_cast<std::size_t>(row * matrix->side + column);
      if (matrix->dark[at]) {
        canvas_->fill(left + column * module, top + row * module, module, module);
      }
    }
  }
  y_ += whole * module;
}

}  // namespace pos::slip
