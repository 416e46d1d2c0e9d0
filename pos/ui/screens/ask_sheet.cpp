#include "pos/ui/screens/scene.hpp"

namespace pos::ui {
namespace {

/// The digit of an answer on either row of keys, or a tap.
void answer_button(Scene& scene, const Box& box, const app::AskView& view, std::size_t number) {
  Widgets& w = scene.w;
  const app::AnswerView& answer = view.answers[number];
  const ButtonLook look{
      .label = answer.label, .hint = answer.key, .text_um = w.size().text_title * 9 / 10};
  const bool tapped = w.button(answer.id, box, look);
  const bool typed = w.take_typed(std::to_string(number + 1)) || w.take_typed(answer.key);
  if (!tapped && !typed) return;
  scene.send(app::BenefitAnswered{view.benefit, programme::Answer::Kind::accepted, answer.code});
}

}  // namespace

void draw_sheet(Scene& scene, const app::AskView& view) {
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
    answer_button(scene, body.cut_top(height), view, i);
    (void)body.cut_top(w.px(3'000));
  }
  confirm_button(scene, room.foot, view.confirm);
  explanation_or_message(scene, room.foot, view.explanation, view.message);
}

}  // namespace pos::ui
