#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

void consent(Scene& scene, const Box& box, const app::ConsentView& view, bool enabled) {
  if (scene.w.check_box(view.id, box, view.label, view.detail, view.given) && enabled) {
    scene.send(app::ConsentTicked{view.consent, !view.given});
  }
}

/// Day and month side by side, beneath one label.
void birthday(Scene& scene, Box box, const app::JoinView& view) {
  Widgets& w = scene.w;
  TextLook label = w.look(w.size().text_caption);
  label.colour = w.colour().soft;
  Box line = box.cut_top(w.px(6'600));
  line.y1 -= w.px(900);
  w.text(line, view.birthday_label, label);
  const FieldRoom room{.enabled = !view.busy, .with_hint = false};
  app::FieldView day = view.birth_day;
  app::FieldView month = view.birth_month;
  day.label.clear();
  month.label.clear();
  // The placeholders say which is which.
  if (day.placeholder.empty()) day.placeholder = view.birth_day.label;
  if (month.placeholder.empty()) month.placeholder = view.birth_month.label;
  field_block(scene, box.column(0, 2, w.px(3'000)), day, room);
  field_block(scene, box.column(1, 2, w.px(3'000)), month, room);
}

void phone(Scene& scene, Box box, const app::JoinView& view) {
  Widgets& w = scene.w;
  if (view.attach_existing) {
    Box side = box.cut_end(w.px(58'000));
    (void)box.cut_end(w.px(3'000));
    if (!view.phone.label.empty()) (void)side.cut_top(w.px(6'600));
    action_button(scene, side.cut_top(w.px(w.size().field)), *view.attach_existing);
  }
  field_block(scene, box, view.phone, {.enabled = !view.busy});
}

/// What each class takes, side by side; the one that is paid for is ticked.
void classes(Scene& scene, const Box& box, const app::JoinView& view) {
  Widgets& w = scene.w;
  const auto count = static_cast<int>(view.classes.size());
  for (int i = 0; i < count; ++i) {
    const app::JoinClassView& one = view.classes[static_cast<std::size_t>(i)];
    const Box row = box.column(i, count, w.px(4'000));
    if (!one.can_be_paid) {
      Box both = row;
      w.text(both.cut_top(row.height() / 2), one.label, w.look(w.size().text_list));
      w.text(both, one.detail, w.look(w.size().text_caption));
      continue;
    }
    if (w.check_box(one.id, row, one.label, one.detail, one.chosen) && !view.busy) {
      scene.send(app::ClassChosen{one.code});
    }
  }
}

/// A day and a month, and beside them who it is and what that person likes.
void family_day(Scene& scene, Box box, const app::FamilyDayView& view, bool enabled) {
  Widgets& w = scene.w;
  const FieldRoom room{.enabled = enabled, .with_hint = false, .text_um = w.size().text_body};
  TextLook label = w.look(w.size().text_caption);
  label.colour = w.colour().soft;
  Box date = box.cut_start(w.px(52'000));
  (void)box.cut_start(w.px(4'000));
  Box name = date.cut_top(w.px(6'600));
  name.y1 -= w.px(900);
  w.text(name, view.label, label);
  field_block(scene, date.column(0, 2, w.px(3'000)), view.day, room);
  field_block(scene, date.column(1, 2, w.px(3'000)), view.month, room);
  if (!view.relation || !view.liking) return;
  Box fields = box.cut_top(field_block_height(w, true, false));
  field_block(scene, fields.column(0, 2, w.px(3'000)), *view.relation, room);
  field_block(scene, fields.column(1, 2, w.px(3'000)), *view.liking, room);
  (void)box.cut_top(w.px(2'000));
  const Box words = box.cut_top(w.px(w.size().target_min)).column(0, 2, w.px(3'000));
  const auto count = static_cast<int>(view.relations.size());
  for (int i = 0; i < count; ++i) {
    const app::QuickWordView& word = view.relations[static_cast<std::size_t>(i)];
    const ButtonLook look{.label = word.label,
                          .kind = word.chosen ? ButtonKind::chosen : ButtonKind::plain,
                          .enabled = enabled,
                          .text_um = w.size().text_note};
    if (!w.button(word.id, words.column(i, count, w.px(3'000)), look)) continue;
    scene.send(
        app::Edited{view.relation->field, word.chosen ? "" : word.label, view.relation->item});
  }
}

void family_page(Scene& scene, Box body, const app::JoinView& view) {
  Widgets& w = scene.w;
  const float plain = field_block_height(w, true, false);
  const float with_words = plain + w.px(2'000 + w.size().target_min);
  float rows = 0;
  for (const auto& day : view.family_days) rows += day.relations.empty() ? plain : with_words;
  const auto gaps = static_cast<float>(view.family_days.size());
  const float gap = std::clamp((body.height() - rows) / gaps, 0.0F, w.px(9'000));
  for (const auto& day : view.family_days) {
    family_day(scene, body.cut_top(day.relations.empty() ? plain : with_words), day, !view.busy);
    (void)body.cut_top(gap);
  }
}

/// What most people give: phone, name, two answers, birthday and card.
void main_page(Scene& scene, Box body, const app::JoinView& view) {
  Widgets& w = scene.w;
  const float block = field_block_height(w, true, true);
  const float name = field_block_height(w, true, !view.first_name.hint.empty());
  const float last = field_block_height(w, true, !view.card.hint.empty());
  const float ticks = w.px(13'500);
  const float gap =
      std::clamp((body.height() - block - name - ticks * 2 - last) / 4, 0.0F, w.px(7'500));
  phone(scene, body.cut_top(block), view);
  (void)body.cut_top(gap * 0.5F);
  field_block(scene, body.cut_top(name), view.first_name, {.enabled = !view.busy});
  (void)body.cut_top(gap);
  const Box first = body.cut_top(ticks);
  (void)body.cut_top(gap * 0.6F);
  const Box second = body.cut_top(ticks);
  // Where there are classes to choose from, the two answers share a row.
  const bool share = !view.classes.empty();
  consent(scene, share ? first.column(0, 2, w.px(4'000)) : first, view.terms, !view.busy);
  consent(scene, share ? first.column(1, 2, w.px(4'000)) : second, view.marketing, !view.busy);
  if (share) classes(scene, second, view);
  (void)body.cut_top(gap);
  Box card = body.cut_top(std::min(body.height(), block));
  Box birth = card.cut_start(std::round(card.width() * 0.34F));
  (void)card.cut_start(w.px(4'000));
  birthday(scene, birth, view);
  Box family = card.cut_start(std::round(card.width() * 0.48F));
  (void)card.cut_start(w.px(4'000));
  (void)family.cut_top(w.px(6'600));
  action_button(scene, family.cut_top(w.px(w.size().field)), view.family);
  field_block(scene, card, view.card, {.enabled = !view.busy, .text_um = w.size().text_body});
}

}  // namespace

void draw_sheet(Scene& scene, const app::JoinView& view) {
  Widgets& w = scene.w;
  SheetRoom room = open_sheet(scene, view.title, view.subtitle, view.cancel, true);
  const float pad_width = std::min(keypad_width(w), room.body.width() * 0.38F);
  Box side = room.body.cut_end(pad_width);
  (void)room.body.cut_end(w.px(8'000));
  const bool family = !view.family_days.empty();
  keypad(scene, side.cut_top(std::min(keypad_height(w), side.height())),
         family ? view.family_days.front().day.id : view.phone.id, !view.busy);
  if (view.referrer && !family) {
    (void)side.cut_top(std::min(w.px(4'000), side.height()));
    field_block(scene, side, *view.referrer,
                {.enabled = !view.busy, .text_um = w.size().text_body});
  }

  if (family) {
    family_page(scene, room.body, view);
  } else {
    main_page(scene, room.body, view);
  }

  confirm_button(scene, room.foot, view.confirm);
  explanation_or_message(scene, room.foot, view.explanation, view.message);
}

}  // namespace pos::ui
