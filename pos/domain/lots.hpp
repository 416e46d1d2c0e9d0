#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace pos::domain {

using Day = std::chrono::sys_days;

/// When what was earned may be spent; both days count. Without `first` at once, without `last` for
/// ever.
struct LotTerms {
  std::optional<Day> first;
  std::optional<Day> last;

  [[nodiscard]] bool none() const { return !first && !last; }
  [[nodiscard]] bool has_expired(Day today) const { return last && *last < today; }
  [[nodiscard]] bool is_pending(Day today) const {
    return first && *first > today && !has_expired(today);
  }
  friend bool operator==(const LotTerms&, const LotTerms&) = default;
};

/// A part of a balance that has terms: points, or money in minor units, as its list says.
struct Lot {
  std::int64_t amount = 0;
  LotTerms terms;
  friend bool operator==(const Lot&, const Lot&) = default;
};

/// As many as the facts of a member hold of either kind.
inline constexpr std::size_t kLotsMax = 16;

/// The order in which a spend of that day uses up lots: what can be spent first, of that what
/// expires soonest; then what is not available yet, the soonest first; then what has expired.
[[nodiscard]] bool used_before(const LotTerms& a, const LotTerms& b, Day today);

/// What a till is told of lots: those that are not available yet and those that expire next, lots
/// of the same days in one, at most kLotsMax. Of more than half as many pending ones the last
/// stand for the rest.
[[nodiscard]] std::vector<Lot> told_of(const std::vector<Lot>& lots, Day today);

/// A spend as a till knows of it: takes from the lots that can be spent what they hold, in that
/// order; the rest comes out of what is in no lot.
void spend_from(std::vector<Lot>& lots, std::int64_t amount, Day today);

[[nodiscard]] std::int64_t pending_in(const std::vector<Lot>& lots, Day today);
[[nodiscard]] std::int64_t expired_in(const std::vector<Lot>& lots, Day today);

}  // namespace pos::domain
