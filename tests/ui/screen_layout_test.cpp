#include <array>

#include "tests/support/catch.hpp"
#include "tests/ui/example_views.hpp"
#include "tests/ui/ui_driver.hpp"

using namespace tests::ui;
using pos::ui::ControlRecord;
using pos::ui::Rect;

namespace {

struct Format {
  int width;
  int height;
};
constexpr std::array kFormats = {Format{1024, 768}, Format{1366, 768}, Format{1920, 1080}};

template <class Check>
void on_every_screen(const Check& check) {
  for (const Format format : kFormats) {
    for (const auto& example : examples()) {
      for (const auto language : pos::domain::kLanguages) {
        UiDriver ui(format.width, format.height);
        ui.show(example.make(language));
        INFO(example.name << " " << pos::domain::language_code(language) << " " << format.width
                          << "x" << format.height);
        check(ui);
      }
    }
  }
}

std::vector<ControlRecord> reachable(UiDriver& ui) {
  std::vector<ControlRecord> found;
  for (const auto& control : ui.stage().memory().controls) {
    if (control.enabled) found.push_back(control);
  }
  return found;
}

std::string corners(const Rect& r) {
  return std::to_string(r.x0) + "," + std::to_string(r.y0) + " to " + std::to_string(r.x1) + "," +
         std::to_string(r.y1);
}

}  // namespace

TEST_CASE("Layout: nothing that can be pressed is smaller than a finger needs", "[ui]") {
  on_every_screen([](UiDriver& ui) {
    const auto& theme = ui.stage().theme();
    const float least = theme.px(theme.size.target_min) - 1;
    for (const auto& control : reachable(ui)) {
      INFO(control.id << " " << corners(control.rect));
      CHECK(control.rect.width() >= least);
      CHECK(control.rect.height() >= least);
    }
  });
}

TEST_CASE("Layout: keys of a keypad and the big button are 20 mm wide, and 18 mm high", "[ui]") {
  UiDriver ui;
  ui.show(pay_sheet(Language::he));
  for (const std::string id : {"keypad.1", "keypad.0", "pay.confirm"}) {
    REQUIRE(ui.find(id) != nullptr);
    CHECK(ui.find(id)->rect.width() >= ui.stage().theme().px(20'000));
    CHECK(ui.find(id)->rect.height() >= ui.stage().theme().px(18'000));
  }
}

TEST_CASE("Layout: controls lie on the screen and never on each other", "[ui]") {
  on_every_screen([](UiDriver& ui) {
    const auto controls = reachable(ui);
    for (std::size_t i = 0; i < controls.size(); ++i) {
      INFO(controls[i].id << " " << corners(controls[i].rect));
      CHECK(ui.screen().contains(controls[i].rect));
      for (std::size_t k = i + 1; k < controls.size(); ++k) {
        INFO("and " << controls[k].id << " " << corners(controls[k].rect));
        CHECK_FALSE(controls[i].rect.overlaps(controls[k].rect));
      }
    }
  });
}

TEST_CASE("Layout: ids are there once, and the same in every language", "[ui]") {
  for (const auto& example : examples()) {
    INFO(example.name);
    std::vector<std::vector<std::string>> ids;
    for (const auto language : pos::domain::kLanguages) {
      UiDriver ui;
      ui.show(example.make(language));
      std::vector<std::string> found;
      for (const auto& control : ui.stage().memory().controls) found.push_back(control.id);
      std::sort(found.begin(), found.end());
      for (const auto& control : reachable(ui)) {
        INFO(control.id);
        const auto& all = reachable(ui);
        CHECK(std::count_if(all.begin(), all.end(),
                            [&](const auto& other) { return other.id == control.id; }) == 1);
      }
      ids.push_back(found);
    }
    CHECK(ids[0] == ids[1]);
    CHECK(ids[0] == ids[2]);
  }
}

TEST_CASE("Layout: no text is cut or leaves the screen, the longest member's name least of all",
          "[ui]") {
  on_every_screen([](UiDriver& ui) {
    for (const auto& text : ui.stage().memory().texts) {
      INFO(text.text << " in " << corners(text.box) << " is at " << corners(text.ink));
      CHECK_FALSE(text.cut);
      CHECK(text.ink.x0 >= -1);
      CHECK(text.ink.x1 <= ui.screen().x1 + 1);
    }
  });
}

TEST_CASE("Layout: the screen mirrors, and neither keypad nor figures do", "[ui]") {
  UiDriver en;
  UiDriver he;
  en.show(pay_sheet(Language::en));
  he.show(pay_sheet(Language::he));
  CHECK(en.find("pay.confirm")->rect.x0 > 683);
  CHECK(he.find("pay.confirm")->rect.x1 < 683);
  for (UiDriver* ui : {&en, &he}) {
    CHECK(ui->find("keypad.1")->rect.x1 < ui->find("keypad.3")->rect.x0);
    CHECK(ui->find("keypad.1")->rect.y1 < ui->find("keypad.7")->rect.y0);
  }
}

TEST_CASE("Layout: an unchanged frame shapes no text, makes no glyph and changes no picture",
          "[ui]") {
  on_every_screen([](UiDriver& ui) {
    const auto shaped = ui.stage().text().shaper.shaped_count();
    const int uploads = ui.textures().uploads;
    (void)ui.frame();
    CHECK(ui.stage().text().shaper.shaped_count() == shaped);
    CHECK(ui.textures().uploads == uploads);
    CHECK_FALSE(ui.stage().picture_changed());
  });
}

TEST_CASE("Layout: eight lines of a basket fit on the usual screen", "[ui]") {
  UiDriver ui;
  auto view = checkout_of_noa(Language::en);
  auto& lines = view.checkout.lines;
  lines.resize(4);
  for (auto& line : lines) line.discounts.clear();
  for (std::size_t i = 4; i < 8; ++i) {
    lines.push_back(lines.front());
    lines.back().id = "basket.line." + std::to_string(i);
  }
  ui.show(view);
  CHECK(ui.find("basket.line.0") != nullptr);
  CHECK(ui.find("basket.line.7") != nullptr);
  CHECK(ui.find("basket.up") == nullptr);
}

TEST_CASE("Screens: amounts and quantities read from left to right in every language", "[ui]") {
  const Language language = GENERATE(Language::en, Language::he, Language::fa);
  pos::app::ScreenView view = checkout_of_noa(language);
  view.checkout.member.applied_sum = "−25.25";
  view.checkout.member.applied.front().amount = "−11.75";
  view.checkout.lines.front().quantity = "× 2";
  view.checkout.lines.front().discounts = {{"%", "−8.00"}};
  view.checkout.status.time = "14:32";
  UiDriver ui;
  ui.show(view);
  for (const std::string figure : {"−25.25", "−11.75", "× 2", "−8.00", "14:32"}) {
    CAPTURE(figure);
    const auto& texts = ui.stage().memory().texts;
    const auto found = std::find_if(texts.begin(), texts.end(),
                                    [&](const auto& text) { return text.text == figure; });
    REQUIRE(found != texts.end());
    CHECK(found->direction == pos::text::Direction::ltr);
  }
}
