#include <algorithm>

#include "pos/core/check.hpp"
#include "pos/slip/receipt.hpp"
#include "pos/slip/typesetter.hpp"

namespace pos::slip {
namespace {

using pos::app::SlipAmount;
using pos::app::SlipKind;
using pos::app::SlipLine;
using pos::app::SlipView;
using pos::text::Direction;
using pos::text::isolated;
using pos::text::Style;
using pos::text::Weight;

constexpr int kHeavy = 4;  // a rule around the sum
constexpr int kLight = 2;

/// Draws one slip from the top down. Each part leaves the pen below itself.
class Receipt {
 public:
  Receipt(const SlipView& view, Typesetter& out) : view_(view), out_(out), s_(out.sizes()) {}

  void draw() {
    reserve_column();
    out_.space(s_.gap);
    head();
    lines();
    if (view_.kind != SlipKind::day_close) totals();
    benefits();
    signatures();
    club();
    foot();
    out_.space(s_.gap);
  }

 private:
  using Look = Typesetter::Look;
  [[nodiscard]] Style small() const { return {s_.small, Weight::regular}; }
  [[nodiscard]] Style small_bold() const { return {s_.small, Weight::bold}; }
  [[nodiscard]] Style body() const { return {s_.body, Weight::regular}; }
  [[nodiscard]] Style bold() const { return {s_.body, Weight::bold}; }
  [[nodiscard]] Style strong() const { return {s_.strong, Weight::bold}; }

  void reserve_column();
  void head();
  void lines();
  void line(const SlipLine& line);
  void totals();
  void payable();
  void benefits();
  void signatures();
  void club();
  void foot();
  void optional_pair(const std::optional<SlipAmount>& amount, const Look& look) {
    if (amount) out_.pair(*amount, look);
  }

  const SlipView& view_;
  Typesetter& out_;
  const Sizes& s_;
};

void Receipt::reserve_column() {
  for (const SlipLine& line : view_.lines) {
    out_.reserve(line.amount, body());
    for (const SlipAmount& discount : line.discounts) out_.reserve(discount.value, small());
  }
  const auto& totals = view_.totals;
  for (const auto* amount :
       {&totals.shelf_total, &totals.saved, &totals.points_paid, &totals.value_paid,
        &totals.rounding, &totals.tender, &totals.received, &totals.change}) {
    if (*amount) out_.reserve((*amount)->value, amount == &totals.saved ? bold() : body());
  }
  for (const SlipAmount& benefit : view_.benefits) out_.reserve(benefit.value, body());
}

void Receipt::head() {
  out_.centred(view_.club_name, {s_.title, Weight::bold});
  out_.centred(view_.store_name, strong());
  for (const auto& text : view_.store_lines) out_.centred(text, small());
  out_.space(s_.gap);
  if (view_.kind == SlipKind::sale || view_.kind == SlipKind::day_close) {
    out_.centred(view_.kind_title, strong());
  } else {
    out_.banner(view_.kind_title, strong());
  }
  if (!view_.copy_mark.empty()) {
    out_.space(6);
    out_.banner(view_.copy_mark, bold());
  }
  out_.space(s_.gap / 2);
  const auto labelled = [](const SlipAmount& amount) {
    return amount.label.empty() ? isolated(amount.value, Direction::automatic)
                                : amount.label + " " + isolated(amount.value, Direction::automatic);
  };
  const bool till = !view_.till.value.empty();
  out_.spread({isolated(view_.date_time, Direction::automatic), till ? labelled(view_.till) : ""},
              {small(), small()});
  if (!view_.employee.value.empty()) out_.paragraph(labelled(view_.employee), small());
  if (view_.original) out_.spread(*view_.original, {small(), small_bold()});
  out_.space(s_.gap / 2);
  out_.rule(kLight);
  out_.space(s_.gap);
}

/// "1 x 14.90" says no more than the amount beside it.
bool says_something_new(const SlipLine& line) {
  if (line.quantity.empty() || line.unit_price.empty()) return false;
  const bool one = line.quantity == "1" || line.quantity == "۱" || line.quantity == "١";
  return !(one && line.unit_price == line.amount);
}

void Receipt::line(const SlipLine& line) {
  out_.pair({line.name, line.amount}, {body(), body()});
  if (says_something_new(line)) {
    out_.paragraph(isolated(line.quantity, Direction::automatic) + " × " +
                       isolated(line.unit_price, Direction::automatic),
                   small(), s_.indent);
  }
  for (const SlipAmount& discount : line.discounts) {
    out_.pair(discount, {small(), small(), s_.indent});
  }
}

void Receipt::lines() {
  for (const SlipLine& one : view_.lines) {
    line(one);
    out_.space(s_.gap / 2);
  }
  if (view_.lines.empty()) return;
  out_.space(s_.gap / 2);
  out_.dots();
  out_.space(s_.gap);
}

void Receipt::payable() {
  out_.space(s_.gap / 2);
  out_.rule(kHeavy);
  out_.space(4);
  out_.spread(view_.totals.payable, {{s_.total_label, Weight::bold}, {s_.total, Weight::bold}});
  out_.space(4);
  out_.rule(kHeavy);
  out_.space(s_.gap);
}

void Receipt::totals() {
  const auto& totals = view_.totals;
  optional_pair(totals.shelf_total, {body(), body()});
  optional_pair(totals.saved, {bold(), bold()});
  optional_pair(totals.points_paid, {body(), body()});
  optional_pair(totals.value_paid, {body(), body()});
  optional_pair(totals.rounding, {body(), body()});
  payable();
  optional_pair(totals.tender, {body(), body()});
  optional_pair(totals.received, {body(), body()});
  optional_pair(totals.change, {body(), body()});
  if (!totals.vat.empty()) out_.space(s_.gap / 2);
  for (const SlipAmount& vat : totals.vat) out_.pair(vat, {small(), small()});
  out_.space(s_.gap);
}

void Receipt::benefits() {
  if (view_.benefits.empty() && view_.notes.empty()) return;
  if (view_.kind != SlipKind::day_close) {
    out_.dots();
    out_.space(s_.gap);
  }
  out_.paragraph(view_.benefits_heading, bold());
  for (const SlipAmount& benefit : view_.benefits) out_.pair(benefit, {body(), body()});
  if (view_.kind == SlipKind::day_close) out_.space(s_.gap);
  for (const auto& note : view_.notes) out_.paragraph(note, body());
  out_.space(s_.gap * 3 / 2);
}

/// In lines that can be read out.
void Receipt::signatures() {
  constexpr std::size_t kDigitsALine = 32;
  for (const SlipAmount& one : view_.signatures) {
    out_.dots();
    out_.space(s_.gap);
    out_.paragraph(one.label, small_bold());
    for (std::size_t at = 0; at < one.value.size(); at += kDigitsALine) {
      out_.centred(isolated(one.value.substr(at, kDigitsALine), Direction::ltr), small());
    }
    out_.space(s_.gap);
  }
}

void Receipt::club() {
  const auto& points = view_.points;
  const bool any_points = points.earned || points.spent || points.balance || !points.value.empty();
  if (!view_.member && !any_points) return;
  out_.begin_box();
  if (view_.member) {
    out_.paragraph(view_.member->label, small());
    out_.spread({view_.member->address, view_.member->masked_digits}, {strong(), body()});
    out_.paragraph(view_.member->standing, small());
    out_.paragraph(view_.member->congratulation, bold());
  }
  if (view_.member && any_points) {
    out_.space(6);
    out_.rule(1);
    out_.space(6);
  }
  if (!view_.member) out_.paragraph(points.heading, bold());
  out_.new_column();
  for (const auto* amount : {&points.earned, &points.spent, &points.balance}) {
    if (*amount) out_.reserve((*amount)->value, bold());
  }
  optional_pair(points.earned, {body(), body()});
  optional_pair(points.spent, {body(), body()});
  optional_pair(points.balance, {bold(), bold()});
  for (const SlipAmount& value : points.value) out_.pair(value, {body(), body()});
  for (const auto& text : points.days) out_.paragraph(text, small());
  out_.paragraph(points.balance_note, small());
  out_.end_box();
  out_.space(s_.gap);
}

void Receipt::foot() {
  out_.qr(view_.qr_payload);
  if (view_.qr_payload.empty()) out_.space(s_.gap);
  out_.centred(view_.receipt_code_label, small());
  if (!view_.receipt_code.empty()) {
    out_.centred(isolated(view_.receipt_code, Direction::ltr), bold());
  }
  if (!view_.footer.empty()) out_.space(s_.gap);
  for (const auto& text : view_.footer) out_.centred(text, body());
  if (!view_.not_a_tax_document.empty()) out_.space(s_.gap);
  out_.centred(view_.not_a_tax_document, small());
}

}  // namespace

Raster draw_receipt(const SlipView& view, const pos::text::Shaper& shaper, int width_dots) {
  CLUBTILL_CHECK(width_dots >= kNarrowDots && width_dots % 8 == 0);
  Canvas canvas(width_dots, shaper.fonts());
  Typesetter out(canvas, shaper, view.right_to_left, sizes_for(width_dots));
  Receipt(view, out).draw();
  return canvas.take(out.y());
}

}  // namespace pos::slip
