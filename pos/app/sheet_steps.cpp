#include <algorithm>

#include "pos/app/step_stage.hpp"

// The sheets over the checkout: find and points. Paying, joining and returning have files of their
// own.

namespace pos::app {

void open_sheet(Stage& stage, Sheet sheet) {
  State& state = stage.state;
  state.sheet_message = {};
  switch (sheet) {
    case Sheet::find:
      state.find = {};
      break;
    case Sheet::join:
      return open_join(stage);
    case Sheet::points: {
      const auto& attached = state.basket.attached;
      if (!attached || !paying_account(*attached)) return stage.refuse(Text::points_need_member);
      if (!state.quote || state.quote->points_offer.nothing()) {
        return stage.refuse(Text::points_none);
      }
      state.points_before = state.basket.points_wish;
      state.value_before = state.basket.use_value;
      // Whoever shows a gift card and asks to use it wants it to pay; Escape takes that back.
      if (!attached->facts) state.basket.use_value = true;
      break;
    }
    case Sheet::pay:
      return open_pay(stage);
    case Sheet::ask:
      break;
    case Sheet::give_back:
      state.give_back = {};
      break;
    case Sheet::day:
      return open_day(stage);
    case Sheet::why:
    case Sheet::none:
      break;
  }
  state.sheet = sheet;
}

void close_sheet(Stage& stage) {
  stage.state.sheet = Sheet::none;
  stage.state.sheet_message = {};
}

void edit_find(Stage& stage, const std::string& text) {
  FindSheet& find = stage.state.find;
  find.search = text;
  find.results.clear();
  stage.state.sheet_message = {};
  const TillProfile& profile = stage.directory.profile();
  const domain::TypedEntry entry = domain::classify_typed(text, profile.phone_plan, profile.ranges);
  std::optional<domain::MemberFacts> member;
  if (const auto* phone = std::get_if<domain::PhoneNumber>(&entry)) {
    member = stage.directory.member_by_phone(stage.directory.phone_hash(*phone));
    stage.state.offered_phone = member ? std::string() : phone->national();
  } else if (const auto* card = std::get_if<domain::CardNumber>(&entry)) {
    member = stage.directory.member_by_card(stage.directory.card_hash(*card));
  }
  if (member) find.results.push_back(std::move(*member));
}

void confirm_find(Stage& stage, std::size_t result) {
  State& state = stage.state;
  const TillProfile& profile = stage.directory.profile();
  const domain::TypedEntry entry =
      domain::classify_typed(state.find.search, profile.phone_plan, profile.ranges);
  if (result > 0 && result >= state.find.results.size()) return;
  if (const auto* phone = std::get_if<domain::PhoneNumber>(&entry)) {
    on_phone(stage, *phone);
  } else if (const auto* card = std::get_if<domain::CardNumber>(&entry)) {
    on_card(stage, *card, programme::IdentifiedBy::card_typed);
  } else if (std::holds_alternative<domain::PaymentCardRefused>(entry)) {
    state.find = {};
    stage.refuse(Text::payment_card);
  } else {
    stage.refuse(Text::number_wrong);
  }
}

void choose_points(Stage& stage, domain::Points wish) {
  State& state = stage.state;
  const programme::Programme* programme = stage.directory.programme();
  if (state.sheet != Sheet::points || programme == nullptr || !state.quote) return;
  const std::int64_t step = programme->rules().spend_step.units();
  if (step <= 0) return;
  const std::int64_t most = state.quote->points_offer.spendable.units();
  const std::int64_t clipped = std::clamp<std::int64_t>(wish.units(), 0, most);
  state.basket.points_wish = domain::Points::of(clipped / step * step);
}

}  // namespace pos::app
