#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "pos/core/time.hpp"
#include "pos/domain/day_sums.hpp"

namespace pos::app {

/// The certificate of one day as people read it: what this till sealed, and what the hub holds of
/// it. Both halves are signed.
struct DayClose {
  struct Hub {
    enum class Signature : std::uint8_t { good, bad, unknown_key };
    std::int64_t accepted = 0;
    std::int64_t applied = 0;
    std::int64_t parked = 0;
    std::int64_t pieces_missing = 0;  ///< stretches of this journal that it has not got
    domain::DaySums sums;
    core::Moment at;  ///< by the hub's clock
    Signature signature_is = Signature::unknown_key;
    std::string signature;  ///< hexadecimal
    friend bool operator==(const Hub&, const Hub&) = default;
  };
  std::chrono::sys_days day{};
  std::int64_t sealed = 0;
  domain::DaySums sums;
  std::string signature;      ///< of the till, hexadecimal
  std::uint64_t waiting = 0;  ///< records that were not sent yet, of any day
  std::optional<core::Moment> oldest_waiting;
  std::optional<Hub> hub;  ///< nothing: it did not answer

  bool agrees = false;  ///< the hub has everything, applied, and both come to the same
  friend bool operator==(const DayClose&, const DayClose&) = default;
};

}  // namespace pos::app
