#include "pos/app/step_stage.hpp"

// Who the sale is for. A scan works at any moment and on any sheet; who is attached is only
// replaced after a question.

namespace pos::app {

namespace {

using programme::IdentifiedBy;

bool is_same(const Attached& a, const Attached& b) {
  if (a.facts && b.facts) return a.facts->id == b.facts->id;
  return a.unknown_card && b.unknown_card && *a.unknown_card == *b.unknown_card;
}

bool holds_value(const std::optional<Attached>& attached, const Stage& stage) {
  return attached && attached->card_value &&
         attached->card_value->value_on(core::local_day(stage.now)) > domain::Money();
}

void put_in(Stage& stage, Attached next, Text sentence) {
  const bool known = next.facts.has_value();
  const MessageWord name = name_of(next);
  State& state = stage.state;
  state.basket.attached = std::move(next);
  state.basket.forget_wishes();
  state.offered_phone.clear();
  if (state.sheet == Sheet::find || (state.sheet == Sheet::join && known)) {
    state.sheet = Sheet::none;
  }
  if (state.sheet == Sheet::points) state.sheet = Sheet::none;
  if (known) {
    stage.say(Mood::good, sentence, {name});
    stage.tone(PlayTone::Kind::accepted);
  } else if (holds_value(state.basket.attached, stage)) {
    const domain::Day today = core::local_day(stage.now);
    stage.say(Mood::good, Text::gift_card_attached,
              {state.basket.attached->card_value->value_on(today)});
    stage.tone(PlayTone::Kind::accepted);
  } else {
    stage.say(Mood::attention, Text::unknown_card_attached);
    stage.tone(PlayTone::Kind::decision);
  }
}

bool is_own(const Stage& stage, const Attached& attached) {
  if (!attached.facts || !stage.state.employee) return false;
  const auto employee = stage.directory.employee_of(attached.facts->id);
  return employee && *employee == *stage.state.employee;
}

}  // namespace

MessageWord name_of(const Attached& attached) {
  if (attached.facts) return attached.facts->form_of_address;
  return Text::an_unknown_card;
}

void attach(Stage& stage, Attached next, Text sentence) {
  State& state = stage.state;
  if (next.facts && next.facts->standing == domain::MemberStanding::blocked) {
    return stage.refuse(Text::member_blocked);
  }
  if (is_own(stage, next)) return stage.refuse(Text::own_card);
  if (!state.basket.attached) {
    state.question.reset();
    return put_in(stage, std::move(next), sentence);
  }
  if (is_same(*state.basket.attached, next)) {
    state.question.reset();
    if (state.sheet == Sheet::find) state.sheet = Sheet::none;
    return stage.say(Mood::plain, Text::already_attached, {name_of(next)});
  }
  state.question = Question{std::move(next)};
  stage.tone(PlayTone::Kind::decision);
}

void on_card(Stage& stage, const domain::CardNumber& card, IdentifiedBy by) {
  const core::KeyedHash hash = stage.directory.card_hash(card);
  if (stage.directory.is_blocked_card(hash)) return stage.refuse(Text::card_blocked);
  Attached next;
  next.by = by;
  next.at = stage.now;
  next.facts = stage.directory.member_by_card(hash);
  if (next.facts && stage.state.sheet == Sheet::join && join_referrer(stage, card)) {
    stage.state.sheet_message = {};
    return stage.tone(PlayTone::Kind::accepted);
  }
  if (!next.facts) {
    next.unknown_card = hash;
    next.unknown_digits = card.digits();
    next.card_value = stage.directory.card_value(hash);
    if (stage.state.sheet == Sheet::join) join_card(stage, card);
  }
  attach(stage, std::move(next), Text::card_accepted);
}

void on_phone(Stage& stage, const domain::PhoneNumber& phone) {
  Attached next;
  next.by = IdentifiedBy::phone;
  next.at = stage.now;
  next.facts = stage.directory.member_by_phone(stage.directory.phone_hash(phone));
  if (!next.facts) {
    stage.state.offered_phone = phone.national();
    stage.say(Mood::attention, Text::phone_nobody);
    return stage.tone(PlayTone::Kind::decision);
  }
  attach(stage, std::move(next), Text::member_attached);
}

void remove_member(Stage& stage) {
  auto& attached = stage.basket().attached;
  if (!attached) return;
  const MessageWord name = name_of(*attached);
  const bool known = attached->facts.has_value();
  stage.offer_undo();
  attached.reset();
  stage.basket().forget_wishes();
  if (known) {
    stage.say(Mood::plain, Text::member_removed, {name});
  } else {
    stage.say(Mood::plain, Text::card_removed);
  }
}

void answer_question(Stage& stage, bool replace) {
  auto& question = stage.state.question;
  if (!question) return;
  Attached other = std::move(question->other);
  question.reset();
  if (!replace) return;
  stage.offer_undo();
  put_in(stage, std::move(other), Text::member_attached);
}

void refresh_attached(Stage& stage) {
  auto& attached = stage.basket().attached;
  if (!attached) return;
  std::optional<domain::MemberFacts> fresh;
  if (attached->facts) {
    fresh = stage.directory.member(attached->facts->id);
  } else if (attached->unknown_card) {
    fresh = stage.directory.member_by_card(*attached->unknown_card);
    attached->card_value = stage.directory.card_value(*attached->unknown_card);
  }
  if (!fresh || fresh->standing == domain::MemberStanding::blocked) return;
  attached->facts = std::move(fresh);
  attached->unknown_card.reset();
  attached->card_value.reset();
  attached->unknown_digits.clear();
}

void on_scanned(Stage& stage, const Scanned& scanned) {
  State& state = stage.state;
  if (!state.employee) return stage.refuse(Text::sign_in_first);
  const bool returning = state.sheet == Sheet::give_back && state.give_back.sale;
  if (const auto* card = std::get_if<domain::CardNumber>(&scanned.code)) {
    on_card(stage, *card, scanned.by);
  } else if (const auto* article = std::get_if<domain::ArticleCode>(&scanned.code)) {
    if (returning) return return_article(stage, article->text());
    on_article(stage, *article, take_quantity(stage));
  } else if (const auto* label = std::get_if<domain::LabelCode>(&scanned.code)) {
    if (returning) return return_article(stage, label->item.text());
    on_label(stage, *label);
  } else if (const auto* coupon = std::get_if<domain::CouponCode>(&scanned.code)) {
    on_coupon(stage, *coupon);
  } else if (const auto* receipt = std::get_if<domain::ReceiptCode>(&scanned.code)) {
    on_receipt(stage, *receipt);
  } else if (const auto* unknown = std::get_if<domain::UnknownCode>(&scanned.code)) {
    on_unknown(stage, unknown->reason);
  } else {
    stage.refuse(Text::payment_card);
  }
}

}  // namespace pos::app
