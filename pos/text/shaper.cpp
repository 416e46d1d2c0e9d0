#include "pos/text/shaper.hpp"

#include <algorithm>
#include <cmath>

#include "pos/text/paragraph.hpp"
#include "pos/text/utf8_decode.hpp"

namespace pos::text {
namespace {

constexpr std::string_view kEllipsis = "\u2026";

bool is_blank(const Unit& unit) { return unit.source == ' ' || unit.source == 0xA0; }

/// Heh with hamza above, which DejaVu lacks, reads as heh without it.
char32_t plainer(char32_t shown) {
  if (shown == 0xFBA4) return 0xFEE9;
  return shown == 0xFBA5 ? char32_t{0xFEEA} : shown;
}

FontSet::Found find_glyph(const FontSet& fonts, const Unit& unit, Weight weight) {
  for (const char32_t candidate :
       {unit.shown, plainer(unit.shown), unit.source, kReplacement, char32_t{'?'}}) {
    const FontSet::Found found = fonts.find(candidate, weight);
    if (found.glyph != 0) return found;
  }
  return fonts.find(kReplacement, weight);
}

/// Lays units [begin, end) of a paragraph on one line.
class LineSetter {
 public:
  LineSetter(const FontSet& fonts, const Paragraph& paragraph, Style style)
      : fonts_(fonts), paragraph_(paragraph), style_{clamp_size(style.size_px), style.weight} {}

  [[nodiscard]] ShapedLine set(std::size_t begin, std::size_t end) {
    ShapedLine line;
    line.metrics = fonts_.metrics(style_);
    line.direction = paragraph_.direction;
    line.cells.reserve(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      const Unit& unit = paragraph_.units[i];
      line.cells.push_back({unit.byte_begin, unit.byte_end, 0, 0, (unit.level & 1) != 0});
    }
    float pen = 0;
    for (const std::size_t at : paragraph_.visual_order(begin, end)) {
      const float left = pen;
      const Unit& unit = paragraph_.units[at];
      if (unit.shown != 0) pen += place(unit, pen, line);
      Cell& cell = line.cells[at - begin];
      cell.left = left;
      cell.right = pen;
    }
    for (std::size_t at = begin + 1; at < end; ++at) {
      if (paragraph_.units[at].ligature) share(line.cells[at - begin - 1], line.cells[at - begin]);
    }
    line.width = pen;
    return line;
  }

  /// What unit `at` adds to the width of any line that it stands on.
  [[nodiscard]] float advance(std::size_t at) const {
    const Unit& unit = paragraph_.units[at];
    if (unit.shown == 0) return 0;
    return advance_of(unit, find_glyph(fonts_, unit, style_.weight));
  }

 private:
  [[nodiscard]] float advance_of(const Unit& unit, FontSet::Found found) const {
    if (is_digit(unit.source)) return fonts_.digit_advance(unit.source, style_);
    return fonts_.advance(found, style_.size_px);
  }

  float place(const Unit& unit, float pen, ShapedLine& line) const {
    const FontSet::Found found = find_glyph(fonts_, unit, style_.weight);
    const float width = advance_of(unit, found);
    // A digit stands in the middle of its box, any other glyph fills it.
    const float slack = (width - fonts_.advance(found, style_.size_px)) / 2;
    const int quarters = static_cast<int>(std::lround((pen + slack) * 4.0F));
    GlyphKey key;
    key.glyph = found.glyph;
    key.font = found.font;
    key.size_px = static_cast<std::uint16_t>(style_.size_px);
    key.phase = static_cast<std::uint8_t>(quarters & 3);
    if (!is_blank(unit)) line.glyphs.push_back({key, quarters >> 2});
    return width;
  }

  /// FriBidi draws lam-alef at the alef and leaves the lam without room: each gets half the box.
  static void share(Cell& lam, Cell& alef) {
    const float left = alef.left;
    const float right = alef.right;
    const float middle = (left + right) / 2;
    (alef.right_to_left ? alef : lam) = with_box(alef.right_to_left ? alef : lam, left, middle);
    (alef.right_to_left ? lam : alef) = with_box(alef.right_to_left ? lam : alef, middle, right);
  }

  static Cell with_box(Cell cell, float left, float right) {
    cell.left = left;
    cell.right = right;
    return cell;
  }

  const FontSet& fonts_;
  const Paragraph& paragraph_;
  Style style_;
};

/// True where a text must not be cut: inside a word that holds a digit, inside an isolate that
/// holds a number alone, inside a ligature. One more than units: before the first ... after the
/// last.
class Cuts {
 public:
  explicit Cuts(const std::vector<Unit>& units) : units_(units), forbidden_(units.size() + 1) {
    for (std::size_t i = 1; i < units.size(); ++i) forbidden_[i] = units[i].ligature;
    forbid_inside_words();
    forbid_inside_isolates();
  }
  [[nodiscard]] bool allowed(std::size_t at) const { return !forbidden_[at]; }

 private:
  void forbid_inside_words() {
    for (std::size_t begin = 0; begin < units_.size();) {
      std::size_t end = begin;
      while (end < units_.size() && !is_blank(units_[end])) ++end;
      if (has_digit(begin, end)) forbid(begin, end);
      begin = end + 1;
    }
  }

  void forbid_inside_isolates() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (opens_isolate(units_[i].source)) open.push_back(i);
      if (!closes_isolate(units_[i].source) || open.empty()) continue;
      close(open.back(), i + 1);
      open.pop_back();
    }
    while (!open.empty()) {
      close(open.back(), units_.size());
      open.pop_back();
    }
  }

  void close(std::size_t begin, std::size_t end) {
    const auto first = units_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = units_.begin() + static_cast<std::ptrdiff_t>(end);
    const bool words = std::any_of(first, last, [](const Unit& unit) { return unit.letter; });
    if (!words && has_digit(begin, end)) forbid(begin, end);
  }

  [[nodiscard]] bool has_digit(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (is_digit(units_[i].source)) return true;
    }
    return false;
  }

  void forbid(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin + 1; i < end; ++i) forbidden_[i] = true;
  }

  const std::vector<Unit>& units_;
  std::vector<bool> forbidden_;
};

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Range without_blanks_at_end(const Paragraph& paragraph, Range range) {
  while (range.end > range.begin && is_blank(paragraph.units[range.end - 1])) --range.end;
  return range;
}

/// Where the line that starts at `begin` ends: after the last word that fits, else (a word alone is
/// too long) after the last unit that fits, and at least one further.
std::size_t line_end(const Paragraph& paragraph, const LineSetter& setter, std::size_t begin,
                     float max_width_px) {
  float width = 0;
  std::size_t after_word = begin;
  for (std::size_t at = begin; at < paragraph.units.size(); ++at) {
    if (is_blank(paragraph.units[at])) {
      after_word = at + 1;
      width += setter.advance(at);
      continue;
    }
    width += setter.advance(at);
    if (width <= max_width_px) continue;
    if (after_word > begin) return after_word;
    std::size_t cut = at;
    while (cut > begin && paragraph.units[cut].ligature) --cut;
    return std::max(cut, begin + 1);
  }
  return paragraph.units.size();
}

void shift(ShapedLine& line, std::size_t bytes) {
  for (Cell& cell : line.cells) {
    cell.byte_begin += static_cast<std::uint32_t>(bytes);
    cell.byte_end += static_cast<std::uint32_t>(bytes);
  }
}

void wrap_paragraph(const FontSet& fonts, const Paragraph& paragraph, Style style,
                    float max_width_px, std::size_t byte_offset, std::vector<ShapedLine>& lines) {
  LineSetter setter(fonts, paragraph, style);
  std::size_t begin = 0;
  do {
    const std::size_t end = line_end(paragraph, setter, begin, max_width_px);
    const Range range = without_blanks_at_end(paragraph, {begin, end});
    lines.push_back(setter.set(range.begin, range.end));
    shift(lines.back(), byte_offset);
    begin = end;
  } while (begin < paragraph.units.size());
}

/// The longest part that may stand before an ellipsis of that width, in units.
std::size_t fitting_units(const Paragraph& paragraph, const LineSetter& setter, float room_px) {
  const Cuts cuts(paragraph.units);
  std::size_t best = 0;
  float width = 0;
  for (std::size_t count = 1; count < paragraph.units.size(); ++count) {
    width += setter.advance(count - 1);
    if (width > room_px) break;
    if (cuts.allowed(count)) best = count;
  }
  return without_blanks_at_end(paragraph, {0, best}).end;
}

/// The ellipsis stands for everything behind the cut.
void point_ellipsis_at_rest(ShapedLine& line, std::size_t cut, std::size_t whole) {
  for (Cell& cell : line.cells) {
    if (cell.byte_begin < cut) continue;
    cell.byte_begin = static_cast<std::uint32_t>(cut);
    cell.byte_end = static_cast<std::uint32_t>(whole);
  }
}

}  // namespace

ShapedLine Shaper::shape(std::string_view text, Style style, Direction direction) const {
  ++shaped_count_;
  const Paragraph paragraph = analyse(text, direction);
  return LineSetter(*fonts_, paragraph, style).set(0, paragraph.units.size());
}

ShapedLine Shaper::shape_within(std::string_view text, Style style, Direction direction,
                                float max_width_px) const {
  ++shaped_count_;
  const Paragraph paragraph = analyse(text, direction);
  LineSetter setter(*fonts_, paragraph, style);
  ShapedLine whole = setter.set(0, paragraph.units.size());
  if (whole.width <= max_width_px) return whole;
  float room = max_width_px - measure(kEllipsis, style, paragraph.direction);
  for (;;) {
    const std::size_t count = fitting_units(paragraph, setter, room);
    const std::size_t cut = count == 0 ? 0 : paragraph.units[count - 1].byte_end;
    std::string shortened(text.substr(0, cut));
    shortened += kEllipsis;
    ShapedLine line = shape(shortened, style, paragraph.direction);
    // The last letter may have become wider by losing its neighbour.
    if (line.width > max_width_px && count > 0) {
      room -= std::max(1.0F, line.width - max_width_px);
      continue;
    }
    point_ellipsis_at_rest(line, cut, text.size());
    return line;
  }
}

std::vector<ShapedLine> Shaper::wrap(std::string_view text, Style style, Direction direction,
                                     float max_width_px) const {
  std::vector<ShapedLine> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    ++shaped_count_;
    const Paragraph paragraph = analyse(text.substr(begin, end - begin), direction);
    wrap_paragraph(*fonts_, paragraph, style, max_width_px, begin, lines);
    begin = end + 1;
  }
  return lines;
}

float Shaper::measure(std::string_view text, Style style, Direction direction) const {
  return shape(text, style, direction).width;
}

std::string isolated(std::string_view text, Direction direction) {
  std::string cleaned;
  append_utf8(cleaned, direction == Direction::ltr   ? char32_t{0x2066}
                       : direction == Direction::rtl ? char32_t{0x2067}
                                                     : char32_t{0x2068});
  std::size_t open = 1;
  for (const CodePoint& point : decode_utf8(text)) {
    if (is_override(point.value)) continue;
    if (closes_isolate(point.value) && open == 1) continue;
    if (opens_isolate(point.value)) ++open;
    if (closes_isolate(point.value)) --open;
    append_utf8(cleaned, point.value);
  }
  for (; open > 0; --open) append_utf8(cleaned, 0x2069);
  return cleaned;
}

std::string without_controls(std::string_view text) {
  std::string cleaned;
  for (const CodePoint& point : decode_utf8(text)) {
    const char32_t c = point.value;
    const bool joiner = c == 0x200C || c == 0x200D;
    if (is_invisible(c) && !joiner) continue;
    append_utf8(cleaned, is_control(c) || is_blank_control(c) ? char32_t{' '} : c);
  }
  return cleaned;
}

}  // namespace pos::text
