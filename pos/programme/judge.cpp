#include "pos/programme/judge.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "pos/programme/class_joining.hpp"

namespace pos::programme {
namespace {

using domain::Money;
using domain::Points;

WordIndex find_word(const WordTable& table, std::string_view word) {
  const auto found = table.find(word);
  return found != table.end() ? found->second : kNoWord;
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

void see_unnamed(LineSet& seen, const Selection& selection) {
  for (const bool demand : {true, false}) {
    for (const bool earns : {true, false}) {
      const bool fits = (demand || !selection.demand_only) && (earns || !selection.earning_only);
      if (fits) seen.insert(unnamed_article(demand, earns));
    }
  }
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
  for (std::size_t i = 0; i < order.size(); ++i) lines[order[i]].rank = i + 1;
}

bool has_account(const QuoteInput& input) {
  if (!input.member) return input.unknown_card;
  return input.member->standing != domain::MemberStanding::blocked;
}

Worktop lay_out(const CompiledBenefits& programme, const QuoteInput& input) {
  const bool known = input.member && has_account(input) && !waits(programme.classes, *input.member);
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
    WorkLine work{article.code,
                  find_word(programme.codes, article.code),
                  find_word(programme.categories, article.category.text()),
                  article.demand,
                  article.earns,
                  false,
                  false,
                  line.quantity,
                  article.price,
                  shelf,
                  shelf,
                  0};
    const Selection& cards = programme.gift_cards;
    work.gift_card = among(cards.codes, work.code) || among(cards.categories, work.category);
    work.apart = work.gift_card || among(programme.fees, work.code);
    add_line(top, work);
  }
  rank_lines(top.lines);
  restart(top);
  return top;
}

void restart(Worktop& top) {
  const Reach& reach = top.input.reach;
  for (WorkLine& line : top.lines) line.remaining = line.shelf;
  top.points_left = top.member != nullptr ? top.member->spendable_on(top.today) : Points{};
  top.right_left = std::max(Money{}, std::min(reach.pool_left, reach.member_left));
  top.reserve_left = std::max(Money{}, reach.reserved);
}

void add_line(Worktop& top, const WorkLine& line) {
  const std::size_t number = top.lines.size();
  top.lines.push_back(line);
  if (line.apart) return;
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
    lines = {};
    if (!selection.codes.empty()) lines |= lines_with(top.by_code, selection.codes);
    if (!selection.categories.empty()) lines |= lines_with(top.by_category, selection.categories);
  } else {
    see_unnamed(top.seen, selection);
  }
  if (selection.demand_only) lines &= top.demand;
  if (selection.earning_only) lines &= top.earning;
  top.seen |= lines;
  if (selection.undiscounted_only) {
    top.all.each([&](std::size_t i) {
      if (top.lines[i].remaining != top.lines[i].shelf) lines.remove(i);
    });
  }
  if (!selection.except_codes.empty()) lines -= lines_with(top.by_code, selection.except_codes);
  if (!selection.except_categories.empty()) {
    lines -= lines_with(top.by_category, selection.except_categories);
  }
  return lines;
}

const Answer* answer_to(const QuoteInput& input, const Benefit& benefit) {
  const auto found = std::find_if(input.answers.begin(), input.answers.end(),
                                  [&](const Answer& one) { return one.benefit == benefit.id; });
  return found != input.answers.end() ? &*found : nullptr;
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
  std::erase_if(out, [&](std::uint32_t i) { return is_hidden(top, top.programme.benefits[i]); });
  return out;
}

}  // namespace pos::programme
