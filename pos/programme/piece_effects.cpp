#include <algorithm>
#include <span>

#include "pos/domain/rounding.hpp"
#include "pos/programme/giver.hpp"

/// Benefits that count pieces. None of them walks piece by piece: a line stands for all of its
/// pieces.
namespace pos::programme {
namespace {

using domain::Money;
using domain::Rounding;

constexpr std::int64_t kThousand = 1000;

std::int64_t at_most(std::int64_t limit) { return limit == 0 ? INT64_MAX : limit; }

}  // namespace

/// By the price on the shelf, then by rank: what "the first pieces" means, whatever the order of
/// the basket and whatever other benefits took. So no coupon moves a benefit to another piece.
/// With `article_first` the pieces of one article stand together.
void Giver::order_pieces(const LineSet& lines, bool article_first, bool dearest_first) {
  room_.order.clear();
  lines.each([&](std::size_t i) {
    const WorkLine& line = top_.lines[i];
    room_.order.push_back({i, line.remaining.units() / line.quantity, line.quantity});
  });
  const auto before = [&](const PieceOrder& a, const PieceOrder& b) {
    const WorkLine& one = top_.lines[a.line];
    const WorkLine& other = top_.lines[b.line];
    if (article_first && one.article_code != other.article_code) {
      return one.article_code < other.article_code;
    }
    if (one.price != other.price) return (one.price > other.price) == dearest_first;
    return one.rank < other.rank;
  };
  std::sort(room_.order.begin(), room_.order.end(), before);
}

void Giver::keep_first(std::int64_t count) {
  for (PieceOrder& one : room_.order) {
    one.count = std::min(count, one.count);
    count -= one.count;
  }
  std::erase_if(room_.order, [](const PieceOrder& one) { return one.count == 0; });
}

std::int64_t Giver::count_pieces(std::span<const PieceOrder> run) const {
  std::int64_t count = 0;
  for (const PieceOrder& one : run) count += one.count;
  return count;
}

std::int64_t Giver::count_pieces(const LineSet& lines) const {
  std::int64_t count = 0;
  lines.each([&](std::size_t i) { count += top_.lines[i].quantity; });
  return count;
}

/// All pieces of a line cost what is left of it; some of them their part of that, rounded down.
Money Giver::worth_of(std::size_t number, std::int64_t count) const {
  const WorkLine& line = top_.lines[number];
  return domain::scale(line.remaining, {count, line.quantity}, Rounding::down);
}

void Giver::add_part(const PieceOrder& pieces, std::int64_t count, const Reduction& reduction) {
  const Money now = worth_of(pieces.line, count);
  std::int64_t off = 0;
  switch (reduction.kind) {
    case Reduction::Kind::per_mille:
      off = now.units() * reduction.per_mille;
      break;
    case Reduction::Kind::amount:
      off = std::min(now, reduction.money * count).units() * kThousand;
      break;
    case Reduction::Kind::price:
      // A price above the present one takes nothing.
      if (reduction.money.units() > pieces.piece) return;
      off = (now - reduction.money * count).units() * kThousand;
      break;
  }
  if (off > 0) put_part({pieces.line, now, off, count});
}

/// A line has one part, so that it gets one share.
void Giver::put_part(const LinePart& part) {
  const auto same = std::find_if(room_.parts.begin(), room_.parts.end(),
                                 [&](const LinePart& one) { return one.line == part.line; });
  if (same == room_.parts.end()) {
    room_.parts.push_back(part);
    return;
  }
  same->base += part.base;
  same->off += part.off;
  same->count += part.count;
}

void Giver::add_parts(const Reduction& reduction) {
  room_.parts.clear();
  for (const PieceOrder& one : room_.order) add_part(one, one.count, reduction);
}

void Giver::choose_pieces() {
  const bool picks = give_.kind == Give::Kind::pick;
  order_pieces(lines_of(top_, benefit_.on), false, picks ? give_.dearest_first : true);
  keep_first(picks ? give_.pieces : give_.max_pieces.value_or(INT64_MAX));
}

Effect Giver::pick() {
  choose_pieces();
  if (room_.order.empty()) return no_effect(Reason::no_such_article);
  add_parts(give_.reduction);
  return spread_parts();
}

Effect Giver::fixed_price() {
  choose_pieces();
  if (room_.order.empty()) return no_effect(Reason::no_such_article);
  add_parts({Reduction::Kind::price, 0, give_.amount});
  return spread_parts();
}

Effect Giver::amount_each() {
  choose_pieces();
  if (room_.order.empty()) return no_effect(Reason::no_such_article);
  add_parts({Reduction::Kind::amount, 0, give_.amount});
  return spread_parts();
}

/// The pieces of the run, dearest first, cut into runs of `every`: the last piece of each is
/// cheaper.
void Giver::add_nth_parts(std::span<const PieceOrder> run, std::int64_t& left) {
  std::int64_t before = 0;
  for (const PieceOrder& one : run) {
    const std::int64_t after = before + one.count;
    const std::int64_t hit = std::min(left, after / give_.every - before / give_.every);
    before = after;
    left -= hit;
    const Money now = worth_of(one.line, hit);
    if (!now.is_zero()) put_part({one.line, now, now.units() * give_.per_mille, hit});
  }
}

/// Keeps the run that misses the fewest pieces.
void Giver::note_missing(std::span<const PieceOrder> run, Effect& effect) const {
  Verdict& verdict = effect.verdict;
  const std::int64_t missing = give_.every - count_pieces(run);
  if (verdict.missing_quantity != 0 && missing >= verdict.missing_quantity) return;
  const std::size_t line = run.back().line;  // the cheapest
  verdict.missing_quantity = missing;
  verdict.article = top_.lines[line].article_code;
  verdict.change = BasketChange{false, line, missing, {}, false, true};
}

namespace {

/// Visits the order in runs: each article by itself, or all of it at once.
template <class Visit>
void each_run(const Worktop& top, const std::vector<PieceOrder>& order, bool by_article,
              const Visit& visit) {
  const auto ends_run = [&](const PieceOrder& a, const PieceOrder& b) {
    return by_article && top.lines[a.line].article_code != top.lines[b.line].article_code;
  };
  for (auto first = order.begin(); first != order.end();) {
    const auto last = std::adjacent_find(first, order.end(), ends_run);
    const auto next = last == order.end() ? last : last + 1;
    visit(std::span<const PieceOrder>(first, next));
    first = next;
  }
}

}  // namespace

Effect Giver::nth() {
  order_pieces(lines_of(top_, benefit_.on), give_.same_article, true);
  if (room_.order.empty()) return no_effect(Reason::no_such_article);
  std::int64_t left = give_.max_pieces.value_or(INT64_MAX);
  room_.parts.clear();
  Effect too_few = no_effect(Reason::below_quantity);
  bool full = false;
  each_run(top_, room_.order, give_.same_article, [&](std::span<const PieceOrder> run) {
    if (count_pieces(run) >= give_.every) {
      full = true;
      add_nth_parts(run, left);
    } else if (!full) {
      note_missing(run, too_few);
    }
  });
  return full ? spread_parts() : too_few;
}

Effect Giver::too_few(const Selection& selection, std::int64_t missing) const {
  Effect effect = no_effect(Reason::below_quantity);
  Verdict& verdict = effect.verdict;
  verdict.missing_quantity = missing;
  verdict.change = more_pieces(top_, selection, missing);
  if (verdict.change) {
    verdict.article = top_.lines[verdict.change->line].article_code;
  } else if (!selection.codes.empty()) {
    const auto first = static_cast<std::size_t>(selection.codes.front());
    verdict.article = top_.programme.code_words[first];
  }
  return effect;
}

Effect Giver::too_few_to_get(std::int64_t bought, std::int64_t given, std::int64_t both) const {
  const Pieces& buy = give_.needs.front();
  if (bought < buy.count) return too_few(buy.selection, buy.count - bought);
  if (given < give_.pieces) return too_few(benefit_.on, give_.pieces - given);
  return too_few(benefit_.on, buy.count + give_.pieces - both);
}

/// "Buy so many of these, get so many of those": a piece that is bought for it is not given, too.
/// As often as the basket holds both. Pieces that count as bought only are kept for that.
Effect Giver::get() {
  const Pieces& buy = give_.needs.front();
  const LineSet wanted = lines_of(top_, buy.selection);
  const LineSet gifts = lines_of(top_, benefit_.on);
  LineSet either = wanted;
  either |= gifts;
  const std::int64_t bought = count_pieces(wanted);
  const std::int64_t given = count_pieces(gifts);
  const std::int64_t both = count_pieces(either);
  if (bought == 0) return no_effect(Reason::no_such_article);
  const std::int64_t times =
      std::min({bought / buy.count, given / give_.pieces, both / (buy.count + give_.pieces),
                at_most(give_.times_max)});
  if (times == 0) return too_few_to_get(bought, given, both);
  std::int64_t spare = bought - times * buy.count;
  std::int64_t left = times * give_.pieces;
  order_pieces(gifts, false, give_.dearest_first);
  for (PieceOrder& one : room_.order) {
    one.count = std::min(left, one.count);
    if (wanted.contains(one.line)) {
      one.count = std::min(one.count, spare);
      spare -= one.count;
    }
    left -= one.count;
  }
  std::erase_if(room_.order, [](const PieceOrder& one) { return one.count == 0; });
  add_parts(give_.reduction);
  return spread_parts();
}

/// The pieces of each part, the dearest last, where it is cheap to take them. An article that fits
/// several parts belongs to the first of them.
Giver::SetParts Giver::lay_out_parts() {
  SetParts parts;
  parts.sets = at_most(give_.times_max);
  LineSet free = top_.all;
  for (const Pieces& part : give_.needs) {
    LineSet lines = lines_of(top_, part.selection);
    lines &= free;
    free -= lines;
    order_pieces(lines, false, true);
    const std::int64_t count = count_pieces(std::span<const PieceOrder>(room_.order));
    parts.empty = parts.empty && count == 0;
    parts.sets = std::min(parts.sets, count / part.count);
    if (count < part.count) {
      ++parts.short_parts;
      parts.shortest = &part;
      parts.missing = part.count - count;
    }
    parts.pieces.emplace_back(room_.order.rbegin(), room_.order.rend());
  }
  return parts;
}

/// Takes some sets of the same price out of the parts, the dearest pieces first, and makes parts of
/// their lines. Nothing when such a set is cheap enough already.
Money Giver::take_sets(SetParts& parts) {
  std::int64_t sets = parts.sets;
  for (std::size_t i = 0; i < parts.pieces.size(); ++i) {
    const std::int64_t count = parts.pieces[i].back().count;
    sets = std::min(sets, std::max<std::int64_t>(1, count / give_.needs[i].count));
  }
  Money cost;
  std::vector<LinePart> taken;
  for (std::size_t i = 0; i < parts.pieces.size(); ++i) {
    std::vector<PieceOrder>& pieces = parts.pieces[i];
    for (std::int64_t wanted = give_.needs[i].count * sets; wanted > 0;) {
      PieceOrder& last = pieces.back();
      const std::int64_t now = std::min(wanted, last.count);
      taken.push_back({last.line, Money::of(last.piece * now), 0, now});
      cost += taken.back().base;
      wanted -= now;
      last.count -= now;
      if (last.count == 0) pieces.pop_back();
    }
  }
  parts.sets -= sets;
  const Money each = Money::of(cost.units() / sets);
  const Reduction& reduction = give_.reduction;
  Money off = each;
  if (reduction.kind == Reduction::Kind::amount) off = std::min(each, reduction.money);
  if (reduction.kind == Reduction::Kind::price) off = each - std::min(each, reduction.money);
  if (off.is_zero()) return {};
  for (const LinePart& part : taken) put_part(part);
  return off * sets;
}

Effect Giver::set() {
  SetParts parts = lay_out_parts();
  if (parts.empty) return no_effect(Reason::no_such_article);
  if (parts.sets == 0) {
    Effect effect = too_few(parts.shortest->selection, parts.missing);
    if (parts.short_parts > 1) effect.verdict.change.reset();
    return effect;
  }
  room_.parts.clear();
  Money off;
  while (parts.sets > 0) off += take_sets(parts);
  Money sum;
  for (LinePart& part : room_.parts) {
    // What earlier benefits left over the rounded prices of the pieces goes with them.
    const Money rest = worth_of(part.line, part.count) - part.base;
    part.base += rest;
    sum += part.base;
    if (give_.reduction.kind == Reduction::Kind::price) off += rest;
  }
  if (give_.reduction.kind == Reduction::Kind::per_mille) {
    off = domain::scale(sum, {give_.reduction.per_mille, 1000}, Rounding::half_up);
  }
  return spread(off, sum);
}

/// The step that a run of pieces reaches: all of them have it.
void Giver::grade_run(std::span<const PieceOrder> run) {
  const std::int64_t count = count_pieces(run);
  const GradedStep* reached = nullptr;
  for (const GradedStep& step : give_.steps) {
    if (step.from <= count) reached = &step;
  }
  if (reached == nullptr) return;
  for (const PieceOrder& one : run) add_part(one, one.count, reached->reduction);
}

/// Each piece has the step of its own place, the dearest piece being the first.
void Giver::grade_beyond(std::span<const PieceOrder> run) {
  std::int64_t before = 0;
  for (const PieceOrder& one : run) {
    const std::int64_t after = before + one.count;
    for (std::size_t i = 0; i < give_.steps.size(); ++i) {
      const std::int64_t first = std::max(before, give_.steps[i].from - 1);
      const std::int64_t end =
          i + 1 < give_.steps.size() ? std::min(after, give_.steps[i + 1].from - 1) : after;
      if (end > first) add_part(one, end - first, give_.steps[i].reduction);
    }
    before = after;
  }
}

void Giver::note_missing_step(std::int64_t count, std::size_t line, Effect& effect) const {
  Verdict& verdict = effect.verdict;
  const std::int64_t missing = give_.steps.front().from - count;
  if (verdict.missing_quantity != 0 && missing >= verdict.missing_quantity) return;
  verdict.missing_quantity = missing;
  verdict.article = top_.lines[line].article_code;
  verdict.change = BasketChange{false, line, missing, {}, false, true};
}

Effect Giver::by_quantity() {
  order_pieces(lines_of(top_, benefit_.on), give_.same_article, true);
  if (room_.order.empty()) return no_effect(Reason::no_such_article);
  room_.parts.clear();
  Effect missing = no_effect(Reason::below_quantity);
  bool reached = false;
  each_run(top_, room_.order, give_.same_article, [&](std::span<const PieceOrder> run) {
    const std::int64_t count = count_pieces(run);
    if (count < give_.steps.front().from) {
      note_missing_step(count, run.back().line, missing);
      return;
    }
    reached = true;
    give_.beyond_only ? grade_beyond(run) : grade_run(run);
  });
  return reached ? spread_parts() : missing;
}

}  // namespace pos::programme
