#include "pos/app/step_stage.hpp"
#include "pos/app/views/build_view.hpp"
#include "pos/domain/format.hpp"

namespace pos::app {

namespace {

ReturnLineView build_line(const ViewSource& source, std::size_t line,
                          const programme::ReturnFact* fact) {
  const Wording& words = source.words;
  const ReturnSheet& sheet = source.state.give_back;
  const domain::ReceiptLine& sold = sheet.sale->receipt.lines[line];
  ReturnLineView view;
  view.id = "return.line." + std::to_string(line);
  view.line = line;
  view.name = sheet.sale->fact ? words.of(sheet.sale->fact->input.lines[line].article.name)
                               : article_name(source.directory, words, sold.article, line);
  view.quantity_max = left_of(*sheet.sale, line);
  view.sold = words.joined(words.times_cell(sold.quantity),
                           words.count(Text::pieces_left, view.quantity_max));
  view.quantity = sheet.chosen[line];
  view.chosen = words.number_cell(view.quantity);
  if (fact == nullptr) return view;
  for (const programme::ReturnedLine& back : fact->lines) {
    if (back.line == line) view.amount = words.money_cell(back.money);
  }
  return view;
}

void add_sums(const ViewSource& source, const programme::ReturnFact& fact,
              const programme::ClubRules& rules, ReturnView& view) {
  const Wording& words = source.words;
  view.money_back = {words.say(Text::money_back), words.priced_cell(fact.tender.due)};
  if (!fact.tender.rounding.is_zero()) {
    view.rounding = {words.say(Text::rounding, {words.money(rules.cash_step)}),
                     words.signed_cell(fact.tender.rounding)};
  }
  if (!fact.points_back.is_zero()) {
    view.points.push_back(
        {words.say(Text::points_given_back), words.number_cell(fact.points_back.units())});
  }
  if (!fact.earned_taken.is_zero()) {
    view.points.push_back(
        {words.say(Text::points_taken_back), words.number_cell(fact.earned_taken.units())});
  }
  if (!fact.value_back.is_zero()) {
    view.points.push_back({words.say(Text::value_given_back), words.money_cell(fact.value_back)});
  }
  if (!fact.value_taken.is_zero()) {
    view.points.push_back({words.say(Text::value_taken_back), words.money_cell(fact.value_taken)});
  }
}

std::string sale_subtitle(const ViewSource& source, const SoldSale& sale) {
  const Wording& words = source.words;
  std::string text = words.say(Text::sale_of, {words.date_time_cell(sale.receipt.at)});
  if (!sale.fact) {
    text = words.joined(
        text, words.say(Text::sold_at_till, {words.number_cell(sale.receipt.till.value)}));
  }
  domain::MemberFacts facts;
  if (sale.fact && sale.fact->input.member) facts = *sale.fact->input.member;
  if (!sale.fact && sale.receipt.member) facts.id = *sale.receipt.member;
  if (facts.id.is_zero()) return text;
  const std::string name = with_name(facts, source.directory).form_of_address;
  return name.empty() ? text : words.joined(text, domain::isolated_name(name));
}

/// What stands below the lines: of another till's sale also what can be given back at most.
std::string advice(const ViewSource& source, const SoldSale& sale) {
  const Wording& words = source.words;
  if (sale.fact) return words.say(Text::return_choose);
  const domain::Money left =
      source.directory.right() ? source.directory.reach(std::nullopt).pool_left : domain::Money();
  return words.say(Text::return_choose_elsewhere, {words.priced_cell(left)});
}

}  // namespace

ReturnView build_return(const ViewSource& source) {
  const Wording& words = source.words;
  const ReturnSheet& sheet = source.state.give_back;
  ReturnView view;
  view.title = words.say(Text::return_title);
  view.receipt.field = Field::receipt;
  view.receipt.id = "return.receipt";
  view.receipt.label = words.say(Text::return_label);
  view.receipt.text = sheet.receipt;
  view.receipt.left_to_right = true;
  view.message = words.message(source.state.sheet_message);
  view.cancel = words.cancel_button("return");
  view.confirm = words.confirm_button("return", Text::return_confirm);
  view.busy = source.state.pending.has_value();
  const programme::Programme* programme = source.directory.programme();
  if (!sheet.sale || programme == nullptr) {
    view.explanation = words.say(Text::return_explanation);
    view.confirm.enabled = !sheet.receipt.empty();
    return view;
  }
  programme::Scene scene;
  scene.moment = source.now;
  const auto fact = wished_return(sheet, scene, *programme);
  view.subtitle = sale_subtitle(source, *sheet.sale);
  for (std::size_t line = 0; line < sheet.chosen.size(); ++line) {
    view.lines.push_back(build_line(source, line, fact ? &*fact : nullptr));
  }
  view.tenders = build_tenders(words, sheet.kind, "return");
  view.money_back = {words.say(Text::money_back), words.priced_cell(domain::Money())};
  if (fact) add_sums(source, *fact, programme->rules(), view);
  view.all_back = words.button(Action::all_back, "return.all", Text::all_back);
  if (may_void(*sheet.sale, source.now)) {
    view.void_sale = words.button(Action::void_sale, "return.void", Text::void_sale);
  }
  view.explanation = advice(source, *sheet.sale);
  view.confirm.enabled = fact.has_value();
  return view;
}

}  // namespace pos::app
