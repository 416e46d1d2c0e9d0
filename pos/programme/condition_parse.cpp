#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "pos/domain/clean_text.hpp"
#include "pos/domain/coupon_code.hpp"
#include "pos/programme/benefit_parse.hpp"

namespace pos::programme {
namespace {

using core::Json;
using Kind = Condition::Kind;

constexpr std::array<std::string_view, 27> kKinds = {
    "all",      "any",      "not",          "class",     "tier",   "segment", "store",
    "region",   "dates",    "weekdays",     "hours",     "coupon", "window",  "amount",
    "quantity", "distinct", "month_days",   "months",    "visits", "spend",   "balance",
    "absence",  "interval", "subscription", "household", "liking", "bought"};
constexpr std::array<std::string_view, 7> kWeekdayWords = {
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> kMonthWords = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::size_t kLikingsMax = 64;
constexpr std::size_t kLikingBytesMax = 60;
constexpr std::array<std::string_view, 3> kWindows = {"birthday", "child_birthday", "anniversary"};

std::vector<WordIndex> indices(const std::vector<std::string>& words, WordTable& table) {
  std::vector<WordIndex> result;
  for (const std::string& word : words) {
    const auto next = static_cast<WordIndex>(table.size());
    result.push_back(table.try_emplace(word, next).first->second);
  }
  std::sort(result.begin(), result.end());
  return result;
}

void read_children(ObjectReader& reader, std::string_view key, Condition& condition,
                   CompiledBenefits& programme, int depth) {
  if (depth + 1 >= kConditionDepthMax) {
    reader.complain(key, fmt::format("is nested deeper than {} levels", kConditionDepthMax),
                    "write the conditions with fewer levels");
    return;
  }
  if (condition.kind == Kind::none_of) {
    if (const Json* child = reader.member(key)) {
      condition.children.push_back(
          read_condition(*child, reader.place_of(key), programme, reader.findings(), depth + 1));
    }
    return;
  }
  std::size_t position = 0;
  for (const Json& child : reader.items(key, kConditionsMax, true)) {
    condition.children.push_back(
        read_condition(child, fmt::format("{}[{}]", reader.place_of(key), position++), programme,
                       reader.findings(), depth + 1));
  }
  if (condition.kind == Kind::any && condition.children.empty()) {
    reader.complain(key, "can never hold: nothing is in it", "name at least one condition");
  }
}

template <class Named>
void check_known(ObjectReader& reader, std::string_view key, const std::vector<std::string>& words,
                 const std::vector<Named>& known) {
  std::vector<std::string_view> names;
  for (const Named& one : known) names.push_back(one.code.text());
  for (const std::string& word : words) {
    if (std::find(names.begin(), names.end(), word) != names.end()) continue;
    reader.complain(key, fmt::format("\"{}\" is not in the programme", word),
                    mend_word(word, names));
  }
}

void read_dates(ObjectReader& outer, Condition& condition) {
  ObjectReader reader = outer.object("dates");
  condition.first = reader.day("first");
  condition.last = reader.day("last");
  if (condition.first && condition.last && *condition.last < *condition.first) {
    reader.complain("last", "lies before the first day", "swap the two days");
  }
  if (!condition.first && !condition.last) {
    reader.complain("first", "is missing", "give a first day, a last day, or both");
  }
  reader.finish();
}

/// Weekdays or months: a bit for each that is named.
void read_bits(ObjectReader& reader, std::string_view key, std::span<const std::string_view> known,
               Condition& condition) {
  for (const std::string& word : reader.codes(key, known.size())) {
    const auto found = std::find(known.begin(), known.end(), word);
    if (found == known.end()) {
      reader.complain(key, fmt::format("\"{}\" is not known here", word), mend_word(word, known));
    } else {
      condition.calendar_bits |= 1U << static_cast<unsigned>(found - known.begin());
    }
  }
}

std::optional<int> parse_clock(const std::string& text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hour * 60 + minute;
}

void read_hours(ObjectReader& outer, Condition& condition) {
  ObjectReader reader = outer.object("hours");
  const auto clock = [&](std::string_view key) {
    const std::string value = reader.text(key, 5);
    const auto parsed = parse_clock(value);
    if (!parsed && !value.empty()) {
      reader.complain(key, fmt::format("\"{}\" is no time of day", value),
                      "write hours and minutes, as in 08:30");
    }
    return parsed.value_or(0);
  };
  condition.from_minute = clock("from");
  condition.to_minute = clock("to");
  if (condition.from_minute == condition.to_minute) {
    reader.complain("to", "ends when it begins", "let it end later, or remove the condition");
  }
  reader.finish();
}

void read_coupon(ObjectReader& outer, Condition& condition) {
  ObjectReader reader = outer.object("coupon");
  condition.words.push_back(read_coupon_code(reader).text());
  condition.personal = reader.boolean_or("personal", false);
  static constexpr std::array<std::string_view, 2> kUses = {"many", "once"};
  condition.single_use = reader.word("uses", kUses, std::size_t{0}) == 1;
  reader.finish();
}

/// "from", "to", or both; both ends count.
void read_range(ObjectReader& reader, std::int64_t low, std::int64_t high, Condition& condition) {
  if (!reader.has("to")) {
    condition.threshold = reader.integer("from", low, high);
    return;
  }
  condition.threshold = reader.integer_or("from", low, high, 0);
  condition.limit = reader.integer("to", 0, high);
  if (*condition.limit < condition.threshold) {
    reader.complain("to", "lies below \"from\"", "swap the two");
  }
}

void read_counted(ObjectReader& outer, std::string_view key, std::int64_t high,
                  Condition& condition) {
  ObjectReader reader = outer.object(key);
  read_range(reader, key == "month_days" ? 1 : 0, high, condition);
  reader.finish();
}

/// What is counted in the basket: money, pieces, different articles.
void read_basket(ObjectReader& outer, std::string_view key, std::int64_t high, Condition& condition,
                 CompiledBenefits& programme) {
  ObjectReader reader = outer.object(key);
  read_range(reader, 1, high, condition);
  if (condition.limit) {
    reader.warn("to", "a basket that grows loses the benefit", "remove \"to\" if it need not");
  }
  if (condition.kind == Kind::amount) {
    condition.after_discounts = reader.boolean_or("after_discounts", false);
    if (condition.after_discounts) {
      reader.warn("after_discounts", "a benefit more can take this one away",
                  "count shelf prices: remove \"after_discounts\"");
    }
  }
  condition.selection = read_selection(reader, programme);
  reader.finish();
}

void read_interval(ObjectReader& outer, Condition& condition) {
  ObjectReader reader = outer.object("interval");
  condition.threshold = reader.integer("percent", 1, 10'000);
  reader.finish();
}

void read_subscription(ObjectReader& outer, Condition& condition) {
  ObjectReader reader = outer.object("subscription");
  condition.threshold = reader.integer_or("grace_days", 0, 366, 0);
  reader.finish();
}

void read_words(ObjectReader& reader, std::string_view key, Condition& condition,
                const CompiledBenefits& programme) {
  condition.words = reader.codes(key, kNamesMax);
  if (condition.kind == Kind::member_class) {
    check_known(reader, key, condition.words, programme.classes);
  }
  if (condition.kind == Kind::tier) check_known(reader, key, condition.words, programme.tiers);
}

/// Words of people, in any language and spelling: "yellow".
void read_likings(ObjectReader& reader, Condition& condition) {
  for (const Json& item : reader.items("liking", kLikingsMax, true)) {
    const std::string* text = item.text();
    const std::string word = text != nullptr ? domain::search_key(*text) : std::string();
    if (word.empty() || word.size() > kLikingBytesMax || word.find(' ') != std::string::npos) {
      reader.complain("liking", "holds something that is no word",
                      "write single words, such as [\"yellow\"]");
    }
    condition.words.push_back(word);
  }
  if (condition.words.empty()) {
    reader.complain("liking", "names no word", "write [\"yellow\"]");
  }
}

void read_bought(ObjectReader& outer, Condition& condition) {
  ObjectReader reader = outer.object("bought");
  condition.words = reader.codes("codes", kCodesMax);
  if (!reader.has("codes")) reader.complain("codes", "is missing", "name the articles");
  reader.finish();
}

void read_kind(ObjectReader& reader, std::string_view key, Condition& condition,
               CompiledBenefits& programme, int depth) {
  switch (condition.kind) {
    case Kind::all:
    case Kind::any:
    case Kind::none_of:
      return read_children(reader, key, condition, programme, depth);
    case Kind::member_class:
    case Kind::tier:
    case Kind::segment:
    case Kind::store:
    case Kind::region:
      return read_words(reader, key, condition, programme);
    case Kind::dates:
      return read_dates(reader, condition);
    case Kind::weekdays:
      return read_bits(reader, key, kWeekdayWords, condition);
    case Kind::months:
      return read_bits(reader, key, kMonthWords, condition);
    case Kind::hours:
      return read_hours(reader, condition);
    case Kind::coupon:
      return read_coupon(reader, condition);
    case Kind::window:
      condition.window =
          static_cast<domain::EffectiveWindow::Kind>(reader.word(key, kWindows, std::nullopt));
      return;
    case Kind::amount:
      return read_basket(reader, key, domain::kAmountMax, condition, programme);
    case Kind::quantity:
    case Kind::distinct:
      return read_basket(reader, key, 1'000'000, condition, programme);
    case Kind::month_days:
      return read_counted(reader, key, 31, condition);
    case Kind::visits:
    case Kind::absence:
      return read_counted(reader, key, 1'000'000, condition);
    case Kind::household:
      return read_counted(reader, key, domain::kHouseholdMax, condition);
    case Kind::spend:
    case Kind::balance:
      return read_counted(reader, key, domain::kAmountMax, condition);
    case Kind::interval:
      return read_interval(reader, condition);
    case Kind::subscription:
      return read_subscription(reader, condition);
    case Kind::liking:
      return read_likings(reader, condition);
    case Kind::bought:
      return read_bought(reader, condition);
  }
}

}  // namespace

void read_gift_cards(ObjectReader& document, CompiledBenefits& programme) {
  if (!document.has("gift_cards")) return;
  ObjectReader cards = document.object("gift_cards");
  Selection& selection = programme.gift_cards;
  if (cards.has("codes")) {
    selection.codes = indices(cards.codes("codes", kCodesMax), programme.codes);
  }
  if (cards.has("categories")) {
    selection.categories = indices(cards.codes("categories", kCodesMax), programme.categories);
  }
  if (selection.is_generic()) {
    document.complain("gift_cards", "names no article", "give it \"codes\" or \"categories\"");
  }
  cards.finish();
}

void read_subscriptions(ObjectReader& document, CompiledBenefits& programme) {
  constexpr std::size_t kArticlesMax = 16;
  constexpr std::int64_t kYearsMax = kSubscriptionMonthsMax / 12;
  std::size_t number = 0;
  for (const core::Json& item : document.items("subscriptions", kArticlesMax, false)) {
    ObjectReader reader(item, document.place_of(fmt::format("subscriptions[{}]", number++)),
                        document.findings());
    SubscriptionArticle one;
    one.line = reader.line();
    one.code = reader.code<domain::CategoryCode>("article").text();
    const bool by_years = reader.has("years");
    if (by_years == reader.has("months")) {
      reader.complain("months", "is one of \"months\" and \"years\"", "say how long it is");
    } else {
      one.months = by_years ? reader.integer("years", 1, kYearsMax) * 12
                            : reader.integer("months", 1, kSubscriptionMonthsMax);
    }
    reader.finish();
    programme.subscriptions.push_back(std::move(one));
  }
}

void note_fees(CompiledBenefits& programme) {
  std::vector<std::string> fees;
  for (const NamedClass& one : programme.classes) {
    if (!one.fee.empty()) fees.push_back(one.fee);
  }
  for (const SubscriptionArticle& one : programme.subscriptions) {
    if (!one.code.empty()) fees.push_back(one.code);
  }
  programme.fees = indices(fees, programme.codes);
}

Selection read_selection(ObjectReader& reader, CompiledBenefits& programme) {
  Selection selection;
  if (reader.has("codes")) {
    selection.codes = indices(reader.codes("codes", kCodesMax), programme.codes);
  }
  if (reader.has("categories")) {
    selection.categories = indices(reader.codes("categories", kCodesMax), programme.categories);
  }
  if (reader.has("except")) {
    ObjectReader except = reader.object("except");
    if (except.has("codes")) {
      selection.except_codes = indices(except.codes("codes", kCodesMax), programme.codes);
    }
    if (except.has("categories")) {
      selection.except_categories =
          indices(except.codes("categories", kCodesMax), programme.categories);
    }
    except.finish();
  }
  selection.demand_only = reader.boolean_or("demand", false);
  selection.earning_only = reader.boolean_or("earning", false);
  return selection;
}

domain::CouponCode read_coupon_code(ObjectReader& reader) {
  const std::string typed = reader.text("code", 24);
  const auto code = domain::parse_coupon_code(typed);
  if (!typed.empty() && (!code || code->text() != typed)) {
    reader.complain("code", fmt::format("\"{}\" is no coupon code", typed),
                    "use 3 to 20 of A-Z and 0-9, at least one a letter");
  }
  return domain::CouponCode::parse(typed).value_or(domain::CouponCode{});
}

Condition read_condition(const Json& json, const std::string& place, CompiledBenefits& programme,
                         Findings& findings, int depth) {
  Condition condition;
  ObjectReader reader(json, place, findings);
  if (!json.is_object()) return condition;
  if (json.members().size() != 1) {
    add_error(findings, json.line(), place, fmt::format("has {} keys", json.members().size()),
              "write one condition, such as {\"class\": [\"VIP\"]}; join several with \"all\"");
    return condition;
  }
  const std::string& key = json.members().front().first;
  const auto found = std::find(kKinds.begin(), kKinds.end(), key);
  if (found == kKinds.end()) {
    add_error(findings, json.line(), reader.place_of(key), "is no condition that is known",
              mend_word(key, kKinds));
    return condition;
  }
  condition.kind = static_cast<Kind>(found - kKinds.begin());
  read_kind(reader, *found, condition, programme, depth);
  return condition;
}

}  // namespace pos::programme
