#include "pos/app/wording.hpp"

#include "pos/domain/format.hpp"

namespace pos::app {

namespace {

std::string toman_in(domain::Language language) {
  if (language == domain::Language::fa) return "تومان";
  return language == domain::Language::he ? "טומאן" : "toman";
}

/// The sign that people know, where there is one.
std::string sign_of(const programme::ClubRules& rules, domain::Language language) {
  const std::string& currency = rules.currency;
  if (rules.in_toman) return toman_in(language);
  if (currency == "ILS") return "₪";
  if (currency == "IRR") return language == domain::Language::fa ? "ریال" : "IRR";
  if (currency == "EUR") return "€";
  if (currency == "USD") return "$";
  return currency;
}

}  // namespace

Wording::Wording(domain::Language language, const Directory& directory) : language_(language) {
  if (const programme::Programme* programme = directory.programme()) {
    form_ = programme->rules().money_form();
    currency_ = sign_of(programme->rules(), language);
    currency_is_word_ = programme->rules().currency == "IRR";
  }
}

std::string Wording::number_cell(std::int64_t number) const {
  return domain::format_number(number, language_);
}

std::string Wording::times_cell(std::int64_t quantity) const {
  return domain::isolated(say(Text::times, {number_cell(quantity)}));
}

std::string Wording::money_cell(domain::Money amount) const {
  return domain::format_money(amount, form_, language_);
}

std::string Wording::signed_cell(domain::Money amount) const {
  return domain::isolated(domain::format_signed_money(amount, form_, language_));
}

std::string Wording::priced_cell(domain::Money amount) const {
  const std::string plain = money_cell(amount);
  if (currency_.empty()) return domain::isolated(plain);
  // A word follows the number in the direction in which it is read, a sign stays beside it.
  if (currency_is_word_) return domain::isolated_name(domain::isolated(plain) + " " + currency_);
  return domain::isolated(plain + " " + currency_);
}

std::string Wording::money(domain::Money amount) const {
  return domain::isolated(money_cell(amount));
}

std::string Wording::time(const core::Moment& moment) const {
  return domain::isolated(domain::format_time(moment, language_));
}

std::string Wording::date(const core::Moment& moment) const {
  return domain::isolated(domain::format_date(moment, language_));
}

std::string Wording::date(domain::Day day) const {
  return domain::isolated(domain::format_date(day, language_));
}

std::string Wording::date_time_cell(const core::Moment& moment) const {
  return domain::isolated(domain::format_date(moment, language_) + " " +
                          domain::format_time(moment, language_));
}

std::string Wording::when(const core::Moment& moment, const core::Moment& now) const {
  if (core::local_day(moment) == core::local_day(now)) return time(moment);
  return date_time_cell(moment);
}

std::string Wording::word(const MessageWord& word) const {
  if (const auto* text = std::get_if<std::string>(&word)) return *text;
  if (const auto* local = std::get_if<domain::LocalText>(&word)) return of(*local);
  if (const auto* amount = std::get_if<domain::Money>(&word)) return money(*amount);
  if (const auto* number = std::get_if<std::int64_t>(&word)) {
    return domain::isolated(number_cell(*number));
  }
  if (const auto* day = std::get_if<domain::Day>(&word)) return date(*day);
  return say(std::get<Text>(word));
}

std::string Wording::sentence(const Message& message) const {
  if (message.text == Text::nothing) return {};
  const std::string first = message.words.empty() ? std::string() : word(message.words[0]);
  const std::string second = message.words.size() < 2 ? std::string() : word(message.words[1]);
  if (!message.words.empty()) {
    if (const auto* number = std::get_if<std::int64_t>(&message.words[0])) {
      return tr_count(message.text, language_, *number, {first, second});
    }
  }
  return say(message.text, {first, second});
}

MessageView Wording::message(const Message& message) const {
  std::string text = sentence(message);
  if (message.tier_reached) {
    text += "  " + say(Text::tier_reached, {of(*message.tier_reached)});
  }
  return {message.mood, std::move(text), std::nullopt};
}

ButtonView Wording::button(Action action, std::string id, Text label, std::string key,
                           bool enabled) const {
  ButtonView button;
  button.action = action;
  button.id = std::move(id);
  button.label = say(label);
  button.key = std::move(key);
  button.enabled = enabled;
  return button;
}

ButtonView Wording::cancel_button(std::string_view sheet) const {
  return button(Action::escape, std::string(sheet) + ".cancel", Text::cancel, "Esc");
}

ButtonView Wording::confirm_button(std::string_view sheet, Text label) const {
  ButtonView made = button(Action::confirm, std::string(sheet) + ".confirm", label, "Enter");
  made.primary = true;
  return made;
}

}  // namespace pos::app
