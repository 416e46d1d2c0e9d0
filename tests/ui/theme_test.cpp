#include "pos/ui/theme.hpp"

#include <fstream>
#include <sstream>

#include "tests/support/catch.hpp"

using namespace pos::ui;

TEST_CASE("Theme: every text stands out from its ground", "[ui]") {
  for (const ContrastNeed& need : contrast_needs(Theme::light().colour)) {
    INFO(need.name);
    CHECK(contrast_x100(need.front, need.back) >= need.x100);
  }
}

TEST_CASE("Theme: the file that is shipped says what is built in", "[ui]") {
  std::ifstream file(std::string(CLUBTILL_SOURCE_DIR) + "/assets/themes/light.json");
  std::stringstream text;
  text << file.rdbuf();
  const auto theme = Theme::parse(text.str());
  REQUIRE(theme.has_value());
  const Theme light = Theme::light();
  CHECK(contrast_x100(theme->colour.ink, theme->colour.surface) ==
        contrast_x100(light.colour.ink, light.colour.surface));
  CHECK(theme->colour.brand == light.colour.brand);
  CHECK(theme->colour.shade == light.colour.shade);
  CHECK(theme->size.text_total == light.size.text_total);
  CHECK(theme->size.target_min == light.size.target_min);
}

TEST_CASE("Theme: an unknown or impossible token is named", "[ui]") {
  const auto where = [](const char* json) {
    const auto theme = Theme::parse(json);
    return theme ? std::string("fine") : theme.error().where;
  };
  CHECK(where("{}") == "fine");
  CHECK(where(R"({"colours": {"inc": "#000000"}})") == "colours.inc");
  CHECK(where(R"({"colours": {"ink": "black"}})") == "colours.ink");
  CHECK(where(R"({"sizes_um": {"gap": 0}})") == "sizes_um.gap");
  CHECK(where(R"({"sizes_um": {"gaps": 1}})") == "sizes_um.gaps");
  CHECK(where(R"({"color": {}})") == "color");
  CHECK(where("[]") == "line 1");
  CHECK(where("{\n\n x") == "line 3");
}

TEST_CASE("Theme: lengths follow the scale and never vanish", "[ui]") {
  Theme theme = Theme::light();
  theme.set_scale(4.0F);
  CHECK(theme.px(12'000) == 48);
  CHECK(theme.px(10) == 1);
  CHECK(usual_px_per_mm(1366, 768) == Approx(3.96F).margin(0.03));
  CHECK(usual_px_per_mm(1024, 768) == Approx(3.36F).margin(0.03));
  CHECK(usual_px_per_mm(1920, 1080) == Approx(5.56F).margin(0.03));
}
