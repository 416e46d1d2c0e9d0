#include "pos/app/step_stage.hpp"

#include "pos/core/check.hpp"

namespace pos::app {

void Stage::say(Mood mood, Text text, std::vector<MessageWord> words) {
  state.message = Message{mood, text, std::move(words)};
  // A sheet hides the line at the bottom of the checkout.
  if (state.sheet != Sheet::none && text != Text::nothing) state.sheet_message = state.message;
}

void Stage::refuse(Text text, std::vector<MessageWord> words) {
  say(Mood::refused, text, std::move(words));
  tone(PlayTone::Kind::refused);
}

void Stage::offer_undo() {
  state.removed = state.basket;
  undo_offered = true;
}

bool Stage::has_ids(std::size_t count) { return state.fresh_ids.size() >= count; }

FreshId Stage::take_id() {
  CLUBTILL_CHECK(!state.fresh_ids.empty());
  const FreshId id = state.fresh_ids.back();
  state.fresh_ids.pop_back();
  return id;
}

programme::Scene Stage::scene() const {
  programme::Scene scene;
  const TillProfile& profile = directory.profile();
  scene.moment = now;
  scene.store = profile.store;
  scene.region = profile.region;
  scene.till = profile.till;
  scene.employee = state.employee.value_or(domain::StaffCode{});
  scene.language = state.language;
  return scene;
}

programme::Reach reach_of(const State& state, const Directory& directory,
                          const std::optional<domain::AccountId>& account) {
  programme::Reach reach = directory.reach(account);
  for (const programme::BudgetLeft& heard : state.budgets_heard) {
    const auto known =
        std::ranges::find(reach.budgets, heard.benefit, &programme::BudgetLeft::benefit);
    if (known == reach.budgets.end()) {
      reach.budgets.push_back(heard);
    } else {
      known->left = std::min(known->left, heard.left);
    }
  }
  return reach;
}

programme::QuoteInput quote_input(const State& state, const Directory& directory,
                                  const core::Moment& now) {
  const TillProfile& profile = directory.profile();
  programme::QuoteInput input;
  input.source = programme::BasketSource::own;
  input.lines = state.basket.lines;
  input.moment = now;
  input.store = profile.store;
  input.region = profile.region;
  input.coupons = state.basket.coupons;
  input.points_wish = state.basket.points_wish;
  input.answers = state.basket.answers;
  std::optional<domain::AccountId> account;
  if (const auto& attached = state.basket.attached) {
    input.member = attached->facts;
    input.unknown_card = !attached->facts.has_value();
    if (input.unknown_card) input.card_value = attached->card_value;
    account = paying_account(*attached);
    if (account && state.basket.use_value) {
      const domain::Money all =
          attached->facts ? attached->facts->value : attached->card_value->value;
      input.value_wish = std::max(domain::Money(), all);
    }
  }
  input.reach = reach_of(state, directory, account);
  input.reach.online = can_ask_hub(state);
  // What the member has is offered; at Enter the hub is asked for what is wished of it.
  if (input.reach.online && account) input.reach.reserved = domain::Money::of(domain::kAmountMax);
  return input;
}

void requote(Stage& stage) {
  const programme::Programme* programme = stage.directory.programme();
  stage.state.quote.reset();
  if (programme == nullptr) return;
  const programme::QuoteInput input = quote_input(stage.state, stage.directory, stage.now);
  if (programme::check_input(input)) return;
  stage.state.quote = programme::quote(*programme, input);
}

}  // namespace pos::app
