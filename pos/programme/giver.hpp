#pragma once

#include "pos/programme/effect.hpp"

namespace pos::programme {

[[nodiscard]] inline Effect no_effect(Reason reason) {
  Effect effect;
  effect.verdict.reason = reason;
  return effect;
}

/// The calculation of one benefit that makes articles cheaper. Where a function says "the parts" or
/// "the order", it means room_.parts and room_.order.
class Giver {
 public:
  Giver(const Worktop& top, const Benefit& benefit, Workroom& room)
      : top_(top), benefit_(benefit), give_(benefit.give), room_(room) {}

  Effect percent(std::int64_t per_mille);
  Effect graded_percent(std::string_view word, Reason otherwise);
  Effect amount(domain::Money amount);
  Effect amount_each();
  Effect fixed_price();
  Effect nth();
  Effect pick();
  Effect get();
  Effect set();
  Effect by_quantity();
  Effect by_amount();
  Effect for_each();

  /// Orders the pieces that a benefit which gives single pieces would give.
  void choose_pieces();

 private:
  /// Makes the parts of the lines that fit, as they are now.
  domain::Money take_lines();
  void order_pieces(const LineSet& lines, bool article_first, bool dearest_first);
  /// Leaves the first `count` pieces of the order.
  void keep_first(std::int64_t count);
  [[nodiscard]] std::int64_t count_pieces(std::span<const PieceOrder> run) const;
  [[nodiscard]] std::int64_t count_pieces(const LineSet& lines) const;
  void add_nth_parts(std::span<const PieceOrder> run, std::int64_t& left);
  void note_missing(std::span<const PieceOrder> run, Effect& effect) const;
  /// One part more: `count` pieces of a line with what the reduction takes off them.
  void add_part(const PieceOrder& pieces, std::int64_t count, const Reduction& reduction);
  void add_parts(const Reduction& reduction);
  [[nodiscard]] domain::Money worth_of(std::size_t number, std::int64_t count) const;
  [[nodiscard]] Effect too_few(const Selection& selection, std::int64_t missing) const;
  [[nodiscard]] Effect too_few_to_get(std::int64_t bought, std::int64_t given,
                                      std::int64_t both) const;
  void grade_run(std::span<const PieceOrder> run);
  void grade_beyond(std::span<const PieceOrder> run);
  void note_missing_step(std::int64_t count, std::size_t line, Effect& effect) const;
  void put_part(const LinePart& part);

  /// What the basket has of each part of a set.
  struct SetParts {
    std::vector<std::vector<PieceOrder>> pieces;
    std::int64_t sets = 0;
    bool empty = true;  // nothing of any part
    int short_parts = 0;
    const Pieces* shortest = nullptr;  // a part that is short, and by how much
    std::int64_t missing = 0;
  };
  SetParts lay_out_parts();
  domain::Money take_sets(SetParts& parts);
  /// Rounds what the parts say, once; the benefit's limits hold.
  Effect spread_parts();
  /// Lays `amount` over the parts in proportion to what they cost; the benefit's limits hold.
  Effect spread(domain::Money amount, domain::Money sum);
  [[nodiscard]] domain::Money within_limits(domain::Money amount, domain::Money sum) const;
  std::span<const std::int64_t> round_parts(domain::Money amount);
  Effect share_out(domain::Money amount, domain::Money sum, std::span<const std::int64_t> shares);

  const Worktop& top_;
  const Benefit& benefit_;
  const Give& give_;
  Workroom& room_;
};

}  // namespace pos::programme
