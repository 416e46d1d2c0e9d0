#include "drivers/keyboard/wedge_detector.hpp"

#include <rapidcheck.h>

#include "pos/core/utf8.hpp"
#include "tests/support/catch.hpp"

using namespace drivers::keyboard;
using pos::core::Millis;
using pos::core::Tick;

namespace {

/// A keyboard before a window: press and release, with the characters that a layout makes of the
/// keys.
class Keyboard {
 public:
  explicit Keyboard(WedgeDetector::Settings settings = {}) : detector_(settings) {}

  void wait(int us) {
    now_ = now_ + pos::core::Micros(us);
    const auto deadline = detector_.next_deadline();
    if (deadline && now_ >= *deadline) detector_.poll(now_, out_);
  }
  void press(Key key, bool shift = false, bool control = false, char32_t character = 0) {
    KeyEvent event{key, KeyAction::press, shift, control, false, false};
    event.native_key = static_cast<int>(key);
    detector_.on_key(event, now_, out_);
    if (character != 0) detector_.on_character(character, now_, out_);
    event.action = KeyAction::release;
    detector_.on_key(event, now_, out_);
  }
  void character_key(char c, char32_t layout_makes) {
    for (int code = 32; code < 127; ++code) {
      for (const bool shift : {false, true}) {
        if (us_character(static_cast<Key>(code), shift) != c) continue;
        if (shift) modifier(KeyAction::press);
        press(static_cast<Key>(code), shift, false, layout_makes);
        if (shift) modifier(KeyAction::release);
        return;
      }
    }
  }
  void type(std::string_view text, int gap_us, char32_t offset = 0) {
    for (const char c : text) {
      character_key(c, static_cast<char32_t>(c) + offset);
      wait(gap_us);
    }
  }
  void modifier(KeyAction action) { detector_.on_key({Key::left_shift, action}, now_, out_); }
  void settle() { wait(1'000'000); }

  /// Scans as their text in brackets, refusals as "!", typed characters, Enter as "\n", other keys
  /// left out.
  std::string seen() {
    std::string text;
    for (const Keyed& keyed : out_) {
      if (const auto* scan = std::get_if<WedgeScan>(&keyed)) text += "[" + scan->text + "]";
      if (std::holds_alternative<WedgeRefused>(keyed)) text += "!";
      if (const auto* typed = std::get_if<TypedCharacter>(&keyed)) {
        pos::core::append_utf8(text, typed->character);
      }
      const auto* key = std::get_if<TypedKey>(&keyed);
      if (key != nullptr && key->event.key == Key::enter && key->event.action == KeyAction::press) {
        text += "\n";
      }
    }
    out_.clear();
    return text;
  }
  WedgeDetector& detector() { return detector_; }
  std::vector<Keyed>& out() { return out_; }
  [[nodiscard]] Tick now() const { return now_; }

 private:
  WedgeDetector detector_;
  Tick now_ = Tick::from_us(5'000'000);
  std::vector<Keyed> out_;
};

constexpr std::string_view kCard = "2000000000015";

}  // namespace

TEST_CASE("Wedge: a scan at any scanner's pace is one scan and types nothing", "[drivers][wedge]") {
  for (const int gap_us : {0, 300, 1'000, 5'000, 12'800, 30'000, 49'000}) {
    CAPTURE(gap_us);
    Keyboard keyboard;
    keyboard.type(kCard, gap_us);
    keyboard.press(Key::enter);
    keyboard.settle();
    CHECK(keyboard.seen() == "[2000000000015]");
  }
}

TEST_CASE("Wedge: Tab and the keypad's Enter end a scan as well", "[drivers][wedge]") {
  for (const Key end : {Key::tab, Key::keypad_enter}) {
    Keyboard keyboard;
    keyboard.type(kCard, 5'000);
    keyboard.press(end);
    CHECK(keyboard.seen() == "[2000000000015]");
  }
}

TEST_CASE("Wedge: the layout does not matter, key places do", "[drivers][wedge]") {
  Keyboard keyboard;
  // A Persian layout makes other characters of the same keys.
  keyboard.type("CT1:a0]Q[x-z", 3'000, 0x600);
  keyboard.press(Key::enter);
  CHECK(keyboard.seen() == "[CT1:a0]Q[x-z]");
}

TEST_CASE("Wedge: a person's fast phone number and Enter is typed, in order", "[drivers][wedge]") {
  for (const int gap_us : {55'000, 60'000, 80'000, 120'000, 300'000}) {
    CAPTURE(gap_us);
    Keyboard keyboard;
    keyboard.type("0534567890", gap_us);
    keyboard.press(Key::enter);
    keyboard.settle();
    CHECK(keyboard.seen() == "0534567890\n");
  }
}

TEST_CASE("Wedge: nothing that a person types is lost or reordered", "[drivers][wedge]") {
  const bool held = rc::check("typing with rolled fingers", [] {
    Keyboard keyboard;
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange('a', '{'));
    int fast = 0;
    for (const char c : text) {
      keyboard.type(std::string_view(&c, 1), 0);
      // Two or three keys may come together, never six.
      const bool roll = fast < 3 && *rc::gen::arbitrary<bool>();
      fast = roll ? fast + 1 : 0;
      keyboard.wait(roll ? *rc::gen::inRange(5'000, 50'000) : *rc::gen::inRange(51'000, 300'000));
    }
    keyboard.press(Key::enter);
    keyboard.settle();
    RC_ASSERT(keyboard.seen() == text + "\n");
  });
  CHECK(held);
}

TEST_CASE("Wedge: a held key waits one gap, and an idle keyboard asks for no time",
          "[drivers][wedge]") {
  Keyboard keyboard;
  CHECK_FALSE(keyboard.detector().next_deadline());
  keyboard.press(Key{'A'}, false, false, U'a');
  CHECK(keyboard.seen().empty());
  REQUIRE(keyboard.detector().next_deadline());
  CHECK(*keyboard.detector().next_deadline() - keyboard.now() <= Millis(51));
  keyboard.wait(50'001);
  CHECK(keyboard.seen() == "a");
  CHECK_FALSE(keyboard.detector().next_deadline());
}

TEST_CASE("Wedge: a key soon after a typed one does not wait", "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.type("a", 60'000);
  keyboard.press(Key{'B'}, false, false, U'b');
  CHECK(keyboard.seen() == "ab");
}

TEST_CASE("Wedge: Enter alone passes at once", "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.press(Key::enter);
  CHECK(keyboard.seen() == "\n");
  keyboard.type("12345", 5'000);
  keyboard.press(Key::enter);
  CHECK(keyboard.seen() == "12345\n");
}

TEST_CASE("Wedge: two scans in a row are two scans", "[drivers][wedge]") {
  Keyboard keyboard;
  for (int i = 0; i < 2; ++i) {
    keyboard.type(kCard, 2'000);
    keyboard.press(Key::enter);
  }
  CHECK(keyboard.seen() == "[2000000000015][2000000000015]");
}

TEST_CASE("Wedge: a bar code cannot press shortcuts", "[drivers][wedge]") {
  for (const Key command : {Key::escape, Key::f1, Key::f25, Key::left}) {
    Keyboard keyboard;
    keyboard.type("123456", 2'000);
    keyboard.press(command);
    keyboard.type("789", 2'000);
    keyboard.press(Key{'R'}, false, true);
    keyboard.press(Key::enter);
    keyboard.settle();
    REQUIRE(keyboard.out().size() == 1);
    CHECK(keyboard.seen() == "!");
  }
}

TEST_CASE("Wedge: a group separator comes as Ctrl+] or F8", "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.type("801806141411234567", 2'000);
  keyboard.press(Key::right_bracket, false, true);
  keyboard.type("9", 2'000);
  keyboard.press(Key::f8);
  keyboard.press(Key::enter);
  CHECK(keyboard.seen() ==
        "[801806141411234567\x1d"
        "9\x1d]");
}

TEST_CASE("Wedge: a burst without an end is typed text", "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.type("hello world", 1'000);
  CHECK(keyboard.seen().empty());
  keyboard.settle();
  CHECK(keyboard.seen() == "hello world");
}

TEST_CASE("Wedge: a burst longer than any code is refused and forgotten", "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.type(std::string(10'000, '7'), 100);
  keyboard.press(Key::enter);
  keyboard.settle();
  CHECK(keyboard.seen() == "!");
  keyboard.type(kCard, 1'000);
  keyboard.press(Key::enter);
  CHECK(keyboard.seen() == "[2000000000015]");
}

TEST_CASE("Wedge: a key held down repeats at once", "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.press(Key{'A'}, false, false, U'a');
  for (int i = 0; i < 3; ++i) {
    keyboard.wait(30'000);
    keyboard.detector().on_key({Key{'A'}, KeyAction::repeat}, keyboard.now(), keyboard.out());
    keyboard.detector().on_character(U'a', keyboard.now(), keyboard.out());
  }
  CHECK(keyboard.seen() == "aaaa");
}

TEST_CASE("Wedge: losing the keyboard keeps what was typed and drops half a scan",
          "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.type("ab", 1'000);
  keyboard.detector().on_focus_lost(keyboard.out());
  CHECK(keyboard.seen() == "ab");
  keyboard.settle();
  keyboard.type("2000000", 1'000);
  keyboard.detector().on_focus_lost(keyboard.out());
  keyboard.settle();
  CHECK(keyboard.seen().empty());
}

TEST_CASE("Wedge: a slow frame in the middle does not tear a scan", "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.type("2000000", 10'000);
  keyboard.detector().not_listening(Millis(120));
  keyboard.wait(120'000);
  keyboard.type("000015", 10'000);
  keyboard.press(Key::enter);
  CHECK(keyboard.seen() == "[2000000000015]");
}

TEST_CASE("Wedge: a key that was given down is given up again", "[drivers][wedge]") {
  Keyboard keyboard;
  keyboard.modifier(KeyAction::press);
  keyboard.type("200000", 1'000);
  keyboard.modifier(KeyAction::release);
  keyboard.press(Key::enter);
  int shift_up = 0;
  for (const Keyed& keyed : keyboard.out()) {
    const auto* key = std::get_if<TypedKey>(&keyed);
    if (key != nullptr && key->event.action == KeyAction::release) ++shift_up;
  }
  CHECK(shift_up == 1);
}
