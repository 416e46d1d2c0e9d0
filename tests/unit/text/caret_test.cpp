#include <rapidcheck/catch.h>

#include <cmath>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/unit/text/directions.hpp"
#include "tests/unit/text/text_support.hpp"

using pos::text::ShapedLine;

namespace {

using namespace tests::text;

ShapedLine shape(std::string_view text, pos::text::Direction direction) {
  return pos::text::Shaper(text_test::fonts()).shape(text, {24}, direction);
}

/// Letters of three scripts, digits, brackets, blanks, isolates and joiners in any order.
rc::Gen<std::string> mixed_text() {
  const auto piece =
      rc::gen::element<std::string>("a", "Z", "ש", "ל", "م", "ل", "ا", "ی", "7", "۳", " ", "(", ")",
                                    "-", "\u2066", "\u2067", "\u2069", "\u200C", "\u05B8", "₪");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& pieces) {
    std::string text;
    for (const auto& one : pieces) text += one;
    return text;
  });
}

}  // namespace

TEST_CASE("Caret: in Latin text it goes from left to right", "[text]") {
  const ShapedLine line = shape("abc", ltr);
  CHECK(line.caret_x(0) == 0.0F);
  CHECK(line.caret_x(1) < line.caret_x(2));
  CHECK(line.caret_x(3) == Approx(line.width));
  CHECK(line.step_right(1) == 2);
  CHECK(line.step_left(1) == 0);
  CHECK(line.step_right(3) == 3);
}

TEST_CASE("Caret: in Hebrew text it starts at the right edge", "[text]") {
  const ShapedLine line = shape("שלום", rtl);
  CHECK(line.caret_x(0) == Approx(line.width));
  CHECK(line.caret_x(8) == Approx(0.0));
  CHECK(line.step_left(0) == 2);
  CHECK(line.step_right(2) == 0);
  CHECK(line.byte_at(line.width) == 0);
  CHECK(line.byte_at(-5) == 8);
}

TEST_CASE("Caret: between lam and alef it stands in the middle of their letter", "[text]") {
  const ShapedLine line = shape("لا", rtl);
  REQUIRE(line.glyphs.size() == 1);
  CHECK(line.caret_x(2) == Approx(line.width / 2));
  CHECK(line.cells[0].left == Approx(line.width / 2));
  CHECK(line.cells[1].left == Approx(0.0));
}

TEST_CASE("Caret: a letter and its marks are one step", "[text]") {
  const ShapedLine line = shape("שָׁל", rtl);
  CHECK(line.cells.size() == 2);
  CHECK(line.step_left(0) == 6);
}

TEST_CASE("Caret: a selection over two directions has a box for each", "[text]") {
  const ShapedLine line = shape("abשלcd", ltr);
  CHECK(line.selection(0, 8).size() == 1);
  CHECK(line.selection(0, 4).size() == 2);  // "ab", and the first Hebrew letter at the far end
  CHECK(line.selection(3, 3).empty());
}

TEST_CASE("Caret: an empty text has its caret at the start edge", "[text]") {
  const ShapedLine line = shape("", rtl);
  CHECK(line.width == 0.0F);
  CHECK(line.caret_x(0) == 0.0F);
  CHECK(line.byte_at(10) == 0);
  CHECK(line.selection(0, 1).empty());
}

TEST_CASE("Caret: clicking where the caret stands puts it where it looks the same", "[text]") {
  rc::prop("round trip", [](bool right_to_left) {
    const std::string text = *mixed_text();
    const ShapedLine line = shape(text, right_to_left ? rtl : ltr);
    for (std::size_t byte = 0; byte <= text.size(); ++byte) {
      const float x = line.caret_x(byte);
      RC_ASSERT(x >= -0.01F);
      RC_ASSERT(x <= line.width + 0.01F);
      RC_ASSERT(std::fabs(line.caret_x(line.byte_at(x)) - x) < 0.05F);
    }
  });
}

TEST_CASE("Caret: the cells cover the text without holes and the line without overlap", "[text]") {
  rc::prop("cover", [](bool right_to_left) {
    const std::string text = *mixed_text();
    const ShapedLine line = shape(text, right_to_left ? rtl : ltr);
    std::uint32_t byte = 0;
    float sum = 0;
    for (const auto& cell : line.cells) {
      RC_ASSERT(cell.byte_begin == byte);
      RC_ASSERT(cell.right >= cell.left);
      byte = cell.byte_end;
      sum += cell.right - cell.left;
    }
    RC_ASSERT(byte == text.size());
    RC_ASSERT(std::fabs(sum - line.width) < 0.1F);
  });
}

TEST_CASE("Caret: stepping right ends at the right edge and never goes back", "[text]") {
  rc::prop("steps", [] {
    const std::string text = *mixed_text();
    const ShapedLine line = shape(text, rtl);
    std::size_t at = line.byte_at(0);
    float x = line.caret_x(at);
    for (std::size_t steps = 0; steps <= text.size() + 1; ++steps) {
      const std::size_t next = line.step_right(at);
      if (next == at) break;
      RC_ASSERT(line.caret_x(next) > x);
      at = next;
      x = line.caret_x(at);
    }
    RC_ASSERT(line.step_right(at) == at);
  });
}
