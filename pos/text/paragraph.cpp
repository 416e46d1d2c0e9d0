#include "pos/text/paragraph.hpp"

#include <fribidi.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "pos/core/check.hpp"
#include "pos/text/utf8_decode.hpp"

namespace pos::text {
namespace {

constexpr char32_t kNothing = 0x200B;  // has a place in the text, no room on the line

struct Composition {
  char32_t base;
  char32_t mark;
  char32_t composed;
};

/// The marks that are part of a letter's identity. Persian writers put hamza above heh.
constexpr std::array kCompositions = {
    Composition{0x0627, 0x0653, 0x0622}, Composition{0x0627, 0x0654, 0x0623},
    Composition{0x0648, 0x0654, 0x0624}, Composition{0x0627, 0x0655, 0x0625},
    Composition{0x064A, 0x0654, 0x0626}, Composition{0x06CC, 0x0654, 0x0626},
    Composition{0x0647, 0x0654, 0x06C0}, Composition{0x06D5, 0x0654, 0x06C0},
    Composition{0x06C1, 0x0654, 0x06C2}, Composition{0x06D2, 0x0654, 0x06D3},
};

char32_t compose(char32_t base, char32_t mark) {
  for (const Composition& c : kCompositions) {
    if (c.base == base && c.mark == mark) return c.composed;
  }
  return 0;
}

bool is_mark(char32_t c) {
  return fribidi_get_bidi_type(static_cast<FriBidiChar>(c)) == FRIBIDI_TYPE_NSM;
}

std::vector<Unit> units_of(std::string_view text) {
  std::vector<Unit> units;
  for (const CodePoint& point : decode_utf8(text)) {
    char32_t value = point.value;
    const bool mark = is_mark(value);
    const bool dropped = mark || is_override(value) || is_control(value);
    if (dropped && !units.empty()) {
      units.back().byte_end = point.byte_end;
      const char32_t composed = mark ? compose(units.back().source, value) : 0;
      if (composed != 0) units.back().source = composed;
      continue;
    }
    if (dropped) value = kNothing;
    if (is_blank_control(value)) value = ' ';
    units.push_back({0, value, point.byte_begin, point.byte_end, false, false, 0});
  }
  return units;
}

FriBidiParType paragraph_type(Direction direction) {
  switch (direction) {
    case Direction::ltr:
      return FRIBIDI_PAR_LTR;
    case Direction::rtl:
      return FRIBIDI_PAR_RTL;
    case Direction::automatic:
      return FRIBIDI_PAR_ON;
  }
  return FRIBIDI_PAR_ON;
}

/// Writes what each unit shows: joined, mirrored, ligated.
void show(Paragraph& paragraph, const std::vector<FriBidiChar>& plain,
          const std::vector<FriBidiLevel>& levels) {
  const auto length = static_cast<FriBidiStrIndex>(plain.size());
  std::vector<FriBidiArabicProp> joining(plain.size());
  fribidi_get_joining_types(plain.data(), length, joining.data());
  fribidi_join_arabic(paragraph.bidi_types.data(), length, levels.data(), joining.data());
  std::vector<FriBidiChar> shaped = plain;
  fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, levels.data(), length, joining.data(),
                shaped.data());
  for (std::size_t i = 0; i < shaped.size(); ++i) {
    Unit& unit = paragraph.units[i];
    unit.letter = FRIBIDI_IS_LETTER(paragraph.bidi_types[i]);
    unit.level = static_cast<std::uint8_t>(levels[i]);
    const bool filler = shaped[i] == FRIBIDI_CHAR_FILL && unit.source != FRIBIDI_CHAR_FILL;
    unit.shown = is_invisible(shaped[i]) ? 0 : static_cast<char32_t>(shaped[i]);
    if (filler && i + 1 < shaped.size()) paragraph.units[i + 1].ligature = true;
  }
}

}  // namespace

bool is_figure(std::string_view text) {
  const auto points = decode_utf8(text);
  return std::none_of(points.begin(), points.end(), [](const CodePoint& point) {
    return FRIBIDI_IS_LETTER(fribidi_get_bidi_type(static_cast<FriBidiChar>(point.value)));
  });
}

Paragraph analyse(std::string_view text, Direction direction) {
  Paragraph paragraph;
  paragraph.units = units_of(text);
  const std::size_t count = paragraph.units.size();
  std::vector<FriBidiChar> plain(count);
  std::transform(paragraph.units.begin(), paragraph.units.end(), plain.begin(),
                 [](const Unit& unit) { return static_cast<FriBidiChar>(unit.source); });
  paragraph.direction = direction == Direction::rtl ? Direction::rtl : Direction::ltr;
  if (count == 0) return paragraph;

  const auto length = static_cast<FriBidiStrIndex>(count);
  paragraph.bidi_types.resize(count);
  fribidi_get_bidi_types(plain.data(), length, paragraph.bidi_types.data());
  std::vector<FriBidiBracketType> brackets(count);
  fribidi_get_bracket_types(plain.data(), length, paragraph.bidi_types.data(), brackets.data());
  std::vector<FriBidiLevel> levels(count);
  FriBidiParType base = paragraph_type(direction);
  const FriBidiLevel highest = fribidi_get_par_embedding_levels_ex(
      paragraph.bidi_types.data(), brackets.data(), length, &base, levels.data());
  CLUBTILL_CHECK(highest != 0);  // only when memory has run out
  paragraph.direction = FRIBIDI_IS_RTL(base) ? Direction::rtl : Direction::ltr;
  show(paragraph, plain, levels);
  return paragraph;
}

std::vector<std::size_t> Paragraph::visual_order(std::size_t begin, std::size_t end) const {
  const std::size_t count = end - begin;
  if (count == 0) return {};
  std::vector<FriBidiLevel> levels(count);
  for (std::size_t i = 0; i < count; ++i) {
    levels[i] = static_cast<FriBidiLevel>(units[begin + i].level);
  }
  std::vector<FriBidiStrIndex> map(count);
  std::iota(map.begin(), map.end(), 0);
  const FriBidiParType base = direction == Direction::rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
  const FriBidiLevel highest = fribidi_reorder_line(
      FRIBIDI_FLAGS_DEFAULT & ~static_cast<FriBidiFlags>(FRIBIDI_FLAG_REORDER_NSM),
      bidi_types.data() + begin, static_cast<FriBidiStrIndex>(count), 0, base, levels.data(),
      nullptr, map.data());
  CLUBTILL_CHECK(highest != 0);
  std::vector<std::size_t> order(count);
  std::transform(map.begin(), map.end(), order.begin(),
                 [begin](FriBidiStrIndex i) { return begin + static_cast<std::size_t>(i); });
  return order;
}

}  // namespace pos::text
