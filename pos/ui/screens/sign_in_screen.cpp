#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

void person_card(Scene& scene, Box box, const app::EmployeeView& person) {
  Widgets& w = scene.w;
  if (w.button(person.id, box, {})) scene.send(app::SignInChosen{person.employee});
  box = box.inset(w.px(5'000), w.px(2'000));
  const float side = w.px(13'000);
  const Box badge = box.cut_start(side).centred(side, side);
  w.painter().disc({badge.middle_x(), badge.middle_y()}, side / 2, w.colour().brand_soft);
  w.icon(Icon::person, badge.centred(w.px(7'600), w.px(7'600)), w.colour().brand);
  (void)box.cut_start(w.px(4'500));
  TextLook name = w.look(w.size().text_title);
  name.weight = text::Weight::bold;
  name.natural = true;
  if (person.role.empty()) {
    w.text(box, person.name, name);
    return;
  }
  Box both = box.centred(box.width(), w.px(17'000));
  w.text(both.cut_top(w.px(10'500)), person.name, name);
  TextLook role = w.look(w.size().text_note);
  role.colour = w.colour().soft;
  w.text(both, person.role, role);
}

/// A club card that was accepted.
void emblem(Scene& scene, const Box& box) {
  Widgets& w = scene.w;
  const float height = box.height() * 0.86F;
  const Box card = box.centred(std::round(height * 1.55F), std::round(height));
  const float radius = w.px(3'600);
  w.painter().fill(card, w.colour().brand, radius);
  Box stripe = card;
  stripe.y0 = std::round(card.y0 + card.height() * 0.20F);
  stripe.y1 = std::round(stripe.y0 + card.height() * 0.13F);
  w.painter().fill(stripe, w.colour().brand_ink.with_alpha(70));
  Box lower = card.inset(w.px(3'200), w.px(3'000));
  lower.y0 = stripe.y1 + w.px(2'000);
  const float tick = lower.height();
  w.icon(Icon::check, lower.cut_end(tick), w.colour().brand_ink, 1'100);
  for (const float part : {1.0F, 0.6F}) {
    Box line = lower.cut_top(tick / 2);
    line = line.cut_start(line.width() * part * 0.8F);
    w.painter().fill(line.centred(line.width(), w.px(1'500)), w.colour().brand_ink.with_alpha(150),
                     w.px(750));
  }
}

void people(Scene& scene, Box box, const app::SignInView& view) {
  Widgets& w = scene.w;
  const float gap = w.px(4'000);
  const float height = w.px(25'000);
  const int columns = view.employees.size() <= 4 ? 2 : 3;
  const auto count = static_cast<int>(view.employees.size());
  const int rows = (count + columns - 1) / columns;
  std::vector<float> heights(static_cast<std::size_t>(rows), height + gap);
  const bool paged = static_cast<float>(rows) * (height + gap) - gap > box.height();
  Box foot = paged ? box.cut_bottom(w.px(15'000)) : Box({}, false);
  const PageRange range = page_of(scene, "sign_in", heights, box.height() + gap, false);
  if (paged) page_buttons(scene, foot, "sign_in", range);
  for (int i = static_cast<int>(range.begin) * columns;
       i < std::min(count, static_cast<int>(range.end) * columns); ++i) {
    Box line = box;
    line.y0 = std::round(box.y0 + static_cast<float>(i / columns - static_cast<int>(range.begin)) *
                                      (height + gap));
    line.y1 = line.y0 + height;
    person_card(scene, line.column(i % columns, columns, gap),
                view.employees[static_cast<std::size_t>(i)]);
  }
}

void arrow_keys(Scene& scene) {
  Widgets& w = scene.w;
  if (w.take(Key::down) || w.take(w.rtl() ? Key::left : Key::right)) w.focus_step(1);
  if (w.take(Key::up) || w.take(w.rtl() ? Key::right : Key::left)) w.focus_step(-1);
}

}  // namespace

void sign_in_screen(Scene& scene, const app::SignInView& view) {
  Widgets& w = scene.w;
  Box screen = w.screen();
  const Box bar = screen.cut_top(w.px(w.size().bar_status));
  const Box foot = screen.cut_bottom(w.px(w.size().bar_footer)).inset(w.px(w.size().edge), 0);
  Box middle = screen.centred(std::min(screen.width() - w.px(20'000), w.px(236'000)),
                              screen.height() - w.px(8'000));
  const int columns = view.employees.size() <= 4 ? 2 : 3;
  const auto rows = (static_cast<int>(view.employees.size()) + columns - 1) / columns;
  const float wanted = w.px(64'000) + static_cast<float>(std::max(rows, 1)) * w.px(29'000);
  if (wanted < middle.height()) middle = middle.centred(middle.width(), wanted);

  const Box mark = middle.cut_top(w.px(24'000));
  emblem(scene, mark.centred(w.px(22'000), w.px(22'000)));
  (void)middle.cut_top(w.px(2'500));
  TextLook club = w.look(w.size().text_name * 5 / 4);
  club.weight = text::Weight::bold;
  club.align = Align::centre;
  w.text(middle.cut_top(w.px(15'000)), view.club, club);
  TextLook title = w.look(w.size().text_body);
  title.colour = w.colour().soft;
  title.align = Align::centre;
  w.text(middle.cut_top(w.px(10'000)), view.title, title);
  (void)middle.cut_top(w.px(5'000));
  if (view.employees.empty()) {
    TextLook look = title;
    look.fit = Fit::wrap;
    w.text(middle, view.nobody, look);
  } else {
    people(scene, middle, view);
  }
  status_bar(scene, bar, view.status);
  message_line(scene, foot, view.message);
  arrow_keys(scene);
}

}  // namespace pos::ui
