#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "pos/core/json/json.hpp"
#include "pos/domain/member_facts_json.hpp"
#include "pos/programme/quote.hpp"

/// The slow judge's basket: what fits a selection, which conditions hold, how amounts are laid over
/// lines.
namespace tests::programme {

using pos::core::Json;
using pos::programme::QuoteInput;

/// All numbers of the tests are small, so that plain 64 bits hold every product.
struct Row {
  std::string code;
  std::string category;
  bool demand = false;
  bool earns = true;
  std::int64_t price = 0;
  std::int64_t pieces = 0;
  std::int64_t left = 0;
  std::size_t number = 0;
  std::int64_t aside = 0;  // pieces that the benefit being judged would give away
  bool gift = false;       // what is paid for it becomes stored value
  bool apart = false;      // a gift card or a fee: no benefit sees it, and money alone pays it
};

class SlowBasket {
 public:
  SlowBasket(const Json& document, const QuoteInput& input) : input_(input) {
    for (const auto& line : input.lines) {
      const auto& article = line.article;
      rows_.push_back({article.code, article.category.text(), article.demand, article.earns,
                       article.price.units(), line.quantity, article.price.units() * line.quantity,
                       rows_.size()});
      Row& row = rows_.back();
      const Json& cards = document["gift_cards"];
      row.gift = has(cards["codes"], row.code) || has(cards["categories"], row.category);
      row.apart = row.gift;
      for (const Json& one : document["classes"].items()) {
        for (const Json& way : one["joined_by"].items()) {
          row.apart = row.apart || (way["fee"].text() != nullptr && *way["fee"].text() == row.code);
        }
      }
    }
    for (Row& row : rows_) {
      for (const Json& one : document["subscriptions"].items()) {
        row.apart = row.apart || *one["article"].text() == row.code;
      }
    }
    if (input.member && input.member->standing != pos::domain::MemberStanding::blocked) {
      member_ = &*input.member;
    }
  }

 protected:
  using Shares = std::map<std::size_t, std::int64_t>;

  static bool has(const Json& words, const std::string& word) {
    return std::any_of(words.items().begin(), words.items().end(),
                       [&](const Json& one) { return *one.text() == word; });
  }

  static bool fits(const Json& on, const Row& row) {
    if (row.apart) return false;
    const bool by_code = on.find("codes") != nullptr;
    const bool by_category = on.find("categories") != nullptr;
    if (by_code || by_category) {
      if (!has(on["codes"], row.code) && !has(on["categories"], row.category)) return false;
    }
    if (has(on["except"]["codes"], row.code)) return false;
    if (on["demand"].boolean().value_or(false) && !row.demand) return false;
    if (on["undiscounted"].boolean().value_or(false) && row.left != row.price * row.pieces) {
      return false;
    }
    return !on["earning"].boolean().value_or(false) || row.earns;
  }

  bool every(const Json& conditions) const {
    return std::all_of(conditions.items().begin(), conditions.items().end(),
                       [&](const Json& one) { return holds(one); });
  }

  bool some(const Json& conditions) const {
    return std::any_of(conditions.items().begin(), conditions.items().end(),
                       [&](const Json& one) { return holds(one); });
  }

  bool in_window() const {
    const auto today = pos::core::local_day(input_.moment);
    return std::any_of(member_->windows.begin(), member_->windows.end(), [&](const auto& window) {
      return window.first <= today && today <= window.last;
    });
  }

  /// Whole words in small letters; the tests write plain English.
  bool somebody_likes(const Json& words) const {
    const auto today = pos::core::local_day(input_.moment);
    for (const auto& window : member_->windows) {
      if (window.first > today || today > window.last) continue;
      std::string word;
      for (const char c : window.liking + " ") {
        if (c != ' ') {
          word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
          continue;
        }
        if (!word.empty() && has(words, word)) return true;
        word.clear();
      }
    }
    return false;
  }

  bool on_weekday(const Json& days) const {
    static const std::vector<std::string> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};
    const std::chrono::weekday today(pos::core::local_day(input_.moment));
    return has(days, kDays[today.c_encoding()]);
  }

  bool in_month(const Json& months) const {
    static const std::vector<std::string> kMonths = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    const std::chrono::year_month_day date(pos::core::local_day(input_.moment));
    return has(months, kMonths[static_cast<unsigned>(date.month()) - 1]);
  }

  bool on_days(const Json& days) const {
    const auto today = pos::core::local_day(input_.moment);
    const auto* first = days["first"].text();
    const auto* last = days["last"].text();
    return (first == nullptr || *pos::domain::parse_day(*first) <= today) &&
           (last == nullptr || today <= *pos::domain::parse_day(*last));
  }

  /// Since the last visit, in days; nothing when there was none.
  std::optional<std::int64_t> days_away() const {
    if (!member_->last_visit) return std::nullopt;
    return (pos::core::local_day(input_.moment) - *member_->last_visit).count();
  }

  bool is_late(const Json& interval) const {
    const std::int64_t own = member_->mean_interval_days;
    return days_away() && own > 0 && *days_away() * 100 >= own * *interval["percent"].integer();
  }

  bool is_subscribed(const Json& terms) const {
    if (!member_->subscription_last) return false;
    const auto today = pos::core::local_day(input_.moment);
    const std::int64_t over = (today - *member_->subscription_last).count();
    return over <= terms["grace_days"].integer().value_or(0);
  }

  bool holds(const Json& condition) const {
    if (condition.is_null()) return true;
    const auto& [key, value] = condition.members().front();
    if (key == "all") return every(value);
    if (key == "any") return some(value);
    if (key == "not") return !holds(value);
    if (key == "class") return has(value, member_->member_class.text());
    if (key == "tier") return member_->tier && has(value, member_->tier->text());
    if (key == "window") return in_window();
    if (key == "liking") return somebody_likes(value);
    if (key == "bought") {
      return std::any_of(member_->last_articles.begin(), member_->last_articles.end(),
                         [&](const auto& code) { return has(value["codes"], code); });
    }
    if (key == "weekdays") return on_weekday(value);
    if (key == "coupon") {
      return std::any_of(input_.coupons.begin(), input_.coupons.end(),
                         [&](const auto& code) { return code.text() == *value["code"].text(); });
    }
    if (key == "months") return in_month(value);
    if (key == "dates") return on_days(value);
    if (key == "absence") return days_away() && within(value, *days_away());
    if (key == "interval") return is_late(value);
    if (key == "subscription") return is_subscribed(value);
    if (key == "month_days") return within(value, day_of_month());
    if (key == "visits") return within(value, member_->visits);
    if (key == "household") return within(value, member_->household);
    if (key == "spend") return within(value, member_->spend_in_period.units());
    if (key == "balance") return within(value, unexpired());
    return within(value, counted(key, value));
  }

  static bool within(const Json& range, std::int64_t value) {
    return value >= range["from"].integer().value_or(0) &&
           value <= range["to"].integer().value_or(INT64_MAX);
  }

  /// The points of the account that have not expired by today.
  std::int64_t unexpired() const {
    const auto today = pos::core::local_day(input_.moment);
    std::int64_t points = member_->balance.units();
    for (const auto& lot : member_->point_lots) {
      if (lot.terms.last && *lot.terms.last < today) points -= lot.amount;
    }
    return points;
  }

  std::int64_t day_of_month() const {
    const std::chrono::year_month_day date(pos::core::local_day(input_.moment));
    return static_cast<unsigned>(date.day());
  }

  std::int64_t counted(const std::string& key, const Json& selection) const {
    std::int64_t count = 0;
    std::set<std::string> articles;
    for (const Row& row : rows_) {
      const std::int64_t pieces = row.pieces - row.aside;
      if (!fits(selection, row) || pieces == 0) continue;
      count += key == "amount" ? row.price * pieces : pieces;
      articles.insert(row.code);
    }
    return key == "distinct" ? static_cast<std::int64_t>(articles.size()) : count;
  }

  /// Lines in the order that breaks ties: code, unit price, quantity, line.
  static bool before(const Row& a, const Row& b) {
    return std::tie(a.code, a.price, a.pieces, a.number) <
           std::tie(b.code, b.price, b.pieces, b.number);
  }

  /// Largest remainder, one unit at a time.
  Shares lay(std::int64_t amount, const std::map<std::size_t, std::int64_t>& weights) const {
    std::int64_t sum = 0;
    for (const auto& [row, weight] : weights) sum += weight;
    Shares shares;
    std::map<std::size_t, std::int64_t> rest;
    std::int64_t given = 0;
    for (const auto& [row, weight] : weights) {
      shares[row] = amount * weight / sum;
      rest[row] = amount * weight % sum;
      given += shares[row];
    }
    for (; given < amount; ++given) {
      std::size_t best = rest.begin()->first;
      for (const auto& [row, remainder] : rest) {
        const bool more = remainder > rest[best];
        if (more || (remainder == rest[best] && before(rows_[row], rows_[best]))) best = row;
      }
      ++shares[best];
      rest[best] = -1;
    }
    return shares;
  }

  static std::int64_t half_up(std::int64_t amount, std::int64_t part, std::int64_t whole) {
    return (2 * amount * part + whole) / (2 * whole);
  }

  static std::int64_t sum_of(const Shares& shares) {
    std::int64_t sum = 0;
    for (const auto& [row, amount] : shares) sum += amount;
    return sum;
  }

  const QuoteInput& input_;
  const pos::domain::MemberFacts* member_ = nullptr;
  std::vector<Row> rows_;
};

}  // namespace tests::programme
