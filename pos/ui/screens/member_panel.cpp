#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

void chips(Scene& scene, Box& row, const std::vector<app::ChipView>& chips) {
  Widgets& w = scene.w;
  for (auto chip = chips.rbegin(); chip != chips.rend(); ++chip) {
    const bool tier = chip->kind == app::ChipView::Kind::tier;
    w.chip(row, chip->text, tier ? w.colour().gold : w.colour().brand,
           tier ? w.colour().gold_soft : w.colour().surface, true);
  }
}

void chips_from_start(Scene& scene, Box& row, const std::vector<app::ChipView>& chips) {
  Widgets& w = scene.w;
  for (const auto& chip : chips) {
    const bool tier = chip.kind == app::ChipView::Kind::tier;
    w.chip(row, chip.text, tier ? w.colour().gold : w.colour().brand,
           tier ? w.colour().gold_soft : w.colour().surface, false);
  }
}

float chips_width(Widgets& w, const std::vector<app::ChipView>& chips) {
  TextLook look = w.look(w.size().text_note);
  look.weight = text::Weight::bold;
  look.natural = true;
  float width = 0;
  for (const auto& chip : chips) width += w.text_width(chip.text, look) + w.px(7'200);
  return width;
}

void balance_row(Scene& scene, Box row, const app::MemberHeadView& head) {
  Widgets& w = scene.w;
  TextLook digits = w.look(w.size().text_note);
  digits.colour = w.colour().soft;
  digits.align = Align::end;
  w.text(row.cut_end(w.text_width(head.digits, digits) + 1), head.digits, digits);
  (void)row.cut_end(w.px(2'000));
  TextLook balance = w.look(w.size().text_list);
  balance.weight = text::Weight::bold;
  TextLook small = w.look(w.size().text_caption);
  small.colour = w.colour().soft;
  // No dot between: it would read as a Persian zero.
  std::string rest = head.worth;
  if (!head.as_of.empty()) rest += (rest.empty() ? "" : "  |  ") + head.as_of;
  const float least = w.text_width(rest, small) * 0.76F + w.px(2'400);
  const float width = std::min(w.text_width(head.balance, balance) + 1,
                               std::max(row.width() * 0.4F, row.width() - least));
  w.text(row.cut_start(width), head.balance, balance);
  (void)row.cut_start(w.px(2'400));
  row.y1 += w.px(700);
  w.text(row, rest, small);
}

/// Returns what is left beneath.
Box member_head(Scene& scene, Box box, const app::MemberHeadView& head) {
  Widgets& w = scene.w;
  const float inner_width = box.width() - w.px(w.size().padding) * 2;
  TextLook name = w.look(w.size().text_name);
  name.weight = text::Weight::bold;
  name.natural = true;
  name.align = Align::start;
  const float close = w.px(12'000);
  const float chip_room = chips_width(w, head.chips);
  const float full = w.text_width(head.name, name);
  const bool one_row = full * 0.82F <= inner_width - close - chip_room - w.px(2'000);
  const bool one_line = one_row || full * 0.75F <= inner_width - close;
  const float name_height = w.px(one_line ? 14'000 : 21'000);
  const float chip_height = one_row ? 0 : w.px(10'000);
  const float next_height = head.next_tier.empty() ? 0 : w.px(6'400);
  const float day_height = w.px(5'600);
  const float height = name_height + chip_height + next_height + w.px(8'600 + 4'600) +
                       day_height * static_cast<float>(head.days.size());

  Box ground = box.cut_top(height);
  w.painter().fill_top(ground, w.colour().brand_soft, w.px(w.size().radius_panel) - 1);
  w.hairline(ground, true);
  Box inner = ground.inset(w.px(w.size().padding), 0);
  (void)inner.cut_top(w.px(1'600));
  Box row = inner.cut_top(name_height);
  // The corner is for the hand; its icon lines up with the panel's edge.
  row = row.rtl ? Box({row.x0 - w.px(2'600), row.y0, row.x1, row.y1}, true)
                : Box({row.x0, row.y0, row.x1 + w.px(2'600), row.y1}, false);
  const Box corner = row.cut_end(close).centred(close, close);
  if (w.row(head.remove.id, corner, false, w.px(w.size().radius_small)) ||
      take_key_of(scene, head.remove)) {
    scene.press(head.remove.action);
  }
  w.icon(Icon::close, corner.centred(w.px(5'000), w.px(5'000)), w.colour().soft);
  if (one_row) {
    Box chip_row = row;
    chips(scene, chip_row, head.chips);
    (void)row.cut_end(chip_room + w.px(2'000));
  }
  w.text(row, head.name, name);
  if (!one_row) {
    Box chip_row = inner.cut_top(chip_height);
    chips_from_start(scene, chip_row, head.chips);
  }
  balance_row(scene, inner.cut_top(w.px(8'600)), head);
  if (next_height > 0) {
    TextLook next = w.look(w.size().text_note);
    next.weight = head.reaches_tier ? text::Weight::bold : text::Weight::regular;
    next.colour = w.colour().gold;
    w.text(inner.cut_top(next_height), head.next_tier, next);
  }
  TextLook day = w.look(w.size().text_caption);
  day.colour = w.colour().soft;
  for (const std::string& text : head.days) w.text(inner.cut_top(day_height), text, day);
  return box;
}

struct Section {
  const std::string& heading;
  const std::string& sum;
  const std::vector<app::BenefitLineView>& lines;
  Icon icon;
  Colour icon_ink;
  Colour ink;
  float amount_width = 0;  // the same in all sections, so that figures stand in one column
  bool good = false;
};

float amounts_width(Widgets& w, const app::MemberPanelView& view) {
  TextLook look = w.look(w.size().text_list);
  look.weight = text::Weight::bold;
  float width = w.px(14'000);
  for (const auto& line : view.applied) width = std::max(width, w.text_width(line.amount, look));
  for (const auto& line : view.nearly) width = std::max(width, w.text_width(line.amount, look));
  return width + 1;
}

float benefit_height(Widgets& w, const app::BenefitLineView& line) {
  return w.px(w.size().row_benefit) + (line.progress_percent >= 0 ? w.px(4'400) : 0);
}

float section_height(Widgets& w, const Section& section) {
  if (section.lines.empty()) return 0;
  float height = w.px(8'400);
  for (const auto& line : section.lines) height += benefit_height(w, line);
  return height;
}

void benefit_row(Scene& scene, Box box, const app::BenefitLineView& line, const Section& section) {
  Widgets& w = scene.w;
  Box row = box.cut_top(w.px(w.size().row_benefit));
  Box text = row;
  w.icon(section.icon, text.cut_start(w.px(5'200)), section.icon_ink);
  (void)text.cut_start(w.px(2'400));
  if (!line.amount.empty()) {
    TextLook amount = w.look(w.size().text_list);
    amount.weight = text::Weight::bold;
    amount.colour = section.good ? w.colour().good : section.ink;
    amount.align = Align::right;
    w.text(text.cut_end(section.amount_width), line.amount, amount);
    (void)text.cut_end(w.px(2'400));
  }
  TextLook look = w.look(w.size().text_list);
  look.colour = section.ink;
  w.text(text, line.text, look);
  if (line.progress_percent < 0) return;
  (void)box.cut_top(w.px(700));
  Box bar = box.cut_top(w.px(2'300));
  w.progress(bar, line.progress_percent, section.icon_ink);
}

void draw_section(Scene& scene, Box& box, const Section& section) {
  if (section.lines.empty()) return;
  Widgets& w = scene.w;
  Box head = box.cut_top(w.px(8'400));
  head.y0 += w.px(1'800);
  TextLook caption = w.look(w.size().text_caption);
  caption.colour = w.colour().soft;
  caption.weight = text::Weight::bold;
  if (!section.sum.empty()) {
    TextLook sum = caption;
    sum.colour = w.colour().good;
    sum.align = Align::right;
    w.text(head.cut_end(section.amount_width), section.sum, sum);
    (void)head.cut_end(w.px(2'400));
  }
  w.text(head, section.heading, caption);
  for (const auto& line : section.lines) {
    const float height = benefit_height(w, line);
    if (box.height() < height) return;
    benefit_row(scene, box.cut_top(height), line, section);
  }
}

float task_height(const Widgets& w, const app::TaskView& task) {
  if (task.suggestion) return w.px(12'200);
  if (!task.offer || task.done) return w.px(13'200);
  const auto buttons = static_cast<int>(task.choices.size()) + (task.decline_label.empty() ? 0 : 1);
  return w.px(9'400) + w.px(14'400) * static_cast<float>((buttons + 1) / 2) + w.px(1'000);
}

void offer_buttons(Scene& scene, Box box, const app::TaskView& task) {
  Widgets& w = scene.w;
  const auto count = static_cast<int>(task.choices.size()) + (task.decline_label.empty() ? 0 : 1);
  for (int i = 0; i < count; ++i) {
    const Box place = box.row(i / 2, (count + 1) / 2, w.px(2'400)).column(i % 2, 2, w.px(2'400));
    const bool choice = i < static_cast<int>(task.choices.size());
    if (choice) {
      const auto& c = task.choices[static_cast<std::size_t>(i)];
      if (w.button(c.id, place, {.label = c.label, .text_um = w.size().text_note})) {
        scene.send(app::BenefitAnswered{task.benefit, programme::Answer::Kind::accepted, c.code});
      }
    } else if (w.button(task.id + ".decline", place,
                        {.label = task.decline_label, .text_um = w.size().text_note})) {
      scene.send(app::BenefitAnswered{task.benefit, programme::Answer::Kind::declined, {}});
    }
  }
}

/// At the end of the row: tick and cross of a task, the cross of words that were said. What was
/// pressed stays, and pressed again takes the answer back.
void answer_buttons(Scene& scene, Box& row, const app::TaskView& task) {
  using Kind = programme::Answer::Kind;
  Widgets& w = scene.w;
  const auto mark = [&](const std::string& id, Icon icon, bool chosen, Kind answer) {
    const Box place = row.cut_end(w.px(14'000)).centred(w.px(14'000), w.px(12'000));
    (void)row.cut_end(w.px(1'600));
    const ButtonLook look{.kind = chosen ? ButtonKind::chosen : ButtonKind::plain, .icon = icon};
    if (w.button(id, place, look)) scene.send(app::BenefitAnswered{task.benefit, answer, {}});
  };
  if (!task.done) mark(task.id + ".decline", Icon::close, task.declined, Kind::declined);
  if (!task.declined && !task.prompt) mark(task.id, Icon::check, task.done, Kind::acknowledged);
}

void draw_task(Scene& scene, Box box, const app::TaskView& task, bool last) {
  Widgets& w = scene.w;
  if (last) {
    w.painter().fill_bottom(box, w.colour().brand_soft, w.px(w.size().radius_panel) - 1);
  } else {
    w.painter().fill(box, w.colour().brand_soft);
  }
  w.hairline(box, false);
  box = box.inset(w.px(w.size().padding), 0);
  const bool offer = task.offer && !task.done;
  Box row = offer ? box.cut_top(w.px(9'400)) : box;
  const bool settled = task.done || task.declined;
  w.icon(task.offer ? Icon::gift : Icon::star, row.cut_start(w.px(5'800)), w.colour().brand);
  (void)row.cut_start(w.px(2'400));
  if (!offer) {
    answer_buttons(scene, row, task);
  }
  TextLook look = w.look(w.size().text_list);
  if (task.suggestion) look = w.look(w.size().text_note);
  look.weight = settled || task.suggestion ? text::Weight::regular : text::Weight::bold;
  if (settled || task.suggestion) look.colour = w.colour().soft;
  w.text(row, task.text, look);
  if (!offer) return;
  box.y1 -= w.px(2'000);
  offer_buttons(scene, box, task);
}

Box draw_tasks(Scene& scene, Box box, const std::vector<app::TaskView>& tasks) {
  const Widgets& w = scene.w;
  bool last = true;
  for (auto task = tasks.rbegin(); task != tasks.rend(); ++task) {
    const float height = task_height(w, *task);
    if (height > box.height()) break;
    draw_task(scene, box.cut_bottom(height), *task, last);
    last = false;
  }
  return box;
}

void draw_benefits(Scene& scene, Box box, const app::MemberPanelView& view) {
  Widgets& w = scene.w;
  static const std::string kNoSum;
  const Palette& p = w.colour();
  const float amounts = amounts_width(w, view);
  const Section applied{view.applied_heading,
                        view.applied_sum,
                        view.applied,
                        Icon::check,
                        p.good,
                        p.ink,
                        amounts,
                        true};
  const Section nearly{view.nearly_heading, kNoSum, view.nearly, Icon::triangle,
                       p.attention,         p.ink,  amounts};
  const Section not_now{
      view.not_now_heading, kNoSum, view.not_now, Icon::minus_circle, p.soft, p.soft, amounts};
  if (!view.applied.empty() || !view.nearly.empty() || !view.not_now.empty()) {
    const bool roomy = box.height() >= w.px(w.size().target_min);
    if (roomy && w.row("member.benefits", box, false, 0)) scene.press(app::Action::why);
  }
  box = box.inset(w.px(w.size().padding), 0);
  // What was given comes first, what is nearly there second; the rest is on the sheet "Why?".
  const float nearly_height = section_height(w, nearly);
  Box first = box.cut_top(
      std::min(section_height(w, applied), std::max(w.px(26'000), box.height() - nearly_height)));
  draw_section(scene, first, applied);
  if (nearly_height <= box.height()) draw_section(scene, box, nearly);
  if (section_height(w, not_now) <= box.height()) draw_section(scene, box, not_now);
}

void invitation(Scene& scene, Box box, const app::MemberPanelView& view) {
  Widgets& w = scene.w;
  if (!view.unknown_card.empty()) {
    Box strip = box.cut_top(w.px(22'000));
    w.painter().fill_top(strip, w.colour().attention_soft, w.px(w.size().radius_panel) - 1);
    w.hairline(strip, true);
    strip = strip.inset(w.px(w.size().padding), w.px(2'000));
    w.icon(Icon::triangle, strip.cut_start(w.px(7'000)), w.colour().attention);
    (void)strip.cut_start(w.px(3'000));
    TextLook look = w.look(w.size().text_list);
    look.weight = text::Weight::bold;
    look.colour = w.colour().attention;
    look.fit = Fit::wrap;
    w.text(strip, view.unknown_card, look);
  }
  box = box.inset(w.px(w.size().padding), w.px(w.size().padding));
  for (auto b = view.invitation_buttons.rbegin(); b != view.invitation_buttons.rend(); ++b) {
    action_button(scene, box.cut_bottom(w.px(17'000)), *b,
                  b->primary ? ButtonKind::primary : ButtonKind::plain);
    (void)box.cut_bottom(w.px(3'000));
  }
  Box middle = box.centred(box.width() * 0.92F, std::min(box.height(), w.px(50'000)));
  if (box.height() > w.px(44'000)) {
    const Box icon = middle.cut_top(w.px(25'000));
    w.icon(Icon::person, icon.centred(w.px(22'000), w.px(22'000)), w.colour().border, 700);
  }
  TextLook look = w.look(w.size().text_body);
  look.colour = w.colour().soft;
  look.align = Align::centre;
  look.fit = Fit::wrap;
  w.text(middle, view.invitation, look);
}

}  // namespace

void member_panel(Scene& scene, Box box, const app::MemberPanelView& view) {
  Widgets& w = scene.w;
  w.panel(box);
  box = box.inset(w.px(w.size().line), w.px(w.size().line));
  if (!view.head) {
    const Box rest = draw_tasks(scene, box, view.tasks);
    return invitation(scene, rest, view);
  }
  const Box rest = member_head(scene, box, *view.head);
  draw_benefits(scene, draw_tasks(scene, rest, view.tasks), view);
}

}  // namespace pos::ui
