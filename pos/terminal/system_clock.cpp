#include "pos/terminal/system_clock.hpp"

#include <ctime>

namespace pos::terminal {

core::Instant SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return core::Instant::from_unix_ms(std::chrono::duration_cast<core::Millis>(since).count());
}

core::Tick SystemClock::tick() const {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return core::Tick::from_us(std::chrono::duration_cast<core::Micros>(since).count());
}

std::chrono::minutes SystemClock::utc_offset(core::Instant at) const {
  const std::time_t seconds = at.unix_ms() / 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  return std::chrono::minutes(local.tm_gmtoff / 60);
}

}  // namespace pos::terminal
