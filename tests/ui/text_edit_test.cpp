#include "pos/ui/text_edit.hpp"

#include "tests/support/catch.hpp"
#include "tests/ui/example_views.hpp"
#include "tests/ui/ui_driver.hpp"

using namespace tests::ui;
using namespace pos::ui;

namespace {

/// A join sheet whose name field has the keyboard and follows what is written.
class NameField {
 public:
  explicit NameField(Language language) {
    auto view = join_sheet(language);
    sheet(view).first_name.text.clear();
    ui.show(std::move(view));
    (void)ui.click("join.first_name");
  }
  static pos::app::JoinView& sheet(pos::app::ScreenView& view) {
    return std::get<pos::app::JoinView>(view.sheet);
  }
  void follow(const std::vector<pos::app::Event>& events) {
    for (const auto& event : events) {
      if (const auto* edited = std::get_if<pos::app::Edited>(&event)) {
        sheet(ui.view()).first_name.text = edited->text;
      }
    }
  }
  void type(const std::string& text) { follow(ui.type(text)); }
  void key(Key key, Modifiers modifiers = {}) { follow(ui.key(key, modifiers)); }
  [[nodiscard]] std::string text() { return sheet(ui.view()).first_name.text; }

  UiDriver ui;
};

constexpr Modifiers kControl{.control = true};
constexpr Modifiers kShift{.shift = true};

}  // namespace

TEST_CASE("Field: Hebrew, Persian and Latin stand as they were typed", "[ui]") {
  NameField field(Language::he);
  for (const std::string part : {"נועה", " ", "Noa", " ", "نوا"}) field.type(part);
  CHECK(field.text() == "נועה Noa نوا");
}

TEST_CASE("Field: in Hebrew the left key goes on, in Latin back", "[ui]") {
  NameField hebrew(Language::he);
  hebrew.type("שרה");
  hebrew.key(Key::right);  // back over the last letter
  hebrew.type("י");
  CHECK(hebrew.text() ==
        "שרי"
        "ה");
  NameField latin(Language::en);
  latin.type("Nao");
  latin.key(Key::left);
  latin.key(Key::left);
  latin.type("o");
  CHECK(latin.text() == "Noao");
}

TEST_CASE("Field: backspace and delete take whole letters, home and end the ends", "[ui]") {
  NameField field(Language::fa);
  field.type("مریم");
  field.key(Key::backspace);
  CHECK(field.text() == "مری");
  field.key(Key::home);
  field.key(Key::erase);
  CHECK(field.text() == "ری");
  field.key(Key::end);
  field.type("م");
  CHECK(field.text() == "ریم");
}

TEST_CASE("Field: a selection is replaced, cut, copied and put back", "[ui]") {
  NameField field(Language::en);
  field.type("Shira");
  field.key(Key::left, kShift);
  field.key(Key::left, kShift);
  field.key(static_cast<Key>('X'), kControl);
  CHECK(field.text() == "Shi");
  field.key(static_cast<Key>('V'), kControl);
  CHECK(field.text() == "Shira");
  field.key(static_cast<Key>('A'), kControl);
  field.key(static_cast<Key>('C'), kControl);
  field.type("Dana");
  CHECK(field.text() == "Dana");
}

TEST_CASE("Field: a drag selects what the pointer passes over", "[ui]") {
  NameField field(Language::en);
  field.type("Shira");
  const Rect rect = field.ui.find("join.first_name")->rect;
  (void)field.ui.drag({rect.x0 + 2, rect.middle_y()}, {rect.x1 - 2, rect.middle_y()});
  field.type("N");
  CHECK(field.text() == "N");
}

TEST_CASE("Field: controls and overrides do not get in, nor more than the limit", "[ui]") {
  NameField field(Language::en);
  field.type("a\u202Eb\u0007c\u2066d");
  CHECK(field.text() == "abcd");
  field.type(std::string(TextEdit::kBytesMax, 'x'));
  CHECK(field.text() == "abcd");
}

TEST_CASE("Digits: Persian and Arabic figures become ASCII, letters stay out", "[ui]") {
  CHECK(accepted("\u06F0\u06F5\u0662-a\u05D0 7\u066B5*", Accept::digits) == "052- 7.5*");
  CHECK(accepted("\xD7", Accept::digits).empty());
  CHECK(accepted("RIMON\u06F1\u06F0 \u05D0", Accept::code) == "RIMON10 ");
}

TEST_CASE("Field: broken bytes on the clipboard do no harm", "[ui]") {
  NameField field(Language::en);
  field.type("ok");
  field.type("\xF0\x9F");
  field.key(Key::left);
  field.key(Key::backspace);
  CHECK(field.ui.find("join.first_name") != nullptr);
}

TEST_CASE("Input: a stuck key fills no memory, and modifiers alone are nothing", "[ui]") {
  Input input;
  for (int i = 0; i < 5000; ++i) input.key(Key::f9, {}, true);
  int count = 0;
  for (; !input.empty(); ++count) input.pop();
  CHECK(count <= 1024);
  input.key(Key::left_shift);
  input.key(static_cast<Key>('A'));
  CHECK(input.empty());
}
