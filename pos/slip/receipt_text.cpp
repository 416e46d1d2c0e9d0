#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "pos/slip/receipt.hpp"
#include "pos/text/utf8_decode.hpp"

namespace pos::slip {
namespace {

using pos::app::SlipAmount;
using pos::app::SlipKind;
using pos::app::SlipView;
using pos::text::without_controls;

/// Letters, marks and joiners left out: what a terminal gives a column each.
std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (const auto& point : pos::text::decode_utf8(text)) {
    if (!pos::text::is_invisible(point.value)) ++columns;
  }
  return columns;
}

class TextSlip {
 public:
  explicit TextSlip(std::size_t columns) : columns_(columns) {}

  void line(std::string_view text) {
    std::string clean = without_controls(text);
    if (!clean.empty() && clean.front() == '#') clean.insert(0, " ");
    out_ += clean + '\n';
  }
  void words(std::string_view text) {
    if (!text.empty()) line(text);
  }
  void blank() { out_ += '\n'; }
  void rule(char mark) { out_ += std::string(columns_, mark) + '\n'; }

  void centred(std::string_view text) {
    if (text.empty()) return;
    const std::size_t used = std::min(columns_of(without_controls(text)), columns_);
    line(std::string((columns_ - used) / 2, ' ') + without_controls(text));
  }

  /// Label, then the value at the end of the line; two lines when they do not fit on one.
  void pair(std::string_view label, std::string_view value, std::size_t indent = 0) {
    if (label.empty() && value.empty()) return;
    const std::string head = std::string(indent, ' ') + without_controls(label);
    const std::string tail = without_controls(value);
    const std::size_t used = columns_of(head) + columns_of(tail);
    if (used + 1 <= columns_) {
      line(head + std::string(columns_ - used, ' ') + tail);
      return;
    }
    line(head);
    const std::size_t wide = columns_of(tail);
    line(std::string(columns_ > wide ? columns_ - wide : 0, ' ') + tail);
  }
  void pair(const SlipAmount& amount, std::size_t indent = 0) {
    pair(amount.label, amount.value, indent);
  }
  void pair(const std::optional<SlipAmount>& amount) {
    if (amount) pair(*amount);
  }

  void figure(std::string_view key, std::string_view value) {
    std::string name(key);
    for (char& c : name) {
      const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (!fits) c = '-';
    }
    out_ += '#' + name;
    if (!value.empty()) out_ += ' ' + without_controls(value);
    out_ += '\n';
  }
  void figure(std::string_view key, std::int64_t value) { figure(key, fmt::format("{}", value)); }

  std::string take() { return std::move(out_); }

 private:
  std::size_t columns_;
  std::string out_;
};

std::string_view kind_word(SlipKind kind) {
  switch (kind) {
    case SlipKind::sale:
      return "sale";
    case SlipKind::goods_return:
      return "return";
    case SlipKind::sale_void:
      return "void";
    case SlipKind::day_close:
      return "day-close";
  }
  return "sale";
}

void write_head(TextSlip& out, const SlipView& view) {
  out.centred(view.club_name);
  out.centred(view.store_name);
  for (const std::string& text : view.store_lines) out.centred(text);
  out.blank();
  out.centred(view.kind_title);
  out.centred(view.copy_mark);
  out.words(view.date_time);
  out.pair(view.till);
  out.pair(view.employee);
  out.pair(view.original);
  out.rule('-');
}

void write_lines(TextSlip& out, const SlipView& view) {
  if (view.lines.empty()) return;
  for (const auto& line : view.lines) {
    out.pair(line.name, line.amount);
    if (!line.quantity.empty() && !line.unit_price.empty()) {
      out.line("  " + line.quantity + " × " + line.unit_price);
    }
    for (const SlipAmount& discount : line.discounts) out.pair(discount, 2);
  }
  out.rule('-');
}

void write_totals(TextSlip& out, const SlipView& view) {
  const auto& totals = view.totals;
  out.pair(totals.shelf_total);
  out.pair(totals.saved);
  out.pair(totals.points_paid);
  out.pair(totals.value_paid);
  out.pair(totals.rounding);
  out.rule('=');
  out.pair(totals.payable);
  out.rule('=');
  out.pair(totals.tender);
  out.pair(totals.received);
  out.pair(totals.change);
  for (const SlipAmount& vat : totals.vat) out.pair(vat);
}

void write_club(TextSlip& out, const SlipView& view) {
  if (!view.benefits.empty() || !view.notes.empty()) {
    out.blank();
    out.words(view.benefits_heading);
    for (const SlipAmount& benefit : view.benefits) out.pair(benefit);
    for (const std::string& note : view.notes) out.line(note);
  }
  if (view.member) {
    out.rule('-');
    out.pair(view.member->address, view.member->masked_digits);
    out.words(view.member->standing);
    out.words(view.member->congratulation);
  }
  out.pair(view.points.earned);
  out.pair(view.points.spent);
  out.pair(view.points.balance);
  for (const SlipAmount& value : view.points.value) out.pair(value);
  for (const std::string& text : view.points.days) out.words(text);
  out.words(view.points.balance_note);
  out.rule('-');
}

void write_figures(TextSlip& out, const SlipView& view) {
  out.figure("slip", 1);
  out.figure("kind", kind_word(view.kind));
  out.figure("copy", view.copy_mark.empty() ? 0 : 1);
  out.figure("uid", view.figures.uid);
  out.figure("receipt-code", view.receipt_code);
  out.figure("currency", view.figures.currency);
  out.figure("payable-minor", view.figures.payable_minor);
  out.figure("points-earned", view.figures.points_earned);
  out.figure("points-spent", view.figures.points_spent);
  for (const auto& [key, value] : view.figures.more) out.figure(key, value);
  out.figure("end", "");
}

}  // namespace

std::string receipt_text(const SlipView& view, std::size_t columns) {
  TextSlip out(columns);
  write_head(out, view);
  write_lines(out, view);
  if (view.kind != SlipKind::day_close) write_totals(out, view);
  write_club(out, view);
  for (const SlipAmount& one : view.signatures) {
    out.words(one.label);
    out.words(one.value);
  }
  out.pair(view.receipt_code_label, view.receipt_code);
  out.words(view.not_a_tax_document);
  for (const std::string& text : view.footer) out.words(text);
  write_figures(out, view);
  return out.take();
}

}  // namespace pos::slip
