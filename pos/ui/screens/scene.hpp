#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pos/ui/screens.hpp"

// What all screens are put together from. A screen draws its view and appends to `out`; it keeps
// nothing.

namespace pos::ui {

struct Scene {
  Widgets& w;
  const app::ScreenView& view;
  std::vector<app::Event>& out;
  std::map<std::string, Screens::Pages>& pages;

  void send(app::Event event) const { out.push_back(std::move(event)); }
  void press(app::Action action) const { out.push_back(app::Pressed{action}); }
};

/// Icon, ink and ground of a mood.
struct MoodLook {
  Icon icon = Icon::check;
  Colour ink;
  Colour ground;
};
[[nodiscard]] MoodLook mood_look(const Palette& palette, app::Mood mood);

/// True when the front of the input is the key that `button` names ("F9", "Enter", "Shift+F2").
bool take_key_of(Scene& scene, const app::ButtonView& button);

/// Draws the button, and sends its action when it or its key was pressed.
void action_button(Scene& scene, const Box& box, const app::ButtonView& button,
                   ButtonKind kind = ButtonKind::plain, std::optional<Icon> icon = {});
/// As wide as its words need; cut from the end (or the start) of `row`.
void inline_button(Scene& scene, Box& row, const app::ButtonView& button, ButtonKind kind,
                   bool at_end);

/// Codes of articles, coupons and slips have letters too.
[[nodiscard]] inline bool takes_codes(app::Field field) {
  return field == app::Field::entry || field == app::Field::receipt;
}

struct FieldRoom {
  bool enabled = true;
  bool with_hint = true;
  int text_um = 0;
  std::optional<Icon> icon = {};
};
/// Label, field and hint, from the top of `box`; sends Edited. Without a label or without room for
/// a hint the field moves up.
void field_block(Scene& scene, Box box, const app::FieldView& field, const FieldRoom& room = {});
[[nodiscard]] float field_block_height(const Widgets& w, bool label, bool hint);

/// 1 to 9, 0, backspace and clear (or a decimal point), never mirrored. Types into the field with
/// the keyboard, else into `fallback`.
void keypad(Scene& scene, const Box& box, std::string_view fallback, bool enabled,
            bool decimal = false);
[[nodiscard]] float keypad_width(const Widgets& w);
[[nodiscard]] float keypad_height(const Widgets& w);

void message_line(Scene& scene, const Box& box, const app::MessageView& message);
/// The message when there is one, else the explanation.
void explanation_or_message(Scene& scene, const Box& box, const std::string& explanation,
                            const app::MessageView& message);
/// Label at the start, value at the end, the value's digits aligned.
void amount_line(Scene& scene, const Box& box, const app::AmountView& amount, int label_um,
                 int value_um, Colour value_colour);
void tender_buttons(Scene& scene, const Box& box, const std::vector<app::TenderView>& tenders,
                    bool enabled);

/// A sheet over the dimmed checkout.
struct SheetRoom {
  Box body;
  Box foot;  // empty without one
};
SheetRoom open_sheet(Scene& scene, std::string_view title, std::string_view subtitle,
                     const app::ButtonView& cancel, bool with_foot);
/// The big button at the end of the foot.
void confirm_button(Scene& scene, Box& foot, const app::ButtonView& confirm);

/// Pages of a list of rows of different height, for `id`. Sends nothing: the page is the screen's.
struct PageRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool before = false;
  bool after = false;
};
PageRange page_of(Scene& scene, const std::string& id, const std::vector<float>& heights,
                  float room, bool stick_to_end, std::optional<std::size_t> must_show = {});
/// Up and down, as wide as two keys, cut from the end of `row`.
void page_buttons(Scene& scene, Box& row, const std::string& id, const PageRange& range);

// The screens -------------------------------------------------------------------------------------
void status_bar(Scene& scene, Box bar, const app::StatusView& status);
void basket_panel(Scene& scene, Box box, const app::CheckoutView& view);
void member_panel(Scene& scene, Box box, const app::MemberPanelView& view);
void checkout_screen(Scene& scene, const app::CheckoutView& view);
void sign_in_screen(Scene& scene, const app::SignInView& view);
void question_box(Scene& scene, const app::QuestionView& view);
void draw_sheet(Scene& scene, const app::FindView& view);
void draw_sheet(Scene& scene, const app::JoinView& view);
void draw_sheet(Scene& scene, const app::WhyView& view);
void draw_sheet(Scene& scene, const app::PointsView& view);
void draw_sheet(Scene& scene, const app::PayView& view);
void draw_sheet(Scene& scene, const app::ReturnView& view);
void draw_sheet(Scene& scene, const app::AskView& view);
void draw_sheet(Scene& scene, const app::DayView& view);

}  // namespace pos::ui
