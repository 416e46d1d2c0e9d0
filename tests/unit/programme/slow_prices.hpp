#pragma once

#include "tests/unit/programme/slow_basket.hpp"

/// What each kind of benefit takes off the slow judge's basket as it is now.
namespace tests::programme {

class SlowPrices : public SlowBasket {
 protected:
  using SlowBasket::SlowBasket;

  using Piece = std::pair<std::int64_t, std::size_t>;  // what it costs now, row
  using Counts = std::map<std::size_t, std::int64_t>;  // of a row so many pieces

  /// Every piece that fits.
  std::vector<Piece> pieces_of(const Json& on, bool dearest_first = true) const {
    std::vector<Piece> pieces;
    for (const Row& row : rows_) {
      for (std::int64_t i = 0; fits(on, row) && i < row.pieces; ++i) {
        pieces.emplace_back(row.left / row.pieces, row.number);
      }
    }
    std::stable_sort(pieces.begin(), pieces.end(), [&](const Piece& a, const Piece& b) {
      const Row& one = rows_[a.second];
      const Row& other = rows_[b.second];
      if (one.price != other.price) return (one.price > other.price) == dearest_first;
      return before(one, other);
    });
    return pieces;
  }

  static Counts first_of(const std::vector<Piece>& pieces, std::int64_t count) {
    Counts counts;
    for (const auto& [price, row] : pieces) {
      if (count-- > 0) ++counts[row];
    }
    return counts;
  }

  std::int64_t cost(std::size_t row, std::int64_t count) const {
    return rows_[row].left * count / rows_[row].pieces;
  }

  /// What a reduction takes off some pieces of a row, in thousandths.
  std::int64_t off(std::size_t row, std::int64_t count, const Json& reduction) const {
    const std::int64_t now = cost(row, count);
    if (const auto percent = reduction["percent"].integer()) return now * *percent * 10;
    if (const auto part = reduction["per_mille"].integer()) return now * *part;
    if (const auto amount = reduction["amount"].integer()) {
      return std::min(now, *amount * count) * 1000;
    }
    const std::int64_t price = *reduction["price"].integer();
    return price > rows_[row].left / rows_[row].pieces ? 0 : (now - price * count) * 1000;
  }

  struct Off {
    std::map<std::size_t, std::int64_t> costs;
    std::map<std::size_t, std::int64_t> thousandths;
  };

  void reduce(Off& all, std::size_t row, std::int64_t count, const Json& reduction) const {
    const std::int64_t part = off(row, count, reduction);
    if (part == 0) return;
    all.costs[row] += cost(row, count);
    all.thousandths[row] += part;
  }

  Shares reduced(const Json& benefit, const Counts& counts, const Json& reduction) const {
    Off all;
    for (const auto& [row, count] : counts) reduce(all, row, count, reduction);
    return capped(benefit, all);
  }

  Shares capped(const Json& benefit, const Off& all) const {
    const std::int64_t amount = half_up(sum_of(all.thousandths), 1, 1000);
    if (amount == 0) return {};
    const std::int64_t most = limited(benefit["give"], amount, sum_of(all.costs));
    if (most == amount) return rounded(amount, all.thousandths);
    return lay(most, most > amount ? all.costs : all.thousandths);
  }

  /// Down, and what is left to those that lost most, one unit each.
  Shares rounded(std::int64_t amount, const std::map<std::size_t, std::int64_t>& all) const {
    Shares shares;
    std::map<std::size_t, std::int64_t> lost;
    for (const auto& [row, thousandths] : all) {
      shares[row] = thousandths / 1000;
      lost[row] = thousandths % 1000;
    }
    while (sum_of(shares) < amount) {
      std::size_t most = lost.begin()->first;
      for (const auto& [row, part] : lost) {
        const bool first = part == lost[most] && before(rows_[row], rows_[most]);
        if (part > lost[most] || first) most = row;
      }
      ++shares[most];
      lost[most] = -1;
    }
    return shares;
  }

  static std::int64_t limited(const Json& give, std::int64_t amount, std::int64_t sum) {
    amount = std::max(amount, give["at_least"].integer().value_or(0));
    return std::min({amount, sum, give["at_most"].integer().value_or(INT64_MAX)});
  }

  Counts chosen(const Json& benefit) const {
    const Json& give = benefit["give"];
    if (give.find("pick") != nullptr) {
      const bool dearest = *give["pick"]["from"].text() == "dearest";
      return first_of(pieces_of(benefit["on"], dearest), *give["pick"]["pieces"].integer());
    }
    return first_of(pieces_of(benefit["on"]), give["max_pieces"].integer().value_or(INT64_MAX));
  }

  Shares nth(const Json& benefit) const {
    const Json& rule = benefit["give"]["nth_percent"];
    const bool same = *rule["of"].text() == "same";
    std::map<std::string, std::vector<Piece>> runs;
    for (const auto& piece : pieces_of(benefit["on"])) {
      runs[same ? rows_[piece.second].code : ""].push_back(piece);
    }
    std::int64_t pieces_left = benefit["give"]["max_pieces"].integer().value_or(1'000'000);
    Counts hits;
    for (const auto& [key, run] : runs) {
      const auto every_n = static_cast<std::size_t>(*rule["every"].integer());
      for (std::size_t i = every_n - 1; i < run.size(); i += every_n) {
        if (pieces_left-- > 0) ++hits[run[i].second];
      }
    }
    return reduced(benefit, hits, rule);
  }

  Shares get(const Json& benefit) const {
    const Json& rule = benefit["give"]["get"];
    const std::int64_t buy = *rule["buy"]["pieces"].integer();
    const std::int64_t gift = *rule["pieces"].integer();
    std::int64_t bought = 0;
    std::int64_t given = 0;
    std::int64_t either = 0;
    for (const Row& row : rows_) {
      const bool in_buy = fits(rule["buy"], row);
      const bool in_gift = fits(benefit["on"], row);
      bought += in_buy ? row.pieces : 0;
      given += in_gift ? row.pieces : 0;
      either += in_buy || in_gift ? row.pieces : 0;
    }
    const std::int64_t times = std::min({bought / buy, given / gift, either / (buy + gift),
                                         rule["times"].integer().value_or(INT64_MAX)});
    std::int64_t spare = bought - times * buy;
    std::int64_t left = times * gift;
    Counts counts;
    for (const auto& [price, row] : pieces_of(benefit["on"], *rule["from"].text() == "dearest")) {
      const bool wanted = fits(rule["buy"], rows_[row]);
      if (left == 0 || (wanted && spare == 0)) continue;
      if (wanted) --spare;
      --left;
      ++counts[row];
    }
    return reduced(benefit, counts, rule);
  }

  /// One set after the other, the dearest piece of each part first.
  Shares set(const Json& benefit) const {
    const Json& rule = benefit["give"]["set"];
    std::vector<std::vector<Piece>> parts;
    std::set<std::size_t> taken;
    for (const Json& part : rule["parts"].items()) {
      std::vector<Piece> pieces;
      for (const Piece& piece : pieces_of(part)) {
        if (!taken.contains(piece.second)) pieces.push_back(piece);
      }
      for (const Piece& piece : pieces) taken.insert(piece.second);
      std::reverse(pieces.begin(), pieces.end());
      parts.push_back(std::move(pieces));
    }
    Counts used;
    Counts costs;
    std::int64_t amount = 0;
    for (std::int64_t left = rule["times"].integer().value_or(INT64_MAX); left > 0; --left) {
      const std::vector<Piece> one = next_set(rule, parts);
      if (one.empty()) break;
      std::int64_t sum = 0;
      for (const Piece& piece : one) sum += piece.first;
      std::int64_t off = sum;
      if (const auto money = rule["amount"].integer()) off = std::min(sum, *money);
      if (const auto price = rule["price"].integer()) off = std::max<std::int64_t>(0, sum - *price);
      if (off == 0) continue;
      amount += off;
      for (const Piece& piece : one) {
        ++used[piece.second];
        costs[piece.second] += piece.first;
      }
    }
    for (const auto& [row, count] : used) {
      const std::int64_t rest = cost(row, count) - costs[row];
      costs[row] += rest;
      if (rule.find("price") != nullptr) amount += rest;
    }
    if (const auto percent = rule["percent"].integer()) {
      amount = half_up(sum_of(costs), *percent, 100);
    }
    if (amount == 0) return {};
    return lay(limited(benefit["give"], amount, sum_of(costs)), costs);
  }

  static std::vector<Piece> next_set(const Json& rule, std::vector<std::vector<Piece>>& parts) {
    std::vector<Piece> one;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      for (std::int64_t n = rule["parts"].items()[i]["pieces"].integer().value_or(1); n > 0; --n) {
        if (parts[i].empty()) return {};
        one.push_back(parts[i].back());
        parts[i].pop_back();
      }
    }
    return one;
  }

  Shares by_quantity(const Json& benefit) const {
    const Json& rule = benefit["give"]["by_quantity"];
    const bool same = *rule["of"].text() == "same";
    std::map<std::string, std::vector<Piece>> runs;
    for (const auto& piece : pieces_of(benefit["on"])) {
      runs[same ? rows_[piece.second].code : ""].push_back(piece);
    }
    Off all;
    for (const auto& [key, run] : runs) {
      std::map<std::pair<std::size_t, std::size_t>, std::int64_t> places;  // row, step
      for (std::size_t i = 0; i < run.size(); ++i) {
        const bool beyond = *rule["pieces"].text() == "beyond";
        const auto place = static_cast<std::int64_t>(beyond ? i + 1 : run.size());
        std::size_t step = 0;
        for (const Json& one : rule["steps"].items())
          step += *one["from"].integer() <= place ? 1U : 0U;
        if (step > 0) ++places[{run[i].second, step - 1}];
      }
      for (const auto& [place, count] : places) {
        reduce(all, place.first, count, rule["steps"].items()[place.second]);
      }
    }
    return capped(benefit, all);
  }

  std::int64_t shelf_of(const Json& on) const {
    std::int64_t sum = 0;
    for (const Row& row : rows_) sum += fits(on, row) ? row.price * row.pieces : 0;
    return sum;
  }

  Shares off_lines(const Json& benefit) const {
    const Json& give = benefit["give"];
    std::map<std::size_t, std::int64_t> costs;
    for (const Row& row : rows_) {
      if (fits(benefit["on"], row)) costs[row.number] = row.left;
    }
    const std::int64_t sum = sum_of(costs);
    const std::int64_t amount = amount_off(benefit, sum);
    if (amount == 0 || sum == 0) return {};
    return lay(limited(give, amount, sum), costs);
  }

  std::int64_t amount_off(const Json& benefit, std::int64_t sum) const {
    const Json& give = benefit["give"];
    if (give.find("amount") != nullptr) return *give["amount"].integer();
    if (give.find("percent") != nullptr) return half_up(sum, *give["percent"].integer(), 100);
    if (give.find("per_mille") != nullptr) return half_up(sum, *give["per_mille"].integer(), 1000);
    if (give.find("percent_by_class") != nullptr) {
      const Json& graded = give["percent_by_class"];
      return half_up(sum, graded[member_->member_class.text()].integer().value_or(0), 100);
    }
    if (give.find("percent_by_tier") != nullptr) {
      const Json& graded = give["percent_by_tier"];
      const std::string tier = member_->tier ? member_->tier->text() : "";
      return half_up(sum, graded[tier].integer().value_or(0), 100);
    }
    const std::int64_t shelf = shelf_of(benefit["on"]);
    if (const Json* each = give.find("for_each")) {
      const std::int64_t times = std::min(shelf / *(*each)["spent"].integer(),
                                          (*each)["times"].integer().value_or(INT64_MAX));
      return times * *(*each)["amount"].integer();
    }
    std::int64_t amount = 0;
    for (const Json& step : give["by_amount"]["steps"].items()) {
      if (shelf < *step["from"].integer()) break;
      const auto percent = step["percent"].integer();
      amount = percent ? half_up(sum, *percent, 100) : *step["amount"].integer();
    }
    return amount;
  }

  Shares money_of(const Json& benefit) const {
    const Json& give = benefit["give"];
    if (const auto price = give["fixed_price"].integer()) {
      return reduced(benefit, chosen(benefit), Json::object().set("price", *price));
    }
    if (const auto each = give["amount_each"].integer()) {
      return reduced(benefit, chosen(benefit), Json::object().set("amount", *each));
    }
    if (give.find("pick") != nullptr) return reduced(benefit, chosen(benefit), give["pick"]);
    if (give.find("nth_percent") != nullptr) return nth(benefit);
    if (give.find("get") != nullptr) return get(benefit);
    if (give.find("set") != nullptr) return set(benefit);
    if (give.find("by_quantity") != nullptr) return by_quantity(benefit);
    return off_lines(benefit);
  }
};

}  // namespace tests::programme
