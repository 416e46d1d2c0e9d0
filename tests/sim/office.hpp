#pragma once

#include <vector>

#include "tests/sim/oracle.hpp"
#include "tests/sim/sim_hub.hpp"

namespace tests::sim {

/// The people at headquarters: they give members points and stored value, or take them, say which
/// two members are one person, and take that back; they have new articles. What they did is in the
/// hub's file, and goes with it when an older copy is put back.
class Office {
 public:
  Office(SimHub& hub, Oracle& oracle, const std::vector<SimMember>& members, std::uint64_t seed)
      : hub_(hub), oracle_(oracle), members_(members), chance_(seed) {}

  /// One act, if the hub has applied all that arrived.
  void work();
  /// How many acts the hub's disk holds; the hub must be up.
  [[nodiscard]] std::size_t done();
  /// The disk holds no more than the first `count`.
  void forget_behind(std::size_t count);

  /// The acts on who is one person, in the order in which the inbox holds them.
  [[nodiscard]] std::vector<Oracle::Turn> decisions();
  /// Tells the oracle what members were given and what was taken.
  void settle();
  /// Codes of articles that came to the club in the course of the day, if the hub still has them.
  [[nodiscard]] const std::vector<std::string>& articles() const { return articles_; }

 private:
  struct Adjusted {
    pos::domain::AccountId account;
    Oracle::Amounts amounts;
  };
  struct KeptApart {};
  using Act = std::variant<Adjusted, Oracle::Merged, Oracle::Separated, KeptApart>;
  void adjust();
  void add_article();
  void decide();
  void undo();
  /// Does it; whether it is there when that failed shows later.
  template <class Doing>
  void carry_out(Act act, const char* name, Doing&& doing);
  void find_out();
  [[nodiscard]] std::size_t held();

  SimHub& hub_;
  Oracle& oracle_;
  const std::vector<SimMember>& members_;
  pos::core::SeededChance chance_;
  std::vector<Act> acts_;
  std::optional<Act> unsure_;
  std::vector<std::string> articles_;
  std::size_t number_ = 0;  ///< of the reason, so that no two adjustments are the same
};

}  // namespace tests::sim
