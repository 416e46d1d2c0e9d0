#include <algorithm>

#include "pos/app/step_stage.hpp"
#include "pos/app/tender.hpp"
#include "pos/domain/clean_text.hpp"
#include "pos/programme/subscription.hpp"

// Goods that come back, and sales that are voided: law 7, the record is inverted, nothing is judged
// again.

namespace pos::app {

std::int64_t left_of(const SoldSale& sale, std::size_t line) {
  if (line >= sale.receipt.lines.size()) return 0;
  if (!sale.fact && sale.receipt.lines[line].own_till) return 0;
  const std::int64_t sold = sale.receipt.lines[line].quantity;
  const auto& back = sale.returned.quantity;
  return line < back.size() ? sold - back[line] : sold;
}

namespace {

bool came_back_in_part(const SoldSale& sale) {
  const auto& back = sale.returned.quantity;
  return std::any_of(back.begin(), back.end(), [](std::int64_t quantity) { return quantity > 0; });
}

bool anything_left(const SoldSale& sale) {
  for (std::size_t line = 0; line < sale.receipt.lines.size(); ++line) {
    if (left_of(sale, line) > 0) return true;
  }
  return false;
}

Text nothing_left(const SoldSale& sale) {
  const auto& lines = sale.receipt.lines;
  const bool stays = std::ranges::any_of(lines, [](const auto& line) { return line.own_till; });
  return !sale.fact && stays ? Text::return_own_till : Text::receipt_all_back;
}

void complain(Stage& stage, Text text, std::vector<MessageWord> words = {}) {
  stage.state.sheet_message = {Mood::refused, text, std::move(words)};
  stage.tone(PlayTone::Kind::refused);
}

Text text_of(SlipFault fault) {
  switch (fault) {
    case SlipFault::unknown_till:
      return Text::slip_till_unknown;
    case SlipFault::revoked_till:
      return Text::slip_till_revoked;
    case SlipFault::forged:
      return Text::slip_forged;
  }
  return Text::slip_forged;
}

programme::ReturnFact elsewhere(programme::ReturnFact fact, const domain::Receipt& receipt) {
  fact.sold_by = receipt.till;
  fact.drawn = programme::worth_of(fact);
  for (programme::ReturnedLine& line : fact.lines) {
    line.article = receipt.lines[line.line].article;
  }
  return fact;
}

/// As it stands now: nothing, with the reason said, when it cannot be given back here.
std::optional<SoldSale> look_up(Stage& stage, const domain::FactId& uid,
                                const std::optional<domain::SignedReceipt>& slip) {
  if (auto own = stage.directory.sale(uid)) return own;
  if (!slip && stage.state.give_back.asked == uid) return stage.state.give_back.sale;
  if (!slip) {
    complain(stage, Text::receipt_not_here);
    return std::nullopt;
  }
  auto sold = stage.directory.sold_elsewhere(*slip);
  if (sold) return std::move(*sold);
  complain(stage, text_of(sold.error()), {std::int64_t{slip->till().value}});
  return std::nullopt;
}

}  // namespace

bool may_void(const SoldSale& sale, const core::Moment& now) {
  return sale.fact && !sale.voided && !came_back_in_part(sale) &&
         core::local_day(sale.receipt.at) == core::local_day(now);
}

/// What whoever bought has now: the member, or the card that was nobody's then.
std::optional<domain::Money> stored_value(const Stage& stage, const programme::SaleFact& sale) {
  const domain::Day today = core::local_day(stage.now);
  std::optional<domain::MemberFacts> member;
  if (sale.member) member = stage.directory.member(*sale.member);
  if (sale.unknown_card) member = stage.directory.member_by_card(*sale.unknown_card);
  if (member) return member->value_on(today);
  if (!sale.unknown_card) return std::nullopt;
  const auto card = stage.directory.card_value(*sale.unknown_card);
  return card ? std::optional(card->value_on(today)) : std::nullopt;
}

/// What a gift card had loaded is paid out once: not when it was spent already.
bool is_gift_spent(const Stage& stage, const programme::Programme& programme,
                   const programme::ReturnFact& fact) {
  if (fact.sold_by) return false;  // gift cards come back at their own till only
  const programme::SaleFact& sale = *stage.state.give_back.sale->fact;
  const auto left = stored_value(stage, sale);
  if (!left) return false;
  domain::Money loaded;
  for (const programme::ReturnedLine& line : fact.lines) {
    if (programme.is_gift_card(sale.input.lines[line.line].article)) loaded += line.value_taken;
  }
  return !loaded.is_zero() && *left < loaded;
}

/// Time that was bought comes back as long as it has not begun.
bool is_subscription_begun(const Stage& stage, const programme::ReturnFact& fact) {
  if (!fact.change.subscribed) return false;
  const programme::SaleFact& sale = *stage.state.give_back.sale->fact;
  return programme::has_begun(*sale.result.subscribed, core::local_day(sale.input.moment),
                              core::local_day(stage.now));
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
  const SoldSale& sale = *sheet.sale;
  auto fact = sale.fact
                  ? programme::invert(sale.receipt.sale, *sale.fact, sale.returned, wishes, scene)
                  : programme::invert(sale.receipt, sale.returned, wishes, scene);
  if (!fact) return std::nullopt;
  fact->tender = tender_for(sheet.kind, fact->money, programme.rules());
  return sale.fact ? std::move(fact) : elsewhere(std::move(*fact), sale.receipt);
}

namespace {

void open_sale(Stage& stage, SoldSale sale) {
  ReturnSheet& sheet = stage.state.give_back;
  if (sale.voided) return complain(stage, Text::receipt_voided);
  if (!anything_left(sale)) return complain(stage, nothing_left(sale));
  sheet.receipt = domain::ReceiptCode::number_of(sale.receipt.sale);
  sheet.kind = sale.receipt.tender;
  sheet.chosen.assign(sale.receipt.lines.size(), 0);
  sheet.sale = std::move(sale);
  stage.tone(PlayTone::Kind::accepted);
}

}  // namespace

void on_receipt(Stage& stage, const domain::ReceiptCode& code) {
  State& state = stage.state;
  if (state.sheet == Sheet::pay) return stage.refuse(Text::receipt_later);
  if (state.sheet != Sheet::give_back) open_sheet(stage, Sheet::give_back);
  state.give_back = {};
  state.sheet_message = {};
  const bool known = code.receipt() || stage.directory.sale(code.sale());
  if (!known && stage.state.connection.online) {
    state.give_back.receipt = domain::ReceiptCode::number_of(code.sale());
    state.give_back.asked = code.sale();
    state.sheet_message = {Mood::plain, Text::asking_hub, {}};
    stage.effects.emplace_back(FindSale{code.sale(), stage.tick});
    return;
  }
  auto sale = look_up(stage, code.sale(), code.receipt());
  if (!sale) return;
  if (!sale->fact) state.give_back.slip = code.receipt();
  open_sale(stage, std::move(*sale));
}

void on_sale_found(Stage& stage, const SaleFound& found) {
  const State& state = stage.state;
  const bool waited = state.sheet == Sheet::give_back && !state.give_back.sale &&
                      state.give_back.asked == found.sale;
  if (!waited) return;
  stage.state.sheet_message = {};
  if (found.word == SaleFound::Word::silent) return complain(stage, Text::sale_hub_silent);
  if (found.word == SaleFound::Word::unknown) return complain(stage, Text::sale_unknown_at_hub);
  const std::size_t lines = found.receipt.lines.size();
  SoldSale sale{found.receipt, std::nullopt, stage.directory.returned(found.sale, lines), false};
  sale.returned.quantity.resize(lines, 0);
  // What came back here may not have reached the hub yet.
  for (std::size_t i = 0; i < lines; ++i) {
    std::int64_t& back = sale.returned.quantity[i];
    if (i < found.back.size()) back = std::max(back, found.back[i]);
    back = std::min(back, found.receipt.lines[i].quantity);
  }
  open_sale(stage, std::move(sale));
}

void on_receipt_typed(Stage& stage) {
  const auto clean = domain::clean_input(stage.state.give_back.receipt);
  if (!clean) return complain(stage, Text::receipt_wrong);
  auto code = domain::ReceiptCode::parse(*clean);
  if (!code) code = domain::ReceiptCode::parse("CT1:" + *clean);
  if (!code) return complain(stage, Text::receipt_wrong);
  on_receipt(stage, *code);
}

void return_article(Stage& stage, const std::string& code) {
  ReturnSheet& sheet = stage.state.give_back;
  const auto& lines = sheet.sale->receipt.lines;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    if (lines[line].article != code || sheet.chosen[line] >= left_of(*sheet.sale, line)) {
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

namespace {

/// Law 9: another till's goods are given back on a right, because they may come back there, too.
bool draw(Stage& stage, programme::ReturnFact& fact) {
  if (!fact.sold_by) return true;
  const domain::Money left = stage.directory.reach(std::nullopt).pool_left;
  fact.right = stage.directory.right();
  if (fact.right && fact.drawn <= left) return true;
  complain(stage, Text::return_beyond_right, {fact.right ? left : domain::Money()});
  return false;
}

}  // namespace

void confirm_return(Stage& stage, bool whole_sale) {
  State& state = stage.state;
  const programme::Programme* programme = stage.directory.programme();
  if (!state.give_back.sale) return on_receipt_typed(stage);
  if (programme == nullptr || !state.employee) return stage.refuse(Text::no_programme);
  // Another return of this sale may have been sealed since the slip was scanned.
  auto sale = look_up(stage, state.give_back.sale->receipt.sale, state.give_back.slip);
  if (!sale) return;
  state.give_back.sale = std::move(sale);
  if (whole_sale) {
    if (!may_void(*state.give_back.sale, stage.now)) return;
    return_everything(stage);
  }
  auto fact = wished_return(state.give_back, stage.scene(), *programme);
  if (!fact) return complain(stage, Text::return_nothing_chosen);
  if (is_gift_spent(stage, *programme, *fact)) return complain(stage, Text::gift_spent);
  if (is_subscription_begun(stage, *fact)) return complain(stage, Text::subscription_begun);
  if (!draw(stage, *fact)) return;
  if (!stage.has_ids(1)) {
    state.sheet_message = {Mood::attention, Text::not_ready, {}};
    return;
  }
  fact->is_void = whole_sale;
  const domain::FactId uid(stage.take_id());
  seal(stage, {Pending::Kind::give_back, uid, std::move(*fact), {}, {}}, std::nullopt);
}

}  // namespace pos::app
