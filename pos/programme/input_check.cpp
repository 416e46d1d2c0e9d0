#include <fmt/core.h>

#include "pos/programme/quote.hpp"

namespace pos::programme {
namespace {

using domain::kAmountMax;

/// Upper bound of a text inside JSON, with its quotation marks.
std::size_t written(std::string_view text) {
  std::size_t bytes = 2;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    bytes += byte < 0x20 ? 6U : (c == '"' || c == '\\' ? 2U : 1U);
  }
  return bytes;
}

std::size_t bytes_of_line(const BasketLine& line) {
  std::size_t bytes = 60 + written(line.article.code) + written(line.article.category.text());
  for (const std::string& name : line.article.name.by_language) bytes += written(name);
  return bytes;
}

std::size_t bytes_of_member(const domain::MemberFacts& member) {
  std::size_t bytes = 1'400 + member.status.months.size() * 45 + written(member.form_of_address);
  for (const std::string& code : member.last_articles) bytes += written(code);
  bytes += member.coupons.size() * 60 + member.segments.size() * 30;
  for (const domain::BenefitUse& use : member.uses) bytes += 110 + use.days.size() * 13;
  for (const domain::EffectiveWindow& window : member.windows) {
    bytes += 120 + written(window.relation) + written(window.liking);
  }
  return bytes;
}

std::optional<std::string> check_line(const BasketLine& line, std::size_t number) {
  const domain::Article& article = line.article;
  if (line.quantity < 1 || line.quantity > kQuantityMax) {
    return fmt::format("line {}: quantity must be 1 to {}", number, kQuantityMax);
  }
  if (article.price.is_negative() || article.price.units() > kAmountMax) {
    return fmt::format("line {}: price must be 0 to {}", number, kAmountMax);
  }
  if (article.vat_per_mille < 0 || article.vat_per_mille > 1000) {
    return fmt::format("line {}: VAT must be 0 to 1000 per mille", number);
  }
  if (article.code.size() > 40) return fmt::format("line {}: article code is too long", number);
  for (const std::string& name : article.name.by_language) {
    if (name.size() > kArticleNameBytesMax) {
      return fmt::format("line {}: name is longer than {} bytes", number, kArticleNameBytesMax);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> check_input(const QuoteInput& input) {
  if (input.lines.size() > kLinesMax) {
    return fmt::format("more than {} lines in the basket", kLinesMax);
  }
  if (input.coupons.size() > kCouponsMax) {
    return fmt::format("more than {} coupons", kCouponsMax);
  }
  if (input.answers.size() > kAnswersMax) {
    return fmt::format("more than {} answers", kAnswersMax);
  }
  std::int64_t total = 0;
  std::size_t bytes = 400 + input.coupons.size() * 30;
  for (std::size_t i = 0; i < input.lines.size(); ++i) {
    if (auto wrong = check_line(input.lines[i], i + 1)) return wrong;
    const std::int64_t price = input.lines[i].article.price.units();
    if (price > kAmountMax / input.lines[i].quantity) return "the basket is worth too much";
    total += price * input.lines[i].quantity;
    if (total > kAmountMax) return "the basket is worth too much";
    bytes += bytes_of_line(input.lines[i]);
  }
  if (input.points_wish.is_negative() || input.points_wish.units() > kAmountMax) {
    return fmt::format("points to spend must be 0 to {}", kAmountMax);
  }
  if (input.value_wish.is_negative() || input.value_wish.units() > kAmountMax) {
    return fmt::format("stored value to spend must be 0 to {}", kAmountMax);
  }
  for (const Answer& answer : input.answers) {
    if (answer.choice.size() > 40) return "an answer's choice is too long";
    bytes += 80 + written(answer.choice);
  }
  if (input.member) bytes += bytes_of_member(*input.member);
  if (input.card_value) {
    if (input.member || !input.unknown_card) return "card_value is of an unknown_card alone";
    bytes += 120 + input.card_value->lots.size() * 80;
  }
  if (bytes > kInputBytesMax) return "the basket is too large for one sale";
  return std::nullopt;
}

}  // namespace pos::programme
