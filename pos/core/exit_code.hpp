#pragma once

namespace pos::core {

/// The contract of design.md section 8, the same for clubtill and clubhub; documented in their help
/// and man pages.
enum class ExitCode : int {
  ok = 0,
  other = 1,
  usage = 2,
  configuration = 10,
  not_paired = 11,
  schema = 12,
  database_damaged = 13,
  journal_broken = 14,
  device_missing = 15,
  hub_unreachable = 16,
  key_refused = 17,
  already_running = 18,
  clock_unsafe = 19,
};

}  // namespace pos::core
