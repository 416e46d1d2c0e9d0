#include <algorithm>
#include <utility>

#include "pos/app/step_stage.hpp"
#include "pos/app/tender.hpp"
#include "pos/programme/hub_need.hpp"

// From the pay sheet to the sale that is sealed, by the hub's yes where it can be had.

namespace pos::app {

namespace {

/// An article that is not on sale yet for whoever buys stops the sale.
bool refuses_held_back(Stage& stage) {
  const auto& held = stage.state.quote->held_back;
  if (held.empty()) return false;
  const programme::BasketLine& line = stage.basket().lines[held.front().line];
  stage.refuse(Text::not_on_sale, {line.article.name, held.front().on_sale});
  return true;
}

bool refuses_gift_card(Stage& stage) {
  if (stage.state.quote->needs_card) stage.refuse(Text::gift_needs_card);
  return stage.state.quote->needs_card;
}

bool refuses_subscription(Stage& stage) {
  const programme::Quote& quote = *stage.state.quote;
  if (quote.needs_member) stage.refuse(Text::subscription_needs_member);
  if (quote.too_many_months) {
    stage.refuse(Text::subscription_too_long, {programme::kSubscriptionMonthsMax});
  }
  return quote.needs_member || quote.too_many_months;
}

/// What the basket cannot be paid with, whoever pays.
bool refuses_basket(Stage& stage) {
  return refuses_held_back(stage) || refuses_gift_card(stage) || refuses_subscription(stage);
}

}  // namespace

const programme::BenefitOutcome* open_question(const State& state) {
  if (!state.quote) return nullptr;
  for (const programme::BenefitOutcome& outcome : state.quote->outcomes) {
    const bool waits = outcome.state == programme::BenefitState::offered;
    if (waits && outcome.soft == programme::Soft::question) return &outcome;
  }
  return nullptr;
}

void skip_question(Stage& stage) {
  const programme::BenefitOutcome* question = open_question(stage.state);
  if (question != nullptr) stage.state.question_left = question->benefit;
  open_pay(stage);
}

void open_pay(Stage& stage) {
  State& state = stage.state;
  if (state.basket.lines.empty()) return stage.refuse(Text::basket_is_empty);
  if (!state.quote) return stage.refuse(Text::no_programme);
  if (refuses_basket(stage)) return;
  state.pay = {};
  const programme::BenefitOutcome* question = open_question(state);
  const bool ask = question != nullptr && question->benefit != state.question_left;
  state.sheet = ask ? Sheet::ask : Sheet::pay;
}

namespace {

/// Nothing when the sheet has to say something first.
std::optional<programme::Tender> tender_of(Stage& stage, const programme::ClubRules& rules) {
  State& state = stage.state;
  programme::Tender tender = tender_for(state.pay.kind, state.quote->payable, rules);
  if (state.pay.kind != programme::Tender::Kind::cash || state.pay.received.empty()) return tender;
  const auto received = parse_money(state.pay.received, rules.money_form().decimals);
  if (!received) {
    state.sheet_message = {Mood::refused, Text::amount_unreadable, {}};
    stage.tone(PlayTone::Kind::refused);
    return std::nullopt;
  }
  if (*received < tender.due) {
    state.sheet_message = {Mood::refused, Text::amount_short, {tender.due - *received}};
    stage.tone(PlayTone::Kind::refused);
    return std::nullopt;
  }
  tender.received = *received;
  tender.change = *received - tender.due;
  return tender;
}

programme::SaleFact sale_of(const Stage& stage, const programme::Tender& tender) {
  programme::SaleFact sale;
  sale.scene = stage.scene();
  sale.input = quote_input(stage.state, stage.directory, stage.now);
  sale.result = *stage.state.quote;
  sale.tender = tender;
  if (const auto& attached = stage.state.basket.attached) {
    sale.identified_by = attached->by;
    sale.identified_at = attached->at;
    sale.unknown_card = attached->unknown_card;
    if (attached->facts) {
      sale.member = attached->facts->id;
      sale.account = attached->facts->account;
    }
  }
  return sale;
}

/// As quote_input() names it: a card on which nothing is stored has no allowance of its own.
std::optional<domain::AccountId> paying_account_of(const programme::SaleFact& sale) {
  return sale.account || sale.input.card_value ? programme::account_of(sale) : std::nullopt;
}

/// Whether the members and the drawer see the same in both.
bool same_terms(const programme::Quote& a, const programme::Quote& b) {
  return a.payable == b.payable && a.points_spent == b.points_spent &&
         a.value_spent == b.value_spent;
}

/// Seals it under what can really be reached (law 5: the sealed input gives the sealed result).
/// False, and nothing has happened, when that is not what was shown.
bool seal_sale(Stage& stage, const programme::Programme& programme, const domain::FactId& uid,
               programme::SaleFact sale) {
  programme::Quote result = programme::quote(programme, sale.input);
  if (!same_terms(result, sale.result)) return false;
  sale.result = std::move(result);
  if (!sale.result.drawn.is_zero()) sale.right = stage.directory.right();
  seal(stage, {Pending::Kind::sale, uid, std::move(sale), {}, {}}, std::nullopt);
  return true;
}

void ask_hub(Stage& stage, const domain::FactId& uid, programme::SaleFact sale,
             programme::Reservation wish) {
  State& state = stage.state;
  state.sheet_message = {Mood::plain, Text::asking_hub, {}};
  state.question.reset();
  stage.effects.emplace_back(
      Authorise{uid, programme::account_of(sale), std::move(wish), stage.tick});
  state.pending = Pending{Pending::Kind::sale, uid, std::move(sale), {}, {}, true};
}

/// Back on the pay sheet: the cashier sees what is different and decides again.
void pay_again(Stage& stage, Text text, std::vector<MessageWord> words = {}) {
  requote(stage);
  stage.state.sheet_message = {Mood::attention, text, std::move(words)};
  stage.tone(PlayTone::Kind::decision);
}

void go_by_rights(Stage& stage, const programme::Programme* programme, const domain::FactId& uid,
                  programme::SaleFact sale) {
  stage.state.by_rights = true;
  sale.input.reach = reach_of(stage.state, stage.directory, paying_account_of(sale));
  if (programme != nullptr && seal_sale(stage, *programme, uid, std::move(sale))) return;
  stage.effects.emplace_back(AbandonSale{uid});
  pay_again(stage, Text::hub_silent);
}

void seal_reserved(Stage& stage, const programme::Programme* programme, const domain::FactId& uid,
                   programme::SaleFact sale) {
  if (programme != nullptr) {
    programme::HubNeed need = programme::hub_need(*programme, sale.result);
    sale.input.reach = reach_of(stage.state, stage.directory, paying_account_of(sale));
    sale.input.reach.online = true;
    sale.input.reach.reserved = need.worth;
    sale.reserved = std::move(need.wish);
    if (seal_sale(stage, *programme, uid, std::move(sale))) return;
  }
  stage.effects.emplace_back(AbandonSale{uid});
  pay_again(stage, Text::sale_changed);
}

}  // namespace

void confirm_pay(Stage& stage) {
  State& state = stage.state;
  const programme::Programme* programme = stage.directory.programme();
  requote(stage);  // at the moment of Enter
  if (programme == nullptr || !state.quote || !state.employee) {
    return stage.refuse(Text::no_programme);
  }
  if (refuses_basket(stage)) return;
  const auto tender = tender_of(stage, programme->rules());
  if (!tender) return;
  if (!stage.has_ids(1)) {
    state.sheet_message = {Mood::attention, Text::not_ready, {}};
    return;
  }
  programme::SaleFact sale = sale_of(stage, *tender);
  programme::HubNeed need = programme::hub_need(*programme, sale.result);
  const domain::FactId uid(stage.take_id());
  if (need.any && sale.input.reach.online) {
    return ask_hub(stage, uid, std::move(sale), std::move(need.wish));
  }
  sale.input.reach.reserved = {};
  if (!seal_sale(stage, *programme, uid, std::move(sale))) pay_again(stage, Text::sale_changed);
}

void on_authorised(Stage& stage, const Authorised& answer) {
  State& state = stage.state;
  if (!state.pending || !state.pending->asking || state.pending->uid != answer.uid) return;
  auto sale = std::get<programme::SaleFact>(std::move(state.pending->fact));
  state.pending.reset();
  state.sheet_message = {};
  const programme::Programme* programme = stage.directory.programme();
  switch (answer.word) {
    case Authorised::Word::granted:
      return seal_reserved(stage, programme, answer.uid, std::move(sale));
    case Authorised::Word::silent:
      return go_by_rights(stage, programme, answer.uid, std::move(sale));
    case Authorised::Word::short_of:
      state.basket.forget_wishes();
      return pay_again(stage, Text::hub_short_of,
                       {std::max<std::int64_t>(answer.points.units(), 0)});
    case Authorised::Word::coupon_used:
      std::erase_if(state.basket.coupons, [&](const auto& code) { return answer.coupon == code; });
      return pay_again(stage, Text::coupon_used_elsewhere,
                       {answer.coupon ? std::string(answer.coupon->text()) : std::string()});
    case Authorised::Word::budget_used:
      state.budgets_heard.push_back(answer.budget);
      return pay_again(
          stage, Text::budget_used_elsewhere,
          {programme != nullptr ? programme->benefit_name(answer.budget.benefit).in(state.language)
                                : std::string()});
  }
}

}  // namespace pos::app
