#include <algorithm>
#include <charconv>

#include "pos/app/step_stage.hpp"
#include "pos/domain/clean_text.hpp"
#include "pos/domain/rounding.hpp"

// What is being bought: lines, quantities, coupons, and the answers of cashier and member.

namespace pos::app {

namespace {

using programme::BasketLine;
using programme::kLinesMax;
using programme::kQuantityMax;

constexpr std::size_t kCouponsMax = 20;  // one slip's worth; each costs bytes of the sealed record

/// What the cashier mentioned is in the basket now: that is the answer.
void note_suggestion(Stage& stage, const std::string& code) {
  const programme::Programme* programme = stage.directory.programme();
  if (programme == nullptr || !stage.state.quote) return;
  for (const programme::BenefitOutcome& outcome : stage.state.quote->outcomes) {
    const bool suggested = outcome.soft == programme::Soft::suggest &&
                           outcome.state == programme::BenefitState::offered;
    if (!suggested || !programme->suggests(outcome.benefit, code)) continue;
    const programme::Answer taken{outcome.benefit, programme::Answer::Kind::accepted, code};
    // Taken, put back and taken again: the answer is there still.
    if (std::ranges::count(stage.basket().answers, taken) != 0) return;
    return answer_benefit(stage, {taken.benefit, taken.kind, taken.choice});
  }
}

void add_line(Stage& stage, domain::Article article, std::int64_t quantity) {
  Basket& basket = stage.basket();
  if (stage.directory.programme() == nullptr) return stage.refuse(Text::no_programme);
  const auto same = std::find_if(basket.lines.begin(), basket.lines.end(),
                                 [&](const BasketLine& line) { return line.article == article; });
  const bool joins = same != basket.lines.end();
  const std::string code = article.code;
  if (quantity > kQuantityMax || (joins && same->quantity + quantity > kQuantityMax)) {
    return stage.refuse(Text::quantity_limit, {kQuantityMax});
  }
  if (joins) {
    same->quantity += quantity;
    stage.state.selected = static_cast<std::size_t>(same - basket.lines.begin());
  } else {
    if (basket.lines.size() >= kLinesMax) return stage.refuse(Text::line_limit);
    basket.lines.push_back({std::move(article), quantity});
    stage.state.selected = basket.lines.size() - 1;
  }
  note_suggestion(stage, code);
  stage.say(Mood::plain, Text::nothing);
  stage.tone(PlayTone::Kind::tick);
}

/// "12" of "12*"; nothing when the text does not begin with a quantity.
struct Multiplied {
  std::int64_t quantity = 0;
  std::string rest;
};
std::optional<Multiplied> multiplied(const std::string& typed) {
  const auto clean = domain::clean_input(typed);
  if (!clean) return std::nullopt;
  const std::size_t star = clean->find('*');
  if (star == std::string::npos || star == 0) return std::nullopt;
  Multiplied found;
  const char* end = clean->data() + star;
  const auto [stop, fault] = std::from_chars(clean->data(), end, found.quantity);
  if (fault != std::errc{} || stop != end || found.quantity < 1) return std::nullopt;
  found.rest = clean->substr(star + 1);
  return found;
}

void on_typed(Stage& stage, const std::string& text, std::int64_t quantity) {
  const TillProfile& profile = stage.directory.profile();
  const domain::TypedEntry entry = domain::classify_typed(text, profile.phone_plan, profile.ranges);
  if (const auto* article = std::get_if<domain::ArticleCode>(&entry)) {
    on_article(stage, *article, quantity);
  } else if (const auto* phone = std::get_if<domain::PhoneNumber>(&entry)) {
    on_phone(stage, *phone);
  } else if (const auto* card = std::get_if<domain::CardNumber>(&entry)) {
    on_card(stage, *card, programme::IdentifiedBy::card_typed);
  } else if (const auto* label = std::get_if<domain::LabelCode>(&entry)) {
    on_label(stage, *label);
  } else if (const auto* coupon = std::get_if<domain::CouponCode>(&entry)) {
    on_coupon(stage, *coupon);
  } else if (const auto* receipt = std::get_if<domain::ReceiptCode>(&entry)) {
    on_receipt(stage, *receipt);
  } else if (const auto* unknown = std::get_if<domain::UnknownCode>(&entry)) {
    on_unknown(stage, unknown->reason);
  } else {
    stage.refuse(Text::payment_card);
  }
}

bool knows_coupon(const Stage& stage, const domain::CouponCode& code) {
  const programme::Programme* programme = stage.directory.programme();
  if (programme != nullptr && programme->is_coupon_code(code.text())) return true;
  const auto& attached = stage.basket().attached;
  if (!attached || !attached->facts) return false;
  const auto& own = attached->facts->coupons;
  return std::any_of(own.begin(), own.end(),
                     [&](const domain::PersonalCoupon& coupon) { return coupon.code == code; });
}

}  // namespace

void on_article(Stage& stage, const domain::ArticleCode& code, std::int64_t quantity) {
  auto article = stage.directory.article(code);
  if (!article) return stage.refuse(Text::article_unknown, {code.text()});
  add_line(stage, std::move(*article), quantity);
}

void on_label(Stage& stage, const domain::LabelCode& label) {
  auto article = stage.directory.article(label.item);
  if (!article) return stage.refuse(Text::article_unknown, {label.item.text()});
  if (label.price_minor) {
    article->price = domain::Money::of(*label.price_minor);
  } else if (label.grams) {
    // The shelf price of weighed goods is for a kilogram.
    article->price = domain::scale(article->price, {*label.grams, 1000}, domain::Rounding::half_up);
  }
  add_line(stage, std::move(*article), 1);
}

void on_coupon(Stage& stage, const domain::CouponCode& code) {
  auto& coupons = stage.basket().coupons;
  if (std::find(coupons.begin(), coupons.end(), code) != coupons.end()) {
    return stage.say(Mood::plain, Text::coupon_kept, {code.text()});
  }
  if (!knows_coupon(stage, code)) return stage.refuse(Text::coupon_unknown, {code.text()});
  if (coupons.size() >= kCouponsMax) return stage.refuse(Text::coupon_limit);
  stage.offer_undo();
  coupons.push_back(code);
  requote(stage);
  if (stage.state.quote) {
    for (const auto& outcome : stage.state.quote->outcomes) {
      if (outcome.state != programme::BenefitState::applied || outcome.coupon != code) continue;
      stage.say(Mood::good, Text::coupon_applied, {code.text()});
      return stage.tone(PlayTone::Kind::accepted);
    }
  }
  stage.say(Mood::attention, Text::coupon_kept, {code.text()});
  stage.tone(PlayTone::Kind::decision);
}

void on_unknown(Stage& stage, domain::UnknownCode::Reason reason) {
  using Reason = domain::UnknownCode::Reason;
  switch (reason) {
    case Reason::bad_check_digit:
    case Reason::bad_label:
      return stage.refuse(Text::code_check_digit);
    case Reason::manufacturer_coupon:
      return stage.refuse(Text::code_foreign_coupon);
    case Reason::bad_receipt:
      return stage.refuse(Text::receipt_damaged);
    case Reason::empty:
    case Reason::too_long:
    case Reason::unreadable:
    case Reason::not_for_members:
    case Reason::foreign:
      return stage.refuse(Text::code_unknown);
  }
}

void set_quantity(Stage& stage, std::size_t line, std::int64_t quantity) {
  auto& lines = stage.basket().lines;
  if (line >= lines.size() || quantity < 0) return;
  if (quantity > kQuantityMax) return stage.refuse(Text::quantity_limit, {kQuantityMax});
  if (quantity > 0) {
    lines[line].quantity = quantity;
    stage.state.selected = line;
    return;
  }
  stage.offer_undo();
  stage.say(Mood::plain, Text::line_removed, {lines[line].article.name});
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(line));
  if (lines.empty()) {
    stage.state.selected.reset();
  } else {
    stage.state.selected = std::min(line, lines.size() - 1);
  }
}

std::int64_t take_quantity(Stage& stage) {
  const auto waiting = multiplied(stage.state.entry);
  if (!waiting || !waiting->rest.empty()) return 1;
  stage.state.entry.clear();
  return waiting->quantity;
}

void on_entry(Stage& stage) {
  State& state = stage.state;
  std::string text;
  text.swap(state.entry);
  if (text.empty()) return;
  if (const auto many = multiplied(text)) {
    if (!many->rest.empty()) return on_typed(stage, many->rest, many->quantity);
    if (state.selected) set_quantity(stage, *state.selected, many->quantity);
    return;
  }
  on_typed(stage, text, 1);
}

void answer_benefit(Stage& stage, const BenefitAnswered& answered) {
  auto& answers = stage.basket().answers;
  const programme::Answer answer{answered.benefit, answered.kind, answered.choice};
  const auto same = std::find_if(answers.begin(), answers.end(), [&](const auto& other) {
    return other.benefit == answer.benefit;
  });
  if (same == answers.end()) {
    const auto& quote = stage.state.quote;
    const bool asked = quote && std::any_of(quote->outcomes.begin(), quote->outcomes.end(),
                                            [&](const auto& outcome) {
                                              return outcome.benefit == answer.benefit;
                                            });
    if (asked) answers.push_back(answer);
  } else if (*same == answer) {
    answers.erase(same);  // the same tick again takes it back
  } else {
    *same = answer;
  }
}

void undo(Stage& stage) {
  State& state = stage.state;
  if (!state.removed) return;
  state.basket = std::move(*state.removed);
  state.removed.reset();
  state.question.reset();
  if (state.selected && *state.selected >= state.basket.lines.size()) state.selected.reset();
  stage.say(Mood::plain, Text::undone);
}

}  // namespace pos::app
