#pragma once

#include <fstream>
#include <string>

#include "pos/app/state.hpp"

namespace pos::terminal {

/// For tests that drive a till from outside: appends one line to a file whenever what the till is
/// at has changed, so that a script waits for what is to happen instead of sleeping. Holds no
/// names, numbers or codes of members. Main thread.
class StateWatch {
 public:
  /// An empty path watches nothing.
  explicit StateWatch(const std::string& path);

  void see(const app::State& state);

 private:
  std::ofstream file_;
  std::string last_;
};

/// "sheet=pay employee=dana lines=3 pieces=4 member=known coupons=0 points=200 due=9385 pending=no"
[[nodiscard]] std::string describe(const app::State& state);

}  // namespace pos::terminal
