#include <rapidcheck/catch.h>

#include <cmath>
#include <string>

#include "pos/text/text_cache.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/text/directions.hpp"
#include "tests/unit/text/text_support.hpp"

using pos::text::Shaper;
using pos::text::Style;
using pos::text::Weight;

namespace {

using namespace tests::text;

const Shaper& shaper() {
  static const Shaper made(text_test::fonts());
  return made;
}

/// What of the text is left before the ellipsis.
std::string kept(std::string_view text, pos::text::Direction direction, float width) {
  const auto line = shaper().shape_within(text, {20}, direction, width);
  if (line.width > width && !line.cells.empty() && line.cells.size() > 1) return "too wide";
  if (line.glyphs.empty()) return "";
  return std::string(text.substr(0, line.cells.back().byte_begin));
}

}  // namespace

TEST_CASE("Measuring: figures of equally many digits are equally wide", "[text]") {
  for (const auto weight : {Weight::regular, Weight::bold}) {
    for (int size = 10; size <= 64; ++size) {
      const auto width = [&](std::string_view text) {
        return shaper().measure(text, {size, weight}, rtl);
      };
      CHECK(width("0123456789") == Approx(width("1111111111")));
      CHECK(width("\u2066−12.40\u2069") == Approx(width("\u2066−90.01\u2069")));
      CHECK(width("۰۱۲۳۴۵۶۷۸۹") == Approx(width("۰۰۰۰۰۰۰۰۰۰")));
      CHECK(width("0000") == std::round(width("0000")));
    }
  }
}

TEST_CASE("Measuring: every style has a line that holds its letters", "[text]") {
  for (const int size : {-4, 6, 13, 26, 80, 256, 9000}) {
    const auto metrics = shaper().metrics({size, Weight::bold});
    CHECK(metrics.cap_height > 0);
    CHECK(metrics.ascent > metrics.cap_height);
    CHECK(metrics.descent > 0);
    const auto line = shaper().shape("Åg یجل ق", {size, Weight::bold}, rtl);
    for (const auto& placed : line.glyphs) {
      const auto bitmap = text_test::fonts().rasterise(placed.key);
      CHECK(bitmap.top <= metrics.ascent + 1);
      CHECK(bitmap.height - bitmap.top <= metrics.descent + 1);
    }
  }
}

TEST_CASE("Ellipsis: a text that fits is left alone", "[text]") {
  const auto line = shaper().shape_within("Olive oil", {20}, ltr, 500);
  CHECK(line.glyphs.size() == 8);
}

TEST_CASE("Ellipsis: it stands at the end of reading", "[text]") {
  const auto ellipsis = text_test::fonts().find(0x2026, Weight::regular).glyph;
  const auto english = shaper().shape_within("Olive oil from the hills", {20}, ltr, 120);
  CHECK(english.width <= 120);
  CHECK(english.glyphs.back().key.glyph == ellipsis);
  const auto hebrew = shaper().shape_within("שמן זית מן ההרים הגבוהים", {20}, rtl, 120);
  CHECK(hebrew.width <= 120);
  CHECK(hebrew.glyphs.front().key.glyph == ellipsis);
  CHECK(hebrew.cells.back().byte_end == std::string("שמן זית מן ההרים הגבוהים").size());
}

TEST_CASE("Ellipsis: a number is whole or gone", "[text]") {
  const std::string text = "Total \u206612,345.60\u2069 ILS";
  const std::string before = "Total";
  for (float width = 5; width < 200; width += 1) {
    const std::string left = kept(text, ltr, width);
    const bool no_digit = left.find_first_of("0123456789") == std::string::npos;
    CHECK((no_digit || left.find("12,345.60") != std::string::npos));
  }
  CHECK(kept("Code 12345678", ltr, 90) == "Code");
}

TEST_CASE("Ellipsis: an amount with its sign and currency is whole or gone", "[text]") {
  const std::string text = "לתשלום \u2066− 12 345.60 ₪\u2069 היום";
  for (float width = 5; width < 260; width += 1) {
    const std::string left = kept(text, rtl, width);
    const bool whole = left.find("− 12 345.60 ₪\u2069") != std::string::npos;
    const bool gone = left.find("\u2066") == std::string::npos;
    CHECK((whole || gone));
  }
}

TEST_CASE("Ellipsis: what cannot hold anything holds the ellipsis alone", "[text]") {
  CHECK(shaper().shape_within("12345678", {20}, ltr, 1).glyphs.size() == 1);
}

TEST_CASE("Wrapping: lines break at blanks and keep within the width", "[text]") {
  const auto lines = shaper().wrap("Buy five coffees and the sixth is a gift", {20}, ltr, 160);
  CHECK(lines.size() > 2);
  for (const auto& line : lines) CHECK(line.width <= 160);
}

TEST_CASE("Wrapping: each line of a right-to-left text is right to left", "[text]") {
  const auto lines = shaper().wrap("קונים חמישה קפה והשישי מתנה\nשנייה", {20}, automatic, 120);
  REQUIRE(lines.size() > 2);
  for (const auto& line : lines) {
    CHECK(line.direction == rtl);
    CHECK(line.width <= 120);
  }
}

TEST_CASE("Wrapping: a word longer than the line is broken, an empty text is one line", "[text]") {
  CHECK(shaper().wrap(std::string(200, 'w'), {20}, ltr, 100).size() > 10);
  CHECK(shaper().wrap("", {20}, ltr, 100).size() == 1);
  CHECK(shaper().wrap("a\n\nb", {20}, ltr, 100).size() == 3);
  CHECK(shaper().wrap("abc", {20}, ltr, 0).size() == 3);
}

TEST_CASE("Cache: an unchanged frame shapes nothing", "[text]") {
  const Shaper own(text_test::fonts());
  pos::text::TextCache cache(own);
  const auto frame = [&cache] {
    for (int i = 0; i < 40; ++i) {
      (void)cache.line("row " + std::to_string(i), {20}, ltr);
      (void)cache.line_within("a long name of an article", {20}, ltr, 90);
      (void)cache.wrapped("some words that need two lines", {20}, rtl, 120);
    }
  };
  frame();
  const auto after_first = own.shaped_count();
  CHECK(after_first > 40);
  frame();
  CHECK(own.shaped_count() == after_first);
}

TEST_CASE("Cache: text, size, weight and direction each make another line", "[text]") {
  const Shaper own(text_test::fonts());
  pos::text::TextCache cache(own);
  const float regular = cache.line("abc", {20}, ltr).width;
  CHECK(cache.line("abc", {20, Weight::bold}, ltr).width > regular);
  CHECK(cache.line("abc", {40}, ltr).width > regular);
  CHECK(cache.line("abc", {20}, rtl).direction == rtl);
  CHECK(cache.size() == 4);
}

TEST_CASE("Cache: it forgets what was not used for longest", "[text]") {
  const Shaper own(text_test::fonts());
  pos::text::TextCache cache(own, 3);
  (void)cache.line("a", {20}, ltr);
  (void)cache.line("b", {20}, ltr);
  (void)cache.line("c", {20}, ltr);
  (void)cache.line("a", {20}, ltr);
  (void)cache.line("d", {20}, ltr);  // b goes
  CHECK(cache.size() == 3);
  const auto count = own.shaped_count();
  (void)cache.line("a", {20}, ltr);
  CHECK(own.shaped_count() == count);
  (void)cache.line("b", {20}, ltr);
  CHECK(own.shaped_count() == count + 1);
}

TEST_CASE("Hostile text: any bytes give a finite line, whatever is asked of it", "[text]") {
  rc::prop("no crash", [](const std::string& bytes, bool right_to_left) {
    const auto direction = right_to_left ? rtl : automatic;
    const auto width = static_cast<float>(*rc::gen::inRange(0, 300));
    const auto line = shaper().shape(bytes, {20}, direction);
    RC_ASSERT(std::isfinite(line.width));
    RC_ASSERT(line.width >= 0);
    const auto within = shaper().shape_within(bytes, {20}, direction, width);
    RC_ASSERT(within.width <= std::max(width, shaper().measure("…", {20}, ltr)) + 0.01F);
    for (const auto& wrapped : shaper().wrap(bytes, {20}, direction, width)) {
      RC_ASSERT(std::isfinite(wrapped.width));
    }
    RC_ASSERT(std::isfinite(shaper().measure(pos::text::isolated(bytes, rtl), {20}, rtl)));
  });
}

TEST_CASE("Hostile text: a thousand nested isolates and overrides do no harm", "[text]") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "\u2067\u202E(";
  text += "12.50";
  CHECK(std::isfinite(shaper().measure(text, {20}, rtl)));
  CHECK(shaper().shape_within(text, {20}, rtl, 80).width <= 80);
}
