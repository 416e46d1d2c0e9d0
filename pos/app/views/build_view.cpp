#include "pos/app/views/build_view.hpp"

#include "pos/app/step_stage.hpp"
#include "pos/domain/format.hpp"
#include "pos/programme/class_joining.hpp"
#include "pos/programme/outcome_text.hpp"

namespace pos::app {

namespace {

using programme::BenefitOutcome;
using programme::BenefitState;

WhyRowView why_row(const ViewSource& source, const programme::QuoteInput& input,
                   const BenefitOutcome& outcome) {
  const programme::Programme& programme = *source.directory.programme();
  const domain::Language language = source.words.language();
  programme::OutcomeText text = programme::outcome_text(programme, input, outcome, language);
  WhyRowView row;
  row.id = "why." + outcome.benefit.text();
  row.name = std::move(text.what);
  const std::string& detail = programme.benefit_detail(outcome.benefit).in(language);
  row.sentence = source.words.joined(text.why, detail);
  row.amount = std::move(text.amount);
  if (outcome.state == BenefitState::nearly && !outcome.data.missing.is_zero()) {
    row.amount = source.words.money_cell(outcome.data.missing);
  }
  return row;
}

std::string why_subtitle(const ViewSource& source) {
  const Wording& words = source.words;
  const programme::Programme* programme = source.directory.programme();
  std::string subtitle;
  if (const auto& attached = source.state.basket.attached; attached && attached->facts) {
    const std::string& name = attached->facts->form_of_address;
    subtitle = words.joined(name.empty() ? name : domain::isolated_name(name),
                            standing_of(*attached->facts, programme, words.language()));
  }
  if (programme == nullptr) return subtitle;
  return words.joined(subtitle, words.say(Text::programme_version, {programme->version()}));
}

QuestionView build_question(const ViewSource& source) {
  const Wording& words = source.words;
  QuestionView view;
  const auto& attached = source.state.basket.attached;
  const std::string present = attached ? words.word(name_of(*attached)) : std::string();
  view.title = words.say(Text::question_replace,
                         {present, words.word(name_of(source.state.question->other))});
  view.detail = words.say(Text::question_detail);
  view.keep_label = words.say(Text::keep);
  view.replace_label = words.say(Text::replace);
  return view;
}

}  // namespace

WhyView build_why(const ViewSource& source) {
  const Wording& words = source.words;
  WhyView view;
  view.title = words.say(Text::why_title);
  view.subtitle = why_subtitle(source);
  view.message = words.message(source.state.sheet_message);
  view.cancel = words.cancel_button("why");
  std::vector<WhySectionView> sections = {{Mood::good, words.say(Text::applied), {}},
                                          {Mood::attention, words.say(Text::on_offer), {}},
                                          {Mood::attention, words.say(Text::nearly), {}},
                                          {Mood::plain, words.say(Text::not_now), {}}};
  if (source.directory.programme() != nullptr && source.state.quote) {
    const auto input =
        as_judged(quote_input(source.state, source.directory, source.now), *source.state.quote);
    for (const auto& outcome : programme::explain_all(*source.directory.programme(), input)) {
      sections[static_cast<std::size_t>(outcome.state)].rows.push_back(
          why_row(source, input, outcome));
    }
  }
  for (WhySectionView& section : sections) {
    if (!section.rows.empty()) view.sections.push_back(std::move(section));
  }
  if (view.sections.empty()) view.nothing = words.say(Text::why_nothing);
  return view;
}

SignInView build_sign_in(const ViewSource& source) {
  const Wording& words = source.words;
  SignInView view;
  view.status = build_status(source);
  const bool kept = !source.state.basket.empty();
  view.title = words.joined(words.say(Text::sign_in_title),
                            kept ? words.say(Text::basket_kept) : std::string());
  if (const auto* programme = source.directory.programme()) {
    view.club = words.of(programme->rules().name);
  }
  for (const domain::Employee& employee : source.directory.staff()) {
    EmployeeView row;
    row.id = "sign_in." + employee.code.text();
    row.employee = employee.code;
    row.name = words.of(employee.name);
    if (employee.manager) row.role = words.say(Text::manager);
    view.employees.push_back(std::move(row));
  }
  if (view.employees.empty()) view.nobody = words.say(Text::no_staff);
  view.message = words.message(source.state.message);
  return view;
}

ScreenView build_view(const State& state, const Directory& directory, const core::Moment& now) {
  const Wording words(state.language, directory);
  const ViewSource source{state, directory, now, words};
  ScreenView view;
  view.language = state.language;
  view.right_to_left = domain::is_right_to_left(state.language);
  if (!state.employee) {
    view.sign_in = build_sign_in(source);
    return view;
  }
  view.checkout = build_checkout(source);
  switch (state.sheet) {
    case Sheet::none:
      break;
    case Sheet::find:
      view.sheet = build_find(source);
      break;
    case Sheet::join:
      view.sheet = build_join(source);
      break;
    case Sheet::why:
      view.sheet = build_why(source);
      break;
    case Sheet::points:
      view.sheet = build_points(source);
      break;
    case Sheet::pay:
      view.sheet = build_pay(source);
      break;
    case Sheet::ask:
      view.sheet = build_ask(source);
      break;
    case Sheet::give_back:
      view.sheet = build_return(source);
      break;
    case Sheet::day:
      view.sheet = build_day(source);
      break;
  }
  if (state.question) view.question = build_question(source);
  return view;
}

std::string article_name(const Directory& directory, const Wording& words, const std::string& code,
                         std::size_t line) {
  const auto parsed = domain::ArticleCode::parse(code);
  const auto article = parsed ? directory.article(*parsed) : std::nullopt;
  if (article) return words.of(article->name);
  return code.empty() ? words.number_cell(static_cast<std::int64_t>(line) + 1)
                      : domain::isolated(code);
}

}  // namespace pos::app
