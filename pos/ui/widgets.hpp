#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pos/core/time.hpp"
#include "pos/ui/icons.hpp"
#include "pos/ui/input.hpp"
#include "pos/ui/painter.hpp"
#include "pos/ui/text_edit.hpp"
#include "pos/ui/text_kit.hpp"
#include "pos/ui/theme.hpp"

namespace pos::ui {

enum class Align : std::uint8_t { start, centre, end, left, right };

/// What happens to a text that is wider than its box.
enum class Fit : std::uint8_t {
  ellipsis,  // its end gives way
  shrink,    // it is set smaller, then on two lines, and gives way only then
  wrap,      // as many lines as the box is high
};

struct TextLook {
  int size_um = 0;
  Colour colour = {};
  text::Weight weight = text::Weight::regular;
  Align align = Align::start;
  Fit fit = Fit::shrink;
  bool natural = false;  // a name: its own letters decide the direction, not the screen's language
};

enum class ButtonKind : std::uint8_t { plain, primary, quiet, key, chosen, warning };

struct ButtonLook {
  std::string_view label = {};
  std::string_view hint = {};  // the key that does the same
  ButtonKind kind = ButtonKind::plain;
  std::optional<Icon> icon = {};
  bool enabled = true;
  int text_um = 0;       // 0: as usual for the kind
  int icon_um = 7'000;   // of an icon without words
  bool repeats = false;  // a key of a keypad may be struck again at once
};

/// What was drawn, for tests.
struct ControlRecord {
  std::string id;
  Rect rect;
  bool enabled = true;
  bool focused = false;
};
struct TextRecord {
  std::string text;
  Rect ink;  // the lines, by width and line height
  Rect box;
  bool cut = false;                                  // an ellipsis stands for a part of it
  text::Direction direction = text::Direction::ltr;  // that it was drawn in
};

/// What outlives a frame. Losing it loses nothing that matters.
struct WidgetMemory {
  std::string focus;                        // id of the control that has the keyboard
  bool focus_by_key = false;                // then a button shows its ring as well
  std::vector<std::string> tab_order;       // of this frame
  std::vector<std::string> last_tab_order;  // of the last one
  void step_focus(int by);
  std::map<std::string, TextEdit> edits;
  std::string last_pressed;
  core::Tick last_pressed_at;
  bool pressed_before = false;
  /// Where the pointer was at the start and after a release: nothing is lit until it moves.
  std::optional<Point> still_at;
  std::string dragging;  // the field in which a selection is being drawn
  std::vector<ControlRecord> controls;
  std::vector<TextRecord> texts;
};

struct FrameInfo {
  Rect screen;
  Point pointer;
  core::Tick now;
  bool rtl = false;
};

/// The controls of one frame. Every one has a stable id that is the same in all languages.
class Widgets {
 public:
  struct Parts {
    Painter& painter;
    TextKit& text;
    const Theme& theme;
    WidgetMemory& memory;
    Input& input;
    Clipboard& clipboard;
  };
  Widgets(const Parts& parts, const FrameInfo& frame) : parts_(parts), frame_(frame) {}

  // The room and its measures -------------------------------------------------------------------
  [[nodiscard]] Box screen() const { return {frame_.screen, frame_.rtl}; }
  void set_right_to_left(bool rtl) { frame_.rtl = rtl; }
  [[nodiscard]] bool rtl() const { return frame_.rtl; }
  [[nodiscard]] const Theme& theme() const { return parts_.theme; }
  [[nodiscard]] const Palette& colour() const { return parts_.theme.colour; }
  [[nodiscard]] const Sizes& size() const { return parts_.theme.size; }
  [[nodiscard]] float px(int micrometres) const { return parts_.theme.px(micrometres); }
  [[nodiscard]] Painter& painter() { return parts_.painter; }
  [[nodiscard]] Input& input() { return parts_.input; }

  /// Beneath a sheet controls are drawn but cannot be reached.
  void set_reachable(bool reachable) { reachable_ = reachable; }
  [[nodiscard]] bool reachable() const { return reachable_; }

  // Text ----------------------------------------------------------------------------------------
  /// Centred by its capitals in the height of the box. Returns the width drawn.
  float text(const Box& box, std::string_view words, const TextLook& look);
  [[nodiscard]] float text_width(std::string_view words, const TextLook& look);
  [[nodiscard]] int line_count(std::string_view words, const TextLook& look, float width);
  [[nodiscard]] float line_height(int size_um);
  /// From one line to the next of a text of several.
  [[nodiscard]] float leading(int size_um);
  /// The largest size of `look`, down to `least_um`, in which `words` fit into `width`.
  [[nodiscard]] int fitting_size(std::string_view words, const TextLook& look, float width,
                                 int least_um);
  [[nodiscard]] TextLook look(int size_um) const {
    return {.size_um = size_um, .colour = colour().ink};
  }

  // Surfaces ------------------------------------------------------------------------------------
  void panel(const Box& box);
  void hairline(const Box& box, bool bottom);
  void icon(Icon icon, const Box& box, Colour colour, int stroke_um = 0);
  /// A label with a border, as wide as it needs to be; cut from the start of `row`.
  void chip(Box& row, std::string_view words, Colour ink, Colour ground, bool at_end);
  void progress(const Box& box, int percent, Colour colour);

  // Controls ------------------------------------------------------------------------------------
  /// True when it was released inside, or activated by key.
  bool button(std::string_view id, const Box& box, const ButtonLook& look);
  /// A row that can be tapped; draws only its ground.
  bool row(std::string_view id, const Box& box, bool selected, float radius);
  /// True when it was turned. The label lies inside `box` and turns it too.
  bool check_box(std::string_view id, const Box& box, std::string_view label,
                 std::string_view detail, bool ticked);
  struct FieldLook {
    std::string_view text = {};
    std::string_view placeholder = {};
    bool digits = false;
    bool letters = false;  // beside digits: a code
    bool left_to_right = false;
    bool eastern_digits = false;  // shown as ۰ to ۹
    int text_um = 0;
    std::optional<Icon> icon = {};
    bool enabled = true;
  };
  /// The whole new text after an edit. Takes what was typed from the front of the input.
  std::optional<std::string> field(std::string_view id, const Box& box, const FieldLook& look);

  // Keyboard ------------------------------------------------------------------------------------
  [[nodiscard]] bool focused(std::string_view id) const { return parts_.memory.focus == id; }
  [[nodiscard]] const std::string& focused_id() const { return parts_.memory.focus; }
  /// Whether that id is a field that was drawn at some time.
  [[nodiscard]] bool is_field(const std::string& id) const {
    return parts_.memory.edits.contains(id);
  }
  /// Gives it the keyboard. `ring`: shows so on a button as well, and its key works at once.
  void focus(std::string_view id, bool ring = false);
  /// To the next (or the previous) control of the last frame, as Tab does.
  void focus_step(int by);
  /// Takes the command key at the front when it is this one. Held keys do not repeat commands.
  bool take(Key key, Modifiers modifiers = {});
  /// Takes what was typed at the front when it is just these characters: a digit that chooses.
  bool take_typed(std::string_view characters);
  /// Types into the field that has the keyboard, as a keypad does.
  void type(std::string_view characters) { parts_.input.text(characters); }

 private:
  struct Touched {
    bool hovered = false;
    bool held = false;
    bool activated = false;
  };
  /// A space activates what has the keyboard; Enter too, unless it is left to the screen's big
  /// button.
  Touched touch(std::string_view id, const Box& box, bool enabled, bool repeats, bool tab_stop,
                bool takes_enter = true);
  bool first_activation(std::string_view id, bool repeats);
  void focus_ring(std::string_view id, const Box& box, float radius);
  void draw_lines(const Box& box, const std::vector<text::ShapedLine>& lines, const TextLook& look);
  [[nodiscard]] float line_x(const Box& box, float width, Align align) const;
  void put(const Box& box, const text::ShapedLine& line, float middle, const TextLook& look);
  void record(const TextRecord& drawn) { parts_.memory.texts.push_back(drawn); }
  [[nodiscard]] text::Style style(const TextLook& look) const;
  [[nodiscard]] text::Direction direction(std::string_view words, const TextLook& look) const;
  void button_words(const Box& inner, const ButtonLook& look, Colour ink, Colour hint_ink);
  [[nodiscard]] float longest_word(std::string_view words, const TextLook& look);
  bool draw_shrunk(const Box& box, std::string_view words, const TextLook& look);
  bool consume(std::string_view id, const FieldLook& look, TextEdit& edit);
  [[nodiscard]] const text::ShapedLine& field_line(const std::string& text, const FieldLook& look);
  void drag_caret(std::string_view id, const Box& inner, const FieldLook& look, TextEdit& edit,
                  bool held);
  void draw_field(std::string_view id, const Box& box, const FieldLook& look, TextEdit& edit);
  void draw_field_text(const Box& inner, const FieldLook& look, TextEdit& edit, bool focused);

  Parts parts_;
  FrameInfo frame_;
  bool reachable_ = true;
};

}  // namespace pos::ui
