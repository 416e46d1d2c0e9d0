#include "pos/text/glyph_atlas.hpp"

#include <cstdlib>
#include <numeric>

#include "tests/support/catch.hpp"
#include "tests/unit/text/text_support.hpp"

using pos::text::GlyphAtlas;
using pos::text::GlyphKey;

namespace {

GlyphKey key_of(char32_t c, std::uint16_t size) {
  const auto found = text_test::fonts().find(c, pos::text::Weight::regular);
  return {found.glyph, size, found.font, 0};
}

}  // namespace

TEST_CASE("Atlas: a glyph lies on its page as it was rasterised", "[text]") {
  GlyphAtlas atlas(text_test::fonts(), 128);
  const auto key = key_of(U'ש', 30);
  const auto bitmap = text_test::fonts().rasterise(key);
  const auto glyph = atlas.find(key);
  REQUIRE(glyph.width == bitmap.width);
  REQUIRE(bitmap.width > 5);
  for (int y = 0; y < glyph.height; ++y) {
    for (int x = 0; x < glyph.width; ++x) {
      const auto stored = atlas.pixels(glyph.page)[(glyph.y + y) * 128 + glyph.x + x];
      REQUIRE(stored == bitmap.alpha[static_cast<std::size_t>(y * glyph.width + x)]);
    }
  }
}

TEST_CASE("Atlas: only what is new is dirty", "[text]") {
  GlyphAtlas atlas(text_test::fonts());
  CHECK_FALSE(atlas.take_dirty(0));
  const auto glyph = atlas.find(key_of(U'A', 30));
  const auto version = atlas.version(0);
  const auto dirty = atlas.take_dirty(0);
  REQUIRE(dirty);
  CHECK(dirty->x0 == glyph.x);
  CHECK(dirty->y1 == glyph.y + glyph.height);
  (void)atlas.find(key_of(U'A', 30));
  CHECK_FALSE(atlas.take_dirty(0));
  CHECK(atlas.version(0) == version);
  (void)atlas.find(key_of(U'B', 30));
  CHECK(atlas.version(0) == version + 1);
}

TEST_CASE("Atlas: a full page is followed by another and nothing moves or overlaps", "[text]") {
  GlyphAtlas atlas(text_test::fonts(), 128);
  std::vector<std::pair<GlyphKey, pos::text::AtlasGlyph>> placed;
  for (char32_t c = U'!'; c < 0x7F; ++c)
    placed.emplace_back(key_of(c, 30), atlas.find(key_of(c, 30)));
  CHECK(atlas.page_count() > 1);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const auto& a = placed[i].second;
    const auto again = atlas.find(placed[i].first);
    CHECK((again.page == a.page && again.x == a.x && again.y == a.y));
    for (std::size_t j = 0; j < i; ++j) {
      const auto& b = placed[j].second;
      const bool apart = a.page != b.page || a.x + a.width < b.x || b.x + b.width < a.x ||
                         a.y + a.height < b.y || b.y + b.height < a.y;
      REQUIRE(apart);
    }
  }
}

TEST_CASE("Atlas: a blank and a glyph larger than a page take no room", "[text]") {
  GlyphAtlas atlas(text_test::fonts(), 64);
  CHECK(atlas.find(key_of(U' ', 30)).width == 0);
  CHECK(atlas.find(key_of(U'W', 200)).width == 0);
}

TEST_CASE("Atlas: the quarters of a pixel are four drawings", "[text]") {
  auto key = key_of(U'l', 21);
  const auto first = text_test::fonts().rasterise(key);
  key.phase = 2;
  const auto half = text_test::fonts().rasterise(key);
  CHECK((first.alpha != half.alpha || first.left != half.left));
}

TEST_CASE("Fonts: without any the reason names the package to install", "[text]") {
  const char* before = std::getenv("FONTCONFIG_FILE");
  const std::string kept = before != nullptr ? before : "";
  setenv("FONTCONFIG_FILE", CLUBTILL_SOURCE_DIR "/tests/data/text/no-fonts.conf", 1);
  const auto fonts = pos::text::FontSet::open_installed();
  if (before != nullptr) {
    setenv("FONTCONFIG_FILE", kept.c_str(), 1);
  } else {
    unsetenv("FONTCONFIG_FILE");
  }
  REQUIRE_FALSE(fonts);
  CHECK(fonts.error().fault == pos::text::FontError::Fault::no_font);
  CHECK(fonts.error().detail.find("fonts-noto-core") != std::string::npos);
}

TEST_CASE("Fonts: a file that is no font is refused by name", "[text]") {
  const auto fonts =
      pos::text::FontSet::open({{{CLUBTILL_SOURCE_DIR "/tests/data/text/no-fonts.conf", 0}}, {}});
  REQUIRE_FALSE(fonts);
  CHECK(fonts.error().detail.find("no-fonts.conf") != std::string::npos);
}
