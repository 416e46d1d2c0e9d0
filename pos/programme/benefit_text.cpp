#include "pos/programme/benefit_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "pos/domain/format.hpp"
#include "pos/programme/benefit.hpp"
#include "pos/programme/benefit_words.hpp"

namespace pos::programme {
namespace {

using namespace words;
using domain::Language;
using domain::Money;
using Kind = Condition::Kind;

class Teller {
 public:
  Teller(const Programme& programme, Language language)
      : programme_(programme), language_(language) {}

  std::string tell() {
    const CompiledBenefits& all = programme_.benefits();
    std::string out = programme_.rules().name.in(language_) + "\n";
    out += word(kVersion) + domain::isolated(all.version) + "\n\n";
    out += names(kClasses, all.classes) + class_ways() + names(kTiers, all.tiers) + tier_ways();
    out += points();
    for (const std::uint32_t number : all.document_order) out += benefit(all.benefits[number]);
    return out;
  }

 private:
  std::string word(const Words& words) const {
    return std::string(words[static_cast<std::size_t>(language_)]);
  }
  std::string comma() const { return language_ == Language::fa ? "، " : ", "; }
  std::string money(Money amount) const {
    return domain::isolated(
        domain::format_money(amount, programme_.rules().money_form(), language_));
  }
  std::string number(std::int64_t value) const {
    return domain::isolated(domain::format_number(value, language_));
  }
  std::string day(domain::Day value) const {
    return domain::isolated(domain::format_date(value, language_));
  }
  std::string join(const std::vector<std::string>& parts, std::string_view between) const {
    std::string out;
    for (const std::string& part : parts) {
      if (!out.empty()) out += between;
      out += part;
    }
    return out;
  }

  template <class Named>
  std::string names(const Words& title, const std::vector<Named>& list) const {
    if (list.empty()) return {};
    std::vector<std::string> parts;
    for (const Named& one : list) parts.push_back(one.name.in(language_));
    return word(title) + join(parts, comma()) + "\n";
  }

 public:
  std::string way_of(const TierRule& way) const {
    const bool of_money = way.by == domain::TierWay::spend || way.by == domain::TierWay::one_sale;
    std::string out = word(kTierWays[static_cast<std::size_t>(way.by)]);
    out += of_money ? money(Money::of(way.goal)) : number(way.goal);
    if (way.months != 0) {
      const auto form = static_cast<std::size_t>(std::min<std::int64_t>(way.months, 3)) - 1;
      out += fmt::format(fmt::runtime(word(kInMonths[form])), number(way.months));
    }
    if (way.calendar_year) out += word(kSinceJanuary);
    return out;
  }

 private:
  /// A line for each class that can be joined: what it costs, and its other ways.
  std::string class_ways() const {
    std::string out;
    for (const NamedClass& one : programme_.classes()) {
      if (one.waits) out += "  " + one.name.in(language_) + ": " + word(kWaits) + "\n";
      std::vector<std::string> ways;
      if (!one.fee.empty()) ways.push_back(word(kFee) + domain::isolated(one.fee));
      for (const TierRule& way : one.joined_by) ways.push_back(way_of(way));
      if (!ways.empty()) out += "  " + one.name.in(language_) + ": " + join(ways, " / ") + "\n";
    }
    return out;
  }

  /// A line for each tier that can be reached: its ways, and how long it is kept.
  std::string tier_ways() const {
    std::string out;
    for (const NamedTier& tier : programme_.tiers()) {
      if (tier.reached_by.empty()) continue;
      std::vector<std::string> ways;
      for (const TierRule& way : tier.reached_by) ways.push_back(way_of(way));
      out += "  " + tier.name.in(language_) + ": " + join(ways, " / ");
      if (tier.keep_months != 0) out += "; " + word(kKept) + number(tier.keep_months);
      out += "\n";
    }
    return out;
  }

  std::string fill(const Words& words, domain::Points points, Money amount) const {
    std::string out = word(words);
    const auto put = [&](std::string_view place, const std::string& text) {
      if (const auto at = out.find(place); at != std::string::npos) {
        out.replace(at, place.size(), text);
      }
    };
    put("{points}", number(points.units()));
    put("{money}", money(amount));
    put("{percent}",
        domain::isolated(domain::format_percent(programme_.rules().spend_max_percent, language_)));
    return out + "\n";
  }

  std::string referral() const {
    std::string out = word(kReferral);
    out.replace(out.find("{0}"), 3, number(programme_.rules().referrer_points.units()));
    out.replace(out.find("{1}"), 3, number(programme_.rules().joined_points.units()));
    return out + "\n";
  }

  std::string points() const {
    const ClubRules& rules = programme_.rules();
    std::string out;
    if (!rules.earn_per.is_zero()) out += fill(kEarn, rules.earn_points, rules.earn_per);
    if (!rules.spend_step.is_zero()) out += fill(kSpend, rules.spend_step, rules.spend_step_worth);
    const auto line = [&](const Words& words, std::int64_t count) {
      if (count != 0) out += word(words) + number(count) + "\n";
    };
    line(kPointsFrom, rules.points_lot.available_days);
    line(kPointsDays, rules.points_lot.expire_days);
    line(kPointsMonths, rules.points_lot.expire_months);
    line(kValueFrom, rules.value_lot.available_days);
    line(kValueDays, rules.value_lot.expire_days);
    line(kValueMonths, rules.value_lot.expire_months);
    if (rules.has_referral) out += referral();
    return out + subscriptions() + gift_cards();
  }

  std::string subscriptions() const {
    std::string out;
    for (const SubscriptionArticle& one : programme_.subscriptions()) {
      const auto form = static_cast<std::size_t>(std::min<std::int64_t>(one.months, 3)) - 1;
      out += fmt::format(fmt::runtime(word(kSubscriptionMonths[form])), number(one.months),
                         domain::isolated(one.code)) +
             "\n";
    }
    return out;
  }

  std::string gift_cards() const {
    const CompiledBenefits& all = programme_.benefits();
    const auto list = [&](const Words& title, const std::vector<WordIndex>& numbers,
                          const WordTable& table) {
      std::vector<std::string> parts;
      for (const auto& [text, index] : table) {
        if (std::binary_search(numbers.begin(), numbers.end(), index))
          parts.push_back(domain::isolated(text));
      }
      std::sort(parts.begin(), parts.end());
      return parts.empty() ? std::string() : word(title) + join(parts, comma());
    };
    const std::string articles = list(kArticles, all.gift_cards.codes, all.codes);
    const std::string categories = list(kCategories, all.gift_cards.categories, all.categories);
    if (articles.empty() && categories.empty()) return {};
    const char* between = articles.empty() || categories.empty() ? "" : "; ";
    return word(kGiftCards) + articles + between + categories + "\n";
  }

  std::string dates(std::optional<domain::Day> first, std::optional<domain::Day> last) const {
    std::vector<std::string> parts;
    if (first) parts.push_back(word(kFrom) + day(*first));
    if (last) parts.push_back(word(kUntil) + day(*last));
    return join(parts, " ");
  }

  std::string named(const Condition& condition) const {
    std::vector<std::string> parts;
    for (const std::string& text : condition.words) {
      std::string shown = text;
      if (condition.kind == Kind::member_class) {
        shown = programme_.class_name(*domain::ClassCode::parse(text)).in(language_);
      } else if (condition.kind == Kind::tier) {
        shown = programme_.tier_name(*domain::TierCode::parse(text)).in(language_);
      }
      parts.push_back(std::move(shown));
    }
    return join(parts, comma());
  }

  std::string children(const Condition& condition, std::string_view between) const {
    std::vector<std::string> parts;
    for (const Condition& child : condition.children) parts.push_back(tell_condition(child));
    return join(parts, between);
  }

  template <std::size_t Size>
  std::string bits(const Words& title, const std::array<Words, Size>& names, unsigned set) const {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < Size; ++i) {
      if ((set >> i & 1U) != 0) parts.push_back(word(names[i]));
    }
    return word(title) + join(parts, comma());
  }

  /// "from 3", "until 5", or both.
  template <class Show>
  std::string range(const Condition& condition, const Show& show) const {
    std::vector<std::string> parts;
    if (condition.threshold > 0 || !condition.limit) {
      parts.push_back(word(kFrom) + show(condition.threshold));
    }
    if (condition.limit) parts.push_back(word(kUntil) + show(*condition.limit));
    return join(parts, " ");
  }

  std::string counted(const Words& title, const Condition& condition) const {
    return word(title) + range(condition, [&](std::int64_t value) { return number(value); });
  }

  std::string subscription(const Condition& condition) const {
    return word(kSubscription) +
           (condition.threshold == 0 ? std::string() : word(kGrace) + number(condition.threshold));
  }

  std::string basket(const Condition& condition) const {
    if (!condition.limit) {
      return word(condition.selection.is_generic() ? kBasket : kChosen) +
             money(Money::of(condition.threshold));
    }
    return range(condition, [&](std::int64_t value) { return money(Money::of(value)); });
  }

  std::string percent(std::int64_t value) const {
    return domain::isolated(domain::format_percent(value, language_));
  }

  /// What the member did so far.
  std::string tell_history(const Condition& condition) const {
    switch (condition.kind) {
      case Kind::visits:
        return counted(kVisits, condition);
      case Kind::spend:
        return word(kSpent) +
               range(condition, [&](std::int64_t value) { return money(Money::of(value)); });
      case Kind::balance:
        return counted(kBalance, condition);
      case Kind::absence:
        return counted(kAbsence, condition);
      case Kind::interval:
        return word(kInterval) + percent(condition.threshold);
      case Kind::household:
        return counted(kHousehold, condition);
      default:
        return subscription(condition);
    }
  }

  std::string tell_condition(const Condition& condition) const {
    switch (condition.kind) {
      case Kind::all:
        return children(condition, "; ");
      case Kind::any:
        return word(kOneOf) + children(condition, " / ");
      case Kind::none_of:
        return word(kNot) + children(condition, "; ");
      case Kind::member_class:
      case Kind::tier:
      case Kind::segment:
        return word(kFor) + named(condition);
      case Kind::store:
        return word(kStores) + named(condition);
      case Kind::region:
        return word(kRegions) + named(condition);
      case Kind::dates:
        return dates(condition.first, condition.last);
      case Kind::weekdays:
        return bits(kOn, kWeekdayNames, condition.calendar_bits);
      case Kind::months:
        return bits(kMonths, kMonthNames, condition.calendar_bits);
      case Kind::month_days:
        return counted(kMonthDays, condition);
      case Kind::hours:
        return word(kFrom) +
               domain::isolated(domain::format_clock(condition.from_minute, language_)) + " " +
               word(kUntil) +
               domain::isolated(domain::format_clock(condition.to_minute, language_));
      case Kind::coupon:
        return word(condition.personal ? kOwnCoupon : kCoupon) +
               domain::isolated(condition.words.front());
      case Kind::window:
        return word(kWindowNames[static_cast<std::size_t>(condition.window)]);
      case Kind::liking:
        return word(kLiking) + named(condition);
      case Kind::bought:
        return word(kBought) + named(condition);
      case Kind::amount:
        return basket(condition);
      case Kind::quantity:
        return condition.limit ? counted(kPieceRange, condition)
                               : word(kPieces) + number(condition.threshold);
      case Kind::distinct:
        return counted(kDistinct, condition);
      default:
        return tell_history(condition);
    }
  }

  std::string rivals(const Benefit& benefit) const {
    const CompiledBenefits& all = programme_.benefits();
    std::vector<std::string> parts;
    for (const std::uint32_t other : all.groups[static_cast<std::size_t>(benefit.group)].members) {
      if (all.benefits[other].id != benefit.id) {
        parts.push_back(all.benefits[other].name.in(language_));
      }
    }
    return parts.empty() ? std::string() : word(kGroup) + join(parts, comma());
  }

  std::string other_surprises(const Benefit& benefit) const {
    const CompiledBenefits& all = programme_.benefits();
    std::vector<std::string> parts;
    for (const std::uint32_t other :
         all.surprises[static_cast<std::size_t>(benefit.surprise)].members) {
      if (all.benefits[other].id != benefit.id) {
        parts.push_back(all.benefits[other].name.in(language_));
      }
    }
    return word(kSurprise) + join(parts, comma());
  }

  std::string answers(const Benefit& benefit) const {
    std::vector<std::string> parts;
    for (const ShortAnswer& one : benefit.give.answers) parts.push_back(one.text.in(language_));
    return word(kAnswers) + join(parts, " / ");
  }

  std::string benefit(const Benefit& benefit) const {
    std::string out = "\n* ";
    if (benefit.give.soft() == Soft::task) out += word(kTask);
    if (benefit.give.soft() == Soft::prompt) out += word(kPrompt);
    if (benefit.give.soft() == Soft::question) out += word(kQuestion);
    if (benefit.give.soft() == Soft::suggest) out += word(kSuggestion);
    out += benefit.name.in(language_) + "\n";
    const auto line = [&](const std::string& text) {
      if (!text.empty()) out += "  " + text + "\n";
    };
    line(benefit.detail.in(language_));
    if (!benefit.give.answers.empty()) line(answers(benefit));
    if (!benefit.give.suggested_first.empty()) {
      line(word(kArticle) + domain::isolated(benefit.give.suggested_first));
    }
    if (!benefit.members_only) line(word(kEveryone));
    line(dates(benefit.first, benefit.last));
    line(tell_condition(benefit.when));
    if (benefit.give.on_sale) {
      line(word(kOnSale) + domain::isolated(domain::format_date(*benefit.give.on_sale, language_)));
    }
    if (!benefit.budget.is_zero()) line(word(kBudget) + money(benefit.budget));
    if (!benefit.cost.is_zero()) line(word(kCost) + number(benefit.cost.units()));
    if (benefit.asks) line(word(kAsk));
    const auto limit = [&](const Words& words, std::int64_t most) {
      if (most != 0) line(word(words) + number(most));
    };
    limit(kPerMember, benefit.limit.per_member);
    limit(kPerDay, benefit.limit.per_day);
    limit(kPerMonth, benefit.limit.per_month);
    limit(kPerYear, benefit.limit.per_year);
    limit(kGapDays, benefit.limit.gap_days);
    if (benefit.offline == Offline::online_only) line(word(kOnline));
    if (benefit.offline == Offline::up_to) line(word(kUpTo));
    if (benefit.group >= 0) line(rivals(benefit));
    if (benefit.surprise >= 0) line(other_surprises(benefit));
    return out;
  }

  const Programme& programme_;
  Language language_;
};

}  // namespace

std::string describe_way(const Programme& programme, const TierRule& way, Language language) {
  return Teller(programme, language).way_of(way);
}

std::string describe_programme(const Programme& programme, Language language) {
  return Teller(programme, language).tell();
}

}  // namespace pos::programme
