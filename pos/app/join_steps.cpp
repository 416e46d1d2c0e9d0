#include <algorithm>
#include <charconv>

#include "pos/app/join_check.hpp"
#include "pos/app/step_stage.hpp"
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

/// Days of each month in a leap year: the year of a birthday is not asked.
bool is_day_of_year(unsigned day, unsigned month) {
  constexpr unsigned kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= kDays[month - 1];
}

/// A day of the Solar Hijri year as the Gregorian one that it next falls on; a day that no year has
/// stays as it is and is refused as such.
void to_gregorian(BirthdayCheck& check, domain::Day today) {
  const auto next = domain::next_jalali_day(*check.month, *check.day, today);
  check.good = next.has_value();
  if (!next) return;
  const std::chrono::year_month_day date(*next);
  check.day = static_cast<unsigned>(date.day());
  check.month = static_cast<unsigned>(date.month());
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

BirthdayCheck check_birthday(const JoinSheet& sheet, domain::Language language, domain::Day today) {
  BirthdayCheck check;
  if (sheet.birth_day.empty() && sheet.birth_month.empty()) return check;
  check.day = small_number(sheet.birth_day);
  check.month = small_number(sheet.birth_month);
  check.good = check.day && check.month;
  if (!check.good) return check;
  if (language == domain::Language::fa) {
    to_gregorian(check, today);
  } else {
    check.good = is_day_of_year(*check.day, *check.month);
  }
  return check;
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

void edit_join(Stage& stage, Field field, const std::string& text) {
  JoinSheet& join = stage.state.join;
  stage.state.sheet_message = {};
  switch (field) {
    case Field::phone:
      join.phone = text;
      break;
    case Field::first_name:
      join.first_name = text;
      break;
    case Field::birth_day:
      join.birth_day = text;
      break;
    case Field::birth_month:
      join.birth_month = text;
      break;
    case Field::card:
      join.card = text;
      break;
    case Field::referrer:
      join.referrer = text;
      break;
    case Field::entry:
    case Field::search:
    case Field::received:
    case Field::receipt:
      break;
  }
  // Law 13: the number of a payment card is kept nowhere, not even in a field.
  const auto& ranges = stage.directory.profile().ranges;
  for (std::string* kept : {&join.phone, &join.first_name, &join.card, &join.referrer}) {
    if (!domain::contains_payment_card(*kept, ranges)) continue;
    kept->clear();
    stage.state.sheet_message = {Mood::refused, Text::payment_card, {}};
    stage.tone(PlayTone::Kind::refused);
  }
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
                             const BirthdayCheck& birthday, const CardCheck& card,
                             const ReferrerCheck& referrer, const FeeCheck& fee) {
  if (!phone.phone || phone.owner) return phone.text;
  const auto name = domain::clean_name(sheet.first_name);
  if (!name) {
    return name.error() == domain::TextFault::empty ? Text::name_needed : Text::name_wrong;
  }
  if (!birthday.good) return Text::birthday_wrong;
  if (card.fault) return *card.fault;
  if (referrer.fault) return *referrer.fault;
  if (fee.fault) return *fee.fault;
  if (!sheet.terms) return Text::terms_needed;
  return std::nullopt;
}

domain::MemberFacts new_member(Stage& stage, const PhoneCheck& phone, const BirthdayCheck& birthday,
                               const std::string& name) {
  domain::MemberFacts member;
  member.id = domain::MemberId(stage.take_id());
  member.account = domain::AccountId(stage.take_id());
  member.form_of_address = name;
  member.last_digits = std::string(phone.phone->last_two());
  const auto& classes = stage.directory.programme()->classes();
  if (!classes.empty()) member.member_class = classes.front().code;
  member.balance_as_of = stage.now.at;
  member.language = stage.state.language;
  member.status.joined = core::local_day(stage.now);
  programme::set_standing(member, stage.directory.programme()->tiers(), core::local_day(stage.now));
  if (birthday.day && birthday.month) {
    member.windows = domain::windows_of(
        {domain::EffectiveWindow::Kind::birthday, *birthday.month, *birthday.day, {}, {}},
        core::local_day(stage.now));
  }
  return member;
}

}  // namespace

void confirm_join(Stage& stage) {
  State& state = stage.state;
  const PhoneCheck phone = check_phone(state.join.phone, stage.directory);
  const BirthdayCheck birthday =
      check_birthday(state.join, state.language, core::local_day(stage.now));
  const CardCheck card = check_card(state.join.card, stage.directory);
  ReferrerCheck referrer = check_referrer(state.join, stage.directory);
  FeeCheck fee = check_fee(state.join, stage.directory);
  if (fee.article && state.basket.lines.size() >= programme::kLinesMax) {
    fee.fault = Text::line_limit;
  }
  if (const auto fault = fault_of(state.join, phone, birthday, card, referrer, fee)) {
    std::vector<MessageWord> words;
    if (phone.owner) words.emplace_back(phone.owner->form_of_address);
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
  fact.member = new_member(stage, phone, birthday, name);
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
  person.birth_month = birthday.month;
  person.birth_day = birthday.day;

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
