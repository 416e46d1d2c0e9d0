#include "pos/programme/judge.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace pos::programme {
namespace {

using domain::Money;
using Kind = Condition::Kind;

WordIndex find_word(const WordTable& table, std::string_view word) {
  const auto found = table.find(word);
  return found != table.end() ? found->second : kNoWord;
}

Verdict refuse(Reason reason) {
  Verdict verdict;
  verdict.reason = reason;
  return verdict;
}

Verdict refuse_day(Reason reason, std::optional<domain::Day> day) {
  Verdict verdict = refuse(reason);
  verdict.day = day;
  return verdict;
}

Verdict check_days(const Worktop& top, std::optional<domain::Day> first,
                   std::optional<domain::Day> last) {
  if (first && top.today < *first) return refuse_day(Reason::not_yet_valid, first);
  if (last && top.today > *last) return refuse_day(Reason::expired, last);
  return {};
}

template <class Text>
bool named(const std::vector<std::string>& words, const Text& text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

Verdict check_word(const Worktop& top, const Condition& condition) {
  const domain::MemberFacts* member = top.member;
  switch (condition.kind) {
    case Kind::member_class:
      if (member == nullptr) return refuse(Reason::no_member);
      return named(condition.words, member->member_class.text()) ? Verdict{}
                                                                 : refuse(Reason::other_class);
    case Kind::tier:
      if (member == nullptr) return refuse(Reason::no_member);
      return member->tier && named(condition.words, member->tier->text())
                 ? Verdict{}
                 : refuse(Reason::other_tier);
    case Kind::segment:
      if (member == nullptr) return refuse(Reason::no_member);
      return std::any_of(member->segments.begin(), member->segments.end(),
                         [&](const auto& code) { return named(condition.words, code.text()); })
                 ? Verdict{}
                 : refuse(Reason::other_segment);
    case Kind::region:
      return named(condition.words, top.input.region.text()) ? Verdict{}
                                                             : refuse(Reason::other_store);
    default:
      return named(condition.words, top.input.store.text()) ? Verdict{}
                                                            : refuse(Reason::other_store);
  }
}

Verdict check_hours(const Worktop& top, const Condition& condition) {
  const int from = condition.from_minute;
  const int to = condition.to_minute;
  const bool inside =
      from < to ? top.minute >= from && top.minute < to : top.minute >= from || top.minute < to;
  return inside ? Verdict{} : refuse(Reason::other_day);
}

Verdict check_coupon(const Worktop& top, const Condition& condition) {
  const std::string& code = condition.words.front();
  if (!condition.personal) {
    const auto& presented = top.input.coupons;
    const bool shown = std::any_of(presented.begin(), presented.end(),
                                   [&](const auto& one) { return one.text() == code; });
    return shown ? Verdict{} : refuse(Reason::no_coupon);
  }
  if (top.member == nullptr) return refuse(Reason::no_member);
  Verdict verdict = refuse(Reason::no_coupon);
  for (const domain::PersonalCoupon& held : top.member->coupons) {
    if (held.code.text() != code) continue;
    if (held.last >= top.today) return {};
    verdict = refuse_day(Reason::expired, held.last);
  }
  return verdict;
}

Verdict check_window(const Worktop& top, const Condition& condition) {
  if (top.member == nullptr) return refuse(Reason::no_member);
  const auto& windows = top.member->windows;
  const bool open = std::any_of(windows.begin(), windows.end(), [&](const auto& window) {
    return window.kind == condition.window && window.first <= top.today && top.today <= window.last;
  });
  return open ? Verdict{} : refuse(Reason::outside_window);
}

/// The line whose pieces reach `missing` with the least money; ties by rank.
std::optional<BasketChange> cheapest_raise(const Worktop& top, const Selection& selection,
                                           Money missing) {
  std::optional<BasketChange> best;
  Money best_cost;
  std::size_t best_rank = 0;
  lines_of(top, selection).each([&](std::size_t i) {
    const WorkLine& line = top.lines[i];
    if (line.price.units() <= 0) return;
    const std::int64_t pieces = (missing.units() + line.price.units() - 1) / line.price.units();
    if (line.quantity + pieces > kQuantityMax) return;
    const Money cost = line.price * pieces;
    if (best && (cost > best_cost || (cost == best_cost && line.rank > best_rank))) return;
    best = BasketChange{false, i, pieces, {}, false, true};
    best_cost = cost;
    best_rank = line.rank;
  });
  return best;
}

Verdict check_amount(const Worktop& top, const Condition& condition) {
  Money sum;
  const LineSet lines = lines_of(top, condition.selection);
  lines.each([&](std::size_t i) {
    sum += condition.after_discounts ? top.lines[i].remaining : top.lines[i].shelf;
  });
  if (sum.units() >= condition.threshold) return {};
  Verdict verdict = refuse(Reason::below_amount);
  verdict.missing = Money::of(condition.threshold) - sum;
  verdict.goal = Money::of(condition.threshold);
  if (condition.after_discounts || top.lines.empty()) return verdict;
  if (condition.selection.is_generic()) {
    if (top.lines.size() >= kLinesMax) return verdict;
    verdict.change = BasketChange{true,
                                  0,
                                  1,
                                  verdict.missing,
                                  condition.selection.demand_only,
                                  condition.selection.earning_only};
  } else if (!lines.empty()) {
    verdict.change = cheapest_raise(top, condition.selection, verdict.missing);
    if (verdict.change) {
      verdict.missing_quantity = verdict.change->pieces;
      verdict.article = top.lines[verdict.change->line].article_code;
    }
  }
  return verdict;
}

Verdict check_quantity(const Worktop& top, const Condition& condition) {
  std::int64_t count = 0;
  lines_of(top, condition.selection).each([&](std::size_t i) { count += top.lines[i].quantity; });
  if (count >= condition.threshold) return {};
  if (count == 0) return refuse(Reason::no_such_article);
  Verdict verdict = refuse(Reason::below_quantity);
  verdict.missing_quantity = condition.threshold - count;
  verdict.change = more_pieces(top, condition.selection, verdict.missing_quantity);
  if (verdict.change) verdict.article = top.lines[verdict.change->line].article_code;
  return verdict;
}

/// One missing condition may be mended by a change of the basket; two may not, and one that no
/// basket mends says so first.
Verdict check_all(const Worktop& top, const std::vector<Condition>& children) {
  Verdict near;
  bool several = false;
  for (const Condition& child : children) {
    Verdict verdict = check_condition(top, child);
    if (verdict.holds()) continue;
    if (!verdict.change) return verdict;
    if (!near.holds()) {
      several = true;
    } else {
      near = std::move(verdict);
    }
  }
  if (several) near.change.reset();
  return near;
}

/// The change of `one` costs less at the shelf, or only `one` has any.
bool is_nearer(const Worktop& top, const Verdict& one, const Verdict& other) {
  if (!one.change || !other.change) return one.change.has_value() && !other.change;
  const auto cost = [&](const BasketChange& change) {
    return change.adds_article ? change.price : top.lines[change.line].price * change.pieces;
  };
  return cost(*one.change) < cost(*other.change);
}

Verdict check_any(const Worktop& top, const std::vector<Condition>& children) {
  Verdict best;
  for (const Condition& child : children) {
    Verdict verdict = check_condition(top, child);
    if (verdict.holds()) return verdict;
    if (best.holds() || is_nearer(top, verdict, best)) best = std::move(verdict);
  }
  return best;
}

Reason reason_against(Kind kind) {
  switch (kind) {
    case Kind::member_class:
      return Reason::other_class;
    case Kind::tier:
      return Reason::other_tier;
    case Kind::store:
    case Kind::region:
      return Reason::other_store;
    case Kind::dates:
    case Kind::weekdays:
    case Kind::hours:
    case Kind::window:
      return Reason::other_day;
    default:
      return Reason::excluded;
  }
}

bool among(const std::vector<WordIndex>& sorted, WordIndex word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

/// The lines that have one of the words. Walks the shorter of the two sorted lists.
LineSet lines_with(const std::vector<LinesOfWord>& known, const std::vector<WordIndex>& words) {
  LineSet lines;
  if (known.size() < words.size()) {
    for (const LinesOfWord& one : known) {
      if (among(words, one.word)) lines |= one.lines;
    }
    return lines;
  }
  for (const WordIndex word : words) {
    const auto found = std::lower_bound(known.begin(), known.end(), word,
                                        [](const auto& one, WordIndex w) { return one.word < w; });
    if (found != known.end() && found->word == word) lines |= found->lines;
  }
  return lines;
}

void note_word(std::vector<LinesOfWord>& known, WordIndex word, std::size_t line) {
  if (word == kNoWord) return;
  auto place = std::lower_bound(known.begin(), known.end(), word,
                                [](const auto& one, WordIndex w) { return one.word < w; });
  if (place == known.end() || place->word != word) place = known.insert(place, {word, {}});
  place->lines.insert(line);
}

void add_all(std::vector<std::uint32_t>& out, const std::vector<std::uint32_t>& more) {
  out.insert(out.end(), more.begin(), more.end());
}

template <class Table>
void add_found(std::vector<std::uint32_t>& out, const Table& table, std::string_view key) {
  if (table.empty()) return;
  if (const auto found = table.find(key); found != table.end()) add_all(out, found->second);
}

void add_of_member(std::vector<std::uint32_t>& out, const Worktop& top) {
  const BenefitIndex& index = top.programme.index;
  const domain::MemberFacts& member = *top.member;
  add_found(out, index.by_class, member.member_class.text());
  if (member.tier) add_found(out, index.by_tier, member.tier->text());
  for (const domain::PersonalCoupon& coupon : member.coupons) {
    add_found(out, index.by_coupon, coupon.code.text());
  }
  for (const domain::EffectiveWindow& window : member.windows) {
    if (window.first <= top.today && top.today <= window.last) {
      add_all(out, index.by_window[static_cast<std::size_t>(window.kind)]);
    }
  }
}

}  // namespace

void rank_lines(std::vector<WorkLine>& lines) {
  std::vector<std::uint32_t> order(lines.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto key = [&](std::uint32_t i) {
      const WorkLine& line = lines[i];
      return std::tuple(line.article_code, line.price, line.quantity, line.demand, line.earns, i);
    };
    return key(a) < key(b);
  });
  for (std::size_t i = 0; i < order.size(); ++i) lines[order[i]].rank = i;
}

Worktop lay_out(const CompiledBenefits& programme, const QuoteInput& input) {
  const bool known = input.member && input.member->standing != domain::MemberStanding::blocked;
  const domain::Day today = core::local_day(input.moment);
  Worktop top{programme,
              input,
              known ? &*input.member : nullptr,
              today,
              core::local_minute(input.moment),
              std::chrono::weekday(today).c_encoding(),
              {},
              {},
              {},
              {},
              {},
              {}};
  CLUBTILL_CHECK(input.lines.size() <= kLinesMax);
  top.lines.reserve(input.lines.size() + 1);
  top.by_code.reserve(input.lines.size());
  for (const BasketLine& line : input.lines) {
    const domain::Article& article = line.article;
    const Money shelf = article.price * line.quantity;
    add_line(top, {article.code, find_word(programme.codes, article.code),
                   find_word(programme.categories, article.category.text()), article.demand,
                   article.earns, line.quantity, article.price, shelf, shelf, 0});
  }
  rank_lines(top.lines);
  return top;
}

void add_line(Worktop& top, const WorkLine& line) {
  const std::size_t number = top.lines.size();
  top.lines.push_back(line);
  top.all.insert(number);
  if (line.demand) top.demand.insert(number);
  if (line.earns) top.earning.insert(number);
  note_word(top.by_code, line.code, number);
  note_word(top.by_category, line.category, number);
}

void remove_last_line(Worktop& top) {
  top.lines.pop_back();
  top.all.remove(top.lines.size());
  top.demand.remove(top.lines.size());
  top.earning.remove(top.lines.size());
}

LineSet lines_of(const Worktop& top, const Selection& selection) {
  LineSet lines = top.all;
  if (!selection.codes.empty() || !selection.categories.empty()) {
    lines = lines_with(top.by_code, selection.codes);
    lines |= lines_with(top.by_category, selection.categories);
  }
  if (selection.demand_only) lines &= top.demand;
  if (selection.earning_only) lines &= top.earning;
  lines -= lines_with(top.by_code, selection.except_codes);
  lines -= lines_with(top.by_category, selection.except_categories);
  return lines;
}

std::vector<std::uint32_t> reached(const Worktop& top) {
  const BenefitIndex& index = top.programme.index;
  std::vector<std::uint32_t> out;
  out.reserve(64);
  add_all(out, index.always);
  for (const LinesOfWord& one : top.by_code) {
    add_all(out, index.by_code[static_cast<std::size_t>(one.word)]);
  }
  for (const LinesOfWord& one : top.by_category) {
    add_all(out, index.by_category[static_cast<std::size_t>(one.word)]);
  }
  if (!top.demand.empty()) add_all(out, index.by_demand);
  for (const domain::CouponCode& coupon : top.input.coupons) {
    add_found(out, index.by_coupon, coupon.text());
  }
  add_found(out, index.by_store, top.input.store.text());
  if (top.member != nullptr) add_of_member(out, top);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::optional<BasketChange> more_pieces(const Worktop& top, const Selection& selection,
                                        std::int64_t pieces) {
  const WorkLine* best = nullptr;
  lines_of(top, selection).each([&](std::size_t i) {
    const WorkLine& line = top.lines[i];
    if (line.quantity + pieces > kQuantityMax) return;
    const bool better = best == nullptr || line.price < best->price ||
                        (line.price == best->price && line.rank < best->rank);
    if (better) best = &line;
  });
  if (best == nullptr) return std::nullopt;
  return BasketChange{false, static_cast<std::size_t>(best - top.lines.data()), pieces, {}, false,
                      true};
}

Verdict check_condition(const Worktop& top, const Condition& condition) {
  switch (condition.kind) {
    case Kind::all:
      return check_all(top, condition.children);
    case Kind::any:
      return check_any(top, condition.children);
    case Kind::none_of: {
      if (condition.children.empty()) return {};
      const Condition& child = condition.children.front();
      return check_condition(top, child).holds() ? refuse(reason_against(child.kind)) : Verdict{};
    }
    case Kind::member_class:
    case Kind::tier:
    case Kind::segment:
    case Kind::store:
    case Kind::region:
      return check_word(top, condition);
    case Kind::dates:
      return check_days(top, condition.first, condition.last);
    case Kind::weekdays: {
      const bool today = (condition.weekday_bits >> top.weekday & 1U) != 0;
      return today ? Verdict{} : refuse(Reason::other_day);
    }
    case Kind::hours:
      return check_hours(top, condition);
    case Kind::coupon:
      return check_coupon(top, condition);
    case Kind::window:
      return check_window(top, condition);
    case Kind::amount:
      return check_amount(top, condition);
    case Kind::quantity:
      return check_quantity(top, condition);
  }
  return {};
}

const Answer* answer_to(const QuoteInput& input, const Benefit& benefit) {
  const auto found = std::find_if(input.answers.begin(), input.answers.end(),
                                  [&](const Answer& one) { return one.benefit == benefit.id; });
  return found != input.answers.end() ? &*found : nullptr;
}

Verdict check_benefit(const Worktop& top, const Benefit& benefit) {
  if (benefit.members_only && top.member == nullptr) return refuse(Reason::no_member);
  Verdict days = check_days(top, benefit.first, benefit.last);
  if (!days.holds()) return days;
  Verdict verdict = check_condition(top, benefit.when);
  const bool out_of_reach = benefit.online_only && !top.input.reach.online;
  // Asking for the coupon would only lead to the next refusal.
  if (out_of_reach && verdict.reason == Reason::no_coupon) return refuse(Reason::needs_connection);
  if (!verdict.holds() && !verdict.change) return verdict;
  if (out_of_reach) return refuse(Reason::needs_connection);
  if (const Answer* answer = answer_to(top.input, benefit)) {
    if (answer->kind == Answer::Kind::declined) return refuse(Reason::declined);
  }
  return verdict;
}

}  // namespace pos::programme
