#include <string>

#include "pos/text/paragraph.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/text/directions.hpp"
#include "tests/unit/text/text_support.hpp"

using text_test::drawn;
using text_test::expected;

TEST_CASE("Shaping: Latin text stays as written", "[text]") {
  CHECK(drawn("Milk 3%", ltr) == expected(U"Milk3%"));
  CHECK(drawn("Milk", rtl) == expected(U"Milk"));
}

TEST_CASE("Shaping: Hebrew runs right to left, its numbers left to right", "[text]") {
  CHECK(drawn("חלב 3%", rtl) == expected(U"3%בלח"));
  CHECK(drawn("שמן זית 750 מ״ל", rtl) == expected(U"ל״מ750תיזןמש"));
}

TEST_CASE("Shaping: a Latin product code inside Hebrew keeps its order", "[text]") {
  CHECK(drawn("דגם AB-12 חדש", rtl) == expected(U"שדחAB-12םגד"));
  CHECK(drawn("15% ל־VIP", rtl) == expected(U"VIP־ל15%"));
}

TEST_CASE("Shaping: brackets open towards the text that they hold", "[text]") {
  CHECK(drawn("לחם (מלא)", rtl) == expected(U"(אלמ)םחל"));
  CHECK(drawn("bread (whole)", ltr) == expected(U"bread(whole)"));
}

TEST_CASE("Shaping: isolated values read left to right in any sentence", "[text]") {
  const std::string minus = "זיכוי \u2066-12.50\u2069";
  CHECK(drawn(minus, rtl) == expected(U"-12.50יוכיז"));
  const std::string phone = "تلفن \u2066054-123-4567\u2069";
  const auto shaped = drawn(phone, rtl);
  const auto number = expected(U"054-123-4567");
  REQUIRE(shaped.glyphs.size() == number.glyphs.size() + 4);
  CHECK(std::equal(number.glyphs.begin(), number.glyphs.end(), shaped.glyphs.begin()));
  CHECK(drawn("סה״כ \u206693.85 ₪\u2069", rtl) == expected(U"93.85₪כ״הס"));
  CHECK(drawn("תאריך \u20662026-11-22\u2069", rtl) == expected(U"2026-11-22ךיראת"));
  CHECK(drawn("טל \u2066+972-54-123\u2069", rtl) == expected(U"+972-54-123לט"));
}

TEST_CASE("Shaping: Persian letters join and its digits keep their order", "[text]") {
  // sheen initial, ye medial, re final; the percent sign stands behind the number
  CHECK(drawn("شیر", rtl) == expected(U"\uFEAE\uFBFF\uFEB7"));
  CHECK(drawn("\u2066۱۲٫۴۰\u2069", rtl) == expected(U"۱۲٫۴۰"));
  // pe initial, re final
  CHECK(drawn("پر", rtl) == expected(U"\uFEAE\uFB58"));
  // gaf isolated after a letter that does not join, che final
  CHECK(drawn("گچ", rtl) == expected(U"\uFB7B\uFB94"));
}

TEST_CASE("Shaping: a zero-width non-joiner parts letters and shows nothing", "[text]") {
  // meem initial, ye final | khe initial, alef final, he initial, meem final
  CHECK(drawn("می\u200Cخواهم", rtl) == expected(U"\uFEE2\uFEEB\uFE8D\uFEEE\uFEA7\uFBFD\uFEE3"));
}

TEST_CASE("Shaping: lam and alef are one letter", "[text]") {
  CHECK(drawn("لا", rtl) == expected(U"\uFEFB"));
  CHECK(drawn("سلام", rtl) == expected(U"\uFEE1\uFEFC\uFEB3"));
}

TEST_CASE("Shaping: marks are not drawn, hamza above heh is", "[text]") {
  CHECK(drawn("שָׁלוֹם", rtl) == drawn("שלום", rtl));
  CHECK(drawn("مُحَمَّد", rtl) == drawn("محمد", rtl));
  CHECK(drawn("هفتهٔ", rtl) == drawn("هفتۀ", rtl));
}

TEST_CASE("Shaping: with DejaVu alone every letter of the three languages is drawn", "[text]") {
  const pos::text::FontFile file{"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 0};
  const auto dejavu = pos::text::FontSet::open({{file}, {}});
  REQUIRE(dejavu);
  const auto missing = dejavu->find(0xFFFD, pos::text::Weight::regular).glyph;
  const std::string text =
      "אבגדהוזחטיכלמנסעפצקרשתךםןףץ ₪ ۰۱۲۳۴۵۶۷۸۹٫٬٪ ویژهٔ خانهٔ پچژگکی آ أ ؤ ئ لا لآ é ß × − …";
  for (const auto& placed : pos::text::Shaper(*dejavu).shape(text, {20}, rtl).glyphs) {
    CHECK(placed.key.glyph != missing);
    CHECK(placed.key.glyph != 0);
  }
}

TEST_CASE("Shaping: the first strong letter decides an automatic direction", "[text]") {
  const pos::text::Shaper shaper(text_test::fonts());
  CHECK(shaper.shape("123 חלב milk", {20}, automatic).direction == rtl);
  CHECK(shaper.shape("123 milk חלב", {20}, automatic).direction == ltr);
  CHECK(shaper.shape("123", {20}, automatic).direction == ltr);
}

TEST_CASE("Shaping: overrides and other controls in data have no effect and no box", "[text]") {
  CHECK(drawn("abc\u202Edef\u202C", ltr) == expected(U"abcdef"));
  CHECK(drawn("\u202Eabc", ltr) == expected(U"abc"));
  CHECK(drawn(std::string("a\0b\x01\x7F", 5), ltr) == expected(U"ab"));
  CHECK(drawn("a\u200Fb\u200E\uFEFF", ltr) == expected(U"ab"));
}

TEST_CASE("Shaping: bytes that are not UTF-8 show as replacement characters", "[text]") {
  CHECK(drawn("a\xFF"
              "b",
              ltr) == expected(U"a\uFFFDb"));
  CHECK(drawn("\xC0\xAF", ltr) == expected(U"\uFFFD\uFFFD"));
  CHECK(drawn("\xED\xA0\x80", ltr) == expected(U"\uFFFD\uFFFD\uFFFD"));
  CHECK(drawn("\xE2\x82", ltr) == expected(U"\uFFFD\uFFFD"));
}

TEST_CASE("Shaping: an isolated text cannot leak an isolate into its surroundings", "[text]") {
  using pos::text::isolated;
  CHECK(isolated("a\u2069b\u2067c", ltr) == "\u2066ab\u2067c\u2069\u2069");
  CHECK(isolated("\u202Ex", rtl) == "\u2067x\u2069");
  CHECK(pos::text::without_controls("\u2066-5.00\u2069\tx\u202E") == "-5.00 x");
}

TEST_CASE("Shaping: the sample lines are painted for the eye", "[text][picture]") {
  for (const auto weight : {pos::text::Weight::regular, pos::text::Weight::bold}) {
    text_test::paint(weight == pos::text::Weight::bold ? "shaping-bold" : "shaping-regular",
                     {{"שמן זית 750 מ״ל (מבצע) \u2066−12.50\u2069 ₪", rtl},
                      {"כרטיס \u2066054-123-4567\u2069, דגם AB-12 חדש ו־15% ל־VIP", rtl},
                      {"می\u200Cخواهم ۱۵٪ ویژهٔ VIP روی کالاهای پرتقاضا", rtl},
                      {"روغن زیتون ۷۵۰ میلی\u200Cلیتر \u2066۳۹٫۹۰\u2069 سلام، لا", rtl},
                      {"Olive oil 750 ml (club price) −8.00 € £ ₪ 0123456789", ltr},
                      {"Ångström Æß Žižkov čaj, naïve façade… “quoted”", ltr}},
                     {26, weight});
  }
}

TEST_CASE("Figures: what has no letter is a figure", "[text]") {
  for (const char* text :
       {"−25.25", "× 2", "14:32", "93.85 ₪", "···21", "−۲۵٫۲۵", "\u206615%\u2069"}) {
    CAPTURE(text);
    CHECK(pos::text::is_figure(text));
  }
  for (const char* text : {"2 פריטים", "x4", "۲ قلم"}) {
    CAPTURE(text);
    CHECK_FALSE(pos::text::is_figure(text));
  }
}
