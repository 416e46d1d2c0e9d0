#pragma once

#include <string>

#include "pos/app/message.hpp"
#include "pos/app/ports.hpp"
#include "pos/app/text.hpp"
#include "pos/app/views/view_parts.hpp"
#include "pos/core/time.hpp"
#include "pos/domain/money_form.hpp"

namespace pos::app {

/// How one screen or slip writes: language, form of money and currency in one hand. A "cell" stands
/// alone; the others are isolated for use inside a sentence.
class Wording {
 public:
  Wording(domain::Language language, const Directory& directory);

  [[nodiscard]] domain::Language language() const { return language_; }

  [[nodiscard]] std::string say(Text text,
                                std::initializer_list<std::string_view> words = {}) const {
    return tr(text, language_, words);
  }
  [[nodiscard]] std::string count(Text text, std::int64_t number,
                                  std::initializer_list<std::string_view> words = {}) const {
    return tr_count(text, language_, number, words);
  }
  [[nodiscard]] std::string joined(std::string_view first, std::string_view second) const {
    return app::joined(first, second, language_);
  }
  [[nodiscard]] const std::string& of(const domain::LocalText& text) const {
    return text.in(language_);
  }

  [[nodiscard]] std::string number_cell(std::int64_t number) const;
  /// "× 2", the sign before the number in every language
  [[nodiscard]] std::string times_cell(std::int64_t quantity) const;
  [[nodiscard]] std::string money_cell(domain::Money amount) const;
  /// "+0.05", "−8.00"
  [[nodiscard]] std::string signed_cell(domain::Money amount) const;
  /// "−8.00" for what is taken off
  [[nodiscard]] std::string minus_cell(domain::Money amount) const { return signed_cell(-amount); }
  /// "93.85 ₪", held together in every direction
  [[nodiscard]] std::string priced_cell(domain::Money amount) const;

  [[nodiscard]] std::string money(domain::Money amount) const;
  [[nodiscard]] std::string points(domain::Points points) const {
    return count(Text::points_count, points.units());
  }
  [[nodiscard]] std::string time(const core::Moment& moment) const;
  [[nodiscard]] std::string date(const core::Moment& moment) const;
  [[nodiscard]] std::string date(domain::Day day) const;
  /// "22.11.2026 14:32"
  [[nodiscard]] std::string date_time_cell(const core::Moment& moment) const;
  /// "14:05", with its date when that is another day than `now`
  [[nodiscard]] std::string when(const core::Moment& moment, const core::Moment& now) const;

  [[nodiscard]] std::string word(const MessageWord& word) const;
  [[nodiscard]] std::string sentence(const Message& message) const;
  [[nodiscard]] MessageView message(const Message& message) const;

  [[nodiscard]] ButtonView button(Action action, std::string id, Text label, std::string key = {},
                                  bool enabled = true) const;
  [[nodiscard]] ButtonView cancel_button(std::string_view sheet) const;
  [[nodiscard]] ButtonView confirm_button(std::string_view sheet, Text label) const;

 private:
  domain::Language language_;
  domain::MoneyForm form_{2};
  std::string currency_;
  bool currency_is_word_ = false;
};

}  // namespace pos::app
