#pragma once

#include <span>

#include "pos/programme/effect.hpp"

namespace pos::programme {

/// Points at programme value; nothing where they cannot be spent.
[[nodiscard]] domain::Money worth_of(const ClubRules& rules, domain::Points points);
/// Money value of an effect for the member: what it takes off, and what it gives.
[[nodiscard]] domain::Money worth_of(const ClubRules& rules, const Effect& effect);

/// Runs the steps of the programme over the candidates, in the order of execution, and takes what
/// applies from the lines. Into `judged` one entry for each candidate, in the same order; their
/// shares are in the room.
void run_steps(Worktop& top, const std::vector<std::uint32_t>& candidates, Workroom& room,
               std::vector<Judged>& judged);

/// What came of the benefits of this run in an earlier one, of the same basket but for some lines.
struct EarlierRun {
  std::vector<const Judged*> judged;  // one for each that is judged now; null: it was not
  LineSet changed;  // lines that are different, or of which something else is taken
};

/// Finds out whether benefits that were not given would be, after the one change that their
/// verdicts name. Works on the lines of `top` itself, which are good for nothing else afterwards;
/// what the room holds stays. `candidates` are those that the basket reaches, `before` what the
/// steps made of them: a benefit that rests on nothing that the change touches is not judged again.
class Trials {
 public:
  Trials(Worktop& top, const std::vector<std::uint32_t>& candidates,
         const std::vector<Judged>& before, Workroom& room)
      : top_(top), candidates_(candidates), before_(before), room_(room) {
    for (std::size_t i = 0; i < top.lines.size(); ++i) {
      const WorkLine& line = top.lines[i];
      if (!line.apart && !line.remaining.is_zero()) costing_.insert(i);
    }
  }

  [[nodiscard]] bool change_grants(const Judged& judged);

 private:
  bool grants(const Judged& judged, const BasketChange& change);
  bool each_line_grants(const Judged& judged, const BasketChange& change);
  [[nodiscard]] bool depends_on_others(const Benefit& benefit) const;
  // Each returns the last benefit that was judged: this one, or a rival behind it.
  std::uint32_t judge_until(std::uint32_t benefit, const std::vector<std::uint32_t>& candidates,
                            const LineSet& changed);
  std::uint32_t judge_with_article(std::uint32_t benefit, const BasketChange& change);
  std::uint32_t judge_with_pieces(std::uint32_t benefit, const BasketChange& change);

  /// Several hints often name the same change: rivals of a group, or all that one more piece
  /// brings.
  struct Past {
    BasketChange change;
    std::uint32_t last = 0;              // everything up to this benefit was judged
    std::vector<std::uint32_t> granted;  // ascending
  };

  Worktop& top_;
  const std::vector<std::uint32_t>& candidates_;
  const std::vector<Judged>& before_;
  Workroom& room_;
  LineSet costing_;           // lines of which the benefits left something
  std::span<Judged> judged_;  ///< of the last trial
  EarlierRun earlier_;
  std::vector<Past> past_;
};

/// What the sealed record may spend on the outcomes of one quote, in bytes: on what applied, and on
/// what is only told. With the input's and the lines' bounds it keeps a sale below 64 KiB.
inline constexpr std::size_t kOutcomeBytesMax = 12'000;
inline constexpr std::size_t kToldBytesMax = 4'000;
[[nodiscard]] std::size_t outcome_bytes(const Benefit& benefit, std::size_t shares);

}  // namespace pos::programme
