#include "pos/app/views/build_view.hpp"
#include "pos/domain/format.hpp"

// The words for why a benefit applied or not, made from the outcome's data alone.

namespace pos::app {

namespace {

using programme::BenefitOutcome;
using programme::BenefitState;
using programme::Reason;

std::string day_of(const ViewSource& source, const BenefitOutcome& outcome) {
  if (!outcome.data.day) return {};
  return domain::isolated(domain::format_date(*outcome.data.day, source.words.language()));
}

/// The smallest change that grants it; an article is named where the hint names one.
std::string missing_of(const ViewSource& source, const BenefitOutcome& outcome, Text otherwise) {
  const Wording& words = source.words;
  std::string text;
  if (outcome.data.missing_quantity > 0) {
    text = words.count(Text::why_missing_pieces, outcome.data.missing_quantity);
  } else if (!outcome.data.missing.is_zero()) {
    text = words.say(Text::why_missing_amount, {words.money(outcome.data.missing)});
  } else {
    return words.say(otherwise);
  }
  const auto code = domain::ArticleCode::parse(outcome.data.article);
  const auto article = code ? source.directory.article(*code) : std::nullopt;
  return article ? text + ": " + domain::isolated_name(words.of(article->name)) : text;
}

std::string applied_words(const ViewSource& source, const BenefitOutcome& outcome) {
  const Wording& words = source.words;
  if (outcome.task) {
    return words.say(outcome.task_done ? Text::why_done : Text::why_task_open);
  }
  if (!outcome.points.is_zero()) return words.count(Text::why_points, outcome.points.units());
  if (outcome.data.basis.is_zero()) return words.say(Text::why_applied);
  return words.say(Text::why_on, {words.money(outcome.data.basis)});
}

/// Reasons that need no data.
Text plain_words(Reason reason) {
  switch (reason) {
    case Reason::no_member:
      return Text::why_no_member;
    case Reason::other_class:
      return Text::why_other_class;
    case Reason::other_tier:
      return Text::why_other_tier;
    case Reason::other_day:
      return Text::why_other_day;
    case Reason::other_store:
      return Text::why_other_store;
    case Reason::no_such_article:
      return Text::why_no_article;
    case Reason::outside_window:
      return Text::why_outside_window;
    case Reason::no_coupon:
      return Text::why_no_coupon;
    case Reason::coupon_used:
      return Text::why_coupon_used;
    case Reason::needs_connection:
      return Text::why_needs_connection;
    case Reason::no_right_left:
      return Text::why_no_right;
    case Reason::declined:
      return Text::why_declined;
    case Reason::waits_for_answer:
      return Text::why_waits;
    case Reason::already_cheaper:
      return Text::why_cheaper;
    case Reason::not_enough_points:
      return Text::why_points_short;
    default:
      return Text::nothing;
  }
}

}  // namespace

std::string sentence_of(const ViewSource& source, const BenefitOutcome& outcome) {
  const Wording& words = source.words;
  if (outcome.state == BenefitState::applied) return applied_words(source, outcome);
  if (outcome.state == BenefitState::offered) {
    return words.say(outcome.task ? Text::why_task_open : Text::why_waits);
  }
  switch (outcome.reason) {
    case Reason::not_yet_valid:
      return words.say(Text::why_not_yet, {day_of(source, outcome)});
    case Reason::expired:
      return words.say(Text::why_expired, {day_of(source, outcome)});
    case Reason::below_amount:
      return missing_of(source, outcome, Text::why_below_amount);
    case Reason::below_quantity:
      return missing_of(source, outcome, Text::why_below_quantity);
    case Reason::chosen_instead:
      return words.say(Text::why_chosen_instead, {benefit_name(source, outcome.data.winner)});
    default:
      return words.say(plain_words(outcome.reason));
  }
}

}  // namespace pos::app
