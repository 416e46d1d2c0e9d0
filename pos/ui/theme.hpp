#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "pos/core/expected.hpp"

namespace pos::ui {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  std::uint8_t alpha = 255;

  friend bool operator==(const Colour&, const Colour&) = default;
  [[nodiscard]] constexpr Colour with_alpha(std::uint8_t value) const {
    return {red, green, blue, value};
  }
};

/// `amount` of 255 parts of `over`, the rest of `base`.
[[nodiscard]] Colour blend(Colour base, Colour over, int amount);

/// Contrast by WCAG 2, times 100: 700 is 7:1.
[[nodiscard]] int contrast_x100(Colour a, Colour b);

/// What a colour is for. State never rests on the brand colour, and never on colour alone.
struct Palette {
  Colour background;  // behind the panels
  Colour surface;     // panels, fields, keys
  Colour row;         // every second line
  Colour line;        // borders that only part
  Colour border;      // borders that show what can be pressed
  Colour ink;         // text
  Colour soft;        // text of second rank
  Colour brand;       // the one big button, the focus
  Colour brand_ink;
  Colour brand_soft;
  Colour good;
  Colour attention;
  Colour attention_soft;
  Colour stop;
  Colour stop_soft;
  Colour gold;
  Colour gold_soft;
  Colour shade;  // what dims the screen beneath a sheet; its alpha counts
};

/// Micrometres, so that a control is as large on every screen.
struct Sizes {
  int text_total;    // em sizes
  int text_amount;   // the sum on the payment sheet
  int text_name;     // of the member
  int text_title;    // of a sheet
  int text_big;      // keypads, fields
  int text_action;   // the one big button
  int text_body;     // lines of the basket
  int text_list;     // benefits
  int text_label;    // keys
  int text_note;     // status and footer
  int text_caption;  // headings and hints
  int radius_panel;
  int radius_control;
  int radius_small;
  int edge;     // of the screen
  int gap;      // between panels
  int padding;  // inside a panel
  int line;     // thickness of a hairline
  int stroke;   // of a control's border and of the icons
  int bar_status;
  int bar_total;
  int bar_keys;
  int bar_footer;
  int row_line;      // a line of the basket
  int row_discount;  // what was taken off it
  int row_benefit;
  int field;       // height
  int key;         // height of a key of a keypad
  int target_min;  // nothing that can be pressed is smaller
};

struct ThemeError {
  std::string where;   // "colours.ink"
  std::string reason;  // a sentence
};

class Theme {
 public:
  /// The built-in light theme.
  [[nodiscard]] static Theme light();
  /// A token file: any token left out keeps its built-in value, an unknown one is refused by name.
  [[nodiscard]] static core::Expected<Theme, ThemeError> parse(std::string_view json);

  Palette colour;
  Sizes size;

  /// Whole pixels of a length in micrometres at the current scale, at least 1.
  [[nodiscard]] float px(int micrometres) const;
  [[nodiscard]] int font_px(int micrometres) const;
  void set_scale(float px_per_mm) { px_per_mm_ = px_per_mm; }
  [[nodiscard]] float px_per_mm() const { return px_per_mm_; }

 private:
  Theme() = default;
  float px_per_mm_ = 3.96F;
};

/// Pixels per millimetre of a till's usual screen of that resolution (15 to 15.6 inch). What a
/// monitor says of itself is not believed; a calibration wins over this.
[[nodiscard]] float usual_px_per_mm(int width_px, int height_px);

/// Text and ground that meet on a screen, with the contrast that they need (700 text, 450 large
/// text, 300 marks).
struct ContrastNeed {
  std::string_view name;
  Colour front;
  Colour back;
  int x100;
};
[[nodiscard]] std::array<ContrastNeed, 18> contrast_needs(const Palette& palette);

}  // namespace pos::ui
