#include "tests/unit/programme/slow_judge.hpp"

#include <algorithm>

#include "pos/domain/member_facts.hpp"

namespace tests::programme {

using pos::core::Json;
using pos::programme::QuoteInput;

namespace {

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
};

class Judge {
 public:
  Judge(const Json& document, const QuoteInput& input) : document_(document), input_(input) {
    for (const auto& line : input.lines) {
      const auto& article = line.article;
      rows_.push_back({article.code, article.category.text(), article.demand, article.earns,
                       article.price.units(), line.quantity, article.price.units() * line.quantity,
                       rows_.size()});
    }
    if (input.member && input.member->standing != pos::domain::MemberStanding::blocked) {
      member_ = &*input.member;
    }
  }

  SlowQuote judge() {
    for (const char* step : {"lines", "class", "basket"}) run_step(step);
    for (const Row& row : rows_) result_.left.push_back(row.left);
    spend();
    earn();
    return result_;
  }

 private:
  using Shares = std::map<std::size_t, std::int64_t>;

  static bool has(const Json& words, const std::string& word) {
    return std::any_of(words.items().begin(), words.items().end(),
                       [&](const Json& one) { return *one.text() == word; });
  }

  static bool fits(const Json& on, const Row& row) {
    const bool by_code = on.find("codes") != nullptr;
    const bool by_category = on.find("categories") != nullptr;
    if (by_code || by_category) {
      if (!has(on["codes"], row.code) && !has(on["categories"], row.category)) return false;
    }
    if (has(on["except"]["codes"], row.code)) return false;
    if (on["demand"].boolean().value_or(false) && !row.demand) return false;
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

  bool on_weekday(const Json& days) const {
    static const std::vector<std::string> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};
    const std::chrono::weekday today(pos::core::local_day(input_.moment));
    return has(days, kDays[today.c_encoding()]);
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
    if (key == "weekdays") return on_weekday(value);
    if (key == "coupon") {
      return std::any_of(input_.coupons.begin(), input_.coupons.end(),
                         [&](const auto& code) { return code.text() == *value["code"].text(); });
    }
    std::int64_t counted = 0;
    for (const Row& row : rows_) {
      if (fits(value, row)) counted += key == "amount" ? row.price * row.pieces : row.pieces;
    }
    return counted >= *value["from"].integer();
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

  /// Every piece that fits as (price, row), the dearest first.
  std::vector<std::pair<std::int64_t, std::size_t>> pieces_of(const Json& on) const {
    std::vector<std::pair<std::int64_t, std::size_t>> pieces;
    for (const Row& row : rows_) {
      for (std::int64_t i = 0; fits(on, row) && i < row.pieces; ++i) {
        pieces.emplace_back(row.left / row.pieces, row.number);
      }
    }
    std::stable_sort(pieces.begin(), pieces.end(), [&](const auto& a, const auto& b) {
      if (a.first != b.first) return a.first > b.first;
      return before(rows_[a.second], rows_[b.second]);
    });
    return pieces;
  }

  Shares fixed_price(const Json& benefit) const {
    std::int64_t pieces_left = benefit["give"]["max_pieces"].integer().value_or(1'000'000);
    std::map<std::size_t, std::int64_t> counts;
    for (const auto& [price, row] : pieces_of(benefit["on"])) {
      if (pieces_left-- > 0) ++counts[row];
    }
    Shares shares;
    for (const auto& [number, count] : counts) {
      const Row& row = rows_[number];
      const std::int64_t now = count == row.pieces ? row.left : row.left / row.pieces * count;
      const std::int64_t off = now - *benefit["give"]["fixed_price"].integer() * count;
      if (off > 0) shares[number] = off;
    }
    return shares;
  }

  Shares nth(const Json& benefit) const {
    const Json& rule = benefit["give"]["nth_percent"];
    const bool same = *rule["of"].text() == "same";
    std::map<std::string, std::vector<std::pair<std::int64_t, std::size_t>>> runs;
    for (const auto& piece : pieces_of(benefit["on"])) {
      runs[same ? rows_[piece.second].code : ""].push_back(piece);
    }
    std::int64_t pieces_left = benefit["give"]["max_pieces"].integer().value_or(1'000'000);
    std::map<std::size_t, std::int64_t> weights;
    std::int64_t sum = 0;
    for (const auto& [key, run] : runs) {
      const auto every_n = static_cast<std::size_t>(*rule["every"].integer());
      for (std::size_t i = every_n - 1; i < run.size(); i += every_n) {
        if (pieces_left-- <= 0) break;
        weights[run[i].second] += run[i].first;
        sum += run[i].first;
      }
    }
    const std::int64_t amount = half_up(sum, *rule["percent"].integer(), 100);
    return amount == 0 ? Shares{} : lay(amount, weights);
  }

  Shares off_lines(const Json& benefit) const {
    const Json& give = benefit["give"];
    std::map<std::size_t, std::int64_t> weights;
    std::int64_t sum = 0;
    for (const Row& row : rows_) {
      if (!fits(benefit["on"], row)) continue;
      weights[row.number] = row.left;
      sum += row.left;
    }
    std::int64_t amount = 0;
    if (give.find("amount") != nullptr) amount = *give["amount"].integer();
    if (give.find("percent") != nullptr) amount = half_up(sum, *give["percent"].integer(), 100);
    if (give.find("per_mille") != nullptr) {
      amount = half_up(sum, *give["per_mille"].integer(), 1000);
    }
    if (give.find("percent_by_class") != nullptr) {
      amount = half_up(sum, *give["percent_by_class"][member_->member_class.text()].integer(), 100);
    }
    amount = std::min(amount, sum);
    if (const auto cap = give["at_most"].integer()) amount = std::min(amount, *cap);
    return amount == 0 ? Shares{} : lay(amount, weights);
  }

  Shares worth(const Json& benefit) const {
    if (member_ == nullptr || !holds(benefit["when"])) return {};
    if (benefit["give"].find("fixed_price") != nullptr) return fixed_price(benefit);
    if (benefit["give"].find("nth_percent") != nullptr) return nth(benefit);
    return off_lines(benefit);
  }

  static std::int64_t sum_of(const Shares& shares) {
    std::int64_t sum = 0;
    for (const auto& [row, amount] : shares) sum += amount;
    return sum;
  }

  void take(const Json& benefit, const Shares& shares) {
    if (sum_of(shares) == 0) return;
    for (const auto& [row, amount] : shares) rows_[row].left -= amount;
    result_.applied[*benefit["id"].text()] = sum_of(shares);
  }

  void run_step(const std::string& step) {
    std::vector<const Json*> waiting;
    for (const Json& benefit : document_["benefits"].items()) {
      if (*benefit["step"].text() == step) waiting.push_back(&benefit);
    }
    std::sort(waiting.begin(), waiting.end(), [](const Json* a, const Json* b) {
      const auto rank = [](const Json& one) { return -one["priority"].integer().value_or(0); };
      return std::pair(rank(*a), *(*a)["id"].text()) < std::pair(rank(*b), *(*b)["id"].text());
    });
    while (!waiting.empty()) {
      const Json* first = waiting.front();
      const Json& group = (*first)["group"];
      std::vector<const Json*> rivals;
      for (const Json* one : waiting) {
        if (one == first || (!group.is_null() && (*one)["group"] == group)) rivals.push_back(one);
      }
      const Json* best = rivals.front();
      for (const Json* one : rivals) {
        if (sum_of(worth(*one)) > sum_of(worth(*best))) best = one;
      }
      take(*best, worth(*best));
      std::erase_if(waiting, [&](const Json* one) {
        return std::find(rivals.begin(), rivals.end(), one) != rivals.end();
      });
    }
  }

  void spend() {
    std::int64_t sum = 0;
    for (const Row& row : rows_) sum += row.left;
    result_.payable = sum;
    if (member_ == nullptr) return;
    std::int64_t steps = 0;
    while ((steps + 1) * 50 <= std::min(member_->balance.units(), input_.points_wish.units()) &&
           (steps + 1) * 500 * 2 <= sum &&
           (steps + 1) * 500 <=
               std::min(input_.reach.pool_left.units(), input_.reach.member_left.units())) {
      ++steps;
    }
    result_.points_value = steps * 500;
    result_.payable = sum - result_.points_value;
    if (steps == 0) return;
    std::map<std::size_t, std::int64_t> weights;
    for (const Row& row : rows_) weights[row.number] = row.left;
    for (const auto& [row, amount] : lay(result_.points_value, weights)) rows_[row].left -= amount;
  }

  void earn() {
    if (member_ == nullptr && (input_.member || !input_.unknown_card)) return;
    std::int64_t paid = 0;
    for (const Row& row : rows_) paid += row.earns ? row.left : 0;
    result_.earned = paid / 100;
  }

  const Json& document_;
  const QuoteInput& input_;
  const pos::domain::MemberFacts* member_ = nullptr;
  std::vector<Row> rows_;
  SlowQuote result_;
};

}  // namespace

SlowQuote judge_slowly(const Json& document, const QuoteInput& input) {
  return Judge(document, input).judge();
}

}  // namespace tests::programme
