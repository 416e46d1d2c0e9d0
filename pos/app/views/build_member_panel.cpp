#include <algorithm>

#include "pos/app/join_check.hpp"
#include "pos/app/step_stage.hpp"
#include "pos/app/views/build_view.hpp"
#include "pos/app/views/lot_lines.hpp"
#include "pos/domain/article_code.hpp"
#include "pos/domain/format.hpp"
#include "pos/programme/class_joining.hpp"
#include "pos/programme/outcome_text.hpp"

namespace pos::app {

namespace {

using programme::BenefitOutcome;
using programme::BenefitState;
using programme::Reason;

constexpr core::Millis kFreshFor = std::chrono::minutes(15);  // older figures carry their time
constexpr std::size_t kNotNowMax = 2;
constexpr std::size_t kNearlyFromLine = 3;  // earlier every basket is "nearly" something

/// The same closed choice as on paper: tier first, then class.
std::vector<ChipView> chips_of(const domain::MemberFacts& facts,
                               const std::optional<programme::Quote>& quote,
                               const programme::Programme* programme, const Wording& words) {
  std::vector<ChipView> chips;
  if (programme == nullptr) return chips;
  if (facts.tier) {
    const std::string& name = words.of(programme->tier_name(*facts.tier));
    if (!name.empty()) chips.push_back({ChipView::Kind::tier, name});
  }
  const auto member_class = quote ? class_judged(facts, *quote) : facts.member_class;
  const std::string& name = words.of(programme->class_name(member_class));
  if (!name.empty()) chips.push_back({ChipView::Kind::member_class, name});
  return chips;
}

/// The nearest of the ways to a tier or a class.
std::string nearest_way(const std::vector<domain::MissingWay>& ways, const std::string& tier,
                        const Wording& words) {
  using domain::TierWay;
  if (ways.empty()) return {};
  const domain::MissingWay& way = ways.front();
  switch (way.by) {
    case TierWay::spend:
      return words.say(Text::short_of_tier, {words.money(domain::Money::of(way.missing)), tier});
    case TierWay::visits:
      return words.count(Text::visits_to_tier, way.missing, {tier});
    case TierWay::years:
      return words.count(Text::days_to_tier, way.missing, {tier});
    case TierWay::referrals:
      return words.count(Text::referrals_to_tier, way.missing, {tier});
    case TierWay::one_sale:
      return words.say(Text::one_sale_to_tier, {words.money(domain::Money::of(way.missing)), tier});
  }
  return {};
}

/// What the class above costs, and what else leads there.
std::string next_class_of(const ViewSource& source, const domain::MemberFacts& facts,
                          const programme::Programme& programme) {
  const auto next = next_class(programme, facts, core::local_day(source.now));
  if (!next) return {};
  const Wording& words = source.words;
  const std::string& name = words.of(next->named->name);
  std::string text;
  if (const auto fee = fee_of(*next->named, source.directory)) {
    text = words.say(Text::class_costs, {name, words.money(fee->price)});
  }
  return words.joined(text, nearest_way(next->ways, name, words));
}

void set_next_tier(const ViewSource& source, const domain::MemberFacts& facts,
                   MemberHeadView& head) {
  const programme::Programme* programme = source.directory.programme();
  if (programme == nullptr) return;
  const auto& quote = source.state.quote;
  if (quote && quote->joined) {
    head.reaches_tier = true;
    head.next_tier = source.words.say(Text::joins_class,
                                      {source.words.of(programme->class_name(quote->joined->to))});
  } else if (quote && quote->reached) {
    head.reaches_tier = true;
    head.next_tier = source.words.say(Text::reaches_tier,
                                      {source.words.of(programme->tier_name(*quote->reached))});
  } else if (facts.next_tier && !waits(programme->classes(), facts)) {
    head.next_tier =
        nearest_way(facts.next_tier->ways,
                    source.words.of(programme->tier_name(facts.next_tier->tier)), source.words);
  } else {
    head.next_tier = next_class_of(source, facts, *programme);
  }
}

/// Until when the paid subscription lasts, with what lies in the basket; empty where a club has
/// none, or this member.
std::string subscription_words(const ViewSource& source, const domain::MemberFacts& facts) {
  const programme::Programme* programme = source.directory.programme();
  if (programme == nullptr || programme->subscriptions().empty()) return {};
  const auto& quote = source.state.quote;
  const auto last = quote && quote->subscribed ? quote->subscribed->last : facts.subscription_last;
  if (!last || *last < core::local_day(source.now)) return {};
  return source.words.say(Text::subscription_until, {source.words.date(*last)});
}

MemberHeadView build_head(const ViewSource& source, const domain::MemberFacts& facts) {
  const Wording& words = source.words;
  MemberHeadView head;
  head.name = facts.form_of_address;
  head.chips = chips_of(facts, source.state.quote, source.directory.programme(), words);
  head.digits = masked_digits(facts, words.language());
  const domain::Day today = core::local_day(source.now);
  head.balance = words.points(facts.balance_on(today));
  if (source.state.quote && !source.state.quote->points_offer.balance_worth.is_zero()) {
    head.worth =
        words.say(Text::worth, {words.money(source.state.quote->points_offer.balance_worth)});
  }
  if (facts.value_on(today) > domain::Money()) {
    if (!head.worth.empty()) head.worth += "  |  ";
    head.worth += words.say(Text::stored_value, {words.money(facts.value_on(today))});
  }
  if (source.now.at - facts.balance_as_of > kFreshFor) {
    const core::Moment as_of{facts.balance_as_of, source.now.utc_offset};
    head.as_of = words.say(Text::as_of, {words.when(as_of, source.now)});
  }
  set_next_tier(source, facts, head);
  head.days = lot_lines(words, facts, today, kExpiryNotice);
  if (std::string until = subscription_words(source, facts); !until.empty()) {
    head.days.insert(head.days.begin(), std::move(until));
  }
  head.remove = words.button(Action::remove_member, "member.remove", Text::remove, "Shift+F2");
  return head;
}

BenefitLineView benefit_line(const ViewSource& source, const programme::QuoteInput& input,
                             const BenefitOutcome& outcome) {
  programme::OutcomeText said = programme::outcome_text(*source.directory.programme(), input,
                                                        outcome, source.words.language());
  BenefitLineView line;
  line.id = "benefit." + outcome.benefit.text();
  line.benefit = outcome.benefit;
  line.text = std::move(said.what);
  line.amount = std::move(said.amount);
  // Without money the amount column is empty: what is given has to be said.
  const bool gives = !outcome.points.is_zero() || !outcome.value.is_zero() || outcome.issued;
  if (outcome.state == BenefitState::applied && (!line.amount.empty() || !gives)) return line;
  const bool has_colon = line.text.find(':') != std::string::npos;
  if (!said.why.empty()) line.text += (has_colon ? " – " : ": ") + said.why;
  if (outcome.state == BenefitState::nearly && outcome.data.goal > domain::Money()) {
    const std::int64_t goal = outcome.data.goal.units();
    const std::int64_t reached =
        std::clamp<std::int64_t>(goal - outcome.data.missing.units(), 0, goal);
    line.progress_percent = static_cast<int>(reached * 100 / goal);
  }
  return line;
}

/// ": Yellow bulldozer, 59.90"; nothing when the till has no such article.
std::string suggested_article(const ViewSource& source, const std::string& code) {
  const auto known = domain::ArticleCode::parse(code);
  const auto article = known ? source.directory.article(*known) : std::nullopt;
  if (!article) return {};
  return ": " + source.words.joined(domain::isolated_name(source.words.of(article->name)),
                                    source.words.money(article->price));
}

TaskView task_of(const ViewSource& source, const programme::QuoteInput& input,
                 const BenefitOutcome& outcome) {
  TaskView task;
  task.id = "task." + outcome.benefit.text();
  task.benefit = outcome.benefit;
  task.text = benefit_name(source, outcome.benefit);
  task.done = outcome.done;
  task.declined = outcome.reason == Reason::declined;
  task.suggestion = outcome.soft == programme::Soft::suggest;
  task.prompt = outcome.soft == programme::Soft::prompt || task.suggestion;
  if (task.suggestion) task.text += suggested_article(source, outcome.data.article);
  if (outcome.soft != programme::Soft::none) {
    const std::string occasion = programme::occasion_text(*source.directory.programme(), input,
                                                          outcome.benefit, source.words.language());
    if (!occasion.empty()) task.text += " – " + occasion;
    return task;
  }
  task.offer = true;
  task.choices.push_back(
      {task.id + ".accept", outcome.data.article, source.words.say(Text::accept)});
  task.decline_label = source.words.say(Text::decline);
  return task;
}

/// Shown only when it is near: the gap is at most two fifths of the basket.
bool is_near_enough(const ViewSource& source, const BenefitOutcome& outcome) {
  if (source.state.sheet == Sheet::pay || source.state.pending) return false;
  if (source.state.basket.lines.size() < kNearlyFromLine) return false;
  return outcome.data.missing * 5 <= source.state.quote->shelf * 2;
}

/// Reasons that a cashier can tell the member; the others ("another class") help nobody.
bool is_worth_saying(Reason reason) {
  switch (reason) {
    case Reason::expired:
    case Reason::coupon_used:
    case Reason::needs_connection:
    case Reason::no_right_left:
    case Reason::chosen_instead:
    case Reason::not_enough_points:
    case Reason::used_up:
      return true;
    default:
      return false;
  }
}

/// A task that was declined stays where it can be taken back; words that were said go.
void add_soft(const ViewSource& source, const programme::QuoteInput& input,
              const BenefitOutcome& outcome, MemberPanelView& panel) {
  const bool open =
      outcome.state == BenefitState::applied || outcome.state == BenefitState::offered;
  // A question has its moment, before paying.
  if (outcome.soft == programme::Soft::question) return;
  // The article lies in the basket: enough is said.
  if (outcome.soft == programme::Soft::suggest && outcome.done) return;
  const bool settled = outcome.soft == programme::Soft::task && outcome.reason == Reason::declined;
  if (open) panel.tasks.push_back(task_of(source, input, outcome));
  // In front: where the room is short, what is settled goes first.
  if (settled) panel.tasks.insert(panel.tasks.begin(), task_of(source, input, outcome));
}

void add_outcomes(const ViewSource& source, const programme::QuoteInput& input,
                  MemberPanelView& panel) {
  domain::Money sum;
  for (const BenefitOutcome& outcome : source.state.quote->outcomes) {
    if (outcome.soft != programme::Soft::none) {
      add_soft(source, input, outcome, panel);
    } else if (outcome.state == BenefitState::applied) {
      sum += outcome.amount;
      panel.applied.push_back(benefit_line(source, input, outcome));
    } else if (outcome.state == BenefitState::offered) {
      panel.tasks.push_back(task_of(source, input, outcome));
    } else if (outcome.state == BenefitState::nearly && panel.nearly.empty() &&
               is_near_enough(source, outcome)) {
      panel.nearly.push_back(benefit_line(source, input, outcome));
    }
  }
  if (!sum.is_zero()) panel.applied_sum = source.words.minus_cell(sum);
}

void add_not_now(const ViewSource& source, const programme::QuoteInput& input,
                 MemberPanelView& panel) {
  const auto& told = source.state.quote->outcomes;
  for (const auto& outcome : programme::explain_all(*source.directory.programme(), input)) {
    if (outcome.state != BenefitState::not_now || !is_worth_saying(outcome.reason)) continue;
    // That something is over matters to whoever came for it: the coupon was shown, or is held.
    if (outcome.reason == Reason::expired &&
        std::ranges::find(told, outcome.benefit, &BenefitOutcome::benefit) == told.end()) {
      continue;
    }
    if (outcome.soft != programme::Soft::none) continue;
    panel.not_now.push_back(benefit_line(source, input, outcome));
    if (panel.not_now.size() == kNotNowMax) return;
  }
}

/// What is stored on a card that nobody here has, where there is something.
std::string card_words(const ViewSource& source) {
  const Wording& words = source.words;
  const auto& card = source.state.basket.attached->card_value;
  const domain::Day today = core::local_day(source.now);
  if (!card || card->value_on(today) <= domain::Money()) {
    return words.say(Text::unknown_card_panel);
  }
  std::string text = words.say(Text::gift_card_panel, {words.money(card->value_on(today))});
  if (source.now.at - card->as_of > kFreshFor) {
    const core::Moment as_of{card->as_of, source.now.utc_offset};
    text += " (" + words.say(Text::as_of, {words.when(as_of, source.now)}) + ")";
  }
  for (const std::string& line : value_lot_lines(words, card->lots, today, kExpiryNotice)) {
    text += " " + line + ".";
  }
  return text;
}

void invite(const ViewSource& source, MemberPanelView& panel) {
  const Wording& words = source.words;
  if (source.state.basket.attached) {
    panel.unknown_card = card_words(source);
    if (source.state.quote && !source.state.quote->earned.is_zero()) {
      panel.unknown_card +=
          " " + words.count(Text::earns_points, source.state.quote->earned.units());
    }
    panel.invitation_buttons = {
        words.button(Action::join, "member.join", Text::join, "F3"),
        words.button(Action::remove_member, "member.remove", Text::remove, "Shift+F2")};
    return;
  }
  panel.invitation = words.say(Text::no_member);
  panel.invitation_buttons = {words.button(Action::find, "member.find", Text::find_member, "F2")};
  if (!source.state.offered_phone.empty()) {
    panel.invitation_buttons.push_back(words.button(Action::join, "member.join", Text::join, "F3"));
  }
}

}  // namespace

const std::string& benefit_name(const ViewSource& source, const domain::BenefitId& benefit) {
  const auto& attached = source.state.basket.attached;
  domain::ClassCode member_class;
  if (attached && attached->facts) {
    const auto& quote = source.state.quote;
    member_class = quote ? class_judged(*attached->facts, *quote) : attached->facts->member_class;
  }
  return source.words.of(source.directory.programme()->benefit_name(benefit, member_class));
}

domain::MemberFacts with_name(const domain::MemberFacts& recorded, const Directory& directory) {
  domain::MemberFacts facts = recorded;
  if (!facts.form_of_address.empty()) return facts;
  const auto known = directory.member(recorded.id);
  if (!known) return facts;
  facts.form_of_address = known->form_of_address;
  facts.last_digits = known->last_digits;
  return facts;
}

std::string masked_digits(const domain::MemberFacts& facts, domain::Language language) {
  if (facts.last_digits.empty()) return {};
  return domain::isolated("···" + domain::localize_digits(facts.last_digits, language));
}

std::string standing_of(const domain::MemberFacts& facts, const programme::Programme* programme,
                        domain::Language language) {
  if (programme == nullptr) return {};
  const std::string& standing = programme->class_name(facts.member_class).in(language);
  return facts.tier ? joined(standing, programme->tier_name(*facts.tier).in(language), language)
                    : standing;
}

MemberPanelView build_member_panel(const ViewSource& source) {
  const Wording& words = source.words;
  MemberPanelView panel;
  const auto& attached = source.state.basket.attached;
  if (attached && attached->facts) {
    panel.head = build_head(source, *attached->facts);
  } else {
    invite(source, panel);
  }
  panel.applied_heading = words.say(Text::applied);
  panel.nearly_heading = words.say(Text::nearly);
  panel.not_now_heading = words.say(Text::not_now);
  if (!source.state.quote || source.directory.programme() == nullptr) return panel;
  const auto input =
      as_judged(quote_input(source.state, source.directory, source.now), *source.state.quote);
  add_outcomes(source, input, panel);
  if (attached || !source.state.basket.coupons.empty()) add_not_now(source, input, panel);
  return panel;
}

}  // namespace pos::app
