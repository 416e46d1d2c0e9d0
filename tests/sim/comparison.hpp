#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/sim/oracle.hpp"
#include "tests/sim/sim_hub.hpp"

namespace tests::sim {

/// What a healed hub holds, against what the cashiers saw. Each throws a Violation that names the
/// law.
class Comparison {
 public:
  Comparison(SimHub& hub, const Oracle& oracle, Tally& tally)
      : hub_(hub), oracle_(oracle), tally_(tally) {}

  /// Laws 1 and 3: every sealed fact is in the inbox, once. `sent_anew`: a till whose journal was
  /// mended sent again what had arrived behind the hole; it has one effect.
  void inbox(std::int64_t damaged, bool sent_anew);
  /// Laws 1, 2 and 5: what the hub holds is the money that the cashiers saw, and every sealed input
  /// judged again gives the sealed bytes.
  void bodies(const std::vector<std::string>& documents);
  /// Law 5 at the hub: it has looked at every sale, and found nothing.
  void judged();
  /// Law 4.
  void sums();
  /// What came back of every sale, at all tills together; beyond what was sold it is flagged, and
  /// nothing else is.
  void returns();
  /// Every account against the oracle.
  void accounts();
  /// Nothing is kept any more for sales that the hub agreed to.
  void kept();
  /// Law 9: what the hub agreed to was there, and a coupon that is good once was had once.
  void agreed();

 private:
  SimHub& hub_;
  const Oracle& oracle_;
  Tally& tally_;
};

}  // namespace tests::sim
