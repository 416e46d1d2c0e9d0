#include "pos/ui/screens/scene.hpp"

#include <array>

namespace pos::ui {
namespace {

struct NamedKey {
  std::string_view name;
  Key key;
};

constexpr std::array kKeys = {
    NamedKey{"Enter", Key::enter},  NamedKey{"Esc", Key::escape},     NamedKey{"Del", Key::erase},
    NamedKey{"PgUp", Key::page_up}, NamedKey{"PgDn", Key::page_down}, NamedKey{"F1", Key::f1},
    NamedKey{"F2", Key::f2},        NamedKey{"F3", Key::f3},          NamedKey{"F4", Key::f4},
    NamedKey{"F5", Key::f5},        NamedKey{"F6", Key::f6},          NamedKey{"F7", Key::f7},
    NamedKey{"F8", Key::f8},        NamedKey{"F9", Key::f9},          NamedKey{"F10", Key::f10},
    NamedKey{"F11", Key::f11},      NamedKey{"F12", Key::f12},
};

}  // namespace

MoodLook mood_look(const Palette& p, app::Mood mood) {
  switch (mood) {
    case app::Mood::good:
      return {Icon::check, p.good, p.brand_soft};
    case app::Mood::attention:
      return {Icon::triangle, p.attention, p.attention_soft};
    case app::Mood::refused:
      return {Icon::minus_circle, p.stop, p.stop_soft};
    case app::Mood::plain:
      break;
  }
  return {Icon::minus_circle, p.soft, p.surface};
}

bool take_key_of(Scene& scene, const app::ButtonView& button) {
  std::string_view name = button.key;
  Modifiers modifiers;
  constexpr std::string_view kShift = "Shift+";
  if (name.starts_with(kShift)) {
    modifiers.shift = true;
    name.remove_prefix(kShift.size());
  }
  for (const NamedKey& key : kKeys) {
    if (key.name == name) return scene.w.take(key.key, modifiers);
  }
  return false;
}

void action_button(Scene& scene, const Box& box, const app::ButtonView& button, ButtonKind kind,
                   std::optional<Icon> icon) {
  const bool pressed = scene.w.button(button.id, box,
                                      {.label = button.label,
                                       .hint = icon ? "" : button.key,
                                       .kind = kind,
                                       .icon = icon,
                                       .enabled = button.enabled});
  if (pressed || (button.enabled && take_key_of(scene, button))) scene.press(button.action);
}

void inline_button(Scene& scene, Box& row, const app::ButtonView& button, ButtonKind kind,
                   bool at_end) {
  Widgets& w = scene.w;
  TextLook look = w.look(w.size().text_note);
  look.weight = text::Weight::bold;
  TextLook key = w.look(w.size().text_caption);
  const float key_width = button.key.empty() ? 0 : w.text_width(button.key, key) + w.px(2'400);
  const float width = std::max(w.px(w.size().target_min) * 1.3F,
                               w.text_width(button.label, look) + key_width + w.px(8'000));
  const Box place = at_end ? row.cut_end(width) : row.cut_start(width);
  action_button(scene, place.centred(place.width(), w.px(w.size().target_min)), button, kind);
  (void)(at_end ? row.cut_end(w.px(2'400)) : row.cut_start(w.px(2'400)));
}

float field_block_height(const Widgets& w, bool label, bool hint) {
  return w.px(w.size().field) + (label ? w.px(6'600) : 0) + (hint ? w.px(6'600) : 0);
}

void field_block(Scene& scene, Box box, const app::FieldView& field, const FieldRoom& room) {
  Widgets& w = scene.w;
  if (!field.label.empty()) {
    TextLook label = w.look(w.size().text_caption);
    label.colour = w.colour().soft;
    Box line = box.cut_top(w.px(6'600));
    line.y1 -= w.px(900);
    w.text(line, field.label, label);
  }
  const Box frame = box.cut_top(w.px(w.size().field));
  const auto edited = w.field(field.id, frame,
                              {.text = field.text,
                               .placeholder = field.placeholder,
                               .digits = field.digits,
                               .letters = takes_codes(field.field),
                               .left_to_right = field.left_to_right,
                               .eastern_digits = scene.view.language == domain::Language::fa,
                               .text_um = room.text_um,
                               .icon = room.icon,
                               .enabled = room.enabled});
  if (edited) scene.send(app::Edited{field.field, *edited, field.item});
  if (!room.with_hint || field.hint.empty()) return;
  const MoodLook mood = mood_look(w.colour(), field.hint_mood);
  Box line = box.cut_top(w.px(6'600));
  if (field.hint_mood != app::Mood::plain) {
    Box place = line.cut_start(w.px(5'800));
    w.icon(mood.icon, place.cut_start(w.px(4'600)), mood.ink, 600);
  }
  TextLook hint = w.look(w.size().text_caption);
  hint.colour = mood.ink;
  w.text(line, field.hint, hint);
}

namespace {

/// A digit or the point, as the language writes it.
std::string key_label(std::string_view name, bool eastern) {
  if (!eastern || name.size() != 1) return std::string(name);
  return utf8(name == "." ? char32_t{0x066B} : static_cast<char32_t>(0x06F0 + (name[0] - '0')));
}

}  // namespace

float keypad_width(const Widgets& w) { return w.px(29'000) * 3 + w.px(3'200) * 2; }

float keypad_height(const Widgets& w) { return w.px(w.size().key) * 4 + w.px(3'200) * 3; }

void keypad(Scene& scene, const Box& box, std::string_view fallback, bool enabled, bool decimal) {
  Widgets& w = scene.w;
  const std::array<std::string_view, 12> names = {
      "1", "2", "3", "4", "5", "6", "7", "8", "9", decimal ? "." : "clear", "0", "erase"};
  const bool eastern = scene.view.language == domain::Language::fa;
  for (int i = 0; i < 12; ++i) {
    const std::string_view name = names[static_cast<std::size_t>(i)];
    const Box place = box.left_to_right().row(i / 3, 4, w.px(3'200)).column(i % 3, 3, w.px(3'200));
    const bool digit = name.size() == 1;
    const std::string shown = key_label(name, eastern);
    ButtonLook look{.kind = ButtonKind::key, .enabled = enabled, .repeats = true};
    look.icon_um = 9'000;
    if (digit) {
      look.label = shown;
    } else {
      look.icon = name == "erase" ? Icon::backspace : Icon::close;
    }
    if (!w.button("keypad." + (name == "." ? std::string("point") : std::string(name)), place,
                  look))
      continue;
    if (!w.is_field(w.focused_id())) w.focus(fallback);
    if (digit) {
      w.type(name);
    } else if (name == "erase") {
      w.input().key(Key::backspace);
    } else {
      w.input().key(static_cast<Key>('A'), {.control = true});
      w.input().key(Key::backspace);
    }
  }
}

void message_line(Scene& scene, const Box& box, const app::MessageView& message) {
  Widgets& w = scene.w;
  Box room = box;
  if (message.undo) inline_button(scene, room, *message.undo, ButtonKind::quiet, true);
  if (message.text.empty()) return;
  const MoodLook mood = mood_look(w.colour(), message.mood);
  const bool loud = message.mood == app::Mood::attention || message.mood == app::Mood::refused;
  TextLook words = w.look(w.size().text_note);
  words.colour = mood.ink;
  if (loud) words.weight = text::Weight::bold;
  if (loud) {
    Box ground = room;
    const float width = w.text_width(message.text, words) + w.px(18'000);
    ground = ground.cut_start(std::min(ground.width(), width));
    ground = ground.centred(ground.width(), std::min(ground.height(), w.px(10'000)));
    w.painter().fill(ground, mood.ground, w.px(w.size().radius_control));
    w.painter().stroke(ground, mood.ink, w.px(w.size().radius_control), w.px(w.size().stroke));
    room = ground.inset(w.px(4'000), 0);
  }
  if (message.mood != app::Mood::plain) {
    const float side = w.px(5'600);
    w.icon(mood.icon, room.cut_start(side), mood.ink);
    (void)room.cut_start(w.px(2'400));
  }
  w.text(room, message.text, words);
}

void explanation_or_message(Scene& scene, const Box& box, const std::string& explanation,
                            const app::MessageView& message) {
  if (!message.text.empty()) return message_line(scene, box, message);
  TextLook words = scene.w.look(scene.w.size().text_note);
  words.colour = scene.w.colour().soft;
  words.fit = Fit::wrap;
  scene.w.text(box, explanation, words);
}

void amount_line(Scene& scene, const Box& box, const app::AmountView& amount, int label_um,
                 int value_um, Colour value_colour) {
  if (amount.label.empty()) return;
  Widgets& w = scene.w;
  TextLook value = w.look(value_um);
  value.weight = text::Weight::bold;
  value.colour = value_colour;
  value.align = Align::end;
  Box room = box;
  const float width = std::min(w.text_width(amount.value, value), room.width() * 0.62F);
  w.text(room.cut_end(width + w.px(500)), amount.value, value);
  (void)room.cut_end(w.px(3'000));
  TextLook label = w.look(label_um);
  label.colour = w.colour().soft;
  w.text(room, amount.label, label);
}

void tender_buttons(Scene& scene, const Box& box, const std::vector<app::TenderView>& tenders,
                    bool enabled) {
  Widgets& w = scene.w;
  const int count = static_cast<int>(tenders.size());
  for (int i = 0; i < count; ++i) {
    const app::TenderView& tender = tenders[static_cast<std::size_t>(i)];
    const ButtonLook look{.label = tender.label,
                          .kind = tender.chosen ? ButtonKind::chosen : ButtonKind::plain,
                          .icon = tender.chosen ? std::optional(Icon::check) : std::nullopt,
                          .enabled = enabled,
                          .text_um = w.size().text_body};
    if (w.button(tender.id, box.column(i, count, w.px(3'000)), look)) {
      scene.send(app::TenderChosen{tender.kind});
    }
  }
}

SheetRoom open_sheet(Scene& scene, std::string_view title, std::string_view subtitle,
                     const app::ButtonView& cancel, bool with_foot) {
  Widgets& w = scene.w;
  const Box screen = w.screen();
  w.painter().fill(screen, w.colour().shade);
  Box sheet = screen.centred(std::min(w.px(290'000), screen.width() - w.px(10'000)),
                             std::min(w.px(184'000), screen.height() - w.px(9'000)));
  const float radius = w.px(w.size().radius_panel * 4 / 3);
  w.painter().fill(sheet, w.colour().surface, radius);
  Box top = sheet.cut_top(w.px(17'500));
  w.hairline(top, true);
  top = top.inset(w.px(7'000), 0);
  inline_button(scene, top, cancel, ButtonKind::quiet, true);
  TextLook head = w.look(w.size().text_title);
  head.weight = text::Weight::bold;
  const float used = w.text(top, title, head);
  (void)top.cut_start(used + w.px(4'000));
  TextLook second = w.look(w.size().text_note);
  second.colour = w.colour().soft;
  // Both stand on one baseline.
  top.y1 += w.px(w.size().text_title - w.size().text_note) * 0.7F;
  w.text(top, subtitle, second);
  SheetRoom room{sheet, {}};
  if (with_foot) {
    room.foot = room.body.cut_bottom(w.px(27'500));
    w.hairline(room.foot, false);
    room.foot = room.foot.inset(w.px(7'000), w.px(3'600));
  }
  room.body = room.body.inset(w.px(7'000), w.px(4'500));
  return room;
}

void confirm_button(Scene& scene, Box& foot, const app::ButtonView& confirm) {
  const Box place = foot.cut_end(scene.w.px(76'000));
  (void)foot.cut_end(scene.w.px(5'000));
  action_button(scene, place, confirm, ButtonKind::primary);
}

namespace {

/// The first row such that it and all that follow fit into the room.
std::size_t tail_begin(const std::vector<float>& heights, std::size_t end, float room) {
  std::size_t begin = end;
  float used = 0;
  while (begin > 0 && used + heights[begin - 1] <= room) used += heights[--begin];
  return begin == end && end > 0 ? end - 1 : begin;
}

std::size_t head_end(const std::vector<float>& heights, std::size_t begin, float room) {
  std::size_t end = begin;
  float used = 0;
  while (end < heights.size() && used + heights[end] <= room) used += heights[end++];
  return end == begin && end < heights.size() ? end + 1 : end;
}

}  // namespace

PageRange page_of(Scene& scene, const std::string& id, const std::vector<float>& heights,
                  float room, bool stick_to_end, std::optional<std::size_t> must_show) {
  Screens::Pages& page = scene.pages[id];
  const std::size_t last_begin = tail_begin(heights, heights.size(), room);
  const bool grew = heights.size() > page.rows_seen;
  if (heights.size() != page.rows_seen) {
    page.at_end = stick_to_end && (grew || page.at_end);
    page.rows_seen = heights.size();
  }
  if (page.turn < 0) {
    page.begin = tail_begin(heights, page.begin, room);
    page.at_end = false;
  } else if (page.turn > 0) {
    page.begin = head_end(heights, page.begin, room);
    page.at_end = stick_to_end && page.begin >= last_begin;
  }
  const bool turned = page.turn != 0;
  page.turn = 0;
  page.begin = page.at_end ? last_begin : std::min(page.begin, last_begin);
  if (must_show && must_show != page.shown && *must_show < heights.size() && !turned) {
    if (*must_show < page.begin) page.begin = *must_show;
    while (*must_show >= head_end(heights, page.begin, room)) ++page.begin;
    page.at_end = stick_to_end && page.begin >= last_begin;
  }
  page.shown = must_show;
  const std::size_t end = head_end(heights, page.begin, room);
  return {page.begin, end, page.begin > 0, end < heights.size()};
}

void page_buttons(Scene& scene, Box& row, const std::string& id, const PageRange& range) {
  Widgets& w = scene.w;
  const float side = w.px(15'000);
  Box down = row.cut_end(side);
  (void)row.cut_end(w.px(2'400));
  Box up = row.cut_end(side);
  (void)row.cut_end(w.px(2'400));
  if (w.button(id + ".up", up, {.icon = Icon::chevron_up, .enabled = range.before}) ||
      w.take(Key::page_up)) {
    scene.pages[id].turn = -1;
  }
  if (w.button(id + ".down", down, {.icon = Icon::chevron_down, .enabled = range.after}) ||
      w.take(Key::page_down)) {
    scene.pages[id].turn = 1;
  }
}

}  // namespace pos::ui
