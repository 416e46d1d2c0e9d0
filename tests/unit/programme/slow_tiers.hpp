#pragma once

#include "pos/domain/member_facts_json.hpp"
#include "tests/unit/programme/slow_basket.hpp"

/// The slow judge's tiers: every tier from the highest down, every way, every month one by one.
namespace tests::programme {

class SlowTiers {
 public:
  SlowTiers(const Json& document, const pos::domain::MemberFacts& member, pos::domain::Day day,
            std::int64_t paid)
      : document_(document),
        tiers_(document["tiers"].items()),
        member_(member),
        day_(day),
        paid_(paid) {}

  /// The tier that the purchase brings; empty: none that the member did not have.
  std::string reached() const {
    // Where no way leads anywhere, tiers are the club's alone.
    const auto goes = [](const Json& tier) {
      return tier["base"].boolean().value_or(false) || !tier["reached_by"].items().empty();
    };
    if (std::none_of(tiers_.begin(), tiers_.end(), goes)) return {};
    for (std::size_t i = tiers_.size(); i > place_of(member_.tier); --i) {
      const bool base = tiers_[i - 1]["base"].boolean().value_or(false);
      if (base || place_of(member_.status.given) == i || leads_to(tiers_[i - 1])) {
        return *tiers_[i - 1]["code"].text();
      }
    }
    return {};
  }

  /// The class that the member has joined before anything of this purchase counts, or by a fee that
  /// is in the basket; empty: none above the member's own.
  std::string joined(const std::set<std::string>& basket) {
    paid_ = 0;
    visit_ = 0;
    const auto& classes = document_["classes"].items();
    std::string best;
    bool above = std::none_of(classes.begin(), classes.end(), [&](const Json& one) {
      return *one["code"].text() == member_.member_class.text();
    });
    for (const Json& one : classes) {
      for (const Json& way : one["joined_by"].items()) {
        const auto* fee = way["fee"].text();
        const bool goes = fee != nullptr ? basket.count(*fee) != 0 : holds(way, 0);
        if (above && goes) best = *one["code"].text();
      }
      above = above || *one["code"].text() == member_.member_class.text();
    }
    return best;
  }

 private:
  /// From 1; 0: no tier.
  std::size_t place_of(const std::optional<pos::domain::TierCode>& tier) const {
    for (std::size_t i = 0; tier && i < tiers_.size(); ++i) {
      if (*tiers_[i]["code"].text() == tier->text()) return i + 1;
    }
    return 0;
  }

  bool leads_to(const Json& tier) const {
    for (const Json& way : tier["reached_by"].items()) {
      const std::int64_t kept = tier["keep_months"].integer().value_or(0);
      for (std::int64_t back = 0; back <= kept; ++back) {
        if (holds(way, back)) return true;
      }
    }
    return false;
  }

  static std::int64_t number_of(int month) { return month / 100 * 12 + month % 100 - 1; }

  std::int64_t today() const {
    const std::chrono::year_month_day date(day_);
    return int{date.year()} * 12 + static_cast<std::int64_t>(unsigned{date.month()}) - 1;
  }

  /// Of the months from `first` to `last`, of which this purchase may be one.
  std::int64_t sum(bool of_money, std::int64_t first, std::int64_t last) const {
    std::int64_t total = 0;
    for (std::int64_t month = first; month <= last; ++month) {
      if (month <= today() - 24) continue;  // no longer counted
      for (const auto& one : member_.status.months) {
        if (number_of(one.month) == month) total += of_money ? one.spend.units() : one.visits;
      }
      if (month == today()) total += of_money ? paid_ : visit_;
    }
    return total;
  }

  bool holds_counted(const Json& way, const char* key, std::int64_t back) const {
    const bool of_money = std::string(key) == "spend";
    const std::int64_t last = today() - back;
    std::int64_t total =
        of_money ? member_.spend_in_period.units() + paid_ : member_.visits + visit_;
    if (const auto months = way["months"].integer())
      total = sum(of_money, last - *months + 1, last);
    if (way["calendar_year"].boolean().value_or(false)) total = sum(of_money, last / 12 * 12, last);
    return total >= *way[key].integer();
  }

  bool holds_years(std::int64_t years) const {
    if (!member_.status.joined) return false;
    const std::chrono::year_month_day joined(*member_.status.joined);
    const std::chrono::year_month_day now(day_);
    const std::int64_t full = int{now.year()} - int{joined.year()};
    if (full != years) return full > years;
    const std::string day = pos::domain::day_text(day_).substr(5);
    const std::string due = pos::domain::day_text(*member_.status.joined).substr(5);
    return day >= due || (due == "02-29" && day == "02-28" && !now.year().is_leap());
  }

  bool holds(const Json& way, std::int64_t back) const {
    if (way.find("spend") != nullptr) return holds_counted(way, "spend", back);
    if (way.find("visits") != nullptr) return holds_counted(way, "visits", back);
    if (const auto years = way["years"].integer()) return holds_years(*years);
    if (const auto count = way["referrals"].integer()) return member_.status.referrals >= *count;
    std::int64_t largest = paid_;
    for (const auto& one : member_.status.large) largest = std::max(largest, one.paid.units());
    return largest >= *way["one_sale"].integer();
  }

  const Json& document_;
  const Json::Array& tiers_;
  const pos::domain::MemberFacts& member_;
  pos::domain::Day day_;
  std::int64_t paid_;
  std::int64_t visit_ = 1;
};

}  // namespace tests::programme
