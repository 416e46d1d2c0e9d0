#include "pos/programme/outcome_text.hpp"

#include <algorithm>
#include <array>

#include "pos/domain/format.hpp"
#include "pos/programme/benefit.hpp"
#include "pos/programme/quote_words.hpp"

namespace pos::programme {
namespace {

using domain::Language;
using domain::Money;

/// A sentence in each language. {money}, {goal}, {percent}, {count}, {article}, {day}, {code} and
/// {benefit} are filled in.
using Sentence = std::array<std::string_view, 3>;

constexpr std::array<Sentence, kReasonWords.size()> kReasonSentences = {{
    {"", "", ""},
    {"for members of the club", "לחברי המועדון", "برای اعضای باشگاه"},
    {"for another kind of membership", "לסוג חברות אחר", "برای نوع عضویت دیگر"},
    {"for another tier", "לדרגה אחרת", "برای سطح دیگر"},
    {"for invited members", "לחברים מוזמנים", "برای اعضای دعوت‌شده"},
    {"from {day} on", "החל מ־{day}", "از {day} به بعد"},
    {"ended on {day}", "הסתיים ב־{day}", "در {day} پایان یافت"},
    {"not at this day or hour", "לא ביום או בשעה האלה", "نه در این روز یا ساعت"},
    {"not in this store", "לא בחנות הזאת", "نه در این فروشگاه"},
    {"{money} more", "עוד {money}", "{money} بیشتر"},
    {"{count} more: {article}", "עוד {count}: {article}", "{count} عدد دیگر: {article}"},
    {"no such article in the basket", "אין בסל מוצר מתאים", "کالای آن در سبد نیست"},
    {"not in the days of the occasion", "לא בימי האירוע", "بیرون از روزهای مناسبت"},
    {"needs its coupon", "נדרש קופון", "کوپن آن لازم است"},
    {"the coupon was used before", "הקופון כבר נוצל",
     "کوپن پیش‌تر استفاده شده است"},
    {"needs the hub's confirmation", "נדרש אישור מהמטה", "نیاز به تأیید مرکز دارد"},
    {"the limit of this till is used up", "המכסה של הקופה נוצלה", "سهم این صندوق تمام شده است"},
    {"chosen instead: {benefit}", "נבחר במקומו: {benefit}", "به جای آن: {benefit}"},
    {"declined", "בוויתור", "نخواسته‌اند"},
    {"to be asked", "לשאול", "باید پرسید"},
    {"nothing left to take off", "לא נותר ממה להפחית", "چیزی برای کم کردن نمانده است"},
    {"not enough points", "אין מספיק נקודות", "امتیاز کافی نیست"},
    {"not for this basket", "לא לסל הזה", "نه برای این سبد"},
    {"the limit of one sale is reached", "המגבלה למכירה אחת הושגה", "سقف یک فروش پر شده است"},
    {"had as often as allowed", "נוצל כבר כמספר הפעמים המותר", "به دفعات مجاز استفاده شده است"},
    {"not with the purchases so far", "לא לפי הקניות עד כה", "نه با خریدهای تاکنون"},
    {"only with a running subscription", "רק במינוי בתוקף", "تنها با اشتراک جاری"},
    {"for households of another size", "למשקי בית בגודל אחר", "برای خانوارهایی با اندازهٔ دیگر"},
    {"the offer's budget is used up", "תקציב המבצע נוצל", "بودجهٔ این پیشنهاد تمام شده است"},
}};

constexpr Sentence kAgainFrom = {"again from {day} on", "שוב החל מ־{day}", "دوباره از {day}"};
constexpr Sentence kPercentOf = {"{percent} of {money}", "{percent} מתוך {money}",
                                 "{percent} از {money}"};
constexpr Sentence kInsteadOf = {"{money} instead of {goal}", "{money} במקום {goal}",
                                 "{money} به جای {goal}"};
constexpr Sentence kEachOf = {"of {count} pieces one is {percent} cheaper",
                              "מכל {count} יחידות אחת זולה ב־{percent}",
                              "از هر {count} عدد یکی {percent} ارزان‌تر"};
constexpr Sentence kOffBasket = {"on {money}", "על {money}", "بر {money}"};
constexpr Sentence kExtraPoints = {"{count} extra points", "{count} נקודות נוספות",
                                   "{count} امتیاز بیشتر"};
constexpr Sentence kFree = {"{money} free", "{money} חינם", "{money} رایگان"};
constexpr Sentence kValueKept = {"{money} for the next purchases", "{money} לקניות הבאות",
                                 "{money} برای خریدهای بعدی"};
constexpr Sentence kCouponIssued = {"coupon {code} until {day}", "קופון {code} עד {day}",
                                    "کوپن {code} تا {day}"};
constexpr Sentence kForPoints = {"for {count} points", "תמורת {count} נקודות",
                                 "در برابر {count} امتیاز"};
constexpr Sentence kOnSale = {"on sale for all from {day} on", "במכירה לכול החל מ־{day}",
                              "فروش برای همه از {day}"};
constexpr Sentence kTaskDone = {"done", "בוצע", "انجام شد"};
constexpr Sentence kTaskOpen = {"to do", "לביצוע", "برای انجام"};
constexpr Sentence kMention = {"worth a word", "כדאי להזכיר", "گفتنش می‌ارزد"};
constexpr Sentence kTaken = {"taken", "נלקח", "برداشته شد"};
constexpr Sentence kAnswered = {"answer: {answer}", "תשובה: {answer}", "پاسخ: {answer}"};
constexpr Sentence kLikes = {"likes {liking}", "העדפה: {liking}", "علاقه: {liking}"};
constexpr Sentence kMoreOf = {"{money} more, as {count} more: {article}",
                              "עוד {money}, למשל עוד {count}: {article}",
                              "{money} بیشتر، مانند {count} عدد دیگر: {article}"};

struct Fill {
  std::string_view place;
  std::string text;
};

std::string fill(std::string_view sentence, const std::vector<Fill>& fills) {
  std::string out(sentence);
  for (const Fill& one : fills) {
    for (auto at = out.find(one.place); at != std::string::npos;
         at = out.find(one.place, at + one.text.size())) {
      out.replace(at, one.place.size(), one.text);
    }
  }
  return out;
}

std::string comma(Language language) { return language == Language::fa ? "، " : ", "; }

const Benefit* find_benefit(const Programme& programme, const domain::BenefitId& id) {
  const CompiledBenefits& compiled = programme.benefits();
  const auto found = compiled.by_id.find(id.text());
  return found != compiled.by_id.end() ? &compiled.benefits[found->second] : nullptr;
}

std::string article_name(const QuoteInput& input, const std::string& code, Language language) {
  const auto found =
      std::find_if(input.lines.begin(), input.lines.end(),
                   [&](const BasketLine& line) { return line.article.code == code; });
  const std::string& name = found != input.lines.end() ? found->article.name.in(language) : code;
  return domain::isolated_name(name.empty() ? code : name);
}

domain::ClassCode class_of(const QuoteInput& input) {
  return input.member ? input.member->member_class : domain::ClassCode{};
}

std::int64_t per_mille_of(const Benefit& benefit, const QuoteInput& input) {
  if (!input.member) return benefit.give.per_mille;
  const bool by_tier = benefit.give.kind == Give::Kind::tier_percent;
  const std::string word = by_tier ? input.member->tier.value_or(domain::TierCode{}).text()
                                   : input.member->member_class.text();
  for (const auto& [name, per_mille] : benefit.give.per_mille_by_word) {
    if (name == word) return per_mille;
  }
  return benefit.give.reduction.per_mille != 0 ? benefit.give.reduction.per_mille
                                               : benefit.give.per_mille;
}

const Sentence& reduced_sentence(const Reduction& reduction) {
  switch (reduction.kind) {
    case Reduction::Kind::per_mille:
      return reduction.per_mille == 1000 ? kFree : kPercentOf;
    case Reduction::Kind::amount:
      return kOffBasket;
    case Reduction::Kind::price:
      return kInsteadOf;
  }
  return kOffBasket;
}

const Sentence& given_sentence(const Give& give) {
  switch (give.kind) {
    case Give::Kind::percent:
    case Give::Kind::class_percent:
    case Give::Kind::tier_percent:
      return kPercentOf;
    case Give::Kind::fixed_price:
      return kInsteadOf;
    case Give::Kind::nth_percent:
      return kEachOf;
    case Give::Kind::pick:
    case Give::Kind::get:
    case Give::Kind::set:
      return reduced_sentence(give.reduction);
    case Give::Kind::points:
    case Give::Kind::points_each:
    case Give::Kind::points_per:
    case Give::Kind::earn_percent:
      return kExtraPoints;
    case Give::Kind::cash_back:
      return kValueKept;
    case Give::Kind::coupon:
      return kCouponIssued;
    case Give::Kind::early_access:
      return kOnSale;
    default:
      return kOffBasket;
  }
}

std::string answer_given(const Benefit& benefit, const QuoteInput& input, Language language) {
  const auto given = std::ranges::find(input.answers, benefit.id, &Answer::benefit);
  if (given == input.answers.end()) return {};
  for (const ShortAnswer& one : benefit.give.answers) {
    if (one.code.text() != given->choice) continue;
    return fill(kAnswered[static_cast<std::size_t>(language)],
                {{"{answer}", domain::isolated_name(one.text.in(language))}});
  }
  return {};
}

std::string why_applied(const Programme& programme, const QuoteInput& input,
                        const BenefitOutcome& outcome, Language language) {
  const auto index = static_cast<std::size_t>(language);
  const Benefit* benefit = find_benefit(programme, outcome.benefit);
  if (benefit == nullptr) return {};
  if (outcome.soft == Soft::suggest) return std::string(kTaken[index]);
  if (outcome.soft == Soft::question) return answer_given(*benefit, input, language);
  if (outcome.soft != Soft::none) return std::string(outcome.done ? kTaskDone[index] : "");
  const domain::MoneyForm form = programme.rules().money_form();
  const auto money = [&](Money amount) {
    return domain::isolated(domain::format_money(amount, form, language));
  };
  const Sentence& sentence = given_sentence(benefit->give);
  const Money basis = outcome.data.basis;
  Money shown = basis;
  if (&sentence == &kInsteadOf) shown = basis - outcome.amount;
  if (&sentence == &kValueKept) shown = outcome.value;
  const std::int64_t count =
      benefit->give.every != 0 ? benefit->give.every : outcome.points.units();
  std::vector<Fill> fills = {{"{money}", money(shown)},
                             {"{goal}", money(basis)},
                             {"{percent}", domain::isolated(domain::format_per_mille(
                                               per_mille_of(*benefit, input), language))},
                             {"{count}", domain::isolated(domain::format_number(count, language))}};
  if (benefit->give.on_sale) {
    fills.push_back(
        {"{day}", domain::isolated(domain::format_date(*benefit->give.on_sale, language))});
  }
  if (outcome.issued) {
    fills.push_back({"{code}", domain::isolated(outcome.issued->code.text())});
    fills.push_back(
        {"{day}", domain::isolated(domain::format_date(outcome.issued->last, language))});
  }
  return fill(sentence[index], fills);
}

std::string why_not(const Programme& programme, const QuoteInput& input,
                    const BenefitOutcome& outcome, Language language) {
  const auto index = static_cast<std::size_t>(language);
  const OutcomeData& data = outcome.data;
  if (outcome.soft == Soft::suggest && outcome.reason == Reason::waits_for_answer) {
    return std::string(kMention[index]);
  }
  if (outcome.soft == Soft::task && outcome.reason == Reason::waits_for_answer) {
    return std::string(kTaskOpen[index]);
  }
  const bool by_article = outcome.reason == Reason::below_amount && !data.article.empty();
  std::string_view sentence = kReasonSentences[static_cast<std::size_t>(outcome.reason)][index];
  if (by_article) sentence = kMoreOf[index];
  if (outcome.reason == Reason::used_up && data.day) sentence = kAgainFrom[index];
  std::vector<Fill> fills;
  const domain::MoneyForm form = programme.rules().money_form();
  fills.push_back(
      {"{money}", domain::isolated(domain::format_money(data.missing, form, language))});
  fills.push_back(
      {"{count}", domain::isolated(domain::format_number(data.missing_quantity, language))});
  if (data.day) {
    fills.push_back({"{day}", domain::isolated(domain::format_date(*data.day, language))});
  }
  // Texts of the club come last: what stands in braces in them is theirs.
  if (!data.winner.empty()) {
    fills.push_back(
        {"{benefit}", programme.benefit_name(data.winner, class_of(input)).in(language)});
  }
  if (!data.article.empty()) {
    fills.push_back({"{article}", article_name(input, data.article, language)});
  }
  return fill(sentence, fills);
}

bool names_window(const Condition& condition, domain::EffectiveWindow::Kind kind) {
  if (condition.kind == Condition::Kind::none_of) return false;
  if (condition.kind == Condition::Kind::window) return condition.window == kind;
  return std::any_of(condition.children.begin(), condition.children.end(),
                     [&](const Condition& child) { return names_window(child, kind); });
}

void add_part(std::string& text, const std::string& part, Language language) {
  if (part.empty()) return;
  if (!text.empty()) text += comma(language);
  text += part;
}

}  // namespace

std::string occasion_text(const Programme& programme, const QuoteInput& input,
                          const domain::BenefitId& id, Language language) {
  const Benefit* benefit = find_benefit(programme, id);
  std::string text;
  if (benefit == nullptr || !input.member) return text;
  const domain::Day today = core::local_day(input.moment);
  for (const domain::EffectiveWindow& window : input.member->windows) {
    const bool runs = window.first <= today && today <= window.last;
    if (!runs || !names_window(benefit->when, window.kind)) continue;
    if (!window.relation.empty()) {
      add_part(text, domain::isolated_name(window.relation), language);
    }
    if (window.liking.empty()) continue;
    add_part(text,
             fill(kLikes[static_cast<std::size_t>(language)],
                  {{"{liking}", domain::isolated_name(window.liking)}}),
             language);
  }
  return text;
}

OutcomeText outcome_text(const Programme& programme, const QuoteInput& input,
                         const BenefitOutcome& outcome, Language language) {
  OutcomeText text;
  text.what = programme.benefit_name(outcome.benefit, class_of(input)).in(language);
  if (outcome.state == BenefitState::applied) {
    text.why = why_applied(programme, input, outcome, language);
    if (!outcome.amount.is_zero()) {
      text.amount = domain::format_money(-outcome.amount, programme.rules().money_form(), language);
    }
  } else {
    text.why = why_not(programme, input, outcome, language);
  }
  if (outcome.soft != Soft::none && outcome.state != BenefitState::not_now) {
    add_part(text.why, occasion_text(programme, input, outcome.benefit, language), language);
  }
  if (!outcome.cost.is_zero()) {
    if (!text.why.empty()) text.why += comma(language);
    text.why += fill(
        kForPoints[static_cast<std::size_t>(language)],
        {{"{count}", domain::isolated(domain::format_number(outcome.cost.units(), language))}});
  }
  return text;
}

std::string outcome_sentence(const Programme& programme, const QuoteInput& input,
                             const BenefitOutcome& outcome, Language language) {
  const OutcomeText text = outcome_text(programme, input, outcome, language);
  std::string sentence = text.what;
  if (!text.why.empty()) sentence += ": " + text.why;
  if (!text.amount.empty()) {
    sentence += comma(language) + domain::isolated(text.amount);
  }
  return sentence;
}

}  // namespace pos::programme
