#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

/// Tapped, or its digit typed on either row of keys.
bool is_chosen(Scene& scene, const Box& box, const app::AnswerView& answer, std::size_t digit,
               int text_um) {
  Widgets& w = scene.w;
  const bool tapped =
      w.button(answer.id, box, {.label = answer.label, .hint = answer.key, .text_um = text_um});
  const bool typed = w.take_typed(std::to_string(digit)) || w.take_typed(answer.key);
  return tapped || typed;
}

}  // namespace

void draw_sheet(Scene& scene, const app::AskView& view) {
  using Kind = programme::Answer::Kind;
  Widgets& w = scene.w;
  SheetRoom room = open_sheet(scene, view.title, view.member, view.cancel, true);
  Box body = room.body;
  TextLook question = w.look(w.size().text_name);
  question.weight = text::Weight::bold;
  question.fit = Fit::wrap;
  const auto lines = static_cast<float>(w.line_count(view.question, question, body.width()));
  (void)body.cut_top(w.px(4'000));
  w.text(body.cut_top(w.leading(question.size_um) * lines), view.question, question);
  if (!view.detail.empty()) {
    TextLook detail = w.look(w.size().text_body);
    detail.colour = w.colour().soft;
    detail.fit = Fit::wrap;
    const auto count = static_cast<float>(w.line_count(view.detail, detail, body.width()));
    (void)body.cut_top(w.px(2'000));
    w.text(body.cut_top(w.leading(detail.size_um) * count), view.detail, detail);
  }
  (void)body.cut_top(w.px(6'000));
  for (std::size_t i = 0; i < view.answers.size(); ++i) {
    const float height = std::min(w.px(20'000), body.height());
    const app::AnswerView& answer = view.answers[i];
    if (is_chosen(scene, body.cut_top(height), answer, i + 1, w.size().text_title * 9 / 10)) {
      scene.send(app::BenefitAnswered{view.benefit, Kind::accepted, answer.code});
    }
    (void)body.cut_top(w.px(3'000));
  }
  const Box last = room.foot.cut_start(w.px(70'000));
  (void)room.foot.cut_start(w.px(5'000));
  if (is_chosen(scene, last, view.decline, 0, w.size().text_note)) {
    scene.send(app::BenefitAnswered{view.benefit, Kind::declined, {}});
  }
  confirm_button(scene, room.foot, view.confirm);
  explanation_or_message(scene, room.foot, view.explanation, view.message);
}

}  // namespace pos::ui
