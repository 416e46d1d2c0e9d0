#include <algorithm>

#include "pos/app/step_stage.hpp"
#include "pos/app/tender.hpp"
#include "pos/domain/clean_text.hpp"

// Goods that come back, and sales that are voided: law 7, the record is inverted, nothing is judged
// again.

namespace pos::app {

std::int64_t left_of(const SoldSale& sale, std::size_t line) {
  if (line >= sale.fact.input.lines.size()) return 0;
  const std::int64_t sold = sale.fact.input.lines[line].quantity;
  const auto& back = sale.returned.quantity;
  return line < back.size() ? sold - back[line] : sold;
}

namespace {

bool came_back_in_part(const SoldSale& sale) {
  const auto& back = sale.returned.quantity;
  return std::any_of(back.begin(), back.end(), [](std::int64_t quantity) { return quantity > 0; });
}

bool anything_left(const SoldSale& sale) {
  for (std::size_t line = 0; line < sale.fact.input.lines.size(); ++line) {
    if (left_of(sale, line) > 0) return true;
  }
  return false;
}

void complain(Stage& stage, Text text, std::vector<MessageWord> words = {}) {
  stage.state.sheet_message = {Mood::refused, text, std::move(words)};
  stage.tone(PlayTone::Kind::refused);
}

}  // namespace

bool may_void(const SoldSale& sale, const core::Moment& now) {
  return !sale.voided && !came_back_in_part(sale) &&
         core::local_day(sale.fact.scene.moment) == core::local_day(now);
}

/// What a gift card had loaded is paid out once: not when it was spent already.
bool is_gift_spent(const Stage& stage, const programme::Programme& programme,
                   const programme::ReturnFact& fact) {
  const programme::SaleFact& sale = stage.state.give_back.sale->fact;
  const auto member = sale.member ? stage.directory.member(*sale.member) : std::nullopt;
  if (!member) return false;
  domain::Money loaded;
  for (const programme::ReturnedLine& line : fact.lines) {
    if (programme.is_gift_card(sale.input.lines[line.line].article)) loaded += line.value_taken;
  }
  return !loaded.is_zero() && member->value_on(core::local_day(stage.now)) < loaded;
}

std::optional<programme::ReturnFact> wished_return(const ReturnSheet& sheet,
                                                   const programme::Scene& scene,
                                                   const programme::Programme& programme) {
  if (!sheet.sale) return std::nullopt;
  std::vector<programme::ReturnWish> wishes;
  for (std::size_t line = 0; line < sheet.chosen.size(); ++line) {
    if (sheet.chosen[line] > 0) wishes.push_back({line, sheet.chosen[line]});
  }
  if (wishes.empty()) return std::nullopt;
  auto fact =
      programme::invert(sheet.sale->uid, sheet.sale->fact, sheet.sale->returned, wishes, scene);
  if (fact) fact->tender = tender_for(sheet.kind, fact->money, programme.rules());
  return fact;
}

void on_receipt(Stage& stage, const domain::FactId& uid) {
  State& state = stage.state;
  if (state.sheet == Sheet::pay) return stage.refuse(Text::receipt_later);
  if (state.sheet != Sheet::give_back) open_sheet(stage, Sheet::give_back);
  state.give_back = {};
  state.sheet_message = {};
  auto sale = stage.directory.sale(uid);
  if (!sale) return complain(stage, Text::receipt_not_here);
  if (sale->voided) return complain(stage, Text::receipt_voided);
  if (!anything_left(*sale)) return complain(stage, Text::receipt_all_back);
  state.give_back.receipt = domain::ReceiptCode(uid).text();
  state.give_back.kind = sale->fact.tender.kind;
  state.give_back.chosen.assign(sale->fact.input.lines.size(), 0);
  state.give_back.sale = std::move(sale);
  stage.tone(PlayTone::Kind::accepted);
}

void on_receipt_typed(Stage& stage) {
  const auto clean = domain::clean_input(stage.state.give_back.receipt);
  if (!clean) return complain(stage, Text::receipt_wrong);
  auto code = domain::ReceiptCode::parse(*clean);
  if (!code) code = domain::ReceiptCode::parse("CT1:" + *clean);
  if (!code) return complain(stage, Text::receipt_wrong);
  on_receipt(stage, code->sale());
}

void return_article(Stage& stage, const std::string& code) {
  ReturnSheet& sheet = stage.state.give_back;
  const auto& lines = sheet.sale->fact.input.lines;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    if (lines[line].article.code != code || sheet.chosen[line] >= left_of(*sheet.sale, line)) {
      continue;
    }
    ++sheet.chosen[line];
    stage.state.sheet_message = {};
    return stage.tone(PlayTone::Kind::tick);
  }
  complain(stage, Text::return_not_on_slip, {code});
}

void set_return(Stage& stage, std::size_t line, std::int64_t quantity) {
  ReturnSheet& sheet = stage.state.give_back;
  if (stage.state.sheet != Sheet::give_back || !sheet.sale || line >= sheet.chosen.size()) return;
  sheet.chosen[line] = std::clamp<std::int64_t>(quantity, 0, left_of(*sheet.sale, line));
  stage.state.sheet_message = {};
}

void return_everything(Stage& stage) {
  ReturnSheet& sheet = stage.state.give_back;
  if (!sheet.sale) return;
  for (std::size_t line = 0; line < sheet.chosen.size(); ++line) {
    sheet.chosen[line] = left_of(*sheet.sale, line);
  }
}

void confirm_return(Stage& stage, bool whole_sale) {
  State& state = stage.state;
  const programme::Programme* programme = stage.directory.programme();
  if (!state.give_back.sale) return on_receipt_typed(stage);
  if (programme == nullptr || !state.employee) return stage.refuse(Text::no_programme);
  // Another return of this sale may have been sealed since the slip was scanned.
  state.give_back.sale = stage.directory.sale(state.give_back.sale->uid);
  if (!state.give_back.sale) return complain(stage, Text::receipt_not_here);
  if (whole_sale) {
    if (!may_void(*state.give_back.sale, stage.now)) return;
    return_everything(stage);
  }
  auto fact = wished_return(state.give_back, stage.scene(), *programme);
  if (!fact) return complain(stage, Text::return_nothing_chosen);
  if (is_gift_spent(stage, *programme, *fact)) return complain(stage, Text::gift_spent);
  if (!stage.has_ids(1)) {
    state.sheet_message = {Mood::attention, Text::not_ready, {}};
    return;
  }
  fact->is_void = whole_sale;
  const domain::FactId uid(stage.take_id());
  seal(stage, {Pending::Kind::give_back, uid, std::move(*fact), {}, {}}, std::nullopt);
}

}  // namespace pos::app
