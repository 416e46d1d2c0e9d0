#include "tests/unit/programme/slow_judge.hpp"

#include "tests/unit/programme/slow_hidden.hpp"
#include "tests/unit/programme/slow_prices.hpp"
#include "tests/unit/programme/slow_tiers.hpp"

namespace tests::programme {

namespace {

class Judge : public SlowPrices {
 public:
  Judge(const Json& document, const QuoteInput& input)
      : SlowPrices(document, input), document_(document) {
    join();
    if (member_ != nullptr) points_left_ = good(member_->balance.units(), member_->point_lots);
    right_left_ = std::min(input.reach.pool_left.units(), input.reach.member_left.units());
    reserved_ = input.reach.reserved.units();
  }

  SlowQuote judge() {
    for (const char* step : {"lines", "class", "basket"}) run_step(step);
    show_soft();
    for (const Row& row : rows_) {
      result_.shelf.push_back(row.price * row.pieces);
      result_.left.push_back(row.left);
    }
    spend();
    spend_value();
    for (std::int64_t unit = 0; unit < result_.points_value + result_.value_spent; ++unit) {
      draw_for_points();
    }
    result_.points_spent += result_.points_value / 500 * 50;
    load_gift_cards();
    earn();
    set_all_terms();
    if (input_.member && !input_.lines.empty()) {
      const auto day = pos::core::local_day(input_.moment);
      result_.reached = SlowTiers(document_, *input_.member, day, result_.payable).reached();
    }
    return result_;
  }

 private:
  /// What a benefit gives: money off lines, points, stored value.
  struct Gain {
    Shares shares;
    std::int64_t points = 0;
    std::int64_t value = 0;
    bool given = false;
    [[nodiscard]] std::int64_t worth() const { return sum_of(shares) + points * 10 + value; }
  };

  /// A member has the class that is joined at once; who only waits for membership is nobody.
  void join() {
    if (member_ == nullptr) return;
    std::set<std::string> basket;
    for (const Row& row : rows_) basket.insert(row.code);
    const auto day = pos::core::local_day(input_.moment);
    result_.joined = SlowTiers(document_, *member_, day, 0).joined(basket);
    if (!result_.joined.empty()) {
      as_joined_ = *member_;
      as_joined_->member_class = *pos::domain::ClassCode::parse(result_.joined);
      member_ = &*as_joined_;
    }
    subscribe();
    for (const Json& one : document_["classes"].items()) {
      const bool own = member_ != nullptr && *one["code"].text() == member_->member_class.text();
      if (own && one["waits"].boolean().value_or(false)) member_ = nullptr;
    }
  }

  /// Months that lie in the basket are added to what the member has, and count at once.
  void subscribe() {
    std::int64_t months = 0;
    for (const Row& row : rows_) {
      for (const Json& one : document_["subscriptions"].items()) {
        if (*one["article"].text() != row.code) continue;
        months += row.pieces *
                  (one["months"].integer().value_or(0) + one["years"].integer().value_or(0) * 12);
      }
    }
    if (months == 0) return;
    const auto day = pos::core::local_day(input_.moment);
    auto from = member_->subscription_last.value_or(day);
    if (from < day) from = day;
    const std::chrono::year_month_day date{from};
    const std::int64_t number =
        static_cast<int>(date.year()) * 12 + static_cast<unsigned>(date.month()) - 1 + months;
    const std::chrono::year_month month{std::chrono::year(static_cast<int>(number / 12)),
                                        std::chrono::month(static_cast<unsigned>(number % 12) + 1)};
    const std::chrono::year_month_day end{month / std::chrono::last};
    as_joined_ = *member_;
    as_joined_->subscription_last = month / std::min(date.day(), end.day());
    result_.subscribed_to = as_joined_->subscription_last;
    member_ = &*as_joined_;
  }

  [[nodiscard]] std::string today() const {
    return pos::domain::day_text(pos::core::local_day(input_.moment));
  }

  /// What of a balance can be spent today.
  std::int64_t good(std::int64_t balance, const std::vector<pos::domain::Lot>& lots) const {
    for (const auto& lot : lots) {
      const bool over = lot.terms.last && pos::domain::day_text(*lot.terms.last) < today();
      const bool waits = lot.terms.first && pos::domain::day_text(*lot.terms.first) > today();
      if (over || waits) balance -= lot.amount;
    }
    return std::max<std::int64_t>(0, balance);
  }

  /// So many days on the calendar's sheets from today on; months keep the day of the month.
  std::string day_after(const Json& span) const {
    auto day = pos::core::local_day(input_.moment);
    day += std::chrono::days(span["days"].integer().value_or(0));
    const std::int64_t months = span["months"].integer().value_or(0);
    const std::chrono::year_month_day date(day);
    for (std::int64_t begun = 0; begun < months; ++begun) {
      do {
        day += std::chrono::days(1);
      } while (std::chrono::year_month_day(day).day() != std::chrono::day(1));
    }
    if (months != 0) {
      const auto month = std::chrono::year_month_day(day).month();
      while (std::chrono::year_month_day(day).day() < date.day()) {
        day += std::chrono::days(1);
        if (std::chrono::year_month_day(day).month() == month) continue;
        day -= std::chrono::days(1);
        break;
      }
    }
    return pos::domain::day_text(day);
  }

  void set_terms(const Json& rule, std::string& first, std::string& last) const {
    if (rule["available"].is_object()) first = day_after(rule["available"]);
    if (rule["expire"].is_object()) last = day_after(rule["expire"]);
  }

  /// Points and value, as if `paid` of each line were paid.
  Gain earned_by(const Json& benefit, const std::vector<std::int64_t>& paid) const {
    const Json& give = benefit["give"];
    std::int64_t basis = 0;
    std::int64_t pieces = 0;
    bool any = false;
    for (const Row& row : rows_) {
      if (!fits(benefit["on"], row)) continue;
      any = any || row.earns || give.find("points") != nullptr;
      basis += row.earns ? paid[row.number] : 0;
      pieces += row.earns ? row.pieces : 0;
    }
    Gain gain;
    if (!any) return gain;
    if (const auto points = give["points"].integer()) gain.points = *points;
    if (const auto points = give["points_each"].integer()) {
      gain.points = *points * std::min(pieces, give["max_pieces"].integer().value_or(pieces));
    }
    if (const Json* per = give.find("points_per")) {
      gain.points = basis * *(*per)["points"].integer() / *(*per)["per"].integer();
    }
    if (const auto percent = give["earn_percent"].integer()) {
      gain.points = basis * (*percent - 100) / 100 / 100;
    }
    gain.points = std::min(gain.points, give["max_points"].integer().value_or(INT64_MAX));
    if (const Json* back = give.find("cash_back")) {
      gain.value = half_up(basis, *(*back)["percent"].integer(), 100);
      gain.value = std::max(gain.value, give["at_least"].integer().value_or(0));
      gain.value = std::min({gain.value, give["at_most"].integer().value_or(INT64_MAX), basis});
    }
    gain.given = gain.points > 0 || gain.value > 0;
    return gain;
  }

  static bool earns(const Json& benefit) {
    const Json& give = benefit["give"];
    return give.find("points") != nullptr || give.find("points_each") != nullptr ||
           give.find("points_per") != nullptr || give.find("earn_percent") != nullptr ||
           give.find("cash_back") != nullptr;
  }

  bool is_allowed(const Json& benefit) {
    if (member_ == nullptr) return false;
    const SlowHidden hidden(document_, *member_, today());
    if (hidden.is_hidden(benefit)) return false;
    for (const auto& use : hidden.uses_of(benefit)) {
      const Json& limit = benefit["limit"];
      const auto today = pos::core::local_day(input_.moment);
      const std::string date = pos::domain::day_text(today);
      std::int64_t on_day = 0;
      std::int64_t in_month = 0;
      std::int64_t in_year = 0;
      for (const auto day : use.days) {
        const std::string had = pos::domain::day_text(day);
        if (had >= date) ++on_day;
        if (had.substr(0, 7) >= date.substr(0, 7)) ++in_month;
        if (had.substr(0, 4) >= date.substr(0, 4)) ++in_year;
        if ((today - day).count() < limit["gap_days"].integer().value_or(0)) return false;
      }
      const bool once = is_question(benefit) && limit.is_null();
      if (use.total >= limit["member"].integer().value_or(once ? 1 : INT64_MAX)) return false;
      if (on_day >= limit["day"].integer().value_or(INT64_MAX)) return false;
      if (in_month >= limit["month"].integer().value_or(INT64_MAX)) return false;
      if (in_year >= limit["year"].integer().value_or(INT64_MAX)) return false;
    }
    const Json& give = benefit["give"];
    const bool sets_aside = give.find("pick") != nullptr || (give.find("fixed_price") != nullptr &&
                                                             give.find("max_pieces") != nullptr);
    if (sets_aside) {
      for (const auto& [row, count] : chosen(benefit)) rows_[row].aside = count;
    }
    const bool held = holds(benefit["when"]);
    for (Row& row : rows_) row.aside = 0;
    return held && points_left_ >= benefit["cost"].integer().value_or(0);
  }

  Gain gain_of(const Json& benefit) {
    if (!is_allowed(benefit)) return {};
    Gain gain;
    if (earns(benefit)) {
      std::vector<std::int64_t> left;
      for (const Row& row : rows_) left.push_back(row.left);
      gain = earned_by(benefit, left);
    } else {
      gain.shares = money_of(benefit);
      gain.given = !gain.shares.empty();
    }
    const std::int64_t beyond = std::max<std::int64_t>(0, claim(benefit) - reserved_);
    if (beyond + out_of_rights(benefit, gain) > right_left_) return {};
    if (gain.worth() > budget_left(benefit)) return {};
    return gain;
  }

  static std::int64_t claim(const Json& benefit) {
    return benefit["cost"].integer().value_or(0) * 10;
  }

  static std::int64_t out_of_rights(const Json& benefit, const Gain& gain) {
    const Json& offline = benefit["offline"];
    const bool up_to = offline.text() != nullptr && *offline.text() == "up_to";
    return up_to ? gain.worth() : 0;
  }

  /// One unit of money: of what the hub reserved while there is some, then of the rights.
  void draw_for_points() {
    if (reserved_ > 0) {
      --reserved_;
      return;
    }
    --right_left_;
    ++result_.drawn;
  }

  bool is_asked(const Json& benefit) const {
    return benefit["ask"].boolean().value_or(false) || benefit["cost"].integer().has_value();
  }

  const pos::programme::Answer* answer_to(const Json& benefit) const {
    for (const auto& answer : input_.answers) {
      if (answer.benefit.text() == *benefit["id"].text()) return &answer;
    }
    return nullptr;
  }

  bool is_taken(const Json& benefit) const {
    const auto* answer = answer_to(benefit);
    if (answer == nullptr) return !is_asked(benefit);
    return answer->kind != pos::programme::Answer::Kind::declined;
  }

  void take(const Json& benefit, const Gain& gain) {
    if (!gain.given || !is_taken(benefit)) return;
    for (const auto& [row, amount] : gain.shares) rows_[row].left -= amount;
    result_.applied[*benefit["id"].text()] = sum_of(gain.shares);
    count(benefit);
    const std::int64_t cost = benefit["cost"].integer().value_or(0);
    points_left_ -= cost;
    result_.points_spent += cost;
    right_left_ -= out_of_rights(benefit, gain);
    result_.drawn += out_of_rights(benefit, gain);
    for (std::int64_t unit = 0; unit < claim(benefit); ++unit) draw_for_points();
    if (earns(benefit)) earning_.push_back(&benefit);
  }

  static bool is_question(const Json& benefit) {
    return benefit["give"].find("question") != nullptr;
  }

  static bool is_soft(const Json& benefit) {
    const Json& give = benefit["give"];
    return give.find("task") != nullptr || give.find("prompt") != nullptr ||
           give.find("suggest") != nullptr || is_question(benefit);
  }

  void count(const Json& benefit) {
    const bool turns = benefit.find("surprise") != nullptr;
    if (benefit.find("limit") != nullptr || is_question(benefit) || turns) {
      result_.counted.insert(*benefit["id"].text());
    }
  }

  bool is_in_basket(const std::string& code) const {
    return std::any_of(rows_.begin(), rows_.end(),
                       [&](const Row& row) { return row.code == code; });
  }

  /// An article to be mentioned: not one that lies there already, unless it was mentioned before.
  std::string look_of_suggestion(const Json& benefit, const pos::programme::Answer* answer) const {
    bool any = false;
    for (const Json& code : benefit["give"]["suggest"]["codes"].items()) {
      if (!is_in_basket(*code.text())) continue;
      any = true;
      if (answer != nullptr && answer->choice == *code.text()) return "applied";
    }
    return any ? "" : "offered";
  }

  /// What is to be seen of it, as if it were alone: "applied", "offered", "declined" or nothing.
  std::string look_of(const Json& benefit) {
    if (!is_soft(benefit) || !is_allowed(benefit)) return {};
    const Json& give = benefit["give"];
    const auto* answer = answer_to(benefit);
    if (answer != nullptr && answer->kind == pos::programme::Answer::Kind::declined) {
      return "declined";
    }
    if (give.find("suggest") != nullptr) return look_of_suggestion(benefit, answer);
    if (give.find("prompt") != nullptr) return "applied";
    if (answer == nullptr) return "offered";
    if (give.find("task") != nullptr) return "applied";
    for (const Json& one : give["question"]["answers"].items()) {
      if (*one["code"].text() == answer->choice) return "applied";
    }
    return "offered";
  }

  /// What moves no money. One question and one suggestion: rather one that has its answer, then the
  /// one that is judged first.
  void show_soft() {
    for (const char* kind : {"task", "prompt", "question", "suggest"}) {
      std::vector<const Json*> shown;
      for (const Json& benefit : document_["benefits"].items()) {
        const bool fits = benefit["give"].find(kind) != nullptr;
        if (fits && !look_of(benefit).empty()) shown.push_back(&benefit);
      }
      const auto order = [&](const Json* one) {
        return std::tuple(look_of(*one) == "offered", -(*one)["priority"].integer().value_or(0),
                          *(*one)["id"].text());
      };
      std::sort(shown.begin(), shown.end(),
                [&](const Json* a, const Json* b) { return order(a) < order(b); });
      const bool one_only = std::string(kind) == "question" || std::string(kind) == "suggest";
      if (one_only && shown.size() > 1) shown.resize(1);
      for (const Json* benefit : shown) show(*benefit, look_of(*benefit));
    }
  }

  /// What the member heard counts; an article that is on the screen was suggested.
  void show(const Json& benefit, const std::string& look) {
    result_.soft[*benefit["id"].text()] = look;
    const bool suggested = benefit["give"].find("suggest") != nullptr;
    if (look != "offered" || suggested) count(benefit);
  }

  void run_step(const std::string& step) {
    std::vector<const Json*> waiting;
    for (const Json& benefit : document_["benefits"].items()) {
      if (*benefit["step"].text() == step && !is_soft(benefit)) waiting.push_back(&benefit);
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
        if (!is_taken(*one)) continue;  // a rival that was declined is none
        if (!is_taken(*best) || gain_of(*one).worth() > gain_of(*best).worth()) best = one;
      }
      take(*best, gain_of(*best));
      std::erase_if(waiting, [&](const Json* one) {
        return std::find(rivals.begin(), rivals.end(), one) != rivals.end();
      });
    }
  }

  void spend() {
    std::int64_t sum = 0;
    for (const Row& row : rows_) {
      result_.payable += row.left;
      sum += row.apart ? 0 : row.left;
    }
    goods_left_ = sum;
    if (member_ == nullptr) return;
    std::int64_t steps = 0;
    while ((steps + 1) * 50 <= std::min(points_left_, input_.points_wish.units()) &&
           (steps + 1) * 500 * 2 <= sum && (steps + 1) * 500 <= right_left_ + reserved_) {
      ++steps;
    }
    result_.points_value = steps * 500;
    result_.payable -= result_.points_value;
    goods_left_ = sum - result_.points_value;
    pay(result_.points_value);
  }

  void spend_value() {
    std::int64_t there = 0;
    if (member_ != nullptr) there = good(member_->value.units(), member_->value_lots);
    if (!input_.member && input_.card_value) {
      there = good(input_.card_value->value.units(), input_.card_value->lots);
    }
    result_.value_spent =
        std::max<std::int64_t>(0, std::min({input_.value_wish.units(), there, goods_left_,
                                            right_left_ + reserved_ - result_.points_value}));
    result_.payable -= result_.value_spent;
    pay(result_.value_spent);
  }

  void pay(std::int64_t amount) {
    if (amount == 0) return;
    std::map<std::size_t, std::int64_t> weights;
    for (const Row& row : rows_) {
      if (!row.apart) weights[row.number] = row.left;
    }
    for (const auto& [row, part] : lay(amount, weights)) rows_[row].left -= part;
  }

  /// Whoever has an account; a blocked member has none.
  void load_gift_cards() {
    const bool blocked =
        input_.member && input_.member->standing == pos::domain::MemberStanding::blocked;
    if (blocked || (!input_.member && !input_.unknown_card)) return;
    for (const Row& row : rows_) result_.value_earned += row.gift ? row.left : 0;
  }

  void earn() {
    if (member_ == nullptr && (input_.member || !input_.unknown_card)) return;
    std::int64_t basis = 0;
    std::vector<std::int64_t> paid;
    for (const Row& row : rows_) {
      basis += row.earns && !row.apart ? row.left : 0;
      paid.push_back(row.left);
    }
    result_.earned = basis / 100;
    // "undiscounted" goes by what the benefits left.
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].left = result_.left[i];
    for (const Json* benefit : earning_) {
      const Gain gain = earned_by(*benefit, paid);
      result_.earned += gain.points;
      result_.value_earned += gain.value;
    }
  }

  void set_all_terms() {
    const Json& rules = document_["points"];
    if (result_.earned > 0) set_terms(rules, result_.earned_first, result_.earned_last);
    if (result_.value_earned > 0) {
      set_terms(rules["value"], result_.value_first, result_.value_last);
    }
  }

  const Json& document_;
  std::int64_t points_left_ = 0;
  std::int64_t budget_left(const Json& benefit) const {
    if (!benefit["budget"].integer()) return INT64_MAX;
    for (const auto& [id, left] : input_.reach.budgets) {
      if (id.text() == *benefit["id"].text()) return left.units();
    }
    return *benefit["budget"].integer();
  }

  std::optional<pos::domain::MemberFacts> as_joined_;
  std::int64_t goods_left_ = 0;
  std::int64_t right_left_ = 0;
  std::int64_t reserved_ = 0;
  std::vector<const Json*> earning_;
  SlowQuote result_;
};

}  // namespace

SlowQuote judge_slowly(const Json& document, const QuoteInput& input) {
  return Judge(document, input).judge();
}

}  // namespace tests::programme
