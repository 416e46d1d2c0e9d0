#pragma once

namespace pos::domain {

/// How a club's money is written for people, out of the minor units that it is counted in.
struct MoneyForm {
  // NOLINTNEXTLINE(google-explicit-constructor): a number of decimals is the usual form
  constexpr MoneyForm(int digits, bool whole = false)
      : decimals(digits), whole_if_possible(whole) {}

  int decimals;  ///< digits behind the point, 0 .. 4
  /// No point when nothing is behind it: a rial is a tenth of the toman that people name, and is
  /// seldom left over.
  bool whole_if_possible;

  friend constexpr bool operator==(const MoneyForm&, const MoneyForm&) = default;
};

/// Rial, written in toman: 4,900,000 rial are "490,000".
inline constexpr MoneyForm kToman{1, true};

}  // namespace pos::domain
