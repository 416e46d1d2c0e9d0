#include <algorithm>
#include <array>
#include <charconv>

#include "pos/app/join_check.hpp"
#include "pos/app/step_stage.hpp"
#include "pos/domain/bucket.hpp"
#include "pos/domain/clean_text.hpp"
#include "pos/domain/effective_date.hpp"
#include "pos/domain/jalali.hpp"
#include "pos/programme/member_standing.hpp"

// Joining takes two fields and two answers, and works without a connection.

namespace pos::app {

namespace {

std::optional<unsigned> small_number(const std::string& typed) {
  const auto clean = domain::clean_input(typed);
  if (!clean) return std::nullopt;
  unsigned value = 0;
  const char* end = clean->data() + clean->size();
  const auto [stop, fault] = std::from_chars(clean->data(), end, value);
  if (fault != std::errc{} || stop != end) return std::nullopt;
  return value;
}

/// The day of every year that was typed, of the Gregorian calendar; nothing when no year has it.
std::optional<std::chrono::month_day> day_of_year(const std::string& typed_day,
                                                  const std::string& typed_month,
                                                  domain::Language language, domain::Day today) {
  const auto day = small_number(typed_day);
  const auto month = small_number(typed_month);
  if (!day || !month) return std::nullopt;
  if (language == domain::Language::fa) {
    const auto next = domain::next_jalali_day(*month, *day, today);
    if (!next) return std::nullopt;
    const std::chrono::year_month_day date(*next);
    return std::chrono::month_day(date.month(), date.day());
  }
  if (!domain::is_day_of_year(*day, *month)) return std::nullopt;
  return std::chrono::month_day(std::chrono::month(*month), std::chrono::day(*day));
}

domain::EffectiveDate date_of(domain::EffectiveWindow::Kind kind, std::chrono::month_day day) {
  return {kind, static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), {}, {}};
}

/// Relation or liking, as it is kept; a text that is not readable or too long is a fault.
std::string family_words(const std::string& typed, std::size_t bytes_max,
                         std::optional<Text>& fault) {
  if (typed.empty()) return {};
  auto words = domain::clean_name(typed);
  if (words && words->size() <= bytes_max) return std::move(*words);
  const bool only_blanks = !words && words.error() == domain::TextFault::empty;
  if (!only_blanks) fault = Text::family_words_wrong;
  return {};
}

/// One of the family days; nothing when it is empty or at fault.
std::optional<domain::EffectiveDate> family_date(const FamilyDay& typed, bool is_child,
                                                 domain::Language language, domain::Day today,
                                                 std::optional<Text>& fault) {
  using Kind = domain::EffectiveWindow::Kind;
  if (typed.empty()) return std::nullopt;
  if (typed.day.empty() && typed.month.empty()) {
    fault = Text::family_day_missing;
    return std::nullopt;
  }
  const auto day = day_of_year(typed.day, typed.month, language, today);
  if (!day) {
    fault = Text::family_day_wrong;
    return std::nullopt;
  }
  auto date = date_of(is_child ? Kind::child_birthday : Kind::anniversary, *day);
  date.relation = family_words(typed.relation, domain::kRelationMax, fault);
  date.liking = family_words(typed.liking, domain::kLikingMax, fault);
  return date;
}

}  // namespace

PhoneCheck check_phone(const std::string& typed, const Directory& directory) {
  PhoneCheck check;
  if (typed.empty()) {
    check.text = Text::phone_needed;
    return check;
  }
  const auto phone = domain::PhoneNumber::parse(typed, directory.profile().phone_plan);
  if (phone) {
    check.phone = *phone;
    check.owner = directory.member_by_phone(directory.phone_hash(*phone));
    check.text = check.owner ? Text::already_member : Text::number_new;
    return check;
  }
  switch (phone.error()) {
    case domain::PhoneFault::letters:
      check.text = Text::number_letters;
      break;
    case domain::PhoneFault::too_long:
      check.text = Text::number_too_long;
      break;
    case domain::PhoneFault::empty:
    case domain::PhoneFault::too_short:
    case domain::PhoneFault::unknown_area:
      check.text = Text::number_not_whole;
      break;
  }
  return check;
}

DatesCheck check_dates(const JoinSheet& sheet, domain::Language language, domain::Day today) {
  DatesCheck check;
  if (!sheet.birth_day.empty() || !sheet.birth_month.empty()) {
    const auto day = day_of_year(sheet.birth_day, sheet.birth_month, language, today);
    if (!day) check.fault = Text::birthday_wrong;
    if (day) check.dates.push_back(date_of(domain::EffectiveWindow::Kind::birthday, *day));
  }
  for (std::size_t i = 0; i < kFamilyDays && !check.fault; ++i) {
    auto date = family_date(sheet.family[i], i != kAnniversary, language, today, check.fault);
    if (check.fault) check.family = i;
    if (date) check.dates.push_back(std::move(*date));
  }
  return check;
}

Text family_name(std::size_t family_day) {
  constexpr std::array<Text, kFamilyDays> kNames = {Text::child_one, Text::child_two,
                                                    Text::anniversary};
  return kNames[family_day];
}

CardCheck check_card(const std::string& typed, const Directory& directory) {
  CardCheck check;
  if (typed.empty()) return check;
  const auto card = domain::CardNumber::parse(typed, directory.profile().ranges);
  if (!card) {
    check.fault =
        card.error() == domain::CardFault::payment_card ? Text::payment_card : Text::card_wrong;
    return check;
  }
  const core::KeyedHash hash = directory.card_hash(*card);
  if (directory.is_blocked_card(hash) || directory.member_by_card(hash)) {
    check.fault = Text::card_taken;
    return check;
  }
  check.card = *card;
  return check;
}

namespace {

/// The keyed hash of a card or a phone, whichever it is.
std::optional<programme::Referral> named_by(const std::string& typed, const Directory& directory) {
  using By = programme::Referral::By;
  if (const auto card = domain::CardNumber::parse(typed, directory.profile().ranges)) {
    return programme::Referral{By::card, directory.card_hash(*card), {}, {}, {}};
  }
  if (const auto phone = domain::PhoneNumber::parse(typed, directory.profile().phone_plan)) {
    return programme::Referral{By::phone, directory.phone_hash(*phone), {}, {}, {}};
  }
  return std::nullopt;
}

/// The new member's own phone or card.
bool is_own(const programme::Referral& referral, const JoinSheet& sheet,
            const Directory& directory) {
  for (const std::string& own : {sheet.phone, sheet.card}) {
    const auto named = named_by(own, directory);
    if (named && named->hash == referral.hash) return true;
  }
  return false;
}

}  // namespace

ReferrerCheck check_referrer(const JoinSheet& sheet, const Directory& directory) {
  ReferrerCheck check;
  const programme::Programme* programme = directory.programme();
  if (sheet.referrer.empty() || programme == nullptr || !programme->rules().has_referral) {
    return check;
  }
  check.referral = named_by(sheet.referrer, directory);
  if (!check.referral) {
    check.fault = Text::referrer_wrong;
    return check;
  }
  if (is_own(*check.referral, sheet, directory)) {
    check.referral.reset();
    check.fault = Text::referrer_self;
    return check;
  }
  check.referral->referrer = programme->rules().referrer_points;
  check.referral->joined = programme->rules().joined_points;
  check.member = check.referral->by == programme::Referral::By::card
                     ? directory.member_by_card(check.referral->hash)
                     : directory.member_by_phone(check.referral->hash);
  return check;
}

std::optional<domain::Article> fee_of(const programme::NamedClass& one,
                                      const Directory& directory) {
  const auto code = domain::ArticleCode::parse(one.fee);
  return code ? directory.article(*code) : std::nullopt;
}

FeeCheck check_fee(const JoinSheet& sheet, const Directory& directory) {
  const programme::Programme* programme = directory.programme();
  if (!sheet.paid_class || programme == nullptr) return {};
  const programme::NamedClass* chosen = programme->find_class(*sheet.paid_class);
  FeeCheck check;
  if (chosen != nullptr) check.article = fee_of(*chosen, directory);
  if (!check.article) check.fault = Text::fee_unknown;
  return check;
}

void open_join(Stage& stage) {
  State& state = stage.state;
  state.join = {};
  state.join.phone = state.offered_phone;
  if (const auto& attached = state.basket.attached) state.join.card = attached->unknown_digits;
  state.sheet_message = {};
  state.sheet = Sheet::join;
}

namespace {

/// Where that text is kept; null for a field of another sheet.
std::string* text_of(JoinSheet& join, const Edited& edited) {
  FamilyDay& day = join.family[std::min(edited.item, kFamilyDays - 1)];
  switch (edited.field) {
    case Field::phone:
      return &join.phone;
    case Field::first_name:
      return &join.first_name;
    case Field::birth_day:
      return &join.birth_day;
    case Field::birth_month:
      return &join.birth_month;
    case Field::card:
      return &join.card;
    case Field::referrer:
      return &join.referrer;
    case Field::family_day:
      return &day.day;
    case Field::family_month:
      return &day.month;
    case Field::relation:
      return &day.relation;
    case Field::liking:
      return &day.liking;
    case Field::entry:
    case Field::search:
    case Field::received:
    case Field::receipt:
      break;
  }
  return nullptr;
}

}  // namespace

void edit_join(Stage& stage, const Edited& edited) {
  std::string* kept = text_of(stage.state.join, edited);
  if (kept == nullptr) return;
  stage.state.sheet_message = {};
  *kept = edited.text;
  // Law 13: the number of a payment card is kept nowhere, not even in a field.
  if (!domain::contains_payment_card(*kept, stage.directory.profile().ranges)) return;
  kept->clear();
  stage.state.sheet_message = {Mood::refused, Text::payment_card, {}};
  stage.tone(PlayTone::Kind::refused);
}

void turn_family_page(Stage& stage) {
  JoinSheet& join = stage.state.join;
  join.family_open = !join.family_open;
  stage.state.sheet_message = {};
}

void join_card(Stage& stage, const domain::CardNumber& card) {
  stage.state.join.card = card.digits();
}

bool join_referrer(Stage& stage, const domain::CardNumber& card) {
  const programme::Programme* programme = stage.directory.programme();
  if (programme == nullptr || !programme->rules().has_referral) return false;
  // Before anything is written the card is that of the person who stands here.
  if (stage.state.join.phone.empty()) return false;
  stage.state.join.referrer = card.digits();
  return true;
}

void attach_existing(Stage& stage) {
  const PhoneCheck check = check_phone(stage.state.join.phone, stage.directory);
  if (!check.owner) return;
  close_sheet(stage);
  on_phone(stage, *check.phone);
}

namespace {

/// The first thing that keeps the sheet from being confirmed.
std::optional<Text> fault_of(const JoinSheet& sheet, const PhoneCheck& phone,
                             const DatesCheck& dates, const CardCheck& card,
                             const ReferrerCheck& referrer, const FeeCheck& fee) {
  if (!phone.phone || phone.owner) return phone.text;
  const auto name = domain::clean_name(sheet.first_name);
  if (!name) {
    return name.error() == domain::TextFault::empty ? Text::name_needed : Text::name_wrong;
  }
  if (dates.fault) return dates.fault;
  if (card.fault) return *card.fault;
  if (referrer.fault) return *referrer.fault;
  if (fee.fault) return *fee.fault;
  if (!sheet.terms) return Text::terms_needed;
  return std::nullopt;
}

domain::MemberFacts new_member(Stage& stage, const PhoneCheck& phone, const DatesCheck& dates,
                               const std::string& name) {
  domain::MemberFacts member;
  member.account = domain::AccountId(stage.take_id());
  member.id = domain::member_id_beside(member.account, domain::MemberId(stage.take_id()));
  member.form_of_address = name;
  member.last_digits = std::string(phone.phone->last_two());
  const auto& classes = stage.directory.programme()->classes();
  if (!classes.empty()) member.member_class = classes.front().code;
  member.balance_as_of = stage.now.at;
  member.language = stage.state.language;
  member.status.joined = core::local_day(stage.now);
  programme::set_standing(member, stage.directory.programme()->tiers(), core::local_day(stage.now));
  member.windows = domain::windows_of(dates.dates, core::local_day(stage.now));
  return member;
}

}  // namespace

void confirm_join(Stage& stage) {
  State& state = stage.state;
  const PhoneCheck phone = check_phone(state.join.phone, stage.directory);
  DatesCheck dates = check_dates(state.join, state.language, core::local_day(stage.now));
  const CardCheck card = check_card(state.join.card, stage.directory);
  ReferrerCheck referrer = check_referrer(state.join, stage.directory);
  FeeCheck fee = check_fee(state.join, stage.directory);
  if (fee.article && state.basket.lines.size() >= programme::kLinesMax) {
    fee.fault = Text::line_limit;
  }
  if (const auto fault = fault_of(state.join, phone, dates, card, referrer, fee)) {
    std::vector<MessageWord> words;
    if (phone.owner) words.emplace_back(phone.owner->form_of_address);
    if (fault == dates.fault && dates.family) words.emplace_back(family_name(*dates.family));
    state.join.family_open = fault == dates.fault && dates.family.has_value();
    state.sheet_message = {Mood::refused, *fault, std::move(words)};
    return stage.tone(PlayTone::Kind::refused);
  }
  const programme::Programme* programme = stage.directory.programme();
  if (programme == nullptr || !state.employee) return stage.refuse(Text::no_programme);
  if (!stage.has_ids(3)) {
    state.sheet_message = {Mood::attention, Text::not_ready, {}};
    return;
  }
  const std::string name = *domain::clean_name(state.join.first_name);
  programme::JoinFact fact;
  fact.scene = stage.scene();
  fact.member = new_member(stage, phone, dates, name);
  fact.phone = stage.directory.phone_hash(*phone.phone);
  if (card.card) fact.card = stage.directory.card_hash(*card.card);
  fact.terms_version = programme->rules().terms_version;
  fact.marketing_consent = state.join.marketing;
  fact.referral = std::move(referrer.referral);
  if (fact.referral) {
    fact.referral->terms = programme->rules().points_lot.terms_on(core::local_day(stage.now));
  }

  programme::PersonDetails person;
  person.phone = phone.phone->e164();
  person.first_name = name;
  if (card.card) person.card = card.card->digits();
  person.dates = std::move(dates.dates);

  Attached joined;
  joined.facts = fact.member;
  joined.by = programme::IdentifiedBy::joined_here;
  joined.at = stage.now;
  const domain::FactId uid(stage.take_id());
  seal(stage,
       {Pending::Kind::join, uid, std::move(fact), std::move(joined), std::move(fee.article)},
       std::move(person));
}

}  // namespace pos::app
