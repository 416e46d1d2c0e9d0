#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace pos::core {

using Millis = std::chrono::milliseconds;
using Micros = std::chrono::microseconds;

/// A point on the wall clock, in milliseconds of UTC since 1970. It may jump; it decides no order
/// (law 10).
class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_unix_ms(std::int64_t ms) { return Instant(ms); }
  [[nodiscard]] constexpr std::int64_t unix_ms() const { return ms_; }

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant at, Millis span) {
    return Instant(at.ms_ + span.count());
  }
  friend constexpr Instant operator-(Instant at, Millis span) {
    return Instant(at.ms_ - span.count());
  }
  friend constexpr Millis operator-(Instant later, Instant earlier) {
    return Millis(later.ms_ - earlier.ms_);
  }

 private:
  explicit constexpr Instant(std::int64_t ms) : ms_(ms) {}
  std::int64_t ms_ = 0;
};

/// A point on this machine's monotonic clock, in microseconds since some moment of this boot. Never
/// stored, never sent, and no operator joins it with an Instant.
class Tick {
 public:
  constexpr Tick() = default;
  static constexpr Tick from_us(std::int64_t us) { return Tick(us); }
  [[nodiscard]] constexpr std::int64_t us() const { return us_; }

  friend constexpr auto operator<=>(Tick, Tick) = default;
  friend constexpr Tick operator+(Tick at, Micros span) { return Tick(at.us_ + span.count()); }
  friend constexpr Tick operator-(Tick at, Micros span) { return Tick(at.us_ - span.count()); }
  friend constexpr Micros operator-(Tick later, Tick earlier) {
    return Micros(later.us_ - earlier.us_);
  }

 private:
  explicit constexpr Tick(std::int64_t us) : us_(us) {}
  std::int64_t us_ = 0;
};

/// A wall-clock point together with the shop's offset from UTC then: what a programme judges and a
/// record seals.
struct Moment {
  Instant at;
  std::chrono::minutes utc_offset{0};

  friend constexpr auto operator<=>(const Moment&, const Moment&) = default;
};

/// The local civil day of a moment.
[[nodiscard]] constexpr std::chrono::sys_days local_day(const Moment& moment) {
  const std::chrono::sys_time<Millis> local{Millis(moment.at.unix_ms()) + moment.utc_offset};
  return std::chrono::floor<std::chrono::days>(local);
}

/// Minutes since local midnight, 0..1439.
[[nodiscard]] constexpr int local_minute(const Moment& moment) {
  const std::chrono::sys_time<Millis> local{Millis(moment.at.unix_ms()) + moment.utc_offset};
  const auto since = local - std::chrono::floor<std::chrono::days>(local);
  return static_cast<int>(std::chrono::floor<std::chrono::minutes>(since).count());
}

}  // namespace pos::core
