#include <algorithm>
#include <functional>

#include "pos/app/join_check.hpp"
#include "pos/app/step_stage.hpp"
#include "pos/app/tender.hpp"
#include "pos/app/views/build_view.hpp"
#include "pos/app/views/lot_lines.hpp"
#include "pos/domain/format.hpp"
#include "pos/programme/benefit_text.hpp"

namespace pos::app {

namespace {

FieldView field(const Wording& words, Field which, std::string id, Text label,
                const std::string& text) {
  FieldView view;
  view.field = which;
  view.id = std::move(id);
  if (label != Text::nothing) view.label = words.say(label);
  view.text = text;
  return view;
}

FieldView number_field(const Wording& words, Field which, std::string id, Text label,
                       const std::string& text) {
  FieldView view = field(words, which, std::move(id), label, text);
  view.digits = true;
  view.left_to_right = true;
  return view;
}

void hint(FieldView& view, Mood mood, std::string text) {
  view.hint_mood = mood;
  view.hint = std::move(text);
}

std::string attached_name(const ViewSource& source) {
  const auto& attached = source.state.basket.attached;
  if (!attached || !attached->facts || attached->facts->form_of_address.empty()) return {};
  return domain::isolated_name(attached->facts->form_of_address);
}

void hint_phone(const ViewSource& source, JoinView& view) {
  const JoinSheet& join = source.state.join;
  if (join.phone.empty()) return;
  const PhoneCheck check = check_phone(join.phone, source.directory);
  const Wording& words = source.words;
  if (check.owner) {
    hint(view.phone, Mood::attention, words.say(check.text, {check.owner->form_of_address}));
    ButtonView attach = words.button(Action::attach_existing, "join.attach_existing", Text::attach);
    attach.label = words.say(Text::attach_existing, {check.owner->form_of_address});
    view.attach_existing = std::move(attach);
    return;
  }
  hint(view.phone, check.phone ? Mood::good : Mood::attention, words.say(check.text));
}

std::optional<FieldView> referrer_field(const ViewSource& source) {
  const programme::Programme* programme = source.directory.programme();
  if (programme == nullptr || !programme->rules().has_referral) return std::nullopt;
  const Wording& words = source.words;
  const JoinSheet& join = source.state.join;
  FieldView view =
      number_field(words, Field::referrer, "join.referrer", Text::referred_by, join.referrer);
  const ReferrerCheck check = check_referrer(join, source.directory);
  if (check.fault) {
    hint(view, Mood::attention, words.say(*check.fault));
  } else if (check.referral) {
    const std::string points = words.points(check.referral->referrer);
    const std::string name = check.member ? check.member->form_of_address : std::string();
    hint(view, Mood::good,
         name.empty() ? words.say(Text::referrer_unknown, {points})
                      : words.say(Text::referrer_known, {name, points}));
  }
  return view;
}

}  // namespace

FindView build_find(const ViewSource& source) {
  const Wording& words = source.words;
  const FindSheet& find = source.state.find;
  FindView view;
  view.title = words.say(Text::find_title);
  view.search = number_field(words, Field::search, "find.search", Text::find_label, find.search);
  if (find.results.empty() &&
      domain::CardNumber::parse(find.search, source.directory.profile().ranges)) {
    hint(view.search, Mood::attention, words.say(Text::card_nobody));
  }
  for (std::size_t result = 0; result < find.results.size(); ++result) {
    const domain::MemberFacts& member = find.results[result];
    FoundView found;
    found.id = "find.result." + std::to_string(result);
    found.result = result;
    found.name = member.form_of_address;
    found.detail = words.joined(standing_of(member, source.directory.programme(), words.language()),
                                masked_digits(member, words.language()));
    view.results.push_back(std::move(found));
  }
  view.explanation = words.say(Text::find_explanation);
  view.message = words.message(source.state.sheet_message);
  if (!source.state.offered_phone.empty()) {
    view.join = words.button(Action::join, "find.join", Text::join, "F3");
  }
  view.cancel = words.cancel_button("find");
  view.confirm = words.confirm_button("find", Text::attach);
  view.confirm.enabled = !find.search.empty();
  return view;
}

namespace {

/// "VIP costs 99.00", and beneath it the ways that cost nothing.
std::vector<JoinClassView> joinable_classes(const ViewSource& source) {
  const Wording& words = source.words;
  std::vector<JoinClassView> classes;
  const programme::Programme* programme = source.directory.programme();
  if (programme == nullptr) return classes;
  for (const programme::NamedClass& one : programme->classes()) {
    if (!one.can_be_joined()) continue;
    const std::string& name = words.of(one.name);
    JoinClassView view;
    view.code = one.code;
    view.id = "join.class." + one.code.text();
    view.label = name;
    if (const auto fee = fee_of(one, source.directory)) {
      view.label = words.say(Text::class_costs, {name, words.money(fee->price)});
      view.can_be_paid = true;
    }
    for (const programme::TierRule& way : one.joined_by) {
      const std::string text = describe_way(*programme, way, words.language());
      view.detail =
          words.joined(view.detail, view.can_be_paid ? words.say(Text::class_or, {text}) : text);
    }
    view.chosen = source.state.join.paid_class == one.code;
    classes.push_back(std::move(view));
  }
  return classes;
}

FieldView family_field(const Wording& words, Field which, std::size_t item, std::string_view name,
                       Text label, const std::string& text) {
  const std::string id = "join.family." + std::to_string(item) + "." + std::string(name);
  FieldView view = field(words, which, id, label, text);
  view.item = item;
  return view;
}

FamilyDayView family_day(const Wording& words, const FamilyDay& typed, std::size_t item) {
  FamilyDayView view;
  view.label = words.say(family_name(item));
  const auto number = [&](Field which, std::string_view name, Text placeholder,
                          const std::string& text) {
    FieldView one = family_field(words, which, item, name, Text::nothing, text);
    one.placeholder = words.say(placeholder);
    one.digits = true;
    one.left_to_right = true;
    return one;
  };
  view.day = number(Field::family_day, "day", Text::day, typed.day);
  view.month = number(Field::family_month, "month", Text::month, typed.month);
  if (item == kAnniversary) return view;
  view.relation =
      family_field(words, Field::relation, item, "relation", Text::relation, typed.relation);
  view.liking = family_field(words, Field::liking, item, "liking", Text::liking, typed.liking);
  const auto quick = [&](std::string_view name, Text text) {
    const std::string label = words.say(text);
    view.relations.push_back({"join.family." + std::to_string(item) + "." + std::string(name),
                              label, typed.relation == label});
  };
  quick("daughter", Text::relation_daughter);
  quick("son", Text::relation_son);
  return view;
}

/// The button says how many days are noted, so that nothing is typed unseen.
void add_family(const ViewSource& source, JoinView& view) {
  const Wording& words = source.words;
  const JoinSheet& join = source.state.join;
  view.family = words.button(Action::family_days, "join.family", Text::family_days, "F5");
  const auto noted = std::ranges::count_if(join.family, std::not_fn(&FamilyDay::empty));
  if (noted > 0) view.family.label = words.count(Text::family_noted, noted);
  if (!join.family_open) return;
  view.title = words.say(Text::family_title);
  view.subtitle = words.say(Text::family_subtitle);
  view.explanation = words.say(Text::family_explanation);
  for (std::size_t i = 0; i < kFamilyDays; ++i) {
    view.family_days.push_back(family_day(words, join.family[i], i));
  }
}

}  // namespace

JoinView build_join(const ViewSource& source) {
  const Wording& words = source.words;
  const JoinSheet& join = source.state.join;
  JoinView view;
  view.title = words.say(Text::join_title);
  view.subtitle = words.say(Text::join_subtitle);
  view.phone = number_field(words, Field::phone, "join.phone", Text::mobile_number, join.phone);
  hint_phone(source, view);
  view.first_name =
      field(words, Field::first_name, "join.first_name", Text::first_name, join.first_name);
  view.terms = {Consent::terms, "join.terms", words.say(Text::terms), {}, join.terms};
  if (const auto* programme = source.directory.programme()) {
    view.terms.detail = words.say(Text::terms_version, {programme->rules().terms_version});
  }
  view.marketing = {Consent::marketing, "join.marketing", words.say(Text::marketing),
                    words.say(Text::marketing_detail), join.marketing};
  view.birthday_label = words.say(Text::birthday);
  view.birth_day =
      number_field(words, Field::birth_day, "join.birth_day", Text::nothing, join.birth_day);
  view.birth_day.placeholder = words.say(Text::day);
  view.birth_month =
      number_field(words, Field::birth_month, "join.birth_month", Text::nothing, join.birth_month);
  view.birth_month.placeholder = words.say(Text::month);
  view.card = number_field(words, Field::card, "join.card", Text::card, join.card);
  if (const auto card = check_card(join.card, source.directory); card.fault) {
    hint(view.card, Mood::attention, words.say(*card.fault));
  }
  view.referrer = referrer_field(source);
  view.classes = joinable_classes(source);
  view.explanation = words.say(Text::join_explanation);
  add_family(source, view);
  view.message = words.message(source.state.sheet_message);
  view.cancel = words.cancel_button("join");
  view.confirm = words.confirm_button("join", Text::join_confirm);
  view.busy = source.state.pending.has_value();
  return view;
}

std::vector<TenderView> build_tenders(const Wording& words, programme::Tender::Kind chosen,
                                      std::string_view sheet) {
  using Kind = programme::Tender::Kind;
  const std::string id(sheet);
  std::vector<TenderView> tenders = {
      {Kind::cash, id + ".cash", words.say(Text::cash), false},
      {Kind::card, id + ".card", words.say(Text::payment_by_card), false},
      {Kind::other, id + ".other", words.say(Text::other_tender), false}};
  for (TenderView& tender : tenders) tender.chosen = tender.kind == chosen;
  return tenders;
}

namespace {

void add_cash(const ViewSource& source, const programme::ClubRules& rules,
              const programme::Tender& tender, PayView& view) {
  const Wording& words = source.words;
  view.received = number_field(words, Field::received, "pay.received", Text::received,
                               source.state.pay.received);
  view.received->placeholder = words.money_cell(tender.due);
  for (const domain::Money amount : likely_amounts(tender.due, rules.decimals)) {
    QuickAmountView quick;
    quick.id = "pay.quick." + std::to_string(view.quick.size());
    quick.received = amount;
    quick.label = words.money_cell(amount);
    view.quick.push_back(std::move(quick));
  }
  if (!tender.rounding.is_zero()) {
    view.rounding = {words.say(Text::rounding, {words.money(rules.cash_step)}),
                     words.signed_cell(tender.rounding)};
  }
  domain::Money received = tender.due;
  if (!source.state.pay.received.empty()) {
    const auto typed = parse_money(source.state.pay.received, rules.money_form().decimals);
    if (!typed) return hint(*view.received, Mood::attention, words.say(Text::amount_unreadable));
    received = *typed;
  }
  view.short_of_money = received < tender.due;
  const Text label = view.short_of_money ? Text::still_missing : Text::change;
  const domain::Money difference =
      view.short_of_money ? tender.due - received : received - tender.due;
  view.change = {words.say(label), words.money_cell(difference)};
}

/// What gift cards bring the account.
std::string loads_of(const ViewSource& source, const programme::Quote& quote) {
  const domain::Money loaded =
      programme::loaded_by_cards(*source.directory.programme(), source.state.basket.lines, quote);
  return loaded.is_zero() ? "" : source.words.say(Text::gift_loads, {source.words.money(loaded)});
}

std::string earns_of(const ViewSource& source) {
  const auto& quote = source.state.quote;
  const auto& attached = source.state.basket.attached;
  if (!quote || !attached) return {};
  const Wording& words = source.words;
  std::string text = loads_of(source, *quote);
  if (quote->earned.is_zero()) return text;
  text = words.joined(text, words.count(Text::earns_points, quote->earned.units()));
  if (!attached->facts) return text;
  const domain::Points after = attached->facts->balance_on(core::local_day(source.now)) -
                               quote->points_spent + quote->earned;
  return words.joined(
      text, words.say(Text::balance_after, {domain::isolated(words.number_cell(after.units()))}));
}

}  // namespace

PayView build_pay(const ViewSource& source) {
  const Wording& words = source.words;
  PayView view;
  view.title = words.say(Text::pay_title);
  view.member = attached_name(source);
  view.tenders = build_tenders(words, source.state.pay.kind, "pay");
  view.explanation = words.say(Text::pay_explanation);
  view.message = words.message(source.state.sheet_message);
  view.cancel = words.cancel_button("pay");
  view.confirm = words.confirm_button("pay", Text::finish);
  view.busy = source.state.pending.has_value();
  const programme::Programme* programme = source.directory.programme();
  if (programme == nullptr || !source.state.quote) {
    view.confirm.enabled = false;
    return view;
  }
  const programme::Tender tender =
      tender_for(source.state.pay.kind, source.state.quote->payable, programme->rules());
  view.total = words.priced_cell(source.state.quote->payable);
  if (tender.kind == programme::Tender::Kind::cash) {
    add_cash(source, programme->rules(), tender, view);
  }
  view.earns = earns_of(source);
  return view;
}

AskView build_ask(const ViewSource& source) {
  const Wording& words = source.words;
  AskView view;
  view.title = words.say(Text::ask_title);
  view.member = attached_name(source);
  view.explanation = words.say(Text::ask_explanation);
  view.message = words.message(source.state.sheet_message);
  view.cancel = words.cancel_button("ask");
  view.confirm = words.confirm_button("ask", Text::ask_skip);
  const programme::BenefitOutcome* question = open_question(source.state);
  const programme::Programme* programme = source.directory.programme();
  if (question == nullptr || programme == nullptr) return view;
  view.benefit = question->benefit;
  view.question = benefit_name(source, question->benefit);
  view.detail = words.of(programme->benefit_detail(question->benefit));
  for (const auto& answer : programme->answers_to(question->benefit)) {
    const auto number = static_cast<std::int64_t>(view.answers.size());
    view.answers.push_back({"ask.answer." + std::to_string(number), answer.code.text(),
                            words.of(answer.text), words.number_cell(number + 1)});
  }
  view.decline = {"ask.decline", {}, words.say(Text::ask_decline), words.number_cell(0)};
  return view;
}

namespace {

/// What a member can spend, and how many points of it.
void add_points(const ViewSource& source, const domain::MemberFacts& facts,
                const programme::Quote& quote, PointsView& view) {
  const Wording& words = source.words;
  const programme::PointsOffer& offer = quote.points_offer;
  view.title = words.say(Text::points_title);
  view.member = attached_name(source);
  view.fewer = words.button(Action::fewer, "points.fewer", Text::less);
  view.more = words.button(Action::more, "points.more", Text::more);
  view.none = words.button(Action::no_points, "points.none", Text::none);
  view.all = words.button(Action::all_points, "points.all", Text::most);
  view.balance = words.points(facts.balance_on(core::local_day(source.now)));
  view.worth = words.say(Text::worth, {words.money(offer.balance_worth)});
  view.spendable = words.say(Text::points_spendable, {words.points(offer.spendable)}) + " (" +
                   words.money(offer.worth) + ")";
  if (offer.limited_by == programme::Reason::no_right_left ||
      offer.limited_by == programme::Reason::needs_connection) {
    view.limit = words.say(Text::points_limit_right);
  } else if (offer.limited_by == programme::Reason::below_amount) {
    view.limit = words.say(Text::points_limit_share);
  } else if (offer.limited_by == programme::Reason::not_yet_valid) {
    view.limit = words.say(Text::points_limit_pending);
  }
  view.days = lot_lines(words, facts, core::local_day(source.now), std::chrono::days(366));
  const domain::Points wish = source.state.basket.points_wish;
  view.chosen = words.points(quote.points_as_money());
  view.fewer.enabled = wish > domain::Points();
  view.more.enabled = wish < offer.spendable;
}

/// A gift card pays what is on it, or nothing: no points, no steps.
void add_card(const ViewSource& source, const domain::CardValue& card,
              const programme::Quote& quote, PointsView& view) {
  const Wording& words = source.words;
  const domain::Day today = core::local_day(source.now);
  const domain::Money most = quote.points_offer.value_spendable;
  view.title = words.say(Text::gift_card);
  view.balance = words.priced_cell(card.value_on(today));
  const core::Moment as_of{card.as_of, source.now.utc_offset};
  view.worth = words.say(Text::as_of, {words.when(as_of, source.now)});
  view.spendable = words.say(Text::gift_pays, {words.money(most)});
  if (most < std::min(card.spendable_on(today), quote.payable + quote.value_spent)) {
    view.limit = words.say(Text::points_limit_right);
  }
  view.days = value_lot_lines(words, card.lots, today, std::chrono::days(366));
}

}  // namespace

PointsView build_points(const ViewSource& source) {
  const Wording& words = source.words;
  PointsView view;
  view.message = words.message(source.state.sheet_message);
  view.cancel = words.cancel_button("points");
  view.confirm = words.confirm_button("points", Text::points_confirm);
  const auto& quote = source.state.quote;
  const auto& attached = source.state.basket.attached;
  if (!quote || !attached) return view;
  if (attached->facts) add_points(source, *attached->facts, *quote, view);
  if (!attached->facts && attached->card_value) {
    add_card(source, *attached->card_value, *quote, view);
  }
  view.chosen_worth = {words.say(Text::points_to_use),
                       words.money_cell(quote->points_value + quote->value_spent)};
  const domain::Money value = quote->points_offer.value_spendable;
  if (!value.is_zero()) {
    view.value.action = Action::use_value;
    view.value.id = "points.value";
    view.value.label = words.say(Text::use_value, {words.money(value)});
    view.value_used = source.state.basket.use_value;
  }
  view.total_after = {words.say(Text::left_to_pay), words.priced_cell(quote->payable)};
  return view;
}

}  // namespace pos::app
